import type { Scope } from "../../core/statements/index.ts";
import { product } from "../constants.ts";
import type { Graph, Row } from "./graph.ts";
import { SHARE, type Shares, sharesAt, VOICE } from "./shares.ts";

export type WalkOptions = {
  /** Hours since 1970. */
  readonly now: number;
  readonly scope?: Scope;
  /** Organizations through which and from which nothing is heard. */
  readonly closed?: ReadonlySet<string>;
  /** The most voice that an organization can carry, 0 to 1; for those on probation. */
  readonly caps?: ReadonlyMap<string, number>;
  readonly vouchHalfLife?: number;
  /** Shares made for the same graph, time and scope, to be used again. */
  readonly shares?: Shares;
};

/** What the walk found: the voice of everybody that the viewer reaches. */
export type Voice = {
  readonly graph: Graph;
  /** Its index in the graph; -1 where no vouch names it. */
  readonly viewer: number;
  readonly viewerId: string;
  readonly shares: Shares;
  readonly closed: Uint8Array;
  readonly capped: ReadonlyMap<number, number>;
  /** mass[k][i]: grains that reach i at step k and may go on; raw: before i's cap. */
  readonly mass: readonly Float64Array[];
  readonly raw: readonly Float64Array[];
  /** Grains of voice. */
  readonly grains: Float64Array;
  readonly reached: readonly number[];
  /** The viewer's own live vouches: all that the scale of the evidence may know of the graph. */
  readonly own: number;
};

/** Grains that pass at `step` from `from` along its vouch at `slot`; 0 for walks that would turn back. */
export function flow(
  voice: Omit<Voice, "reached" | "own" | "grains">,
  step: number,
  from: number,
  slot: number,
): number {
  const { graph, mass, raw, shares, viewer, closed } = voice;
  const row = graph.rows[from] as Row;
  const to = row.target[slot] as number;
  if (to === viewer || closed[to] === 1) return 0;
  const here = (mass[step - 1] as Float64Array)[from] as number;
  // An organization that came after the walk has no mass at all.
  if (!(here > 0)) return 0;
  // Whom the viewer vouches for needs no introduction at fourth hand; with it no path could meet itself.
  if (step === 4 && ((mass[1] as Float64Array)[to] as number) > 0) return 0;
  const share = shares.of(from)[slot] as number;
  if (share === 0) return 0;
  let returned = 0;
  if (step > 2 && ((mass[step - 2] as Float64Array)[to] as number) > 0) {
    const back = row.back[slot] as number;
    if (back >= 0 && !((graph.rows[to] as Row).heard[back] as boolean)) returned = flow(voice, step - 1, to, back);
  }
  // Mass that came from `to` does not go back to it; a cap bounds what is left, whatever came.
  const coming = ((raw[step - 1] as Float64Array)[from] as number) - returned;
  const going = coming < here ? coming : here;
  return Math.floor((going * share) / SHARE);
}

/**
 * The walk: of at most four steps from the viewer along live vouches. The voice of an organization is
 * the part of the viewer's own voice, 1, that ever comes to it; a finite sum over paths that never
 * meet themselves. An unknown viewer hears nobody.
 *
 * Method: design page trust.md, *Shape*; the walk without turning back is Hashimoto's.
 *
 * @example
 * const graph = emptyGraph();
 * put(graph, { issuer: "a", vouched: "b", amount: 120, role: "may-introduce", hour: 0 });
 * voiceOf(walk(graph, "a", { now: 0 }), "b"); // 1
 */
export function walk(graph: Graph, viewer: string, options: WalkOptions): Voice {
  const size = graph.ids.length;
  const shares =
    options.shares ?? sharesAt(graph, options.now, options.vouchHalfLife ?? product.vouchHalfLife, options.scope);
  const closed = new Uint8Array(size);
  for (const id of options.closed ?? []) {
    const index = graph.index.get(id);
    if (index !== undefined) closed[index] = 1;
  }
  const capped = new Map<number, number>();
  for (const [id, cap] of options.caps ?? []) {
    const index = graph.index.get(id);
    if (index !== undefined) capped.set(index, Math.floor(VOICE * Math.min(1, Math.max(0, cap))));
  }
  const start = graph.index.get(viewer) ?? -1;
  const grains = new Float64Array(size);
  const columns = () => [0, 1, 2, 3].map(() => new Float64Array(size));
  const mass = columns();
  // Only a cap makes a difference between what comes and what stays.
  const raw = capped.size === 0 ? mass : columns();
  const found = { graph, viewer: start, viewerId: viewer, shares, closed, capped, mass, raw };
  const reached: number[] = [];
  if (start < 0) return { ...found, grains, reached, own: 0 };
  (mass[0] as Float64Array)[start] = VOICE;
  (raw[0] as Float64Array)[start] = VOICE;

  const heard = new Float64Array(size);
  let active = [start];
  for (let step = 1; step <= 4; step++) {
    const arrived: number[] = [];
    const coming = step < 4 ? (raw[step] as Float64Array) : new Float64Array(size);
    for (const from of active) {
      const row = graph.rows[from] as Row;
      for (let slot = 0; slot < row.target.length; slot++) {
        const to = row.target[slot] as number;
        const amount = flow(found, step, from, slot);
        if (amount === 0) continue;
        if (coming[to] === 0 && heard[to] === 0) arrived.push(to);
        if (row.heard[slot]) heard[to] = (heard[to] as number) + amount;
        else coming[to] = (coming[to] as number) + amount;
      }
    }
    active = [];
    for (const to of arrived) {
      const before = grains[to] as number;
      const all = (coming[to] as number) + (heard[to] as number);
      heard[to] = 0;
      const allowed = Math.min(all, (capped.get(to) ?? VOICE) - before);
      if (allowed <= 0) continue;
      if (before === 0) reached.push(to);
      grains[to] = before + allowed;
      if (step < 4) {
        const passing = Math.min(coming[to] as number, allowed);
        (mass[step] as Float64Array)[to] = passing;
        if (passing > 0) active.push(to);
      }
    }
  }
  return { ...found, grains, reached, own: shares.live(start) };
}

/** The voice of an organization, 0 to 1; the viewer's own is 1. */
export function voiceOf(voice: Voice, id: string): number {
  if (id === voice.viewerId) return 1;
  const index = voice.graph.index.get(id);
  return index === undefined ? 0 : ((voice.grains[index] as number | undefined) ?? 0) / VOICE;
}
