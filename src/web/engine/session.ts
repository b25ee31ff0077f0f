/* What the worker holds while it runs: the storage, the unlocked identity, and the circles that are open. */
import {
  type Identity,
  memoryStorage,
  type Platform,
  type Storage,
  thisPlatform,
  UsageError,
} from "../../client/index.ts";
import { deleteIndexedDb, indexedDbStorage } from "../../client/storage/indexed-db.ts";
import type { Books } from "./books.ts";
import { once } from "./lazily.ts";

export type { Book } from "./books.ts";

/** Neutral, as everything that a browser's own lists show (people.md *The interface*). */
const databaseName = "notes";

export type Session = Books & {
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
  /** Fetches what opens circles, so that it is here when the identity is. */
  readonly prepare: () => void;
  /** Tells the page that what it shows may have changed. */
  readonly changed: () => void;
  /** Deletes everything that this browser keeps. */
  readonly wipe: () => Promise<void>;
};

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
  const books = once(async () => (await import("./books.ts")).createBooks(identity));

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
    prepare: () => void books().catch(() => undefined),
    book: async (id, options) => (await books()).book(id, options),
    books: async (options) => (await books()).books(options),
    engine: async () => (await books()).engine(),
    changed: () => emit("changed"),
    wipe: async () => {
      unlocked = undefined;
      await deleteIndexedDb(databaseName);
    },
  };
}
