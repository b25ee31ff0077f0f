import { type Constants, product } from "../../../src/trust/constants.ts";
import { projected } from "../../../src/trust/opinion/index.ts";
import { auc, logLoss, type Prediction } from "./metrics.ts";
import type { Edge } from "./network.ts";
import { baseRate, replay, type Stretch } from "./prequential.ts";
import { emptyWorld, type Hearing, opinionOf } from "./world.ts";

type Choice = Partial<Constants>;

/** Days; 0: never fades. The viewer's number of vouches in the scale or not: it orders, so it is chosen with the ages. */
const praise = [3, 7, 14, 30, 60, 90, 180, 0].map((praiseHalfLife): Choice => ({ praiseHalfLife }));
const warnings = [180, 730, 0].map((warningHalfLife): Choice => ({ warningHalfLife }));
const vouches = [90, 365, 0].map((vouchHalfLife): Choice => ({ vouchHalfLife }));
const power = [0, 0.25, 0.5].map((viewerPower): Choice => ({ viewerPower }));
/** The scale hardly orders; it is chosen by calibration. */
const scales = [1, 4, 16, 64, 256, 1024].flatMap((times) =>
  [1, 2, 4].map((warningWeight): Choice => ({ units: product.units * times, warningWeight })),
);

type Part = { readonly stretch: Stretch; readonly base: number };
export type Tried = { readonly choice: Choice; readonly auc?: number; readonly logLoss?: number };

/**
 * Constants chosen on the first 80 % of the file, nothing after it is looked at: first the ages and the
 * viewer's part in the scale, one after the other, by the mean AUC over the third and the fourth fifth, each
 * predicted from what came before it; then the units and the weight of a warning by the log-loss on the
 * fourth fifth, the last before the tested stretch. Every edge is judged. All other constants stay.
 */
export function fitConstants(edges: readonly Edge[]): { constants: Constants; tried: readonly Tried[] } {
  const cuts = [0.4, 0.6, 0.8].map((part) => Math.floor(edges.length * part)) as [number, number, number];
  const known = edges.slice(0, cuts[2]);
  const parts: Part[] = [
    { stretch: { from: cuts[0], to: cuts[1] }, base: baseRate(known, cuts[0]) },
    { stretch: { from: cuts[1], to: cuts[2] }, base: baseRate(known, cuts[1]) },
  ];
  // What is heard depends on one of the constants only: the walks are taken once for each of its values.
  const kept = new Map<number, readonly Hearing[]>();
  const hearings = (vouchHalfLife: number): readonly Hearing[] => {
    const before = kept.get(vouchHalfLife);
    if (before !== undefined) return before;
    const world = emptyWorld();
    const found = replay(known, { from: cuts[0], to: cuts[2] }, world.learn, ({ source, target, hour }) =>
      world.hear(source, target, hour, vouchHalfLife),
    );
    kept.set(vouchHalfLife, found);
    return found;
  };
  const predict = (constants: Constants, { stretch, base }: Part): Prediction[] => {
    const heard = hearings(constants.vouchHalfLife);
    const out: Prediction[] = [];
    for (let at = stretch.from; at < stretch.to; at++) {
      const { opinion } = opinionOf(heard[at - cuts[0]] as Hearing, constants);
      const negative = (known[at] as Edge).rating < 0;
      out.push({ negative, score: projected(opinion, base), uncertainty: opinion.uncertainty });
    }
    return out;
  };

  const tried: Tried[] = [];
  const best = (
    start: Constants,
    choices: readonly Choice[],
    judge: (constants: Constants) => Tried,
    of: "auc" | "logLoss",
  ) => {
    const better = (a: Tried, b: Tried) =>
      of === "auc" ? (a.auc as number) > (b.auc as number) : (a.logLoss as number) < (b.logLoss as number);
    let found: { constants: Constants; result: Tried } | undefined;
    for (const choice of choices) {
      const constants = { ...start, ...choice };
      const result = { ...judge(constants), choice };
      tried.push(result);
      if (found === undefined || better(result, found.result)) found = { constants, result };
    }
    return found?.constants ?? start;
  };
  const ranking = (constants: Constants): Tried => {
    const both = parts.map((part) => auc(predict(constants, part)) ?? 0.5);
    return { choice: {}, auc: both.reduce((sum, one) => sum + one, 0) / both.length };
  };
  const calibration = (constants: Constants): Tried => ({
    choice: {},
    logLoss: logLoss(predict(constants, parts[1] as Part)),
  });

  let constants = product;
  for (const choices of [vouches, praise, warnings, power]) constants = best(constants, choices, ranking, "auc");
  constants = best(constants, scales, calibration, "logLoss");
  return { constants, tried };
}
