/* An assessment as people and programs see it: words before numbers (people.md *Words*). */
import { type Assessed, type Names, sayLikelihood } from "../client/index.ts";
import { organizationJson, organizationShown, short } from "./names.ts";
import { bold, lines, many, wrap } from "./text.ts";

const mostChanges = 3;
const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** An assessment for programs. */
export function assessmentJson(names: Names, { sentence, assessment, changes }: Assessed) {
  const { opinion, evidence, conflict, abstain, reasons, beside } = assessment;
  return {
    sentence,
    abstain,
    opinion,
    evidence,
    conflict,
    reasons: reasons.map((reason) => ({
      organization: organizationJson(names, reason.organization),
      statement: reason.statement,
      side: reason.side,
      voice: reason.voice,
      amount: reason.amount,
      ...(reason.hiddenBy === undefined ? {} : { sameSourceAs: reason.hiddenBy }),
      ways: reason.paths.map((path) => ({
        through: path.organizations.map((id) => organizationJson(names, id)),
        amount: path.amount,
      })),
    })),
    beside: beside.map((one) => ({ ...one, organization: organizationJson(names, one.organization) })),
    changes: changes.map(({ without, likelihoodBefore, likelihoodAfter, shift }) => ({
      without: without.map((id) => organizationJson(names, id)),
      before: likelihoodBefore,
      after: likelihoodAfter,
      shift,
    })),
  };
}

/** An assessment as text: the sentence, the reasons, what would change it; numbers where asked for. */
export function assessmentText(names: Names, { sentence, assessment, changes }: Assessed, numbers: boolean): string {
  const { opinion, evidence, conflict, reasons, beside } = assessment;
  const reasonLines = reasons.map((reason) => {
    const who = organizationShown(names, reason.organization);
    const side = reason.side === "for" ? "speaks for it" : "warns";
    const ways = reason.paths.map(({ organizations }) => {
      const through = organizations.slice(1, -1).map((id) => organizationShown(names, id));
      if (organizations.length === 1) return "as your own word";
      return through.length === 0 ? "directly" : `through ${through.join(", ")}`;
    });
    const heard =
      reason.amount > 0
        ? ` (heard ${[...new Set(ways)].join("; ")})`
        : reason.hiddenBy === undefined
          ? " (you hear nobody who vouches for them: it does not count for you)"
          : ` (one source with ${organizationShown(names, reason.hiddenBy)}: counted once)`;
    const amount = numbers ? ` · voice ${rounded(reason.voice)}, amount ${rounded(reason.amount)}` : "";
    return wrap(
      `${reason.side === "for" ? "+" : "−"} ${who} ${side}${heard}${amount}  [${short(reason.statement)}]`,
      "  ",
      "    ",
    );
  });
  const moving = changes
    .filter((change) => change.likelihoodBefore !== change.likelihoodAfter)
    .slice(0, mostChanges)
    .map(({ without, likelihoodBefore, likelihoodAfter }) =>
      wrap(
        `Without ${without.map((id) => organizationShown(names, id)).join(", ")}: ${sayLikelihood(likelihoodBefore, "en")} becomes ${sayLikelihood(likelihoodAfter, "en")}.`,
        "  ",
        "    ",
      ),
    );
  const asides =
    beside.length === 0
      ? undefined
      : wrap(
          `${many(beside.length, "statement")} beside these: ${[...new Set(beside.map((one) => one.kind.replaceAll("-", " ")))].join(", ")}.`,
          "  ",
        );
  const sums =
    numbers &&
    wrap(
      `belief ${rounded(opinion.belief)}, disbelief ${rounded(opinion.disbelief)}, uncertainty ${rounded(opinion.uncertainty)}; evidence for ${rounded(evidence.for)}, against ${rounded(evidence.against)}; conflict ${rounded(conflict)}`,
      "  ",
    );
  return lines(wrap(bold(sentence)), ...reasonLines, ...moving, asides, sums);
}
