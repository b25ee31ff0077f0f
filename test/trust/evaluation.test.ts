import { describe, expect, it } from "vitest";
import { product } from "../../src/trust/constants.ts";
import { parseAttack, runAttack } from "../eval/trust/attack.ts";
import { fairnessGoodness, pageRankMean, raterMean, targetMean } from "../eval/trust/baselines.ts";
import { auc, averagePrecision, calibrationError } from "../eval/trust/metrics.ts";
import { type Edge, sorted } from "../eval/trust/network.ts";
import { prequential, replay } from "../eval/trust/prequential.ts";
import { randomly } from "../eval/trust/random.ts";

/** A network of honest raters and of some whom most of them rate badly. */
function network(size = 60, count = 900): Edge[] {
  const random = randomly(3);
  const edges: Edge[] = [];
  for (let at = 0; at < count; at++) {
    const [source, target] = [random.below(size), random.below(size)];
    const bad = target % 7 === 0 && random.next() < 0.9;
    if (source !== target)
      edges.push({
        source: `n${source}`,
        target: `n${target}`,
        rating: bad ? -10 : 1 + random.below(10),
        hour: 400_000 + (at >> 1),
      });
  }
  return sorted(edges);
}

describe("the figures", () => {
  const of = (pairs: readonly (readonly [number, boolean])[]) =>
    pairs.map(([score, negative]) => ({ score, negative }));

  it("are right by hand: AUC with ties at half, average precision, calibration", () => {
    expect(
      auc(
        of([
          [0.1, true],
          [0.5, false],
          [0.5, true],
          [0.9, false],
        ]),
      ),
    ).toBe(0.875);
    expect(auc(of([[0.1, true]]))).toBeNull();
    expect(
      averagePrecision(
        of([
          [0.1, true],
          [0.2, false],
          [0.3, true],
        ]),
      ),
    ).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(calibrationError(of(Array.from({ length: 20 }, (_, at) => [0.5, at % 2 === 0])))).toBe(0);
  });
});

describe("the evaluation", () => {
  it("learns strictly earlier edges only: none of the same time", () => {
    const edges = network();
    const learned: Edge[] = [];
    replay(
      edges,
      { from: 500, to: edges.length },
      (edge) => learned.push(edge),
      (edge) => {
        expect(learned.every((one) => one.hour < edge.hour)).toBe(true);
        expect(learned.length).toBe(edges.filter((one) => one.hour < edge.hour).length);
      },
    );
  });

  it("does not know the edge it predicts, the source's earlier word, or the reciprocal edge", () => {
    const edges = network();
    const from = Math.floor(edges.length * 0.8);
    const tested = edges.at(-1) as Edge;
    const extra = [
      { source: tested.source, target: tested.target, rating: -10, hour: 399_000 },
      { source: tested.target, target: tested.source, rating: -10, hour: 399_001 },
    ];
    const last = (list: readonly Edge[], start: number) =>
      prequential(list, { from: start, to: list.length }, { ...product, prolificPower: 0 }).predictions.at(-1);
    const [plain, more] = [last(edges, from), last(sorted([...extra, ...edges]), from + 2)];
    expect(more?.uncertainty).toBe(plain?.uncertainty);
  });

  it("finds on a network with plain habits what there is to find, and so do the peers", () => {
    const edges = network();
    const stretch = { from: Math.floor(edges.length * 0.8), to: edges.length };
    expect(auc(prequential(edges, stretch, product).predictions)).toBeGreaterThan(0.8);
    for (const peer of [targetMean, fairnessGoodness, pageRankMean]) expect(peer(edges, stretch)).toBeGreaterThan(0.8);
    expect(raterMean(edges, stretch)).toBeLessThan(0.7);
  });

  it("under attack: without a vouch no bit changes; with one the attacker stays unknown to most", () => {
    const edges = network();
    expect(runAttack(edges, parseAttack("sybils=500,edges=0,seed=1"))).toMatchObject({
      identical: true,
      victimShift: 0,
      attackerUncertainty: 1,
    });
    const let1 = runAttack(edges, parseAttack("sybils=500,edges=1,seed=1"));
    const let2 = runAttack(edges, parseAttack("sybils=100,edges=1,seed=1"));
    expect(let1.identical).toBe(false);
    expect(let1.victimShift).toBeLessThan(0.2);
    // Any number of fakes do what a hundred do.
    expect([let1.victimShift, let1.attackerUncertainty]).toEqual([let2.victimShift, let2.attackerUncertainty]);
    expect(() => parseAttack("sybils=x")).toThrow();
  });
});
