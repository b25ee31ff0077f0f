import type { Scope } from "../../core/statements/index.ts";
import { CLOCK_SKEW_HOURS, FLOOR, fade, HOURS_PER_DAY, LARGEST_SHARE } from "../constants.ts";
import { type Graph, type Row, scopeMask } from "./graph.ts";

/*
 * All arithmetic of the walk is on integers that doubles hold exactly: a voice of 1 is 2^28 grains,
 * a share of 1 is 2^24 parts, their product stays below 2^53. So no order of summation changes a bit
 * (invariants 1 and 7), and the parts of a sum can be listed so that they add up exactly (6).
 */
export const VOICE = 2 ** 28;
export const SHARE = 2 ** 24;

export type Shares = {
  readonly now: number;
  readonly scope: Scope | undefined;
  /** For each slot of the issuer's row, the parts of 2^24 that it passes on. */
  of(issuer: number): Float64Array;
  /** Live vouches of the issuer. */
  live(issuer: number): number;
  /** To be called when the issuer's row has changed. */
  forget(issuer: number): void;
};

/**
 * share = amount ÷ max(Σ of live amounts, one full vouch), at most an eighth, and then faded by age: stale
 * mass evaporates, a fresh vouch cannot inherit it, and no single vouch hands on much. Rounded down, so that the shares of one issuer
 * never exceed 1.
 */
export function sharesAt(graph: Graph, now: number, halfLife: number, scope?: Scope): Shares {
  const mask = scopeMask(scope === undefined ? undefined : [scope]);
  const latest = now + CLOCK_SKEW_HOURS;
  // A map: what a query costs may not grow with the graph.
  const rows = new Map<number, Float64Array>();
  const factors: number[] = [];
  const isLive = (row: Row, slot: number): boolean =>
    (row.amount[slot] as number) > 0 &&
    ((row.mask[slot] as number) & mask) !== 0 &&
    (row.hour[slot] as number) <= latest &&
    now < (row.ends[slot] as number);

  const faded = (hour: number): number => {
    const days = Math.max(0, Math.floor((now - hour) / HOURS_PER_DAY));
    let factor = factors[days];
    if (factor === undefined) {
      factor = fade(days, halfLife);
      if (days < 65_536) factors[days] = factor;
    }
    return factor;
  };

  const make = (issuer: number): Float64Array => {
    const row = graph.rows[issuer] as Row;
    const out = new Float64Array(row.target.length);
    let total = 0;
    for (let slot = 0; slot < out.length; slot++) {
      if (!isLive(row, slot)) continue;
      total += row.amount[slot] as number;
      out[slot] = faded(row.hour[slot] as number);
    }
    total = Math.max(total, FLOOR);
    for (let slot = 0; slot < out.length; slot++) {
      const share = Math.min(LARGEST_SHARE, (row.amount[slot] as number) / total);
      out[slot] = Math.floor(SHARE * share * (out[slot] as number));
    }
    rows.set(issuer, out);
    return out;
  };

  return {
    now,
    scope,
    of: (issuer) => rows.get(issuer) ?? make(issuer),
    live(issuer) {
      const row = graph.rows[issuer] as Row;
      let count = 0;
      for (let slot = 0; slot < row.target.length; slot++) if (isLive(row, slot)) count++;
      return count;
    },
    forget(issuer) {
      rows.delete(issuer);
    },
  };
}
