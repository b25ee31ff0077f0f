import type { Scope } from "../../core/statements/index.ts";
import { product, STEPS } from "../constants.ts";
import type { Graph, Row } from "./graph.ts";
import { SHARE, type Shares, sharesAt, VOICE } from "./shares.ts";
import { emptied, type Footprint, placed, remember, type Workspace } from "./workspace.ts";

export type WalkOptions = {
  /** Hours since 1970. */
  readonly now: number;
  readonly scope?: Scope;
  /** Organizations through which and from which nothing is heard. */
  readonly closed?: ReadonlySet<string>;
  /** The most voice that an organization can have, 0 to 1/4; for those on probation. */
  readonly caps?: ReadonlyMap<string, number>;
  readonly vouchHalfLife?: number;
  /** Shares made for the same graph, time and scope, to be used again. */
  readonly shares?: Shares;
};

/** What a walk found: the voice of everybody that the viewer reaches. Valid until a vouch of `passing` changes. */
export type Voice = {
  readonly graph: Graph;
  /** Its index in the graph; -1 where no vouch names it. */
  readonly viewer: number;
  readonly viewerId: string;
  readonly shares: Shares;
  readonly capped: ReadonlyMap<number, number>;
  readonly footprint: Footprint;
  /** The viewer's own live vouches: all that the scale of the evidence may know of the graph. */
  readonly own: number;
};

type Place = Pick<Voice, "graph" | "viewer" | "shares">;

/** Grains that pass at `step` from `from` along its vouch at `slot`; 0 for walks that would turn back. */
function flowAt(place: Place, work: Workspace, step: number, from: number, slot: number, share: number): number {
  const { graph, viewer } = place;
  const { mass, raw, closed } = work;
  const row = graph.rows[from] as Row;
  const to = row.target[slot] as number;
  if (share === 0 || to === viewer || closed[to] === 1) return 0;
  const here = (mass[step - 1] as Float64Array)[from] as number;
  if (!(here > 0)) return 0;
  // Whom the viewer vouches for needs no introduction at fourth hand; with it a path could meet itself.
  if (step === STEPS && ((mass[1] as Float64Array)[to] as number) > 0) return 0;
  let returned = 0;
  if (step > 2 && ((mass[step - 2] as Float64Array)[to] as number) > 0) {
    const back = row.back[slot] as number;
    if (back >= 0 && !((graph.rows[to] as Row).heard[back] as boolean)) {
      returned = flowAt(place, work, step - 1, to, back, place.shares.of(to)[back] as number);
    }
  }
  // Mass that came from `to` does not go back to it; a cap bounds what is left, whatever came.
  const coming = ((raw[step - 1] as Float64Array)[from] as number) - returned;
  return Math.floor(((coming < here ? coming : here) * share) / SHARE);
}

/** Grains that pass at `step` (1 to 4) from `from` along its vouch at `slot`. */
export function flow(voice: Voice, step: number, from: number, slot: number): number {
  const work = placed(voice.graph, voice.footprint, VOICE);
  return flowAt(voice, work, step, from, slot, voice.shares.of(from)[slot] as number);
}

/** Whether anything goes on from `from` at `step`. */
export function carries(voice: Voice, step: number, from: number): boolean {
  const { mass } = placed(voice.graph, voice.footprint, VOICE);
  return ((mass[step - 1] as Float64Array)[from] as number) > 0;
}

/**
 * The walk: of one, two, three or four steps from the viewer along live vouches, each number equally
 * likely. The voice of an organization is the chance that the walk ends at it; a finite sum over paths
 * that never meet themselves. Of the voice that comes to an organization at step k it keeps one part in
 * 5 − k and passes on the others, so that voice is never multiplied: all voices together are at most the
 * viewer's own, 1, and those of any set at most what vouches from outside carry into it (invariant 2).
 * Here a grain is what comes to an organization, four times what it keeps. An unknown viewer hears nobody. The fourth step is taken only for those who are
 * asked for (`voiceOf`), since nothing goes on from there.
 *
 * Method: design page trust.md, *Shape*; the walk without turning back is Hashimoto's.
 *
 * @example
 * const graph = emptyGraph();
 * put(graph, { issuer: "a", vouched: "b", amount: 120, role: "may-introduce", hour: 0 });
 * voiceOf(walk(graph, "a", { now: 0 }), "b"); // 1/32: a quarter of the walks end after one step, at b with a share of 1/8
 */
export function walk(graph: Graph, viewer: string, options: WalkOptions): Voice {
  const { now, scope, vouchHalfLife = product.vouchHalfLife } = options;
  const shares = options.shares ?? sharesAt(graph, now, vouchHalfLife, scope);
  const work = emptied(graph);
  const start = graph.index.get(viewer) ?? -1;
  const closed: number[] = [];
  for (const id of options.closed ?? []) {
    const index = graph.index.get(id);
    if (index === undefined) continue;
    closed.push(index);
    work.closed[index] = 1;
  }
  const capped = new Map<number, number>();
  for (const [id, cap] of options.caps ?? []) {
    const index = graph.index.get(id);
    if (index !== undefined) capped.set(index, Math.floor(VOICE * Math.min(1, Math.max(0, STEPS * cap))));
  }
  const touched: number[] = [];
  const place = { graph, viewer: start, shares };
  if (start >= 0) {
    (work.mass[0] as Float64Array)[start] = VOICE;
    (work.raw[0] as Float64Array)[start] = VOICE;
    let active = [start];
    for (let step = 1; step < STEPS; step++) active = spread(place, work, step, active, capped, touched);
  }
  const footprint = remember(work, Int32Array.from(touched), closed, start);
  return { graph, viewer: start, viewerId: viewer, shares, capped, footprint, own: start < 0 ? 0 : shares.live(start) };
}

/** One step: from all of `active` to those who pass it on, which are the next. */
function spread(
  place: Place,
  work: Workspace,
  step: number,
  active: readonly number[],
  capped: ReadonlyMap<number, number>,
  touched: number[],
): number[] {
  const { graph, shares } = place;
  const { grains, heard } = work;
  const coming = work.raw[step] as Float64Array;
  const arrived: number[] = [];
  for (const from of active) {
    const row = graph.rows[from] as Row;
    const out = shares.of(from);
    for (let slot = 0; slot < out.length; slot++) {
      const amount = flowAt(place, work, step, from, slot, out[slot] as number);
      if (amount === 0) continue;
      const to = row.target[slot] as number;
      if (coming[to] === 0 && heard[to] === 0) arrived.push(to);
      if (row.heard[slot]) heard[to] = (heard[to] as number) + amount;
      else coming[to] = (coming[to] as number) + amount;
    }
  }
  const next: number[] = [];
  for (const to of arrived) {
    const before = grains[to] as number;
    const all = (coming[to] as number) + (heard[to] as number);
    heard[to] = 0;
    if (before === 0) touched.push(to);
    const allowed = Math.min(all, (capped.get(to) ?? VOICE) - before);
    if (allowed <= 0) continue;
    grains[to] = before + allowed;
    const passing = Math.min(coming[to] as number, allowed);
    (work.mass[step] as Float64Array)[to] = passing;
    if (passing > 0) next.push(to);
  }
  return next;
}

/** Grains that come to an organization, 2^28 for the whole walk: those of three steps, and the fourth's. */
export function grainsOf(voice: Voice, index: number): number {
  const { graph, footprint, capped } = voice;
  const work = placed(graph, footprint, VOICE);
  if (index < 0 || index === voice.viewer || index >= graph.ids.length || work.closed[index] === 1) return 0;
  let grains = work.grains[index] as number;
  for (const from of graph.incoming[index] as number[]) {
    if (!(((work.mass[STEPS - 1] as Float64Array)[from] as number) > 0)) continue;
    const slot = (graph.rows[from] as Row).slot.get(index) as number;
    grains += flowAt(voice, work, STEPS, from, slot, voice.shares.of(from)[slot] as number);
  }
  return Math.min(grains, capped.get(index) ?? VOICE);
}

/** The voice of an organization, 0 to 1/4; the viewer's own is 1, and all others' together are at most that. */
export function voiceOf(voice: Voice, id: string): number {
  if (id === voice.viewerId) return 1;
  return grainsOf(voice, voice.graph.index.get(id) ?? -1) / (STEPS * VOICE);
}

/** Whether a change of the vouches of `index` can change this voice. */
export function passes(voice: Voice, index: number): boolean {
  return index === voice.viewer || voice.footprint.touched.includes(index);
}

/** Everybody whom the viewer hears, by id, the fourth step included. */
export function reached(voice: Voice): string[] {
  const { graph, footprint } = voice;
  const near = new Set<number>(footprint.touched);
  const found = new Set<number>(near);
  for (const from of near) for (const to of (graph.rows[from] as Row).target) found.add(to);
  return [...found]
    .filter((index) => grainsOf(voice, index) > 0)
    .map((index) => graph.ids[index] as string)
    .sort();
}
