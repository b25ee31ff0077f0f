/*
 * Pages are asked for again and again, by every device of a circle: runs of entries are encoded once and kept.
 * A run that is whole changes only where a statement in it is erased, which the circle's count of erasures tells.
 */
import type { CircleId } from "../core/codec/index.ts";
import type { CircleState } from "./circles.ts";
import { encodeRun, type Run } from "./page.ts";
import type { Store } from "./store/index.ts";

export type RunsSize = {
  /** Entries read from the store at a time, so that a page of large ones never fills the memory. */
  readonly length: number;
  /** Bytes of runs kept, over all circles. */
  readonly mostBytes: number;
};

const ofProcess: RunsSize = { length: 128, mostBytes: 64 * 2 ** 20 };

export type Runs = {
  /**
   * Entries of the circle from `from` up to, not including, `end`; the entry that reaches `most` bytes is the last.
   * `state` was read before.
   */
  readonly read: (
    state: CircleState,
    range: { readonly from: number; readonly end: number },
    most: number,
  ) => Promise<readonly Run[]>;
};

type Kept = Run & { readonly erasures: number };

/** The entries [from, to) of a run. */
function cut({ bytes, ends }: Run, from: number, to: number): Run {
  if (from === 0 && to === ends.length) return { bytes, ends };
  const start = from === 0 ? 0 : (ends[from - 1] as number);
  const inside = ends.slice(from, to);
  return { bytes: bytes.subarray(start, inside.at(-1) ?? start), ends: inside.map((end) => end - start) };
}

/** How many entries of a run are taken until `most` bytes are reached; the one that reaches them is. */
function fitting({ ends }: Run, most: number): number {
  const reached = ends.findIndex((end) => end >= most);
  return reached < 0 ? ends.length : reached + 1;
}

export function createRuns(store: Store, { length, mostBytes }: RunsSize = ofProcess): Runs {
  const kept = new Map<string, Kept>();
  let bytesKept = 0;

  const forget = (name: string) => {
    bytesKept -= kept.get(name)?.bytes.length ?? 0;
    kept.delete(name);
  };

  const keep = (name: string, run: Kept) => {
    forget(name);
    kept.set(name, run);
    bytesKept += run.bytes.length;
    while (bytesKept > mostBytes) forget(kept.keys().next().value as string);
  };

  const encoded = async (circle: CircleId, from: number, to: number): Promise<Run> =>
    encodeRun(await store.entries(circle, from, to, length));

  /** The run of `length` entries from `start` on, which must all exist. */
  const whole = async ({ circle, erasures }: CircleState, start: number): Promise<Run> => {
    const name = `${circle}/${start}`;
    const known = kept.get(name);
    // Rows are read after the state, so what was kept under its count lacks nothing that it counts.
    const run = known?.erasures === erasures ? known : { ...(await encoded(circle, start, start + length)), erasures };
    keep(name, run);
    return run;
  };

  return {
    read: async (state, { from, end }, most) => {
      const runs: Run[] = [];
      let left = most;
      for (let at = from; at < end && left > 0; ) {
        const start = at - (at % length);
        const stop = Math.min(end, start + length);
        // The last run of the log grows still: it is read as far as it is wanted.
        const isWhole = start + length <= state.frontier.size;
        const run = isWhole
          ? cut(await whole(state, start), at - start, stop - start)
          : await encoded(state.circle, at, stop);
        const taken = cut(run, 0, fitting(run, left));
        runs.push(taken);
        left -= taken.bytes.length;
        if (taken.ends.length < run.ends.length) break;
        at = stop;
      }
      return runs;
    },
  };
}
