import { useEffect, useRef, useState } from "preact/hooks";
import type { IdentityState } from "../../engine/identity.ts";
import {
  ActionButton,
  Notice,
  Page,
  Section,
  TextField,
  useAction,
  useEngine,
  useText,
  Words,
} from "../../ui/index.ts";

/** Two different places among `count`, drawn by chance, in order. */
function twoOf(count: number): readonly [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  const first = a % count;
  const second = (first + 1 + (b % (count - 1))) % count;
  return first < second ? [first, second] : [second, first];
}

/** Whether a word was typed as it was shown. */
const same = (typed: string, shown: string | undefined) => typed.trim().toLowerCase() === shown;

/** Makes an identity: names, then a phrase that is drawn and has to be written down. */
export function NewIdentity({ onReady }: { readonly onReady: (state: IdentityState) => void }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [organization, setOrganization] = useState("");
  const [member, setMember] = useState("");
  const [phrase, setPhrase] = useState<string | undefined>(undefined);
  if (phrase !== undefined) {
    return (
      <NewPhrase
        phrase={phrase}
        finish={async () => onReady(await engine.identity.create({ phrase, organization, member }))}
        label={t("create.finish")}
      />
    );
  }
  return (
    <Page title={t("create.title")}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          action.run(async () => setPhrase(await engine.identity.phrase()));
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

/** Shows a fresh phrase, and goes on once two of its words were typed from the paper. */
export function NewPhrase({
  phrase,
  finish,
  label,
}: {
  readonly phrase: string;
  readonly finish: () => Promise<void>;
  readonly label: string;
}) {
  const t = useText();
  const action = useAction();
  const words = phrase.split(" ");
  const [hidden, setHidden] = useState(false);
  const check = useRef<HTMLFormElement>(null);
  // The button that was pressed is gone, and the focus with it.
  useEffect(() => check.current?.querySelector("input")?.focus(), [hidden]);
  const [asked] = useState(() => twoOf(words.length));
  const [typed, setTyped] = useState<readonly [string, string]>(["", ""]);
  const right = asked.every((place, i) => same(typed[i] ?? "", words[place]));
  const wrong = (i: 0 | 1) =>
    typed[i].trim().length >= (words[asked[i]]?.length ?? 0) && !same(typed[i], words[asked[i]])
      ? t("phrase.wrong")
      : undefined;
  return (
    <Page title={t("phrase.title")}>
      <p>{t("phrase.explain")}</p>
      {hidden ? (
        <p>
          <button type="button" onClick={() => setHidden(false)}>
            {t("phrase.show")}
          </button>
        </p>
      ) : (
        <>
          <Words words={words} label={t("phrase.title")} />
          <p>
            <button type="button" onClick={() => setHidden(true)}>
              {t("phrase.written")}
            </button>
          </p>
        </>
      )}
      <Notice tone="warn">
        <p>{t("phrase.lost")}</p>
      </Notice>
      {hidden && (
        <Section title={t("phrase.check")}>
          <form
            ref={check}
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (right) action.run(finish);
            }}
          >
            <TextField
              label={t("phrase.word", { number: asked[0] + 1 })}
              value={typed[0]}
              onChange={(word) => setTyped([word, typed[1]])}
              wrong={wrong(0)}
              required
            />
            <TextField
              label={t("phrase.word", { number: asked[1] + 1 })}
              value={typed[1]}
              onChange={(word) => setTyped([typed[0], word])}
              wrong={wrong(1)}
              required
            />
            <ActionButton action={action} disabled={!right}>
              {label}
            </ActionButton>
          </form>
        </Section>
      )}
    </Page>
  );
}
