import type { Assessment } from "../assess/index.ts";
import { separateWays } from "../independence/index.ts";
import { projected } from "../opinion/index.ts";
import type { Voice } from "../voice/index.ts";

/** Likelihood in words, ICD 203; an upper bound belongs to the lower word. */
export type Likelihood =
  | "almost-no-chance"
  | "very-unlikely"
  | "unlikely"
  | "roughly-even"
  | "likely"
  | "very-likely"
  | "almost-certain";

const bounds: readonly (readonly [number, Likelihood])[] = [
  [0.05, "almost-no-chance"],
  [0.2, "very-unlikely"],
  [0.45, "unlikely"],
  [0.55, "roughly-even"],
  [0.8, "likely"],
  [0.95, "very-likely"],
];

export function likelihood(probability: number): Likelihood {
  return bounds.find(([upper]) => probability <= upper)?.[1] ?? "almost-certain";
}

/** What the sentence says, in no language. */
export type Sentence =
  | { readonly kind: "unknown" }
  | {
      readonly kind: "known";
      readonly likelihood: Likelihood;
      /** Organizations that count on each side; dependent ones are one. The viewer's own words apart. */
      readonly for: number;
      readonly against: number;
      readonly own: "for" | "against" | "none";
      /** Ways to all of them that share no organization. */
      readonly ways: number;
      readonly divided: boolean;
      /** Those in the minority: never hidden by the sum. */
      readonly dissent: number;
    };

/** From this part of the evidence on, the smaller side makes the two divided; however little is known. */
const DIVIDED = 0.15;

/** The sentence of an assessment made with `voice`. */
export function sentenceOf(assessment: Assessment, voice: Voice): Sentence {
  if (assessment.abstain) return { kind: "unknown" };
  const counted = assessment.reasons.filter((reason) => reason.amount > 0);
  const smaller = Math.min(assessment.evidence.for, assessment.evidence.against);
  const others = counted.filter((reason) => reason.organization !== voice.viewerId);
  const own = counted.find((reason) => reason.organization === voice.viewerId);
  const speaking = (side: "for" | "against") =>
    new Set(others.filter((reason) => reason.side === side).map((reason) => reason.organization)).size;
  const sides = { for: speaking("for"), against: speaking("against") };
  return {
    kind: "known",
    likelihood: likelihood(projected(assessment.opinion)),
    ...sides,
    own: own?.side ?? "none",
    ways: separateWays(
      voice,
      others.map((reason) => reason.organization),
    ).count,
    divided: smaller > 0 && smaller >= DIVIDED * (assessment.evidence.for + assessment.evidence.against),
    dissent: assessment.evidence.for >= assessment.evidence.against ? sides.against : sides.for,
  };
}
