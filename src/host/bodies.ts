import { busy } from "./problem.ts";

/**
 * Bodies of requests in memory. Room for each is taken before its first byte is read and given back when the
 * request is answered, so that slow, endless or merely many bodies never fill the memory (threats, row 36).
 */
export type Bodies = {
  /** Takes room for `bytes` of a request of `owner`: a circle, or foundings. Throws `Problem` `busy`. */
  readonly enter: (request: Request, owner: string, bytes: number) => void;
  /** Gives back what the request took, if it took any. */
  readonly leave: (request: Request) => void;
};

/** `most` bytes at a time, a quarter of them for one owner: one circle cannot shut out the others. */
export function createBodies(most: number): Bodies {
  const each = most / 4;
  const held = new WeakMap<Request, { readonly owner: string; readonly bytes: number }>();
  const used = new Map<string, number>();
  let total = 0;
  return {
    enter: (request, owner, bytes) => {
      const own = (used.get(owner) ?? 0) + bytes;
      if (own > each || total + bytes > most) throw busy();
      total += bytes;
      used.set(owner, own);
      held.set(request, { owner, bytes });
    },
    leave: (request) => {
      const taken = held.get(request);
      if (taken === undefined) return;
      held.delete(request);
      total -= taken.bytes;
      const left = (used.get(taken.owner) ?? 0) - taken.bytes;
      if (left > 0) used.set(taken.owner, left);
      else used.delete(taken.owner);
    },
  };
}
