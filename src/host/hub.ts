import type { CircleId } from "../core/codec/index.ts";
import type { Notify } from "./store/index.ts";

/** Wakes long polls of a circle when something was appended, by this process or by another on its database. */
export type Hub = {
  /**
   * Resolves at the next `wake`, after `milliseconds`, when `signal` aborts, or at once after `close`.
   * `false` where `most` requests of the circle wait already.
   */
  readonly wait: (circle: CircleId, milliseconds: number, most: number, signal?: AbortSignal) => Promise<boolean>;
  readonly wake: (circle: CircleId) => void;
  /** Wakes everybody, for good. */
  readonly close: () => void;
  readonly waiting: () => number;
};

/** A hub; `others` are the other processes, where there may be any. `grown` is called with what they appended to. */
export function createHub(others?: Notify, grown: (circle: CircleId) => void = () => {}): Hub {
  const waiters = new Map<CircleId, Set<() => void>>();
  let closed = false;

  const wakeHere = (circle: CircleId) => {
    for (const resume of waiters.get(circle) ?? []) resume();
  };
  const wakeAll = () => {
    for (const circle of [...waiters.keys()]) wakeHere(circle);
  };
  others?.listen((circle) => {
    if (circle === undefined) return wakeAll();
    grown(circle);
    wakeHere(circle);
  });

  return {
    wait: (circle, milliseconds, most, signal) => {
      if (closed || milliseconds <= 0 || signal?.aborted === true) return Promise.resolve(true);
      const group = waiters.get(circle) ?? new Set();
      if (group.size >= most) return Promise.resolve(false);
      waiters.set(circle, group);
      return new Promise((resolve) => {
        const resume = () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", resume);
          group.delete(resume);
          if (group.size === 0 && waiters.get(circle) === group) waiters.delete(circle);
          resolve(true);
        };
        const timer = setTimeout(resume, milliseconds);
        signal?.addEventListener("abort", resume, { once: true });
        group.add(resume);
      });
    },
    wake: (circle) => {
      wakeHere(circle);
      others?.tell(circle);
    },
    close: () => {
      closed = true;
      wakeAll();
    },
    waiting: () => [...waiters.values()].reduce((sum, group) => sum + group.size, 0),
  };
}
