import type { CircleId } from "../core/codec/index.ts";
import type { Right } from "./access.ts";
import type { CircleState } from "./circles.ts";
import type { Host } from "./host.ts";
import { Problem } from "./problem.ts";
import type { EntryRow } from "./store/index.ts";

/** Entries read from the store at a time, so that a page of large ones never fills the memory. */
const run = 128;

/** The circle's state now. An unknown circle is refused as a wrong key is. Throws `Problem` `unauthorized`. */
export async function readingState(host: Host, circle: CircleId): Promise<CircleState> {
  const state = await host.circles.read(circle);
  if (state === undefined) throw new Problem("unauthorized");
  return state;
}

/** How much of the log a key sees: all of it, or what there was when its epoch had ended. Throws `Problem` `forbidden`. */
export function sizeFor(right: Right, state: CircleState): number {
  if (right.kind === "append") throw new Problem("forbidden");
  return right.kind === "past" ? right.ended + 1 : state.frontier.size;
}

/** Entries from `from` up to `size`: at most `limit` and, but for the last, `pageBytes`. */
export async function readEntries(
  host: Host,
  circle: CircleId,
  from: number,
  size: number,
  limit: number,
): Promise<readonly EntryRow[]> {
  const rows: EntryRow[] = [];
  const end = Math.min(size, from + Math.min(limit, host.limits.pageEntries));
  let bytes = 0;
  for (let at = from; at < end; at += run) {
    for (const row of await host.store.entries(circle, at, Math.min(end, at + run), run)) {
      bytes += row.header.length + (row.sealed?.length ?? 0);
      rows.push(row);
      if (bytes >= host.limits.pageBytes) return rows;
    }
  }
  return rows;
}
