import { useState } from "preact/hooks";
import type { IdentityState } from "../../engine/identity.ts";
import {
  ActionButton,
  Notice,
  Page,
  Section,
  TextArea,
  TextField,
  useAction,
  useEngine,
  useFrame,
  useText,
  Words,
} from "../../ui/index.ts";

type Asked = { readonly label: string; readonly words: readonly string[] };

/** Makes this a further device of a member, by the code that an older device shows. */
export function TakeOver({
  code: given,
  onReady,
}: {
  readonly code: string;
  readonly onReady: (state: IdentityState) => void;
}) {
  const t = useText();
  const { language } = useFrame();
  const engine = useEngine();
  const action = useAction();
  const [code, setCode] = useState(given);
  const [phrase, setPhrase] = useState("");
  const [taken, setTaken] = useState<{ readonly state: IdentityState; readonly asked: readonly Asked[] } | undefined>(
    undefined,
  );
  if (taken !== undefined) {
    return (
      <Page title={t("join.words")}>
        <p>{t("device.compare")}</p>
        {taken.asked.map(({ label, words }) => (
          <Section key={label} title={label}>
            <Words words={words} label={t("join.words")} />
          </Section>
        ))}
        <Notice tone="warn">
          <p>{t("device.keepPhrase")}</p>
        </Notice>
        <p>
          <button type="button" class="primary" onClick={() => onReady(taken.state)}>
            {t("join.done")}
          </button>
        </p>
      </Page>
    );
  }
  return (
    <Page title={t("device.title")}>
      <p>{t("device.how")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          action.run(async () => {
            const bare = code.trim().replace(/^.*#device=/, "");
            setTaken(await engine.identity.takeOver({ code: bare, phrase, language: language.code }));
          });
        }}
      >
        <TextArea label={t("device.code")} hint={t("device.codeHint")} value={code} onChange={setCode} required />
        <TextField label={t("device.phrase")} type="password" value={phrase} onChange={setPhrase} required />
        <ActionButton action={action}>{t("device.take")}</ActionButton>
      </form>
    </Page>
  );
}
