import { useState } from "preact/hooks";
import type { MarkKind, MemberId, OrganizationId, Target } from "../../../client/index.ts";
import type { Marking } from "../../engine/roster/marks.ts";
import type { Outcome } from "../../engine/roster/shared.ts";
import type { StatementView } from "../../engine/statements.ts";
import {
  Choices,
  Name,
  Section,
  Shown,
  said,
  TextField,
  useEngine,
  useLoaded,
  useNavigation,
  useText,
  Weighed,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { gist } from "../statements/card.tsx";
import { dayOf } from "../statements/terms.tsx";
import { Consequences } from "./acts.tsx";
import { CirclePage, circleAt, Done } from "./frame.tsx";

const kinds: readonly MarkKind[] = ["duress", "compromised", "retired"];

function targetAt(place: ViewProps["place"]): Target {
  return place.member === undefined
    ? { kind: "organization", organization: place.organization as OrganizationId }
    : { kind: "member", member: place.member as MemberId };
}

/** Whom it is about, and whether this member's word is enough. */
type Marked = {
  readonly id: string;
  readonly name: string | undefined;
  readonly powers: { readonly markNow: boolean };
};

/** Says how trust in somebody ends; what that changes is shown before. */
export function MarkPage({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const circle = circleAt(place);
  const target = targetAt(place);
  const who = useLoaded(
    (): Promise<Marked> =>
      target.kind === "member"
        ? engine.members.member({ circle, member: target.member })
        : engine.members.organization({ circle, organization: target.organization }),
    [circle, place.member, place.organization],
  );
  const [as, setAs] = useState<MarkKind | undefined>(undefined);
  const [date, setDate] = useState("");
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  return (
    <CirclePage place={place} part="circle" title={t("mark.title")}>
      <Shown loaded={who}>
        {(view) => (
          <>
            <Done outcome={outcome} place={place} />
            <p>{t("mark.whom", { name: said(view) })}</p>
            <Choices
              label={t("mark.how")}
              value={as}
              onChange={setAs}
              options={kinds.map((value) => ({ value, label: t(`mark.says.${value}`) }))}
            />
            {as === "duress" && (
              <TextField
                label={t("mark.since")}
                hint={t("mark.sinceHint")}
                type="date"
                value={date}
                onChange={setDate}
              />
            )}
            {as !== undefined && (
              <Changes
                marking={{ circle, target, as }}
                day={as === "duress" ? dayOf(date) : undefined}
                name={said(view)}
                now={view.powers.markNow}
                onDone={setOutcome}
              />
            )}
          </>
        )}
      </Shown>
    </CirclePage>
  );
}

/** What a mark would change, and the mark itself. */
function Changes({
  marking,
  day,
  name,
  now,
  onDone,
}: {
  readonly marking: Marking;
  readonly day: number | undefined;
  readonly name: string;
  readonly now: boolean;
  readonly onDone: (outcome: Outcome) => void;
}) {
  const t = useText();
  const engine = useEngine();
  const { circle, target, as } = marking;
  const found = useLoaded(async () => {
    const since =
      as === "duress" ? await engine.marks.since({ circle, target, ...(day === undefined ? {} : { day }) }) : undefined;
    const whole: Marking = since === undefined ? marking : { ...marking, since };
    return { marking: whole, impact: await engine.marks.impact(whole) };
  }, [as, day]);
  return (
    <Section title={t("mark.changes")}>
      <Shown loaded={found}>
        {({ marking: whole, impact }) => (
          <>
            {whole.since !== undefined && <p>{t("mark.position", { position: whole.since })}</p>}
            <h3>{t("mark.statements", { count: impact.statements.length })}</h3>
            {impact.statements.length > 0 && <Statements statements={impact.statements} />}
            <h3>{t("mark.decisions", { count: impact.decisions.length })}</h3>
            {impact.decisions.length > 0 && (
              <>
                <p>{t("mark.decisionsText")}</p>
                <Statements statements={impact.decisions} />
              </>
            )}
            {(impact.invited.length > 0 || impact.devices > 0) && (
              <>
                <h3>{t("mark.again")}</h3>
                <ul>
                  {impact.invited.map((member) => (
                    <li key={member.id}>
                      <Name of={member} /> · <Name of={member.organization} />
                    </li>
                  ))}
                  {impact.devices > 0 && <li>{t("mark.devices", { count: impact.devices })}</li>}
                </ul>
              </>
            )}
            <div>
              <Weighed
                label={t("mark.do")}
                title={t("mark.doTitle", { name })}
                confirm={t(now ? "mark.now" : "act.propose")}
                tone="danger"
                act={() => engine.marks.mark(whole)}
                onDone={onDone}
              >
                <Consequences
                  name={name}
                  keys={[
                    now ? "mark.saysNow" : as === "duress" ? "mark.saysDuress" : "act.saysQuorum",
                    `mark.means.${as}`,
                    "mark.saysForGood",
                    "mark.saysReads",
                  ]}
                />
              </Weighed>
            </div>
          </>
        )}
      </Shown>
    </Section>
  );
}

function Statements({ statements }: { readonly statements: readonly StatementView[] }) {
  const t = useText();
  const { go } = useNavigation();
  const shown = statements.slice(0, 12);
  return (
    <ul>
      {shown.map((one) => (
        <li key={one.hash}>
          <button
            type="button"
            class="plain"
            onClick={() => go({ view: "statement", circle: one.circle.id, hash: one.hash })}
          >
            {t(`kind.${one.statement.kind}`)} <bdi>{gist(one.statement, t)}</bdi>
          </button>{" "}
          · <Name of={one.organization} /> · <When hour={one.hour} />
        </li>
      ))}
      {statements.length > shown.length && <li>{t("mark.more", { count: statements.length - shown.length })}</li>}
    </ul>
  );
}
