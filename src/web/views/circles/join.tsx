import { useState } from "preact/hooks";
import {
  ActionButton,
  Notice,
  Page,
  TextArea,
  TextField,
  useAction,
  useEngine,
  useFrame,
  useNavigation,
  useText,
  Words,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";

/** Asks to join by an invitation, and shows the words that both sides compare by voice. */
export function JoinCircle({ place }: ViewProps) {
  const t = useText();
  const { language } = useFrame();
  const engine = useEngine();
  const action = useAction();
  const { go } = useNavigation();
  const [link, setLink] = useState(place.link ?? "");
  const [label, setLabel] = useState("");
  const [words, setWords] = useState<readonly string[] | undefined>(undefined);
  if (words !== undefined) {
    return (
      <Page title={t("join.words")}>
        <p>{t("join.compare")}</p>
        <Words words={words} label={t("join.words")} />
        <p class="soft">{t("compare.language")}</p>
        <Notice tone="warn">
          <p>{t("join.differ")}</p>
        </Notice>
        <p>
          <button type="button" class="primary" onClick={() => go({ view: "home" })}>
            {t("join.done")}
          </button>
        </p>
      </Page>
    );
  }
  return (
    <Page title={t("join.title")}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          action.run(async () => setWords((await engine.circles.join({ link, label, language: language.code })).words));
        }}
      >
        <TextArea label={t("join.link")} hint={t("join.linkHint")} value={link} onChange={setLink} required />
        <TextField label={t("found.label")} hint={t("found.labelHint")} value={label} onChange={setLabel} required />
        <ActionButton action={action}>{t("join.ask")}</ActionButton>
      </form>
    </Page>
  );
}
