/* What the worker holds while it runs: the storage, the unlocked identity, and the circles that are open. */
import {
  type Circle,
  type CircleId,
  type Engine,
  engineOf,
  findCircle,
  type Identity,
  indexStatements,
  memoryStorage,
  type Names,
  namesIn,
  openCircle,
  openSynced,
  type Platform,
  type StatementIndex,
  type Storage,
  type SyncOptions,
  thisPlatform,
  UsageError,
} from "../../client/index.ts";
import { deleteIndexedDb, indexedDbStorage } from "../../client/storage/indexed-db.ts";
import type { Failure } from "./rpc.ts";

/** Neutral, as everything that a browser's own lists show (people.md *The interface*). */
const databaseName = "notes";

/** An open circle with what is worked out from it once for every state that it is in. */
export type Book = {
  readonly circle: Circle;
  readonly names: () => Names;
  readonly index: () => StatementIndex;
  /** Anything else that is worked out from the circle, once for every state that it is in. */
  readonly once: <T>(make: (circle: Circle) => T) => T;
  /** Why the last synchronization did not end, if it did not: what is shown is then what was here before. */
  trouble: Failure | undefined;
  /** Milliseconds since 1970 of the last synchronization that ended well. */
  verifiedAt: number | undefined;
};

export type Session = {
  readonly platform: () => Promise<Platform>;
  readonly storage: () => Promise<Storage>;
  /** Where the identity is kept: in this browser, or only in a file that its owner carries. */
  readonly kept: () => Promise<"browser" | "file">;
  /** Throws `UsageError` `identity.locked` before it is unlocked. */
  readonly identity: () => Identity;
  /** Takes an identity as unlocked. */
  readonly unlock: (identity: Identity) => void;
  /** Whether the identity has changed since it was last saved as a file, where a file is all that keeps it. */
  readonly isUnsaved: () => boolean;
  /** The identity file was saved. */
  readonly saved: () => void;
  readonly isUnlocked: () => boolean;
  /** Opens a circle, synchronized at the first time; afterwards as it is. */
  readonly book: (circle: CircleId, options?: SyncOptions) => Promise<Book>;
  /** Every circle that can be read, by the same rule. One whose host does not answer is shown as it was. */
  readonly books: (options?: SyncOptions) => Promise<readonly Book[]>;
  /** What all circles say together, for assessments. */
  readonly engine: () => Promise<Engine>;
  /** Tells the page that what it shows may have changed. */
  readonly changed: () => void;
  /** Deletes everything that this browser keeps. */
  readonly wipe: () => Promise<void>;
};

/** How far a circle was read and verified: what is worked out from it holds as long as this is the same. */
const stateOf = ({ ledger }: Circle) => [ledger.next, ledger.waiting, ledger.voids.length, ledger.missing.size].join();

/** `make`, made again only where `state` has changed. */
function kept<T>(state: () => string, make: () => T): () => T {
  let last: { readonly state: string; readonly made: T } | undefined;
  return () => {
    const now = state();
    if (last?.state !== now) last = { state: now, made: make() };
    return last.made;
  };
}

function bookOf(circle: Circle, verifiedAt?: number): Book {
  const state = () => stateOf(circle);
  const made = new Map<unknown, () => unknown>();
  return {
    circle,
    names: kept(state, () => namesIn(circle)),
    index: kept(state, () => indexStatements(circle)),
    once: <T>(make: (circle: Circle) => T): T => {
      const known = made.get(make) ?? kept(state, () => make(circle));
      made.set(make, known);
      return known() as T;
    },
    trouble: undefined,
    verifiedAt,
  };
}

/**
 * A circle as this device last knew it, at once, to be brought up to date behind; or, where it knows nothing yet, fetched
 * and verified first.
 */
async function openBook(identity: Identity, id: CircleId, options?: SyncOptions): Promise<Book> {
  const known = await openCircle(identity, id);
  if (known.ledger.state !== undefined) return bookOf(known);
  const circle = await openSynced(identity, id, options);
  return bookOf(circle, circle.platform.now());
}

/** Storage that tells when the identity's own file was written. */
function watched(storage: Storage, onIdentity: () => void): Storage {
  return {
    ...storage,
    write: async (name, bytes) => {
      await storage.write(name, bytes);
      if (name === "identity.vault") onIdentity();
    },
  };
}

/** A session of a worker; `emit` reaches the page. */
export function createSession(emit: (event: string) => void): Session {
  let platform: Promise<Platform> | undefined;
  let place: Promise<{ readonly storage: Storage; readonly kept: "browser" | "file" }> | undefined;
  let unlocked: Identity | undefined;
  let unsaved = false;
  const books = new Map<CircleId, Promise<Book>>();
  let engine: { readonly state: string; readonly made: Engine } | undefined;

  const findPlace = () => {
    place ??= indexedDbStorage(databaseName).then(
      (storage) => ({ storage, kept: "browser" }),
      // Tor Browser and private windows: state stays in memory, the identity is a file.
      () => {
        const storage = watched(memoryStorage(), () => {
          unsaved = true;
          emit("changed");
        });
        return { storage, kept: "file" };
      },
    );
    return place;
  };

  const identity = (): Identity => {
    if (unlocked === undefined) throw new UsageError("identity.locked", "the identity is locked: unlock it first");
    return unlocked;
  };

  const book = (id: CircleId, options?: SyncOptions): Promise<Book> => {
    const known = books.get(id);
    if (known !== undefined) return known;
    const opened = openBook(identity(), findCircle(identity(), id).circle, options);
    books.set(id, opened);
    opened.catch(() => books.delete(id));
    return opened;
  };

  const readable = () =>
    identity()
      .read()
      .circles.filter((record) => record.seeds.length > 0);

  return {
    platform: () => {
      platform ??= thisPlatform();
      return platform;
    },
    storage: async () => (await findPlace()).storage,
    kept: async () => (await findPlace()).kept,
    identity,
    unlock: (given) => {
      unlocked = given;
    },
    isUnlocked: () => unlocked !== undefined,
    isUnsaved: () => unsaved,
    saved: () => {
      unsaved = false;
      emit("changed");
    },
    book,
    books: async (options) => Promise.all(readable().map((record) => book(record.circle, options))),
    engine: async () => {
      const open = await Promise.all(readable().map((record) => book(record.circle)));
      const state = open.map(({ circle }) => `${circle.id} ${stateOf(circle)}`).join();
      if (engine?.state !== state) engine = { state, made: engineOf(open.map(({ circle }) => circle)) };
      return engine.made;
    },
    changed: () => emit("changed"),
    wipe: async () => {
      unlocked = undefined;
      books.clear();
      await deleteIndexedDb(databaseName);
    },
  };
}
