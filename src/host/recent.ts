import { type Bytes, type CircleId, concat } from "../core/codec/index.ts";
import type { CircleState } from "./circles.ts";
import type { Sent } from "./judge.ts";
import { createPlaces, type Places, placedBytes, type Store } from "./store/index.ts";

type Hashed = Pick<Sent, "hash" | "name">;

/** Where the entries of a circle from the state's `known` on stand, counted from there. */
type Tail = { readonly from: number; readonly places: Places };

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

/** Hashes kept in memory over all circles: some 60 MB. A tail that is not there is read with its entries, page by page. */
const mostInMemory = 2_000_000;

/** An empty one takes room, too. */
const weightOf = ({ places }: Tail) => places.size() + 32;

const joined = (hashes: readonly Bytes[]) => concat(...hashes.map((hash) => hash.subarray(0, placedBytes)));

export function createRecent(store: Store, mostKept = mostInMemory): Recent {
  const tails = new Map<CircleId, Tail>();
  let total = 0;

  const forget = (circle: CircleId) => {
    const tail = tails.get(circle);
    if (tail !== undefined) total -= weightOf(tail);
    tails.delete(circle);
  };

  /** Keeps a tail, and drops those that were asked longest ago until the rest is few enough. */
  const keep = (circle: CircleId, tail: Tail) => {
    tails.set(circle, tail);
    total += weightOf(tail);
    for (const other of tails.keys()) {
      if (total <= mostKept || other === circle) break;
      forget(other);
    }
  };

  const tailOf = async ({ circle, known, frontier }: CircleState): Promise<Tail> => {
    const { size } = frontier;
    const cached = tails.get(circle);
    // What stands at a position stays there, so of what another process appended only the rest is read.
    const isBeginning = cached?.from === known && known + cached.places.size() <= size;
    const tail = isBeginning ? cached : { from: known, places: createPlaces() };
    const end = known + tail.places.size();
    const hashes = end < size ? await store.hashes(circle, end, size) : [];
    forget(circle);
    tail.places.add(joined(hashes));
    keep(circle, tail);
    return tail;
  };

  return {
    find: async (state, sent) => {
      const { from, places } = await tailOf(state);
      const found = new Map<string, number>();
      const others: Bytes[] = [];
      for (const { hash, name } of sent) {
        const place = places.find(hash);
        if (place === undefined) others.push(hash);
        else found.set(name, from + place);
      }
      if (state.known === 0 || others.length === 0) return found;
      return new Map([...found, ...(await store.positions(state.circle, others))]);
    },
    due: async (state, added) => {
      const behind = state.frontier.size - state.known;
      if (behind + added.length < store.indexBehind) return [];
      const before = behind === 0 ? [] : (await tailOf(state)).places.all();
      return [...before, ...added.map(({ hash }) => hash)];
    },
    note: ({ circle, frontier }, added, isIndexed) => {
      const tail = tails.get(circle);
      if (tail === undefined) return;
      forget(circle);
      if (isIndexed || tail.from + tail.places.size() !== frontier.size) return;
      tail.places.add(joined(added.map(({ hash }) => hash)));
      keep(circle, tail);
    },
  };
}
