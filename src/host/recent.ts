import { type Bytes, type CircleId, toHex } from "../core/codec/index.ts";
import type { CircleState } from "./circles.ts";
import type { Sent } from "./judge.ts";
import type { Store } from "./store/index.ts";

type Hashed = Pick<Sent, "hash" | "name">;

/** The hashes of a circle's entries from the state's `known` to its size, by position. */
type Tail = { readonly from: number; readonly hashes: Bytes[]; readonly places: Map<string, number> };

/**
 * Finds entries by their hash: in the index, and in memory where they are not indexed yet. Together with the
 * primary key (circle, position) this keeps an entry unique in its circle: whoever appends at a position
 * has compared with everything before it.
 */
export type Recent = {
  /** Positions of those of `sent` that the state holds, by name. */
  readonly find: (state: CircleState, sent: readonly Hashed[]) => Promise<ReadonlyMap<string, number>>;
  /** What is to be indexed with `added` entries after the state: nothing, until enough have gathered. */
  readonly due: (state: CircleState, added: readonly Hashed[]) => Promise<readonly Bytes[]>;
  /** Notes that `added` were stored after `state`, and whether all was indexed with them. */
  readonly note: (state: CircleState, added: readonly Hashed[], isIndexed: boolean) => void;
};

/** Circles whose tails are in memory: each holds up to the store's `indexBehind` hashes. */
const mostTails = 100;

export function createRecent(store: Store): Recent {
  const tails = new Map<CircleId, Tail>();

  const keep = (circle: CircleId, tail: Tail) => {
    tails.delete(circle);
    tails.set(circle, tail);
    if (tails.size > mostTails) tails.delete(tails.keys().next().value as CircleId);
  };

  const tailOf = async ({ circle, known, frontier }: CircleState): Promise<Tail> => {
    const cached = tails.get(circle);
    if (cached?.from === known && known + cached.hashes.length === frontier.size) return cached;
    const hashes = known < frontier.size ? [...(await store.hashes(circle, known, frontier.size))] : [];
    const tail = { from: known, hashes, places: new Map(hashes.map((hash, i) => [toHex(hash), known + i])) };
    keep(circle, tail);
    return tail;
  };

  return {
    find: async (state, sent) => {
      const { places } = await tailOf(state);
      const found = new Map<string, number>();
      const others: Bytes[] = [];
      for (const { hash, name } of sent) {
        const place = places.get(name);
        if (place === undefined) others.push(hash);
        else found.set(name, place);
      }
      if (state.known === 0 || others.length === 0) return found;
      return new Map([...found, ...(await store.positions(state.circle, others))]);
    },
    due: async (state, added) => {
      if (state.frontier.size - state.known + added.length < store.indexBehind) return [];
      return [...(await tailOf(state)).hashes, ...added.map(({ hash }) => hash)];
    },
    note: ({ circle, frontier }, added, isIndexed) => {
      if (isIndexed) {
        keep(circle, { from: frontier.size + added.length, hashes: [], places: new Map() });
        return;
      }
      const tail = tails.get(circle);
      if (tail === undefined || tail.from + tail.hashes.length !== frontier.size) return;
      for (const [i, { hash, name }] of added.entries()) {
        tail.places.set(name, frontier.size + i);
        tail.hashes.push(hash);
      }
    },
  };
}
