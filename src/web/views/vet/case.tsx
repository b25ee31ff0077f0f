import type { ComponentChildren } from "preact";
import type { CircleId, Pap, StatementHash } from "../../../client/index.ts";
import type { CaseView } from "../../engine/vetting/cases.ts";
import {
  Name,
  Page,
  Section,
  Shown,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  useText,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { DecisionShown } from "./decision.tsx";
import { Held } from "./held.tsx";
import { SubjectShown, titleOf } from "./subject.tsx";

const caseOf = (place: ViewProps["place"]) => ({
  circle: place.circle as CircleId,
  hash: place.hash as StatementHash,
});

/** Loads the case of a place, and loads it anew when anything in it changed. */
export function useCase(place: ViewProps["place"]) {
  const engine = useEngine();
  return useLoaded((options) => engine.cases.show(caseOf(place), options), []);
}

/** A case: whom it is about, how far it has come, and what to do next. */
export function Case({ place }: ViewProps) {
  const t = useText();
  const view = useCase(place);
  return (
    <Page title={view.value === undefined ? t("vet.case") : t("vet.case.of", { who: titleOf(view.value.about) })}>
      <Shown loaded={view}>{(value) => <Overview view={value} />}</Shown>
    </Page>
  );
}

function Overview({ view }: { readonly view: CaseView }) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const { go } = useNavigation();
  const { statement, groundwork, decision } = view;
  const { identifiers } = statement.subject;
  const needs = [JSON.stringify(identifiers), language.code];
  const check = useLoaded((options) => engine.subjects.check({ identifiers, language: language.code }, options), needs);
  const asked = useLoaded((options) => engine.inquiries.asked({ identifiers }, options), needs);
  const done = groundwork.filter((one) => one.done).length;
  const answers = asked.value?.reduce((sum, one) => sum + one.answers.length, 0) ?? 0;
  const open = (name: string) => () => go({ view: name, circle: view.circle.id, hash: view.hash });
  const next =
    groundwork.length === 0
      ? "groundwork"
      : asked.value?.length === 0
        ? "ask"
        : decision === undefined
          ? "decide"
          : decision.signed
            ? "report"
            : undefined;
  return (
    <>
      <Facts view={view} onEdit={open("case-edit")} />
      {decision !== undefined && (
        <Section title={t("vet.decision")}>
          <DecisionShown view={decision} circle={view.circle.id} />
        </Section>
      )}
      <Section title={t("vet.steps")}>
        <ol class="list steps">
          <Step title={t("vet.step.held")} onOpen={open("case-held")} label={t("vet.step.heldOpen")}>
            {check.value?.now.sentence ?? t("work.busy")}
          </Step>
          <Step
            title={t("vet.step.groundwork")}
            onOpen={open("groundwork")}
            label={t("vet.step.groundworkOpen")}
            primary={next === "groundwork"}
          >
            {groundwork.length === 0
              ? t("vet.step.groundworkNone")
              : t("vet.step.groundworkDone", { done, count: groundwork.length })}
          </Step>
          <Step
            title={t("vet.step.ask")}
            onOpen={() => go({ view: "ask", subject: JSON.stringify(statement.subject), pap: statement.pap ?? "" })}
            label={t("vet.ask.open")}
            primary={next === "ask"}
          >
            {t("vet.step.asked", { count: asked.value?.length ?? 0 })}
          </Step>
          <Step title={t("vet.step.answers")} onOpen={open("answers")} label={t("vet.step.answersOpen")}>
            {t("vet.step.answered", { count: answers })}
          </Step>
          <Step
            title={t("vet.step.decide")}
            onOpen={open("decide")}
            label={t(decision === undefined ? "vet.step.decideOpen" : "vet.step.decideAgain")}
            primary={next === "decide"}
          >
            {decision === undefined ? t("vet.case.undecided") : t(`verdict.${decision.decision.verdict}`)}
          </Step>
          {decision !== undefined && (
            <Step title={t("vet.step.outcome")} onOpen={open("outcome")} label={t("vet.step.outcomeOpen")}>
              {t("vet.step.outcomeHint")}
            </Step>
          )}
          <Step
            title={t("vet.step.report")}
            onOpen={open("report")}
            label={t("vet.step.reportOpen")}
            primary={next === "report"}
          >
            {t("vet.step.reportHint")}
          </Step>
        </ol>
      </Section>
      {view.earlier.length > 0 && (
        <details>
          <summary>{t("vet.decision.earlier", { count: view.earlier.length })}</summary>
          <div class="stack">
            {view.earlier.map((one) => (
              <DecisionShown key={one.hash} view={one} circle={view.circle.id} past />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function Step({
  title,
  label,
  primary = false,
  onOpen,
  children,
}: {
  readonly title: string;
  readonly label: string;
  readonly primary?: boolean;
  readonly onOpen: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <li class="card step">
      <div>
        <h3>{title}</h3>
        <p>{children}</p>
      </div>
      <button type="button" class={primary ? "primary" : undefined} onClick={onOpen}>
        {label}
      </button>
    </li>
  );
}

/** What a case says of itself. */
export function Facts({ view, onEdit }: { readonly view: CaseView; readonly onEdit?: () => void }) {
  const t = useText();
  const { statement } = view;
  return (
    <div class="card">
      <SubjectShown about={view.about} />
      <dl class="facts">
        <dt>{t("vet.case.purpose")}</dt>
        <dd>
          <bdi>{statement.purpose}</bdi>
        </dd>
        <dt>{t("vet.case.access")}</dt>
        <dd>
          <bdi>{statement.access}</bdi>
        </dd>
        {statement.deadline !== undefined && (
          <>
            <dt>{t("vet.case.deadline")}</dt>
            <dd>
              <When day={statement.deadline} />
            </dd>
          </>
        )}
        {statement.pap !== undefined && (
          <>
            <dt>{t("vet.case.pap")}</dt>
            <dd>
              <PapShown pap={statement.pap} />
            </dd>
          </>
        )}
        <dt>{t("vet.case.opened")}</dt>
        <dd>
          <Name of={view.opener} /> · <When hour={view.openedHour} />
        </dd>
      </dl>
      {onEdit !== undefined && (
        <button type="button" onClick={onEdit}>
          {t("vet.case.edit")}
        </button>
      )}
    </div>
  );
}

export function PapShown({ pap }: { readonly pap: Pap }) {
  const t = useText();
  return (
    <>
      <bdi class="mono">{pap}</bdi> {t(`pap.${pap.slice(4) as "RED" | "AMBER" | "GREEN" | "CLEAR"}`)}
    </>
  );
}

/** Everything that is held about the subject of a case. */
export function CaseHeld({ place }: ViewProps) {
  const t = useText();
  const view = useCase(place);
  const { go } = useNavigation();
  return (
    <Page title={t("vet.step.held")}>
      <Shown loaded={view}>
        {({ statement: { subject }, about }) => (
          <>
            <SubjectShown about={about} />
            <Held identifiers={subject.identifiers} names={subject.names ?? []} />
            <div class="row">
              <button type="button" onClick={() => go({ view: "attest", subject: JSON.stringify(subject) })}>
                {t("vet.attest.title")}
              </button>
              <button type="button" onClick={() => go({ view: "flag", subject: JSON.stringify(subject) })}>
                {t("vet.flag.title")}
              </button>
            </div>
          </>
        )}
      </Shown>
    </Page>
  );
}
