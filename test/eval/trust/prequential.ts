import type { Constants } from "../../../src/trust/constants.ts";
import { projected } from "../../../src/trust/opinion/index.ts";
import type { Prediction } from "./metrics.ts";
import type { Edge } from "./network.ts";
import { emptyWorld } from "./world.ts";

/** Edges by their place in time; with `every` only each so-many-th is predicted, all are learned. */
export type Stretch = { readonly from: number; readonly to: number; readonly every?: number };

/** The share of positive ratings before the tested stretch: the one base rate for everybody. */
export function baseRate(edges: readonly Edge[], before: number): number {
  return edges.slice(0, before).filter((edge) => edge.rating > 0).length / Math.max(1, before);
}

/**
 * Calls `predict` for each edge of the stretch after `learn` has been called for all strictly earlier
 * ones, and for no edge of the same time.
 */
export function replay<T>(
  edges: readonly Edge[],
  { from, to, every = 1 }: Stretch,
  learn: (edge: Edge) => void,
  predict: (edge: Edge) => T,
): T[] {
  const out: T[] = [];
  let learned = 0;
  for (let at = from; at < to; at += every) {
    const edge = edges[at] as Edge;
    for (; learned < edges.length && (edges[learned] as Edge).hour < edge.hour; learned++)
      learn(edges[learned] as Edge);
    out.push(predict(edge));
  }
  return out;
}

/** Every edge of the stretch predicted from the point of view of its source. */
export function prequential(edges: readonly Edge[], stretch: Stretch, constants: Constants) {
  const base = baseRate(edges, stretch.from);
  const world = emptyWorld();
  let spent = 0;
  const both = replay(edges, stretch, world.learn, ({ source, target, rating, hour }) => {
    const start = performance.now();
    const { opinion, plain } = world.ask(source, target, hour, constants);
    spent += performance.now() - start;
    const made = (o: typeof opinion): Prediction => ({
      negative: rating < 0,
      score: projected(o, base),
      uncertainty: o.uncertainty,
    });
    return [made(opinion), made(plain)] as const;
  });
  return { predictions: both.map(([one]) => one), plain: both.map(([, one]) => one), msPerQuery: spent / both.length };
}
