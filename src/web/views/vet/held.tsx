/* What is held about a subject: the sentence first, then its reasons, then the statements themselves. */
import { useState } from "preact/hooks";
import type { Identifier, OrganizationId } from "../../../client/index.ts";
import type { CheckView, HeldView } from "../../engine/vetting/assessment.ts";
import {
  listed,
  Name,
  Notice,
  Section,
  Shown,
  said,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  useText,
  When,
} from "../../ui/index.ts";
import { StatementCard } from "../statements/card.tsx";
import { Reasons, type Shape } from "./reasons.tsx";
import { SubjectShown } from "./subject.tsx";

/** What this person chose, until the page is closed. */
let chosenShape: Shape = "list";

export function Held({
  identifiers,
  names,
}: {
  readonly identifiers: readonly Identifier[];
  readonly names: readonly string[];
}) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const [out, setOut] = useState<readonly OrganizationId[]>([]);
  const asked = JSON.stringify(identifiers);
  const check = useLoaded(
    (options) => engine.subjects.check({ identifiers, without: out, language: language.code }, options),
    [asked, out.join(), language.code],
  );
  return (
    <>
      <Shown loaded={check}>
        {(value) => (
          <>
            <Sentence check={value} onBack={() => setOut([])} />
            <Why check={value} out={out} onOut={setOut} />
            <Section title={t("vet.held.title")}>
              {value.held.length === 0 ? <p>{t("vet.held.none")}</p> : <Cards held={value.held} />}
              {value.more > 0 && <p class="soft">{t("vet.held.more", { count: value.more })}</p>}
            </Section>
            {value.vouches.length > 0 && (
              <Section title={t("vet.held.vouches")}>
                <Cards held={value.vouches} />
              </Section>
            )}
          </>
        )}
      </Shown>
      <Similar names={names} except={identifiers} />
    </>
  );
}

/** The sentence; beside it what it would be without some, and what makes it doubtful. */
function Sentence({ check, onBack }: { readonly check: CheckView; readonly onBack: () => void }) {
  const { t, language } = useFrame();
  const { now, simulated, without, bursts } = check;
  return (
    <Section title={t("vet.assessment")}>
      <div role="status" class="stack">
        {simulated === undefined ? (
          <p class="sentence">{now.sentence}</p>
        ) : (
          <div class="notice warn stack">
            <p>{t("vet.without.asIf", { names: listed(without, language.tag) })}</p>
            <dl>
              <dt>{t("vet.without.before")}</dt>
              <dd>{now.sentence}</dd>
              <dt>{t("vet.without.after")}</dt>
              <dd class="sentence">{simulated.sentence}</dd>
            </dl>
          </div>
        )}
      </div>
      {simulated !== undefined && (
        <p>
          <button type="button" onClick={onBack}>
            {t("vet.without.back")}
          </button>
        </p>
      )}
      {now.dissent > 0 && (
        <Notice tone="warn">
          <p>{t("vet.dissent", { count: now.dissent })}</p>
        </Notice>
      )}
      {bursts.map(({ root, organizations, fromHour, toHour }) => (
        <Notice tone="warn" key={root.id}>
          <p>
            {t("vet.burst", {
              count: organizations.length,
              names: listed(organizations, language.tag),
              root: said(root),
            })}
          </p>
          <p class="small">
            <When hour={fromHour} /> – <When hour={toHour} />
          </p>
        </Notice>
      ))}
    </Section>
  );
}

function Why({
  check,
  out,
  onOut,
}: {
  readonly check: CheckView;
  readonly out: readonly OrganizationId[];
  readonly onOut: (out: readonly OrganizationId[]) => void;
}) {
  const t = useText();
  const [shape, setShape] = useState(chosenShape);
  const { now, changes } = check;
  if (now.reasons.length === 0) return null;
  return (
    <Section title={t("vet.reasons")}>
      {now.ways > 0 && <p>{t("vet.ways", { count: now.ways })}</p>}
      <Reasons
        check={check}
        out={out}
        shape={shape}
        onShape={(next) => {
          chosenShape = next;
          setShape(next);
        }}
        onOut={onOut}
      />
      {changes.length > 0 && (
        <>
          <h3>{t("vet.changes")}</h3>
          <ul>
            {changes.map(({ without, before, after }) => (
              <li key={without.id}>
                {t("vet.changes.line", {
                  name: said(without),
                  before: t(`likelihood.${before}`),
                  after: t(`likelihood.${after}`),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {now.beside.length > 0 && (
        <>
          <h3>{t("vet.beside")}</h3>
          <ul>
            {now.beside.map(({ kind, organization }) => (
              <li key={`${kind} ${organization.id}`}>
                <Name of={organization} />: {t(`vet.beside.${kind}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

export function Cards({ held }: { readonly held: readonly HeldView[] }) {
  const t = useText();
  const { go } = useNavigation();
  return (
    <ul class="list">
      {held.map((one) => (
        <li key={`${one.circle.id} ${one.position}`}>
          <StatementCard found={one}>
            {one.statement.kind === "answer" && (
              <ul>
                {one.statement.answers
                  .filter((answer) => answer !== "")
                  .map((answer) => (
                    <li key={answer}>
                      <bdi>{answer}</bdi>
                    </li>
                  ))}
              </ul>
            )}
            {!one.heard && !one.mine && <p class="soft small">{t("vet.held.unheard")}</p>}
            <p>
              <button
                type="button"
                class="plain"
                onClick={() => go({ view: "respond", circle: one.circle.id, hash: one.hash })}
              >
                {t("vet.respond")}
              </button>
            </p>
          </StatementCard>
        </li>
      ))}
    </ul>
  );
}

/** People of a similar name: they may be somebody else (attack 42). */
export function Similar({
  names,
  except,
}: {
  readonly names: readonly string[];
  readonly except: readonly Identifier[];
}) {
  const t = useText();
  const engine = useEngine();
  const { go } = useNavigation();
  const similar = useLoaded(
    (options) => (names.length === 0 ? Promise.resolve([]) : engine.subjects.similar({ names, except }, options)),
    [names.join("\n"), JSON.stringify(except)],
  );
  if (similar.value === undefined || similar.value.length === 0) return null;
  return (
    <Section title={t("vet.similar")}>
      <Notice>
        <p>{t("vet.similar.hint")}</p>
      </Notice>
      <ul class="list">
        {similar.value.map(({ about, statements, warnings }) => (
          <li key={about.identifiers.map(({ shown }) => shown).join()} class="card">
            <SubjectShown about={about} />
            <p class="soft">{t("vet.similar.count", { count: statements, warnings })}</p>
            <button type="button" onClick={() => go({ view: "lookup", kept: JSON.stringify(about.identifiers) })}>
              {t("vet.similar.show")}
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
