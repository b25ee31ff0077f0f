import type { Bytes } from "./bytes.ts";
import { PeerFault, UsageError } from "./errors.ts";
import { type Cursor, readCborSequence, readItem, readWhole } from "./reader.ts";
import { writeCbor } from "./writer.ts";

/** What the gate lets through: deterministic CBOR (RFC 8949 §4.2) without floats, null, tags or big integers. */
export type Cbor = number | boolean | string | Bytes | readonly Cbor[] | ReadonlyMap<number, Cbor>;

/** Bounds that are checked before, and while, anything is decoded. */
export type Limits = {
  /** The most bytes. */
  readonly size: number;
  /** The most arrays and maps inside one another. */
  readonly depth: number;
};

/** The limits of one entry or statement; larger bodies name their own. */
export const recordLimits: Limits = { size: 128 * 1024, depth: 12 };

const malformed = () => new PeerFault("codec.malformed", "bytes are not deterministic CBOR");

/**
 * The value that `bytes` encode. Size and depth are checked first; every byte is held to the rules that make an
 * encoding the only one of its value, so that one value has one spelling (attack 34). Longer byte strings are views
 * of `bytes`, which is not to be changed afterwards.
 *
 * Throws `PeerFault` `codec.malformed` for anything else.
 */
export function decodeCbor(bytes: Uint8Array, limits: Limits = recordLimits): Cbor {
  if (bytes.length === 0 || bytes.length > limits.size) throw malformed();
  try {
    return readWhole(bytes, limits.depth, readItem);
  } catch {
    throw malformed();
  }
}

/**
 * What `read` makes of the value that `bytes` encode, in the same one pass. What is malformed anywhere is said to be
 * so, and only of what is not: `otherwise`.
 */
export function gate<T>(bytes: Uint8Array, limits: Limits, read: (cursor: Cursor) => T, otherwise: () => PeerFault): T {
  if (bytes.length <= limits.size) {
    try {
      return readWhole(bytes, limits.depth, read);
    } catch {
      // Why, the general reading tells.
    }
  }
  decodeCbor(bytes, limits);
  throw otherwise();
}

/** The values of a sequence (RFC 8742), by the rules of `decodeCbor`. Throws `PeerFault` `codec.malformed`. */
export function decodeCborSequence(bytes: Uint8Array, limits: Limits): readonly Cbor[] {
  if (bytes.length > limits.size) throw malformed();
  try {
    return readCborSequence(bytes, limits.depth);
  } catch {
    throw malformed();
  }
}

/**
 * The deterministic encoding of `value`. Text is brought to NFC by the caller.
 *
 * Throws `UsageError` `codec.unencodable` where the value has no such encoding.
 */
export function encodeCbor(value: Cbor): Bytes {
  try {
    return writeCbor(value);
  } catch {
    throw new UsageError("codec.unencodable", "value has no deterministic encoding");
  }
}
