import type { CircleId } from "../core/codec/index.ts";

/** Wakes long polls of a circle when something was appended by this process. */
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

export function createHub(): Hub {
  const waiters = new Map<CircleId, Set<() => void>>();
  let closed = false;

  const wake = (circle: CircleId) => {
    for (const resume of waiters.get(circle) ?? []) resume();
  };

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
    wake,
    close: () => {
      closed = true;
      for (const circle of [...waiters.keys()]) wake(circle);
    },
    waiting: () => [...waiters.values()].reduce((sum, group) => sum + group.size, 0),
  };
}
