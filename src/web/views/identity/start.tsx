import { useState } from "preact/hooks";
import type { IdentityState } from "../../engine/identity.ts";
import {
  ActionButton,
  Check,
  Notice,
  Page,
  Section,
  TextField,
  useAction,
  useEngine,
  useText,
  Words,
} from "../../ui/index.ts";

/** The first thing that a person sees where there is no identity: make one, or bring one. */
export function Start({ onReady }: { readonly onReady: (state: IdentityState) => void }) {
  const t = useText();
  const [way, setWay] = useState<"new" | "bring" | undefined>(undefined);
  if (way === "new") return <NewIdentity onReady={onReady} />;
  if (way === "bring") return <BringIdentity onReady={onReady} />;
  return (
    <Page title={t("start.title")}>
      <p>{t("start.what")}</p>
      <Notice>
        <p>{t("start.limits")}</p>
      </Notice>
      <div class="row">
        <button type="button" class="primary" onClick={() => setWay("new")}>
          {t("start.new")}
        </button>
        <button type="button" onClick={() => setWay("bring")}>
          {t("start.bring")}
        </button>
      </div>
    </Page>
  );
}

function NewIdentity({ onReady }: { readonly onReady: (state: IdentityState) => void }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [organization, setOrganization] = useState("");
  const [member, setMember] = useState("");
  const [phrase, setPhrase] = useState<string | undefined>(undefined);
  const [written, setWritten] = useState(false);
  const generate = () => action.run(async () => setPhrase(await engine.identity.phrase()));
  if (phrase === undefined) {
    return (
      <Page title={t("create.title")}>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            generate();
          }}
        >
          <TextField label={t("create.organization")} value={organization} onChange={setOrganization} required />
          <TextField
            label={t("create.member")}
            hint={t("create.memberHint")}
            value={member}
            onChange={setMember}
            required
          />
          <ActionButton action={action}>{t("create.next")}</ActionButton>
        </form>
      </Page>
    );
  }
  return (
    <Page title={t("phrase.title")}>
      <p>{t("phrase.explain")}</p>
      <Words words={phrase.split(" ")} label={t("phrase.title")} />
      <Notice tone="warn">
        <p>{t("phrase.lost")}</p>
      </Notice>
      <Section title={t("phrase.check")}>
        <Check label={t("phrase.written")} checked={written} onChange={setWritten} />
        <ActionButton
          action={action}
          disabled={!written}
          onClick={() =>
            action.run(async () => onReady(await engine.identity.create({ phrase, organization, member })))
          }
        >
          {t("create.finish")}
        </ActionButton>
      </Section>
    </Page>
  );
}

function BringIdentity({ onReady }: { readonly onReady: (state: IdentityState) => void }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [file, setFile] = useState<File | undefined>(undefined);
  const [phrase, setPhrase] = useState("");
  return (
    <Page title={t("bring.title")}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (file === undefined) return;
          action.run(async () =>
            onReady(await engine.identity.bring({ file: new Uint8Array(await file.arrayBuffer()), phrase })),
          );
        }}
      >
        <div class="field">
          <label for="identity-file">{t("bring.file")}</label>
          <input
            id="identity-file"
            type="file"
            required
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
        </div>
        <TextField label={t("unlock.phrase")} type="password" value={phrase} onChange={setPhrase} required />
        <ActionButton action={action}>{t("bring.open")}</ActionButton>
      </form>
    </Page>
  );
}
