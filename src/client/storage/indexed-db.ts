/* Storage in a browser's IndexedDB: each file is a run of pieces, so that an append never copies what is there. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { Corrupt, UsageError } from "../../core/codec/index.ts";
import type { Storage } from "./storage.ts";

type Piece = readonly [name: string, number: number];
type Schema = DBSchema & { readonly pieces: { key: Piece; value: Uint8Array<ArrayBuffer> } };

const store = "pieces";
const all = (name: string) => IDBKeyRange.bound([name], [name, []]);

/** The browser's own error as ours: full and refused are told apart, since a person can do something about either. */
function failure(error: unknown): Error {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") {
    return new UsageError("storage.full", "this browser has no room left: free some space, then try again");
  }
  if (["InvalidStateError", "SecurityError", "NotAllowedError", "NotSupportedError"].includes(name)) {
    return new UsageError("storage.refused", "this browser keeps nothing here: carry the identity as a file");
  }
  if (["UnknownError", "DataError", "NotReadableError"].includes(name)) {
    return new Corrupt("storage.damaged", "what this browser keeps cannot be read: import the identity file");
  }
  return error instanceof Error ? error : new Error("storage failed");
}

async function guarded<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw failure(error);
  }
}

/**
 * Storage in the IndexedDB database `name`. Every change is one transaction, durable before it counts: a tab closed
 * in the middle leaves what was there.
 *
 * Throws `UsageError` `storage.refused` where the browser keeps nothing (private windows, Tor Browser).
 */
export async function indexedDbStorage(name: string): Promise<Storage> {
  const db: IDBPDatabase<Schema> = await guarded(() =>
    openDB<Schema>(name, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore(store);
      },
    }),
  );
  const writing = () => db.transaction(store, "readwrite", { durability: "strict" });
  const joined = (pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
    const out = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      out.set(piece, at);
      at += piece.length;
    }
    return out;
  };
  return {
    read: (file) =>
      guarded(async () => {
        const pieces = await db.getAll(store, all(file));
        return pieces.length === 0 ? undefined : joined(pieces);
      }),
    write: (file, bytes) =>
      guarded(async () => {
        const change = writing();
        await change.store.delete(all(file));
        await change.store.put(bytes.slice() as Uint8Array<ArrayBuffer>, [file, 0]);
        await change.done;
      }),
    append: (file, bytes) =>
      guarded(async () => {
        const change = writing();
        const last = await change.store.openKeyCursor(all(file), "prev");
        await change.store.put(bytes.slice() as Uint8Array<ArrayBuffer>, [file, last === null ? 0 : last.key[1] + 1]);
        await change.done;
      }),
    truncate: (file, size) =>
      guarded(async () => {
        const change = writing();
        const whole = joined(await change.store.getAll(all(file)));
        await change.store.delete(all(file));
        await change.store.put(whole.slice(0, size), [file, 0]);
        await change.done;
      }),
    remove: (file) => guarded(() => db.delete(store, all(file))),
  };
}

/** Deletes the database `name` with everything in it, at once where no tab holds it open. */
export function deleteIndexedDb(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onblocked = () => resolve();
    request.onerror = () => reject(failure(request.error));
  });
}
