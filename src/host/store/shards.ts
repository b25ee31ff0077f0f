/*
 * One store of several databases. A circle lives whole in one of them: the one that jump consistent hashing (Lamping
 * and Veach, 2014) of its id chose among those that there were when it was founded. The list of databases only
 * grows at its end; of every growth the rule is remembered, so that a circle is looked for where any of them would
 * have put it: few places, the newest first to be chosen, and none moves.
 */
import type { CircleId } from "../../core/codec/index.ts";
import { StoreError } from "./engine.ts";
import type { Store } from "./store.ts";

/** The bucket (from 0) of `buckets` that a key, an unsigned integer of 64 bits, falls into. */
export function jumpHash(key: bigint, buckets: number): number {
  let state = key;
  let bucket = -1;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    state = BigInt.asUintN(64, state * 2862933555777941757n + 1n);
    next = Math.floor((bucket + 1) * (2 ** 31 / (Number(state >> 33n) + 1)));
  }
  return bucket;
}

/** Where a circle may live, by the growths up to now: the newest rule first. */
export function placesOf(circle: CircleId, growth: readonly number[]): readonly number[] {
  const key = BigInt(`0x${circle.slice(0, 16)}`);
  return [...new Set([...growth].reverse().map((count) => jumpHash(key, count)))];
}

/** Circles whose place is kept in memory: it never changes. */
const mostKnown = 20_000;

/**
 * The store over `stores`. `growth` is how many of them there were from each growth on, such as `[1, 4]`; its last
 * number is how many there are. New circles go where the last rule puts them.
 */
export function shards(stores: readonly Store[], growth: readonly number[]): Store {
  const [only] = stores;
  if (only !== undefined && stores.length === 1) return only;
  const known = new Map<CircleId, Store>();

  const keep = (circle: CircleId, store: Store): Store => {
    known.set(circle, store);
    if (known.size > mostKnown) known.delete(known.keys().next().value as CircleId);
    return store;
  };

  const candidates = (circle: CircleId) => placesOf(circle, growth).map((place) => stores[place] as Store);

  /** The store that holds a circle; where none does, the one in which it would be founded. */
  const home = async (circle: CircleId): Promise<Store> => {
    const seen = known.get(circle);
    if (seen !== undefined) return seen;
    const places = candidates(circle);
    const rows = await Promise.all(places.map((store) => store.circle(circle)));
    const found = places[rows.findLastIndex((row) => row !== undefined)];
    return found === undefined ? (places[0] as Store) : keep(circle, found);
  };

  const all = <T>(ask: (store: Store) => Promise<T>): Promise<T[]> => Promise.all(stores.map(ask));

  /** A method that is about one circle, its first argument. */
  const routed =
    <Rest extends readonly unknown[], T>(pick: (store: Store) => (circle: CircleId, ...rest: Rest) => Promise<T>) =>
    async (circle: CircleId, ...rest: Rest): Promise<T> =>
      pick(await home(circle))(circle, ...rest);

  return {
    circle: routed((store) => store.circle),
    circles: async (after, limit) => {
      const pages = await all((store) => store.circles(after, limit));
      return pages.flat().sort().slice(0, limit);
    },

    found: async (append, hour, standing) => {
      const store = await home(append.circle);
      if ((await store.circle(append.circle)) !== undefined) throw new StoreError("taken", "founded before");
      await store.found(append, hour, standing);
      keep(append.circle, store);
    },
    indexBehind: Math.min(...stores.map(({ indexBehind }) => indexBehind)),
    append: async (append) => (await home(append.circle)).append(append),
    hashes: routed((store) => store.hashes),
    positions: routed((store) => store.positions),
    entries: routed((store) => store.entries),
    entriesAt: routed((store) => store.entriesAt),
    epochs: routed((store) => store.epochs),
    nodes: routed((store) => store.nodes),
    access: routed((store) => store.access),
    setStanding: routed((store) => store.setStanding),
    setStandings: async (from, to) =>
      (await all((store) => store.setStandings(from, to))).reduce((sum, count) => sum + count, 0),
    expectBlobs: routed((store) => store.expectBlobs),
    putBlob: routed((store) => store.putBlob),
    blob: routed((store) => store.blob),
    hasBlob: routed((store) => store.hasBlob),
    isWrap: routed((store) => store.isWrap),
    mailbox: routed((store) => store.mailbox),
    mailboxCount: routed((store) => store.mailboxCount),
    openMailbox: routed((store) => store.openMailbox),
    writeRequest: routed((store) => store.writeRequest),
    writeWelcome: routed((store) => store.writeWelcome),
    deleteMailbox: routed((store) => store.deleteMailbox),
    held: routed((store) => store.held),
    due: async (hour, limit) => {
      const lists = await all((store) => store.due(hour, limit));
      return lists
        .flat()
        .sort((a, b) => a.due - b.due)
        .slice(0, limit);
    },
    drop: routed((store) => store.drop),
    sweepBlobs: async (hour) => (await all((store) => store.sweepBlobs(hour))).reduce((sum, count) => sum + count, 0),
    sweepMailboxes: async (time) => {
      await all((store) => store.sweepMailboxes(time));
    },

    notify: undefined,
    tidy: async () => {
      await all((store) => store.tidy());
    },
    close: async () => {
      await all((store) => store.close());
    },
  };
}
