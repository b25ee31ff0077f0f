import { PRIOR_WEIGHT } from "../constants.ts";

/*
 * Subjective logic: A. Jøsang, "Subjective Logic" (Springer 2016). Only cumulative fusion makes the
 * score; the other operators show alternatives, since a copy with hardly any evidence moves them.
 */

/** Belief, disbelief and uncertainty; they add up to 1. */
export type Opinion = { readonly belief: number; readonly disbelief: number; readonly uncertainty: number };

/** Evidence for and against, in units. */
export type Evidence = { readonly for: number; readonly against: number };

/** Full uncertainty: nothing is known. The identity of cumulative fusion. */
export const vacuous: Opinion = { belief: 0, disbelief: 0, uncertainty: 1 };

/** Jøsang 2016, definition 3.9 (binomial), W = 2. */
export function fromEvidence({ for: r, against: s }: Evidence): Opinion {
  const whole = r + s + PRIOR_WEIGHT;
  return { belief: r / whole, disbelief: s / whole, uncertainty: PRIOR_WEIGHT / whole };
}

/** Inverse of `fromEvidence`; infinite for an opinion without uncertainty. */
export function toEvidence({ belief, disbelief, uncertainty }: Opinion): Evidence {
  const of = (mass: number) => (mass === 0 ? 0 : (PRIOR_WEIGHT * mass) / uncertainty);
  return { for: of(belief), against: of(disbelief) };
}

/** P = b + a·u: Jøsang 2016, (3.2). */
export function projected(opinion: Opinion, baseRate = 0.5): number {
  return opinion.belief + baseRate * opinion.uncertainty;
}

const made = (belief: number, disbelief: number, uncertainty: number): Opinion => ({ belief, disbelief, uncertainty });

function mean(opinions: readonly Opinion[], weights: readonly number[]): Opinion {
  let total = 0;
  let belief = 0;
  let disbelief = 0;
  let uncertainty = 0;
  for (const [at, opinion] of opinions.entries()) {
    const weight = weights[at] as number;
    total += weight;
    belief += weight * opinion.belief;
    disbelief += weight * opinion.disbelief;
    uncertainty += weight * opinion.uncertainty;
  }
  return total === 0 ? vacuous : made(belief / total, disbelief / total, uncertainty / total);
}

/** Opinions without any uncertainty outweigh all others; several share equally (the limits of Jøsang 2016, ch. 12). */
function dogmatic(opinions: readonly Opinion[]): Opinion | undefined {
  const sure = opinions.filter((opinion) => opinion.uncertainty === 0);
  return sure.length === 0
    ? undefined
    : mean(
        sure,
        sure.map(() => 1),
      );
}

/** Cumulative fusion, Jøsang 2016, definition 12.5: evidence of independent sources is added. */
export function cumulative(...opinions: readonly Opinion[]): Opinion {
  const sure = dogmatic(opinions);
  if (sure !== undefined) return sure;
  let r = 0;
  let s = 0;
  for (const opinion of opinions) {
    const evidence = toEvidence(opinion);
    r += evidence.for;
    s += evidence.against;
  }
  return fromEvidence({ for: r, against: s });
}

/** Averaging fusion, Jøsang 2016, definition 12.7: sources that depend on each other. */
export function averaging(...opinions: readonly Opinion[]): Opinion {
  const sure = dogmatic(opinions);
  if (sure !== undefined) return sure;
  return mean(
    opinions,
    opinions.map((opinion) => 1 / opinion.uncertainty),
  );
}

/** Weighted fusion, Jøsang 2016, definition 12.8: by confidence 1 − u; multi-source form of van der Heijden et al. (FUSION 2018). */
export function weighted(...opinions: readonly Opinion[]): Opinion {
  const sure = dogmatic(opinions);
  if (sure !== undefined) return sure;
  // b + d, not 1 − u: the same, and exact where there is hardly any evidence.
  const confidence = (o: Opinion) => o.belief + o.disbelief;
  const sum = (of: (opinion: Opinion) => number) => opinions.reduce((all, opinion) => all + of(opinion), 0);
  const scale = sum((o) => confidence(o) / o.uncertainty);
  if (scale === 0) return vacuous;
  return made(
    sum((o) => (o.belief * confidence(o)) / o.uncertainty) / scale,
    sum((o) => (o.disbelief * confidence(o)) / o.uncertainty) / scale,
    sum(confidence) / scale,
  );
}

/**
 * Consensus & compromise fusion for a binomial frame: the multi-source form of R. W. van der Heijden,
 * H. Kopp, F. Kargl, "Multi-Source Fusion Operations in Subjective Logic" (FUSION 2018), definition 5.
 */
export function consensus(...opinions: readonly Opinion[]): Opinion {
  if (opinions.length === 0) return vacuous;
  const agreedFor = Math.min(...opinions.map((o) => o.belief));
  const agreedAgainst = Math.min(...opinions.map((o) => o.disbelief));
  const product = (of: (opinion: Opinion) => number, except = -1) =>
    opinions.reduce((all, opinion, at) => (at === except ? all : all * of(opinion)), 1);
  const residueFor = (o: Opinion) => o.belief - agreedFor;
  const residueAgainst = (o: Opinion) => o.disbelief - agreedAgainst;
  const unsure = product((o) => o.uncertainty);
  const allFor = product(residueFor);
  const allAgainst = product(residueAgainst);
  let forth = allFor;
  let against = allAgainst;
  // A residue counts where all others do not know.
  for (const [at, opinion] of opinions.entries()) {
    const others = product((o) => o.uncertainty, at);
    forth += residueFor(opinion) * others;
    against += residueAgainst(opinion) * others;
  }
  // Residues that contradict each other are compromised on the whole frame.
  const conflict = Math.max(0, product((o) => residueFor(o) + residueAgainst(o)) - allFor - allAgainst);
  const open = forth + against + conflict;
  const rest = Math.max(0, 1 - agreedFor - agreedAgainst - unsure);
  // Nothing to share the rest by: it stays unknown.
  if (open < 1e-200) return made(agreedFor, agreedAgainst, unsure + rest);
  const scale = rest / open;
  return made(agreedFor + scale * forth, agreedAgainst + scale * against, unsure + scale * conflict);
}
