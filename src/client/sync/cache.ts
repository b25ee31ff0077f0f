/* The log on this device: entries as received, and a sealed note of how far they were verified. */
import {
  bytes,
  type CircleId,
  Corrupt,
  decode,
  encode,
  type Infer,
  idBytes,
  list,
  record,
  uint,
} from "../../core/codec/index.ts";
import { type Context, open, seal } from "../../core/crypto/index.ts";
import { type Entry, entry } from "../../core/log/index.ts";
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

const damaged = () => new Corrupt("cache.damaged", "the local copy of the log is damaged: it is fetched again");

/** The local copy of one circle's log. */
export function logCache(identity: Identity, circle: CircleId) {
  const { storage, platform, cacheKey } = identity;
  const logName = `${circle.slice(0, 32)}.log`;
  const noteName = `${circle.slice(0, 32)}.note`;
  return {
    /** Adds entries at the end. */
    append: (entries: readonly Entry[]): Promise<void> => {
      // A first synchronization appends a whole log: one array, made in its size.
      const encoded = entries.map((item) => encode(entry, item));
      const out = new Uint8Array(encoded.reduce((size, frame) => size + 4 + frame.length, 0));
      const view = new DataView(out.buffer);
      let at = 0;
      for (const frame of encoded) {
        view.setUint32(at, frame.length);
        out.set(frame, at + 4);
        at += 4 + frame.length;
      }
      return storage.append(logName, out);
    },
    /** All entries; a frame that a crash cut off is dropped. Throws `Corrupt` `cache.damaged`. */
    entries: async (): Promise<Entry[]> => {
      const file = await storage.read(logName);
      if (file === undefined) return [];
      const view = new DataView(file.buffer, file.byteOffset, file.length);
      const found: Entry[] = [];
      let at = 0;
      while (at + 4 <= file.length) {
        const end = at + 4 + view.getUint32(at);
        if (end > file.length) break;
        try {
          found.push(decode(entry, file.subarray(at + 4, end)));
        } catch {
          throw damaged();
        }
        at = end;
      }
      if (at < file.length) await storage.truncate(logName, at);
      return found;
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
