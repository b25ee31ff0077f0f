import { type Constants, product } from "../../../src/trust/constants.ts";
import { auc } from "./metrics.ts";
import type { Edge } from "./network.ts";
import { prequential } from "./prequential.ts";

type Age = "praiseHalfLife" | "warningHalfLife" | "vouchHalfLife";

/** Days; 0: never fades. */
const tried: readonly (readonly [Age, readonly number[]])[] = [
  ["praiseHalfLife", [3, 7, 14, 30, 90, 180, 0]],
  ["warningHalfLife", [180, 730, 0]],
  ["vouchHalfLife", [90, 365, 0]],
];

/** A third of the edges tells the ages apart and takes a third of the time. */
const EVERY = 3;

/**
 * The three ages chosen on the first 80 % of the file: the best mean AUC over its third and its fourth
 * fifth, each predicted from what came before; one age after the other. All other constants stay.
 */
export function fitAges(edges: readonly Edge[]): { constants: Constants; tried: { ages: string; auc: number }[] } {
  const end = Math.floor(edges.length * 0.8);
  const cuts = [0.4, 0.6, 0.8].map((part) => Math.floor(edges.length * part));
  const known = edges.slice(0, end);
  const log: { ages: string; auc: number }[] = [];
  const judge = (constants: Constants): number => {
    const ages = tried.map(([age]) => constants[age]).join("/");
    const before = log.find((one) => one.ages === ages);
    if (before !== undefined) return before.auc;
    let sum = 0;
    for (let at = 0; at + 1 < cuts.length; at++) {
      const stretch = { from: cuts[at] as number, to: cuts[at + 1] as number, every: EVERY };
      sum += auc(prequential(known, stretch, constants).predictions) ?? 0.5;
    }
    log.push({ ages, auc: sum / 2 });
    return sum / 2;
  };
  let best = product;
  for (const [age, values] of tried) {
    for (const value of values) {
      const other = { ...best, [age]: value };
      if (judge(other) > judge(best)) best = other;
    }
  }
  return { constants: best, tried: log };
}
