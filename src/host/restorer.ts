import type { CircleState, Circles } from "./circles.ts";
import type { Hub } from "./hub.ts";
import type { Judge } from "./judge.ts";
import { busy, Problem } from "./problem.ts";
import { createRecent } from "./recent.ts";
import { judgeRun, runsToStore, type Taken } from "./replay.ts";
import { failedAs } from "./store/index.ts";

export type Restorer = {
  /**
   * Stores entries of an older log behind what the state holds, run by run, each durably. Where a later run is refused
   * the earlier ones stay: they are what the log begins with. Blobs that are not held are waited for.
   *
   * Throws `Problem`, `PeerFault` or `StoreError`.
   */
  readonly take: (state: CircleState, entries: readonly Taken[]) => Promise<CircleState>;
};

type Needs = Judge & { readonly circles: Circles; readonly hub: Hub };

export function createRestorer(needs: Needs): Restorer {
  const { store, circles, hub, now } = needs;
  const recent = createRecent(store);

  const takeRun = async (state: CircleState, run: readonly Taken[]): Promise<CircleState> => {
    // An entry is unique in its circle, whoever brings it.
    if ((await recent.find(state, run)).size > 0) throw new Problem("restore-refused");
    const { state: after, change } = await judgeRun(needs, state, run);
    await store.expectBlobs(
      state.circle,
      change.entries.flatMap(({ blobs }) => blobs),
      Math.floor(now() / 3_600_000),
    );
    const known = await recent.due(state, run);
    await store.append({ ...change, known });
    recent.note(state, run, known.length > 0);
    const next = known.length > 0 ? { ...after, known: after.frontier.size } : after;
    circles.remember(next);
    hub.wake(state.circle);
    return next;
  };

  return {
    take: async (state, entries) => {
      if (new Set(entries.map(({ name }) => name)).size !== entries.length) throw new Problem("restore-refused");
      let next = state;
      try {
        for (const run of runsToStore(entries)) next = await takeRun(next, run);
      } catch (error) {
        circles.forget(state.circle);
        // Somebody else gave the same back at the same time: who comes again finds it there.
        if (failedAs(error, "taken")) throw busy();
        throw error;
      }
      return next;
    },
  };
}
