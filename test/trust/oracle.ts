import { FLOOR, fade, LARGEST_SHARE, product } from "../../src/trust/constants.ts";
import type { Vouch } from "../../src/trust/voice/index.ts";
import { NOW } from "./helpers.ts";

/*
 * Voice by the definition, path by path, in real numbers and without sharing a line with the walk: the
 * product of the shares along every path of at most four vouches that never meets itself.
 */

export type Way = { readonly nodes: readonly string[]; readonly mass: number };

/** All paths from the viewer that carry voice. A later vouch of one pair replaces an earlier one. */
export function waysByDefinition(
  vouches: readonly Vouch[],
  viewer: string,
  closed: ReadonlySet<string> = new Set(),
): Way[] {
  const standing = new Map<string, Vouch>();
  for (const one of vouches) if (one.issuer !== one.vouched) standing.set(`${one.issuer}>${one.vouched}`, one);
  const rows = new Map<string, Vouch[]>();
  for (const one of standing.values()) {
    if (one.amount > 0) rows.set(one.issuer, [...(rows.get(one.issuer) ?? []), one]);
  }
  const share = (one: Vouch) => {
    const total = (rows.get(one.issuer) ?? []).reduce((sum, other) => sum + other.amount, 0);
    const part = Math.min(LARGEST_SHARE, one.amount / Math.max(FLOOR, total));
    return part * fade(Math.floor((NOW - one.hour) / 24), product.vouchHalfLife);
  };
  const direct = new Set<string>();
  for (const one of rows.get(viewer) ?? [])
    if (one.role === "may-introduce" && !closed.has(one.vouched)) direct.add(one.vouched);
  const found: Way[] = [];
  const go = (nodes: readonly string[], mass: number) => {
    if (nodes.length > 4) return;
    for (const one of rows.get(nodes.at(-1) as string) ?? []) {
      if (nodes.includes(one.vouched) || closed.has(one.vouched)) continue;
      if (nodes.length === 4 && direct.has(one.vouched)) continue;
      const way = { nodes: [...nodes, one.vouched], mass: mass * share(one) };
      found.push(way);
      if (one.role === "may-introduce") go(way.nodes, way.mass);
    }
  };
  go([viewer], 1);
  return found;
}

/** The voice of everybody: the chance that a walk of one to four steps, each as likely, ends there. */
export function voiceByDefinition(ways: readonly Way[]): Map<string, number> {
  const voice = new Map<string, number>();
  for (const { nodes, mass } of ways)
    voice.set(nodes.at(-1) as string, (voice.get(nodes.at(-1) as string) ?? 0) + mass / 4);
  return voice;
}

/**
 * The voice that vouches from outside carry into `inside`: the chance that the walk ever enters it. Of the
 * walks that could enter at step k, 5 − k in 4 are long enough. Only the vouches that cross into it are
 * looked at.
 */
export function carriedInto(ways: readonly Way[], inside: (id: string) => boolean): number {
  let sum = 0;
  for (const { nodes, mass } of ways) {
    const step = nodes.length - 1;
    if (inside(nodes[step] as string) && !nodes.slice(0, step).some(inside)) sum += (mass * (5 - step)) / 4;
  }
  return sum;
}
