import { useState } from "preact/hooks";
import type { Holdings } from "../../engine/safety.ts";
import {
  ActionButton,
  Notice,
  Page,
  Section,
  saveFile,
  TextField,
  useAction,
  useEngine,
  useNavigation,
  useText,
} from "../../ui/index.ts";
import { StatementCard } from "../statements/card.tsx";

/** Everything that is held about somebody who asks: found, exported, and what can be done with it. */
export function AboutSomebody() {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { go } = useNavigation();
  const [subject, setSubject] = useState("");
  const [held, setHeld] = useState<Holdings | undefined>(undefined);
  return (
    <Page title={t("safety.somebody")}>
      <p>{t("somebody.what")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          action.run(async () => setHeld(await engine.safety.about({ subject })));
        }}
      >
        <TextField
          label={t("somebody.identifiers")}
          hint={t("somebody.identifiersHint")}
          value={subject}
          onChange={setSubject}
          required
        />
        <ActionButton action={action}>{t("somebody.find")}</ActionButton>
      </form>
      {held !== undefined && (
        <Section title={t("somebody.found", { count: held.found.length })}>
          {held.understood.length === 0 && <p>{t("somebody.none")}</p>}
          {held.found.map((found) => (
            <StatementCard key={found.hash} found={found}>
              <div>
                <button
                  type="button"
                  onClick={() => go({ view: "statement", circle: found.circle.id, hash: found.hash })}
                >
                  {t("statement.open")}
                </button>
              </div>
            </StatementCard>
          ))}
          {held.found.length > 0 && (
            <>
              <Notice>
                <p>{t("somebody.answer")}</p>
              </Notice>
              <div>
                <button type="button" onClick={() => saveFile("held.json", new TextEncoder().encode(exported(held)))}>
                  {t("somebody.export")}
                </button>
              </div>
            </>
          )}
        </Section>
      )}
    </Page>
  );
}

/** What is handed to the person: the statements' contents. Under the Chatham House Rule never who said it (people.md). */
function exported({ understood, found }: Holdings): string {
  const statements = found.map(({ statement, organization, hour, counts, retracted }) => {
    const { id: _, organization: __, device: ___, attachments: ____, ...content } = statement;
    const author = statement.chathamHouse === true ? {} : { organization: organization.name ?? organization.id };
    return { ...author, at: new Date(hour * 3_600_000).toISOString(), counts, retracted, ...content };
  });
  return JSON.stringify({ understood, statements }, null, 2);
}
