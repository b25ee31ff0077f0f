import { type BlobHash, type Bytes, fromHex, idBytes, type PublicKey } from "../../src/core/codec/index.ts";
import * as log from "../../src/core/log/index.ts";
import type { Lie, Mailbox, View } from "./evil-host.ts";

/* Lies about the log. Every one is signed anew; wrap it in `unsigned` to leave the true head in place. */

/** The same lie, under the head of the true log. */
export function unsigned(lie: Lie): Lie {
  return { ...lie, headStays: true };
}

export function dropEntry(position: number): Lie {
  return { log: (entries) => entries.filter((_, i) => i !== position) };
}

/** Other bytes at a position: `change` gets the entry that is there. */
export function replaceEntry(position: number, change: (entry: log.Entry) => log.Entry): Lie {
  return { log: (entries) => entries.map((entry, i) => (i === position ? change(entry) : entry)) };
}

export function insertEntries(position: number, ...added: readonly log.Entry[]): Lie {
  return { log: (entries) => [...entries.slice(0, position), ...added, ...entries.slice(position)] };
}

/** Entries put at the end, as if somebody had sent them. */
export function addEntries(...added: readonly log.Entry[]): Lie {
  return { log: (entries) => [...entries, ...added] };
}

export function swapEntries(a: number, b: number): Lie {
  return { log: (entries) => exchanged(entries, a, b, (_, other) => other) };
}

/** What two entries seal changes places; their headers stay. */
export function swapSealed(a: number, b: number): Lie {
  return {
    log: (entries) => exchanged(entries, a, b, ({ header }, other) => ({ header, sealed: other.sealed as Bytes })),
  };
}

function exchanged(
  entries: readonly log.Entry[],
  a: number,
  b: number,
  put: (here: log.Entry, other: log.Entry) => log.Entry,
): readonly log.Entry[] {
  const [first, second] = [entries[a] as log.Entry, entries[b] as log.Entry];
  return entries.map((entry, i) => (i === a ? put(first, second) : i === b ? put(second, first) : entry));
}

/** The log as it was: nothing after `size`. */
export function rollBack(size: number): Lie {
  return { log: (entries) => entries.slice(0, size) };
}

/** The bytes of an entry called erased. */
export function dropSealed(position: number): Lie {
  return replaceEntry(position, (entry) => log.withoutSealed(entry));
}

/** Another header, given by a change to the one that is there; what is sealed stays. */
export function changeHeader(position: number, change: Partial<log.Header>): Lie {
  return replaceEntry(position, ({ header, ...rest }) => ({
    ...rest,
    header: log.encodeHeader({ ...log.decodeHeader(header), ...change }),
  }));
}

/** Whatever head the host likes to show, in place of the one that belongs to the page. */
export function replyCheckpoint(make: Uint8Array | ((view: View) => Promise<Bytes>)): Lie {
  return {
    page: async (page, view) => ({
      ...page,
      checkpoint: typeof make === "function" ? await make(view) : (make as Bytes),
    }),
  };
}

/** Says of itself that it was restored from a backup, and waits for what members have. */
export const claimsRestored: Lie = { page: (page) => ({ ...page, standing: "restored" }) };

/* Lies about everything else. */

export function replaceBlob(hash: BlobHash | "any", change: (bytes: Bytes) => Bytes | undefined): Lie {
  return { blob: (bytes, asked) => (hash === "any" || asked === hash ? change(bytes) : bytes) };
}

export function replaceMailbox(change: Partial<Mailbox> | ((box: Mailbox, key: PublicKey) => Mailbox)): Lie {
  return { mailbox: (box, key) => (typeof change === "function" ? change(box, key) : { ...box, ...change }) };
}

/** Another key than its own at `/v1/host`. */
export function otherHostKey(key: PublicKey): Lie {
  return { info: (info) => ({ ...info, key: idBytes(key) }) };
}

/** `hex` as bytes. */
export function bytesOf(hex: string): Bytes {
  return fromHex(hex) as Bytes;
}
