import type { Constants } from "../constants.ts";
import { type Evidence, fromEvidence, type Opinion } from "../opinion/index.ts";
import { type Path, paths, type Voice, voiceOf } from "../voice/index.ts";
import { type Counted, count, GRAIN, type Side, type Word } from "./evidence.ts";
import type { Beside } from "./words.ts";

/** One reporter's part in the result, with the ways by which the viewer hears it. */
export type Reason = {
  readonly organization: string;
  readonly statement: string;
  readonly side: Side;
  readonly voice: number;
  readonly amount: number;
  readonly hiddenBy?: string;
  /** `amount` of each way; together with `rest` exactly the reason's amount. */
  readonly paths: readonly Path[];
  readonly rest: number;
};

export type Assessment = {
  readonly evidence: Evidence;
  readonly opinion: Opinion;
  /** 0: all agree; 1: as much for as against, without doubt. Twice the smaller of belief and disbelief. */
  readonly conflict: number;
  /** Nothing is known: the interface abstains. */
  readonly abstain: boolean;
  /** Reasons' amounts sum exactly to the evidence of their side. */
  readonly reasons: readonly Reason[];
  readonly beside: readonly Beside[];
};

export type AssessOptions = {
  readonly constants?: Constants;
  /** Ways listed per reason; the rest is one sum. */
  readonly pathLimit?: number;
  readonly beside?: readonly Beside[];
};

/** The sum of what was counted. Amounts are multiples of 2^-32: exact in every order. */
export function total(counted: readonly Counted[]): Evidence {
  let r = 0;
  let s = 0;
  for (const { word, amount } of counted) {
    if (word.side === "for") r += amount;
    else s += amount;
  }
  return { for: r, against: s };
}

/**
 * The assessment of a subject on which `words` were said, for the viewer of `voice` at `now` (hours).
 * With no evidence it is fully uncertain and says that it abstains (invariant 4).
 */
export function assessWords(
  words: readonly Word[],
  voice: Voice,
  now: number,
  options: AssessOptions = {},
): Assessment {
  const counted = count(words, voice, now, options.constants);
  const evidence = total(counted);
  const opinion = fromEvidence(evidence);
  const reasons = counted.map(({ word, voice: loud, amount, hiddenBy }): Reason => {
    const ways = paths(voice, word.reporter, amount / GRAIN, options.pathLimit);
    return {
      organization: word.reporter,
      statement: word.key,
      side: word.side,
      voice: loud,
      amount,
      ...(hiddenBy === undefined ? {} : { hiddenBy }),
      paths: ways.paths.map((path) => ({ ...path, amount: path.amount * GRAIN })),
      rest: ways.rest * GRAIN,
    };
  });
  return {
    evidence,
    opinion,
    conflict: 2 * Math.min(opinion.belief, opinion.disbelief),
    abstain: evidence.for + evidence.against === 0,
    reasons,
    // The viewer hears only those that voice reaches: what others put beside is not shown either.
    beside: (options.beside ?? []).filter((one) => voiceOf(voice, one.organization) > 0),
  };
}
