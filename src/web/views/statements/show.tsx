import type { CircleId, Identifier, StatementHash } from "../../../client/index.ts";
import type { FoundView } from "../../engine/statements.ts";
import { Notice, Page, Section, Shown, useEngine, useLoaded, useNavigation, useText } from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { Attachments } from "./attachments.tsx";
import { StatementCard } from "./card.tsx";
import { EraseStatement } from "./erase.tsx";
import { FollowTip } from "./follow.tsx";
import { ForwardStatement } from "./forward.tsx";

/** One statement with everything in it, and what this person may do with it. */
export function ShowStatement({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const { go } = useNavigation();
  const id = { circle: place.circle as CircleId, hash: place.hash as StatementHash };
  const loaded = useLoaded((options) => engine.statements.show(id, options), [place]);
  return (
    <Page title={t("statement.title")}>
      <Shown loaded={loaded}>
        {(found) =>
          found === undefined ? (
            <Notice tone="warn">
              <p>{t("statement.gone")}</p>
            </Notice>
          ) : (
            <>
              <StatementCard found={found}>
                <Inside found={found} />
              </StatementCard>
              <Attachments found={found} />
              <div class="row">
                <button type="button" class="primary" onClick={() => go({ view: "respond", ...id })}>
                  {t("statement.respond")}
                </button>
                <ForwardStatement found={found} />
                <EraseStatement found={found} />
              </div>
              {found.mine && found.statement.kind === "tip" && (
                <Section title={t("tip.follow")}>
                  <FollowTip found={found} />
                </Section>
              )}
            </>
          )
        }
      </Shown>
    </Page>
  );
}

/** The particular fields of a statement, as text. */
function Inside({ found: { statement } }: { readonly found: FoundView }) {
  const t = useText();
  return (
    <>
      {"subject" in statement && <Identifiers label={t("term.subject")} list={statement.subject.identifiers} />}
      {statement.kind === "tip" && (
        <>
          <Identifiers label={t("statement.sources")} list={statement.sources} />
          <Texts label={t("statement.checks")} list={statement.checks ?? []} />
          {statement.content !== undefined && (
            <details>
              <summary>{t("statement.content")}</summary>
              <pre class="quote">
                <bdi>{statement.content}</bdi>
              </pre>
            </details>
          )}
        </>
      )}
      {statement.kind === "inquiry" && <Texts label={t("statement.questions")} list={statement.questions} />}
      {statement.kind === "answer" && <Texts label={t("statement.answers")} list={statement.answers} />}
      {statement.kind === "guide" && <Texts label={t("statement.steps")} list={statement.steps} />}
    </>
  );
}

function Identifiers({ label, list }: { readonly label: string; readonly list: readonly Identifier[] }) {
  const t = useText();
  if (list.length === 0) return null;
  return (
    <dl>
      <dt>{label}</dt>
      {list.map(({ kind, value }) => (
        <dd key={`${kind} ${value}`}>
          {t(`identifier.${kind}`)}: <bdi dir="ltr">{value}</bdi>
        </dd>
      ))}
    </dl>
  );
}

function Texts({ label, list }: { readonly label: string; readonly list: readonly string[] }) {
  if (list.length === 0) return null;
  return (
    <>
      <h2>{label}</h2>
      <ol>
        {list.map((text) => (
          <li key={text}>
            <bdi>{text}</bdi>
          </li>
        ))}
      </ol>
    </>
  );
}
