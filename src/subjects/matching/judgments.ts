import type { OrganizationId } from "../../core/codec/ids.ts";
import type { StatementOf, Subject } from "../../core/statements/format.ts";
import type { Placed } from "../../core/statements/placed.ts";
import { identifierKeys } from "../identifiers/key.ts";
import { compareSubjects, type Match, type MatchReason } from "./compare.ts";

export type PlacedJudgment = Placed<StatementOf<"judgment">>;

/** Members' judgments whether two subjects are one, by organization, the last of each counting. */
export type Judgments = {
  /** What organizations said of this pair, in either order. */
  between(a: Subject, b: Subject): ReadonlyMap<OrganizationId, "same" | "different" | "unsure">;
};

/**
 * Gathers judgments in log order; `today` (days since 1970) leaves out expired ones, `retracted` those taken back. A
 * judgment holds for all who share an identifier with its subjects.
 */
export function gatherJudgments(
  placed: readonly PlacedJudgment[],
  today: number,
  retracted: ReadonlySet<string> = new Set(),
): Judgments {
  const byKey = new Map<string, PlacedJudgment[]>();
  const keys = (subject: Subject) => subject.identifiers.flatMap(identifierKeys);
  const sorted = [...placed].sort((a, b) => a.position - b.position);
  for (const item of sorted) {
    const { statement } = item;
    if (retracted.has(item.hash) || (statement.expires !== undefined && statement.expires < today)) continue;
    for (const key of new Set(keys(statement.subject))) {
      const list = byKey.get(key);
      if (list) list.push(item);
      else byKey.set(key, [item]);
    }
    for (const key of new Set(keys(statement.other))) {
      const list = byKey.get(key);
      if (list && list.at(-1) !== item) list.push(item);
      else if (!list) byKey.set(key, [item]);
    }
  }
  return {
    between(a, b) {
      const keysA = new Set(keys(a));
      const keysB = new Set(keys(b));
      const found = new Set<PlacedJudgment>();
      for (const key of keysA) {
        for (const item of byKey.get(key) ?? []) {
          const one = keys(item.statement.subject);
          const two = keys(item.statement.other);
          const meets = (list: readonly string[], set: ReadonlySet<string>) => list.some((k) => set.has(k));
          if ((meets(one, keysA) && meets(two, keysB)) || (meets(one, keysB) && meets(two, keysA))) found.add(item);
        }
      }
      const out = new Map<OrganizationId, "same" | "different" | "unsure">();
      for (const item of [...found].sort((x, y) => x.position - y.position))
        out.set(item.organization, item.statement.judgment);
      return out;
    },
  };
}

/**
 * Compares two subjects with what members judged of them. People know more than fields say: where organizations agree
 * their judgment stands; where they disagree it is *cannot tell*, and both sides are shown. Never overrules silently:
 * the reasons of the comparison stay.
 */
export function compareWithJudgments(a: Subject, b: Subject, judgments: Judgments): Match {
  const plain = compareSubjects(a, b);
  const said = [...judgments.between(a, b).values()];
  const count = (judgment: string) => said.filter((j) => j === judgment).length;
  const [same, different, unsure] = [count("same"), count("different"), count("unsure")];
  if (said.length === 0) return plain;
  const reasons: MatchReason[] = [...plain.reasons];
  const organizations = (n: number) => `${n} ${n === 1 ? "organization" : "organizations"}`;
  if (same > 0)
    reasons.push({ code: "judged-same", speaks: "for", sentence: `${organizations(same)} judged: the same.` });
  if (different > 0)
    reasons.push({
      code: "judged-different",
      speaks: "against",
      sentence: `${organizations(different)} judged: not the same.`,
    });
  if (unsure > 0)
    reasons.push({ code: "judged-unsure", speaks: "neither", sentence: `${organizations(unsure)} could not tell.` });
  if (same > 0 && different > 0) {
    reasons.push({
      code: "judgments-disagree",
      speaks: "neither",
      sentence: "Organizations disagree whether they are one.",
    });
    return { verdict: "cannot tell", score: 0.5, reasons };
  }
  if (same > 0) return { verdict: "same", score: Math.max(plain.score, 0.95), reasons };
  if (different > 0) return { verdict: "different", score: Math.min(plain.score, 0.1), reasons };
  return { ...plain, reasons };
}
