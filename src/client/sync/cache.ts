/* The log on this device: entries as received, and a sealed note of how far they were verified. */
import {
  type Bytes,
  bytes,
  type CircleId,
  decode,
  encode,
  type Infer,
  idBytes,
  list,
  record,
  uint,
} from "../../core/codec/index.ts";
import { type Context, open, seal } from "../../core/crypto/index.ts";
import type { Entry } from "../../core/log/index.ts";
import type { Identity } from "../identity/identity.ts";

const cacheNote = record({
  size: [1, uint()],
  root: [2, bytes(32)],
  /** Positions below `size` whose author's signature did not hold. */
  forged: [3, list(uint(), 1_000_000)],
  /** Positions of rotations that were judged valid. */
  rotations: [4, list(uint(), 1_000_000)],
});
/** How far a cached log was verified: everything below `size`, under `root`. */
export type CacheNote = Infer<typeof cacheNote>;

const noteLimits = { size: 16 * 1024 * 1024, depth: 4 };
const context = (circle: CircleId): Context => ({ purpose: "cache", circle: idBytes(circle), epoch: 0, kind: 0 });

/*
 * A frame: u32be size of the header ‖ u32be size of what is sealed, 0 where it was erased ‖ the one ‖ the other, or its
 * hash. A first synchronization writes a whole log at once: nothing is encoded for it, and one array made in its size.
 */
const frameHead = 8;
const hashSize = 32;

function framed(entries: readonly Entry[]): Bytes {
  let size = 0;
  for (const { header, sealed } of entries) size += frameHead + header.length + (sealed?.length ?? hashSize);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  let at = 0;
  for (const { header, sealed, sealedHash } of entries) {
    view.setUint32(at, header.length);
    view.setUint32(at + 4, sealed?.length ?? 0);
    out.set(header, at + frameHead);
    at += frameHead + header.length;
    out.set(sealed ?? (sealedHash as Bytes), at);
    at += sealed?.length ?? hashSize;
  }
  return out;
}

/** The entries of whole frames, and where the last of them ends. What is damaged in them shows by the tree. */
function unframed(file: Bytes): { readonly entries: Entry[]; readonly end: number } {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const entries: Entry[] = [];
  let end = 0;
  while (end + frameHead <= file.length) {
    const start = end + frameHead;
    const middle = start + view.getUint32(end);
    const sealedSize = view.getUint32(end + 4);
    const stop = middle + (sealedSize === 0 ? hashSize : sealedSize);
    if (stop > file.length) break;
    const rest = file.subarray(middle, stop);
    entries.push({ header: file.subarray(start, middle), [sealedSize === 0 ? "sealedHash" : "sealed"]: rest });
    end = stop;
  }
  return { entries, end };
}

/** The local copy of one circle's log. */
export function logCache(identity: Identity, circle: CircleId) {
  const { storage, platform, cacheKey } = identity;
  const logName = `${circle.slice(0, 32)}.log`;
  const noteName = `${circle.slice(0, 32)}.note`;
  return {
    /** Adds entries at the end. */
    append: (entries: readonly Entry[]): Promise<void> => storage.append(logName, framed(entries)),
    /** All entries; a frame that a crash cut off is dropped. */
    entries: async (): Promise<Entry[]> => {
      const file = await storage.read(logName);
      if (file === undefined) return [];
      const { entries, end } = unframed(file);
      if (end < file.length) await storage.truncate(logName, end);
      return entries;
    },
    /** The note, or `undefined` where there is none that this identity sealed. */
    note: async (): Promise<CacheNote | undefined> => {
      const file = await storage.read(noteName);
      if (file === undefined) return undefined;
      try {
        return decode(cacheNote, open(platform.crypto, cacheKey, context(circle), file), noteLimits);
      } catch {
        return undefined;
      }
    },
    writeNote: (note: CacheNote): Promise<void> =>
      storage.write(
        noteName,
        seal(platform.crypto, platform.random, cacheKey, context(circle), encode(cacheNote, note)),
      ),
    clear: async (): Promise<void> => {
      await storage.remove(noteName);
      await storage.remove(logName);
    },
  };
}

export type LogCache = ReturnType<typeof logCache>;
