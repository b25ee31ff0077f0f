/* Storage in a browser's IndexedDB: each file is a run of pieces, so that an append never copies what is there. */
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import { Corrupt, UsageError } from "../../core/codec/index.ts";
import type { Storage } from "./storage.ts";

type Piece = readonly [name: string, number: number];
type Schema = DBSchema & { readonly pieces: { key: Piece; value: Uint8Array<ArrayBuffer> } };

type Pieces = IDBPObjectStore<Schema, ["pieces"], "pieces", "readwrite">;

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
  /** One change, whole or not at all. */
  const change = (act: (pieces: Pieces) => Promise<unknown>) =>
    guarded(async () => {
      const transaction = db.transaction(store, "readwrite", { durability: "strict" });
      transaction.done.catch(() => undefined);
      try {
        await act(transaction.store);
      } catch (error) {
        // What was done before would otherwise be kept without the rest. The transaction may have ended by itself.
        try {
          transaction.abort();
        } catch {}
        throw error;
      }
      await transaction.done;
    });
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
      change(async (pieces) => {
        await pieces.delete(all(file));
        await pieces.put(bytes.slice() as Uint8Array<ArrayBuffer>, [file, 0]);
      }),
    append: (file, bytes) =>
      change(async (pieces) => {
        const last = await pieces.openKeyCursor(all(file), "prev");
        await pieces.put(bytes.slice() as Uint8Array<ArrayBuffer>, [file, last === null ? 0 : last.key[1] + 1]);
      }),
    truncate: (file, size) =>
      change(async (pieces) => {
        const whole = joined(await pieces.getAll(all(file)));
        await pieces.delete(all(file));
        await pieces.put(whole.slice(0, size), [file, 0]);
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
