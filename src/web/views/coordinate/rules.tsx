import { useState } from "preact/hooks";
import type { CircleId, Policy } from "../../../client/index.ts";
import type { Outcome } from "../../engine/roster/shared.ts";
import { Select, Shown, TextField, useEngine, useLoaded, useText, Weighed } from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { Consequences } from "./acts.tsx";
import { ruleChangeText } from "./change.ts";
import { CirclePage, circleAt, Done } from "./frame.tsx";

/** Rules that are numbers, with the most that each may be. */
const numbers = [
  ["sponsors", 0, 16],
  ["windowHours", 0, 24 * 60],
  ["quorum", 1, 16],
  ["admissionsPer30Days", 0, 1000],
  ["probationDays", 0, 366],
  ["checkInDays", 1, 90],
  ["successionDays", 1, 365],
] as const satisfies readonly (readonly [keyof Policy, number, number])[];

type Rule = (typeof numbers)[number][0];
type Typed = Readonly<Record<Rule | "retentionDays", string>> & { readonly history: Policy["history"] };

const mostRetention = 36_600;

const typedOf = (policy: Policy): Typed => ({
  ...(Object.fromEntries(numbers.map(([rule]) => [rule, String(policy[rule])])) as Record<Rule, string>),
  retentionDays: policy.retentionDays === undefined ? "" : String(policy.retentionDays),
  history: policy.history,
});

const isNumber = (text: string, least: number, most: number) =>
  /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most;

/** The policy that was typed; `undefined` where a number is none. */
function policyOf(policy: Policy, typed: Typed): Policy | undefined {
  const { retentionDays: _, ...kept } = policy;
  const keeps = typed.retentionDays.trim() === "";
  if (!keeps && !isNumber(typed.retentionDays, 1, mostRetention)) return undefined;
  if (!numbers.every(([rule, least, most]) => isNumber(typed[rule], least, most))) return undefined;
  return {
    ...kept,
    ...(Object.fromEntries(numbers.map(([rule]) => [rule, Number(typed[rule])])) as Record<Rule, number>),
    history: typed.history,
    ...(keeps ? {} : { retentionDays: Number(typed.retentionDays) }),
  };
}

/** The circle's rules, each explained; others are proposed by the same page. */
export function Rules({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const circle = circleAt(place);
  const roster = useLoaded(() => engine.roster.show({ circle }), [circle]);
  const [typed, setTyped] = useState<Typed | undefined>(undefined);
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  return (
    <CirclePage place={place} part="circle-rules" title={t("rules.title")}>
      <p>{t("rules.how")}</p>
      <Done outcome={outcome} place={place} />
      <Shown loaded={roster}>
        {({ policy, me }) =>
          typed === undefined ? (
            <>
              <RuleList policy={policy} />
              {me?.status === "active" && me.role === "coordinator" && (
                <p>
                  <button type="button" class="primary" onClick={() => setTyped(typedOf(policy))}>
                    {t("rules.change")}
                  </button>
                </p>
              )}
            </>
          ) : (
            <Editor
              circle={circle}
              policy={policy}
              typed={typed}
              onChange={setTyped}
              onDone={(done) => {
                setTyped(undefined);
                setOutcome(done);
              }}
              onLeave={() => setTyped(undefined)}
            />
          )
        }
      </Shown>
    </CirclePage>
  );
}

function RuleList({ policy }: { readonly policy: Policy }) {
  const t = useText();
  return (
    <dl class="facts">
      {numbers.map(([rule]) => (
        <div key={rule}>
          <dt>{t(`rule.${rule}`)}</dt>
          <dd>
            <strong>{policy[rule]}</strong>
            <span class="soft small">{t(`rule.${rule}.why`)}</span>
          </dd>
        </div>
      ))}
      <div>
        <dt>{t("rule.history")}</dt>
        <dd>
          <strong>{t(`rule.history.${policy.history}`)}</strong>
          <span class="soft small">{t("rule.history.why")}</span>
        </dd>
      </div>
      <div>
        <dt>{t("rule.retentionDays")}</dt>
        <dd>
          <strong>{policy.retentionDays ?? t("rule.unset")}</strong>
          <span class="soft small">{t("rule.retentionDays.why")}</span>
        </dd>
      </div>
    </dl>
  );
}

function Editor({
  circle,
  policy,
  typed,
  onChange,
  onDone,
  onLeave,
}: {
  readonly circle: CircleId;
  readonly policy: Policy;
  readonly typed: Typed;
  readonly onChange: (typed: Typed) => void;
  readonly onDone: (outcome: Outcome) => void;
  readonly onLeave: () => void;
}) {
  const t = useText();
  const engine = useEngine();
  const next = policyOf(policy, typed);
  const rules = [...numbers.map(([rule]) => rule), "history", "retentionDays"] as const;
  const changed = next === undefined ? [] : rules.filter((rule) => next[rule] !== policy[rule]);
  const wrong = (text: string, least: number, most: number) =>
    isNumber(text, least, most) ? undefined : t("rules.number", { least, most });
  return (
    <div class="stack">
      <div class="columns">
        {numbers.map(([rule, least, most]) => (
          <TextField
            key={rule}
            type="number"
            label={t(`rule.${rule}`)}
            hint={t(`rule.${rule}.why`)}
            min={least}
            max={most}
            value={typed[rule]}
            wrong={wrong(typed[rule], least, most)}
            onChange={(value) => onChange({ ...typed, [rule]: value })}
          />
        ))}
        <Select
          label={t("rule.history")}
          hint={t("rule.history.why")}
          value={typed.history}
          onChange={(history) => onChange({ ...typed, history })}
          options={[
            { value: "full", label: t("rule.history.full") },
            { value: "from-joining", label: t("rule.history.from-joining") },
          ]}
        />
        <TextField
          type="number"
          label={t("rule.retentionDays")}
          hint={t("rule.retentionDays.why")}
          min={1}
          max={mostRetention}
          value={typed.retentionDays}
          wrong={typed.retentionDays === "" ? undefined : wrong(typed.retentionDays, 1, mostRetention)}
          onChange={(retentionDays) => onChange({ ...typed, retentionDays })}
        />
      </div>
      {changed.length === 0 && next !== undefined ? (
        <p>{t("rules.same")}</p>
      ) : (
        next !== undefined && (
          <div>
            <Weighed
              label={t("rules.propose")}
              title={t("rules.proposeTitle")}
              confirm={t("act.propose")}
              tone="primary"
              act={() => engine.proposals.policy({ circle, policy: next })}
              onDone={onDone}
            >
              <ul>
                {changed.map((rule) => (
                  <li key={rule}>{ruleChangeText({ rule, from: policy[rule], to: next[rule] }, t)}</li>
                ))}
              </ul>
              <Consequences keys={["act.saysQuorum"]} />
            </Weighed>
          </div>
        )
      )}
      <div>
        <button type="button" onClick={onLeave}>
          {t("dialog.leave")}
        </button>
      </div>
    </div>
  );
}
