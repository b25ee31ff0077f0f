/** One prediction: the higher the score, the more a positive rating is expected. */
export type Prediction = { readonly negative: boolean; readonly score: number; readonly uncertainty: number };

type Scored = Pick<Prediction, "negative" | "score">;

/** Groups of equal score, lowest first: ties are one. */
function groups(list: readonly Scored[]): { negative: number; positive: number }[] {
  const order = [...list].sort((a, b) => a.score - b.score);
  const found: { score: number; negative: number; positive: number }[] = [];
  for (const { score, negative } of order) {
    let group = found.at(-1);
    if (group?.score !== score) {
      group = { score, negative: 0, positive: 0 };
      found.push(group);
    }
    if (negative) group.negative++;
    else group.positive++;
  }
  return found;
}

/** The chance that a negative scores below a positive; ties count half. Null where a class is missing. */
export function auc(list: readonly Scored[]): number | null {
  let below = 0;
  let positives = 0;
  let sum = 0;
  for (const { negative, positive } of groups(list)) {
    sum += positive * (below + negative / 2);
    below += negative;
    positives += positive;
  }
  return below * positives === 0 ? null : sum / (below * positives);
}

/** Average precision with the negatives as what is looked for; a group of ties has one precision. */
export function averagePrecision(list: readonly Scored[]): number | null {
  let found = 0;
  let seen = 0;
  let sum = 0;
  for (const { negative, positive } of groups(list)) {
    found += negative;
    seen += negative + positive;
    sum += negative * (found / seen);
  }
  return found === 0 ? null : sum / found;
}

/** Expected calibration error over ten bins of equal count. */
export function calibrationError(list: readonly Scored[]): number {
  const order = [...list].sort((a, b) => a.score - b.score);
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const part = order.slice(Math.floor((bin * order.length) / 10), Math.floor(((bin + 1) * order.length) / 10));
    error += Math.abs(part.reduce((sum, { score, negative }) => sum + score - (negative ? 0 : 1), 0));
  }
  return error / list.length;
}

export function brier(list: readonly Scored[]): number {
  return list.reduce((sum, { score, negative }) => sum + (score - (negative ? 0 : 1)) ** 2, 0) / list.length;
}

/** Mean surprise in nats; a score of 0 or 1 that is wrong costs what one in a million would. */
export function logLoss(list: readonly Scored[]): number {
  const surprise = ({ score, negative }: Scored) => -Math.log(Math.max(1e-6, negative ? 1 - score : score));
  return list.reduce((sum, one) => sum + surprise(one), 0) / list.length;
}

/** The figures of trust.md, *Measuring it*. */
export function figures(list: readonly Prediction[]) {
  const covered = list.filter((one) => one.uncertainty < 1);
  const certain = [...covered].sort((a, b) => a.uncertainty - b.uncertainty).slice(0, Math.ceil(covered.length / 3));
  return {
    coverage: covered.length / list.length,
    coverageBelow95: list.filter((one) => one.uncertainty < 0.95).length / list.length,
    auc: auc(list),
    ap: averagePrecision(list),
    aucCovered: auc(covered),
    aucCertainThird: auc(certain),
    ece: calibrationError(list),
    brier: brier(list),
  };
}
