/*
 * Appends of one circle take turns in this process, those of control keys first (attack 36), and whatever
 * waits is stored together: one write to disk serves many requests. Another process is noticed at the primary
 * key: then everything is judged anew against what it stored.
 */
import { type CircleId, toHex } from "../core/codec/index.ts";
import { groupOf } from "../core/log/index.ts";
import type { Circles, CircleState } from "./circles.ts";
import type { Hub } from "./hub.ts";
import { allDifferent, type Batch, type Judge, type Judgment, judgeBatch } from "./judge.ts";
import type { Observer } from "./options.ts";
import { busy, Problem } from "./problem.ts";
import { type Append, failedAs, StoreError } from "./store/index.ts";

/** Where a batch stands, and a state of the circle that covers it. */
export type Appended = { readonly positions: readonly number[]; readonly state: CircleState };

export type Appender = {
  /** Stores a batch, durably. Throws `Problem`, `PeerFault` or `StoreError`; then nothing of it is stored. */
  readonly append: (batch: Batch) => Promise<Appended>;
  /** Where the entries stand, if all of them are stored; `partly-stored` is thrown where some are. */
  readonly stored: (batch: Pick<Batch, "circle" | "entries">) => Promise<readonly number[] | undefined>;
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

type Needs = Judge & {
  readonly observer: Observer;
  readonly circles: Circles;
  readonly hub: Hub;
  readonly gather: () => Promise<void>;
};

export function createAppender(needs: Needs): Appender {
  const { store, circles, hub, limits, gather, observer } = needs;
  const queues = new Map<CircleId, Queue>();

  const stored: Appender["stored"] = async ({ circle, entries }) => {
    const hashes = entries.map(({ hash }) => hash);
    const known = await store.positions(circle, hashes);
    if (known.size === 0) return undefined;
    const positions = hashes.flatMap((hash) => known.get(toHex(hash)) ?? []);
    if (positions.length < hashes.length) throw new Problem("partly-stored");
    return positions;
  };

  /** Refuses a job, unless all it sends is stored already: then it is the answer to a request that was repeated. */
  const refuse = async (job: Job, state: CircleState, error: unknown): Promise<void> => {
    try {
      const positions = isFinal(error) ? undefined : await stored(job.batch);
      if (positions === undefined) job.reject(error);
      else job.resolve({ positions, state });
    } catch (other) {
      job.reject(other);
    }
  };

  /** Judges jobs one after the other, each on what the ones before it leave. */
  const plan = async (state: CircleState, jobs: readonly Job[]) => {
    const planned: { readonly job: Job; readonly judgment: Judgment }[] = [];
    let after = state;
    for (const job of jobs) {
      try {
        const judgment = await judgeBatch(needs, after, job.batch);
        planned.push({ job, judgment });
        after = judgment.state;
      } catch (error) {
        await refuse(job, state, error);
      }
    }
    return { planned, after };
  };

  const storeJobs = async (circle: CircleId, waiting: readonly Job[]): Promise<void> => {
    let jobs = waiting;
    let state = await circles.recall(circle);
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      if (state === undefined) throw new Problem("unauthorized");
      const { planned, after } = await plan(state, jobs);
      if (planned.length === 0) return;
      jobs = planned.map(({ job }) => job);
      try {
        const change = joined(planned.map(({ judgment }) => judgment.change));
        await store.append(change);
        circles.remember(after);
        observer.committed(change.entries.length, planned.length);
        hub.wake(circle);
        for (const { job, judgment } of planned) {
          const first = judgment.change.position;
          job.resolve({ positions: job.batch.entries.map((_, i) => first + i), state: after });
        }
        return;
      } catch (error) {
        circles.forget(circle);
        if (jobs.length > 1 && !failedAs(error, "taken") && !failedAs(error, "busy")) {
          // One of them misses a blob, or is one too many for the disk: each for itself, so that only it fails.
          for (const job of jobs) await storeJobs(circle, [job]).catch(job.reject);
          return;
        }
        if (failedAs(error, "busy")) await jitter(attempt);
        else if (!failedAs(error, "taken")) throw error;
        state = await circles.read(circle);
        if (state !== undefined) jobs = await notStored(jobs, state);
        if (failedAs(error, "taken") && jobs.length > 0) await jitter(attempt);
      }
    }
    throw busy();
  };

  /** The jobs that are still to be stored; those that somebody stored meanwhile are answered. */
  const notStored = async (jobs: readonly Job[], state: CircleState): Promise<readonly Job[]> => {
    const left: Job[] = [];
    for (const job of jobs) {
      try {
        const positions = await stored(job.batch);
        if (positions === undefined) left.push(job);
        else job.resolve({ positions, state });
      } catch (error) {
        job.reject(error);
      }
    }
    return left;
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
    stored,
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
    acls: changes.flatMap((change) => change.acls),
    drops: changes.flatMap((change) => change.drops),
    holds: changes.flatMap((change) => change.holds),
    cancels: changes.flatMap((change) => change.cancels),
    bytes: sum("bytes"),
    controlBytes: sum("controlBytes"),
  };
}

/** Whether a refusal says nothing about what is stored: an outsider's, who is to learn nothing, or the store's own. */
function isFinal(error: unknown): boolean {
  return error instanceof StoreError || (error instanceof Problem && error.code === "unauthorized");
}

/** Waits up to 2, 4, 8 … 128 ms, so that processes that collided do not collide again. */
function jitter(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** Math.min(attempt + 1, 7)));
}
