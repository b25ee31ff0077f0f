import type { CircleId } from "../core/codec/index.ts";
import type { Right } from "./access.ts";
import type { CircleState } from "./circles.ts";
import type { Host } from "./host.ts";
import type { Run } from "./page.ts";
import { Problem } from "./problem.ts";

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

/** Entries from `from` up to `size`, encoded: at most `limit` and, but for the last, `pageBytes`. */
export function readEntries(
  { runs, limits }: Host,
  state: CircleState,
  from: number,
  size: number,
  limit: number,
): Promise<readonly Run[]> {
  const end = Math.min(size, from + Math.min(limit, limits.pageEntries));
  return runs.read(state, { from, end }, limits.pageBytes);
}
