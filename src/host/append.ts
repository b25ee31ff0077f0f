/*
 * Appends of one circle take turns in this process, those of control keys first (attack 36), and whatever
 * waits is stored together: one write to disk serves many requests. Another process is noticed at the primary
 * key: then everything is judged anew against what it stored.
 */
import type { CircleId } from "../core/codec/index.ts";
import { groupOf } from "../core/log/index.ts";
import type { CircleState, Circles } from "./circles.ts";
import type { Hub } from "./hub.ts";
import { allDifferent, type Batch, checkKnown, type Judge, type Judgment, judgeBatch } from "./judge.ts";
import type { Observer } from "./options.ts";
import { busy, Problem } from "./problem.ts";
import { createRecent } from "./recent.ts";
import { type Append, failedAs } from "./store/index.ts";

/** Where a batch stands, and a state of the circle that covers it. */
export type Appended = { readonly positions: readonly number[]; readonly state: CircleState };

export type Appender = {
  /** Stores a batch, durably. Throws `Problem`, `PeerFault` or `StoreError`; then nothing of it is stored. */
  readonly append: (batch: Batch) => Promise<Appended>;
};

/** Lost races in a row after which a client is asked to come back (§9). */
const mostAttempts = 8;

/** Entries stored together at most: what waits longer goes next. */
const mostTogether = 1024;

type Job = {
  readonly batch: Batch;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
};

type Queue = { readonly urgent: Job[]; readonly usual: Job[] };

export type AppenderNeeds = Judge & {
  readonly observer: Observer;
  readonly circles: Circles;
  readonly hub: Hub;
  readonly gather: () => Promise<void>;
};

export function createAppender(needs: AppenderNeeds): Appender {
  const { store, circles, hub, limits, gather, observer } = needs;
  const queues = new Map<CircleId, Queue>();
  const recent = createRecent(store);

  /**
   * Judges jobs one after the other, each on what the ones before it leave; answers those that need no storing. Unless
   * it `looks` for what is stored already, what seems wrong is left for later: it may be a request that is repeated.
   */
  const plan = async (state: CircleState, jobs: readonly Job[], looks: boolean) => {
    const planned: { readonly job: Job; readonly judgment: Judgment }[] = [];
    const taken = new Set<string>();
    const later: Job[] = [];
    let after = state;
    let isStale = false;
    const sent = looks ? jobs.flatMap(({ batch }) => batch.entries) : [];
    const known = await recent.find(state, sent);
    for (const job of jobs) {
      const names = job.batch.entries.map(({ name }) => name);
      if (names.some((name) => taken.has(name))) {
        // The same entry twice among what waits: the second is judged when the first is stored.
        later.push(job);
        continue;
      }
      try {
        await checkKnown(needs, after, job.batch.key);
        const positions = placesOf(known, job.batch);
        if (positions?.some((position) => position >= state.frontier.size)) {
          // Another process stored it: to be answered with a state that covers it.
          isStale = true;
          later.push(job);
          continue;
        }
        if (positions !== undefined) {
          job.resolve({ positions, state });
          continue;
        }
        const judgment = await judgeBatch(needs, after, job.batch);
        planned.push({ job, judgment });
        for (const name of names) taken.add(name);
        after = judgment.state;
      } catch (error) {
        if (looks) job.reject(error);
        else later.push(job);
      }
    }
    return { planned, after, later, isStale };
  };

  const commit = async (
    state: CircleState,
    planned: readonly { readonly job: Job; readonly judgment: Judgment }[],
    after: CircleState,
  ) => {
    const change = joined(planned.map(({ judgment }) => judgment.change));
    const added = planned.flatMap(({ job }) => job.batch.entries);
    const known = await recent.due(state, added);
    const isIndexed = known.length > 0;
    const next = isIndexed ? { ...after, known: after.frontier.size } : after;
    await store.append({ ...change, known });
    recent.note(state, added, isIndexed);
    circles.remember(next);
    observer.committed(added.length, planned.length);
    hub.wake(state.circle);
    for (const { job, judgment } of planned) {
      const first = judgment.change.position;
      job.resolve({ positions: job.batch.entries.map((_, i) => first + i), state: next });
    }
  };

  const storeJobs = async (circle: CircleId, waiting: readonly Job[]): Promise<void> => {
    let jobs = waiting;
    let attempt = 0;
    let state = await circles.recall(circle);
    // Where every entry is indexed as it is stored, the index refuses what is there already: no need to look first.
    let looks = store.indexBehind > 0;
    while (jobs.length > 0) {
      if (state === undefined) throw new Problem("unauthorized");
      const { planned, after, later, isStale } = await plan(state, jobs, looks);
      try {
        if (planned.length > 0) await commit(state, planned, after);
        jobs = later;
      } catch (error) {
        circles.forget(circle);
        const isAgain = !looks || failedAs(error, "taken") || failedAs(error, "busy");
        jobs = [...planned.map(({ job }) => job), ...later];
        if (!isAgain && jobs.length > 1) {
          // One of them misses a blob, or is one too many for the disk: each for itself, so that only it fails.
          for (const job of jobs) await storeJobs(circle, [job]).catch(job.reject);
          return;
        }
        if (!isAgain) throw error;
        attempt++;
        if (attempt === mostAttempts) throw busy();
        await jitter(attempt);
      }
      looks = true;
      state = await (attempt > 0 || isStale ? circles.read(circle) : circles.recall(circle));
    }
  };

  const work = async (circle: CircleId, queue: Queue): Promise<void> => {
    while (queue.urgent.length + queue.usual.length > 0) {
      await gather();
      const jobs = takeJobs(queue);
      try {
        await storeJobs(circle, jobs);
      } catch (error) {
        for (const job of jobs) job.reject(error);
      }
    }
    queues.delete(circle);
  };

  return {
    append: async (batch) => {
      if (!allDifferent(batch.entries)) throw new Problem("malformed");
      const state = await circles.recall(batch.circle);
      const urgent = state !== undefined && groupOf(state.acl, batch.key) !== undefined;
      return new Promise((resolve, reject) => {
        const job = { batch, resolve, reject };
        const known = queues.get(batch.circle);
        const queue = known ?? { urgent: [], usual: [] };
        if (!urgent && queue.usual.length >= limits.queue) {
          reject(busy());
          return;
        }
        (urgent ? queue.urgent : queue.usual).push(job);
        if (known === undefined) {
          queues.set(batch.circle, queue);
          void work(batch.circle, queue);
        }
      });
    },
  };
}

/** Where a batch stands, if all of it is stored: the answer to a request that was repeated. */
function placesOf(known: ReadonlyMap<string, number>, { entries }: Batch): readonly number[] | undefined {
  const positions = entries.flatMap(({ name }) => known.get(name) ?? []);
  if (positions.length === 0) return undefined;
  if (positions.length < entries.length) throw new Problem("partly-stored");
  return positions;
}

function takeJobs({ urgent, usual }: Queue): readonly Job[] {
  const jobs: Job[] = [];
  let entries = 0;
  for (const queue of [urgent, usual]) {
    while (queue[0] !== undefined && (entries === 0 || entries + queue[0].batch.entries.length <= mostTogether)) {
      const job = queue.shift() as Job;
      entries += job.batch.entries.length;
      jobs.push(job);
    }
  }
  return jobs;
}

function joined(changes: readonly Append[]): Append {
  const [first] = changes;
  if (first === undefined) throw new Error("host: nothing to store");
  if (changes.length === 1) return first;
  const sum = (of: "bytes" | "controlBytes") => changes.reduce((total, change) => total + change[of], 0);
  return {
    circle: first.circle,
    position: first.position,
    entries: changes.flatMap((change) => change.entries),
    nodes: changes.flatMap((change) => change.nodes),
    known: [],
    acls: changes.flatMap((change) => change.acls),
    drops: changes.flatMap((change) => change.drops),
    holds: changes.flatMap((change) => change.holds),
    cancels: changes.flatMap((change) => change.cancels),
    bytes: sum("bytes"),
    controlBytes: sum("controlBytes"),
  };
}

/** Waits up to 2, 4, 8 … 128 ms, so that processes that collided do not collide again. */
function jitter(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** Math.min(attempt + 1, 7)));
}
