import { auc } from "./metrics.ts";
import type { Edge } from "./network.ts";
import { replay, type Stretch } from "./prequential.ts";

/*
 * Peers, none of them safe: ten fakes move every one of them (trust.md, *Invariants*). Each is given the
 * same strictly earlier edges, without the pair's own and without its reciprocal edge.
 */

type Numbered = { readonly from: number; readonly to: number; readonly rating: number };

function numbering() {
  const index = new Map<string, number>();
  return (id: string): number => {
    const known = index.get(id);
    if (known !== undefined) return known;
    index.set(id, index.size);
    return index.size - 1;
  };
}

const aucOf = (edges: readonly Edge[], { from, to }: Stretch, scores: readonly number[]) =>
  auc(edges.slice(from, to).map((edge, at) => ({ negative: edge.rating < 0, score: scores[at] as number })));

/** What is said of those of whom nothing is known. */
const meanRating = (edges: readonly Edge[], before: number) =>
  edges.slice(0, before).reduce((sum, edge) => sum + edge.rating / 10, 0) / Math.max(1, before);

/** The same network with nothing left of its ratings but their signs. */
export const signsOf = (edges: readonly Edge[]): Edge[] =>
  edges.map((edge) => ({ ...edge, rating: edge.rating > 0 ? 10 : -10 }));

/** The mean of the earlier ratings of the target, with as many ratings of the general mean added as `prior` says. */
export function targetMean(edges: readonly Edge[], stretch: Stretch, prior = 0) {
  const base = meanRating(edges, stretch.from);
  const about = new Map<string, Edge[]>();
  const learn = (edge: Edge) => about.set(edge.target, [...(about.get(edge.target) ?? []), edge]);
  const scores = replay(edges, stretch, learn, ({ source, target }) => {
    const list = (about.get(target) ?? []).filter((edge) => edge.source !== source);
    const count = list.length + prior;
    return count === 0 ? base : list.reduce((sum, edge) => sum + edge.rating / 10, prior * base) / count;
  });
  return aucOf(edges, stretch, scores);
}

/** The mean of the source's own earlier ratings: mood alone, no trust at all. */
export function raterMean(edges: readonly Edge[], stretch: Stretch) {
  const base = meanRating(edges, stretch.from);
  const sums = new Map<string, { sum: number; count: number }>();
  const learn = ({ source, rating }: Edge) => {
    const known = sums.get(source) ?? { sum: 0, count: 0 };
    sums.set(source, { sum: known.sum + rating / 10, count: known.count + 1 });
  };
  const scores = replay(edges, stretch, learn, ({ source }) => {
    const known = sums.get(source);
    return known === undefined ? base : known.sum / known.count;
  });
  return aucOf(edges, stretch, scores);
}

/**
 * Fairness × Goodness (S. Kumar et al., "Edge Weight Prediction in Weighted Signed Networks", ICDM 2016).
 * Run on what is learned, anew after every 50 predictions, three rounds from the last result.
 */
export function fairnessGoodness(edges: readonly Edge[], stretch: Stretch) {
  const base = meanRating(edges, stretch.from);
  const number = numbering();
  const learned: Numbered[] = [];
  let fairness: number[] = [];
  let goodness: number[] = [];
  let predicted = 0;
  const refresh = () => {
    const size = learned.reduce((most, edge) => Math.max(most, edge.from + 1, edge.to + 1), 0);
    const sum = (values: Float64Array, counts: Float64Array) =>
      Array.from(values, (v, at) => v / Math.max(1, counts[at] as number));
    for (let round = 0; round < (predicted === 0 ? 20 : 3); round++) {
      const good = new Float64Array(size);
      const ins = new Float64Array(size);
      for (const { from, to, rating } of learned) {
        good[to] = (good[to] as number) + (fairness[from] ?? 1) * rating;
        ins[to] = (ins[to] as number) + 1;
      }
      goodness = sum(good, ins).map((value, at) => (ins[at] === 0 ? base : value));
      const unfair = new Float64Array(size);
      const outs = new Float64Array(size);
      for (const { from, to, rating } of learned) {
        unfair[from] = (unfair[from] as number) + Math.abs(rating - (goodness[to] as number)) / 2;
        outs[from] = (outs[from] as number) + 1;
      }
      fairness = sum(unfair, outs).map((value) => 1 - value);
    }
  };
  const learn = ({ source, target, rating }: Edge) =>
    learned.push({ from: number(source), to: number(target), rating: rating / 10 });
  const scores = replay(edges, stretch, learn, ({ source, target }) => {
    if (predicted % 50 === 0) refresh();
    predicted++;
    return (fairness[number(source)] ?? 1) * (goodness[number(target)] ?? base);
  });
  return aucOf(edges, stretch, scores);
}

/** Personalized PageRank of the source (damping .85, ten rounds) as weights of the target's ratings. */
export function pageRankMean(edges: readonly Edge[], stretch: Stretch) {
  const base = meanRating(edges, stretch.from);
  const number = numbering();
  const about = new Map<number, Numbered[]>();
  const positive: Numbered[] = [];
  const out: number[] = [];
  let size = 0;
  for (const { source, target } of edges) size = Math.max(size, number(source) + 1, number(target) + 1);
  const learn = ({ source, target, rating }: Edge) => {
    const edge = { from: number(source), to: number(target), rating: rating / 10 };
    about.set(edge.to, [...(about.get(edge.to) ?? []), edge]);
    if (rating <= 0) return;
    positive.push(edge);
    out[edge.from] = (out[edge.from] ?? 0) + edge.rating;
  };
  const scores = replay(edges, stretch, learn, ({ source, target }) => {
    const start = number(source);
    const words = (about.get(number(target)) ?? []).filter((edge) => edge.from !== start);
    if (words.length === 0) return base;
    let rank = new Float64Array(size);
    rank[start] = 1;
    for (let round = 0; round < 10; round++) {
      const next = new Float64Array(rank.length);
      next[start] = 0.15;
      for (const { from, to, rating } of positive) {
        const mass = rank[from] as number;
        if (mass > 0) next[to] = (next[to] as number) + (0.85 * mass * rating) / (out[from] as number);
      }
      rank = next;
    }
    let sum = 0;
    let weight = 0;
    for (const { from, rating } of words) {
      sum += (rank[from] ?? 0) * rating;
      weight += rank[from] ?? 0;
    }
    return weight === 0 ? base : sum / weight;
  });
  return aucOf(edges, stretch, scores);
}
