import { type Bytes, utf8 } from "../../core/codec/bytes.ts";
import { UsageError } from "../../core/codec/errors.ts";
import { hmacSha256 } from "../../core/crypto/hashes.ts";
import type { Sketch } from "../../core/statements/format.ts";
import { normalizeTip } from "./normalize.ts";
import { pieces } from "./similarity.ts";

/** MinHash of runs of four characters under HMAC-SHA-256, 128 values of 16 bits. */
export const sketchMethod = 1;
const values = 128;
const rows = 4;
const bands = values / rows;
const run = 4;
/** Of longer texts a sample is taken, the same sample of the same pieces, so that time stays bounded. */
const mostPieces = 8192;

// Multipliers of the permutations: odd and fixed. They need no secret, the words they are applied to are one.
const multipliers = Uint32Array.from(
  { length: values },
  (_, i) => (Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(i + 7, 0x85ebca6b)) | 1,
);

export type Sketcher = (text: string) => Sketch | undefined;

/**
 * Sketches texts of one circle. `key` is 32 bytes derived from the circle's secret for this purpose alone, or a
 * keyed hash of the caller's (any PRF with at least 32 bytes out).
 *
 * What a sketch (257 bytes) hides: every piece of text goes through HMAC-SHA-256 under the key before anything else,
 * so without the key the values are those of random numbers: no word can be tested, sketches of two circles cannot be
 * compared. What it shows to whoever sees several sketches of one circle, even without the key: how alike their texts
 * are, and how long each is to a power of two; so sketches travel sealed in statements. What it shows to members, who
 * have the key: whether a text they guess is the one.
 *
 * The sketcher returns `undefined` for texts of fewer than four characters after normalization.
 */
export function makeSketcher(key: Uint8Array | ((data: Uint8Array) => Uint8Array)): Sketcher {
  if (typeof key !== "function" && key.length !== 32) throw new UsageError("sketch-key", "a sketch key is 32 bytes");
  const hash = typeof key === "function" ? key : hmacSha256(key);
  return (text) => {
    const all = [...pieces(normalizeTip(text).text, run)];
    if (all.length === 0) return undefined;
    let hashed = all.map((piece) => {
      const out = hash(utf8(piece));
      if (out.length < 32) throw new UsageError("sketch-hash", "a keyed hash for sketches gives at least 32 bytes");
      const view = new DataView(out.buffer, out.byteOffset, 32);
      return Uint32Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i));
    });
    if (hashed.length > mostPieces) {
      hashed.sort((a, b) => (a[0] as number) - (b[0] as number));
      hashed = hashed.slice(0, mostPieces);
    }
    const least = new Uint32Array(values).fill(0xffffffff);
    for (const words of hashed) {
      for (let i = 0; i < values; i++) {
        // Two of the eight words, mixed differently for each value; every word is uniform to whoever lacks the key.
        let x = Math.imul((words[i & 7] as number) ^ ((words[(i >> 3) & 7] as number) >>> 1), multipliers[i] as number);
        x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
        x = (x ^ (x >>> 13)) >>> 0;
        if (x < (least[i] as number)) least[i] = x;
      }
    }
    const out = new Uint8Array(1 + 2 * values);
    out[0] = Math.min(255, Math.round(Math.log2(all.length)));
    // The low bits: the high ones of a minimum are zero.
    for (let i = 0; i < values; i++) {
      out[1 + 2 * i] = ((least[i] as number) >>> 8) & 255;
      out[2 + 2 * i] = (least[i] as number) & 255;
    }
    return { method: sketchMethod, values: out };
  };
}

export type SketchLikeness = { readonly level: "match" | "suggest" | "none"; readonly score: number };

/** Estimates from two sketches of one circle how alike their texts are; the score is Jaccard's, ± 0.09. */
export function compareSketches(a: Sketch, b: Sketch): SketchLikeness {
  if (!isSketch(a) || !isSketch(b)) return { level: "none", score: 0 };
  let equal = 0;
  for (let i = 0; i < values; i++) {
    if (a.values[1 + 2 * i] === b.values[1 + 2 * i] && a.values[2 + 2 * i] === b.values[2 + 2 * i]) equal++;
  }
  const score = equal / values;
  // About sixty pieces: ten words. Shorter texts are only suggested.
  const short = Math.min(a.values[0] as number, b.values[0] as number) < 6;
  return { level: score >= 0.6 && !short ? "match" : score >= 0.17 ? "suggest" : "none", score };
}

function isSketch(sketch: Sketch): boolean {
  return sketch.method === sketchMethod && sketch.values.length === 1 + 2 * values;
}

export type SketchIndex<Id> = {
  /** Adds a sketch; sketches of other methods are left out. */
  add(id: Id, sketch: Sketch): void;
  remove(id: Id): void;
  /** Ids of likely relatives, the most alike first, with the estimate; at most `limit`. */
  find(sketch: Sketch, limit?: number): { readonly id: Id; readonly likeness: SketchLikeness }[];
  readonly size: number;
};

/**
 * An index of sketches by banding: 32 bands of 4 values; texts that share a band are candidates. Likeness 0.5 is
 * found with probability 0.87, 0.7 with 0.9999, 0.2 with 0.05.
 */
export function makeSketchIndex<Id>(): SketchIndex<Id> {
  const sketches = new Map<Id, Sketch>();
  const buckets = new Map<string, Set<Id>>();
  const keysOf = ({ values: v }: Sketch) =>
    Array.from({ length: bands }, (_, band) => {
      let key = String.fromCharCode(band);
      for (let i = 0; i < 2 * rows; i += 2) {
        const at = 1 + 2 * rows * band + i;
        key += String.fromCharCode(((v[at] as number) << 8) | (v[at + 1] as number));
      }
      return key;
    });
  const index: SketchIndex<Id> = {
    add(id, sketch) {
      if (!isSketch(sketch)) return;
      index.remove(id);
      sketches.set(id, sketch);
      for (const key of keysOf(sketch)) {
        const bucket = buckets.get(key);
        if (bucket) bucket.add(id);
        else buckets.set(key, new Set([id]));
      }
    },
    remove(id) {
      const sketch = sketches.get(id);
      if (!sketch) return;
      sketches.delete(id);
      for (const key of keysOf(sketch)) {
        const bucket = buckets.get(key);
        bucket?.delete(id);
        if (bucket?.size === 0) buckets.delete(key);
      }
    },
    find(sketch, limit = 20) {
      if (!isSketch(sketch)) return [];
      const candidates = new Set<Id>();
      for (const key of keysOf(sketch)) {
        for (const id of buckets.get(key) ?? []) {
          candidates.add(id);
          if (candidates.size >= 4096) break;
        }
      }
      return [...candidates]
        .map((id) => ({ id, likeness: compareSketches(sketch, sketches.get(id) as Sketch) }))
        .filter(({ likeness }) => likeness.level !== "none")
        .sort((a, b) => b.likeness.score - a.likeness.score)
        .slice(0, limit);
    },
    get size() {
      return sketches.size;
    },
  };
  return index;
}

/** SHA-256 of a file, 32 bytes: the exact hash that tips keep in `fileHashes`. */
export async function fileHash(file: Bytes): Promise<Bytes> {
  return new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", file));
}
