import { useState } from "preact/hooks";
import type { Policy } from "../../../client/index.ts";
import {
  ActionButton,
  Choices,
  Page,
  TextField,
  useAction,
  useEngine,
  useNavigation,
  useText,
} from "../../ui/index.ts";

/** Founds a circle, of organizations or of the own organization's members. */
export function FoundCircle() {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { go } = useNavigation();
  const [label, setLabel] = useState("");
  const [address, setAddress] = useState(location.protocol.startsWith("http") ? location.origin : "");
  const [kind, setKind] = useState<Policy["kind"]>("network");
  const [token, setToken] = useState("");
  return (
    <Page title={t("found.title")}>
      <form
        class="stack"
        onSubmit={async (event) => {
          event.preventDefault();
          const founding = { label, address, kind, ...(token === "" ? {} : { foundingToken: token }) };
          if (await action.run(() => engine.circles.found(founding))) go({ view: "home" });
        }}
      >
        <Choices
          label={t("found.kind")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "network", label: t("found.network") },
            { value: "organization", label: t("found.organization") },
          ]}
        />
        <TextField label={t("found.label")} hint={t("found.labelHint")} value={label} onChange={setLabel} required />
        <TextField label={t("found.address")} value={address} onChange={setAddress} required />
        <TextField label={t("found.token")} hint={t("found.tokenHint")} value={token} onChange={setToken} />
        <ActionButton action={action}>{t("found.do")}</ActionButton>
      </form>
    </Page>
  );
}
