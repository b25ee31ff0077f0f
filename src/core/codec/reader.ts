/*
 * The strict decoder of the gate (§4): one pass that takes deterministic CBOR (RFC 8949 §4.2) and nothing
 * else. Every rule that makes an encoding the only one of its value is checked where the byte is read, so nothing
 * has to be encoded again; a property holds it to a general decoder that does encode again.
 */
import { type Bytes, fromUtf8 } from "./bytes.ts";
import type { Cbor } from "./cbor.ts";

/** Where reading stands. */
type Cursor = { readonly bytes: Uint8Array; at: number };

/** Why bytes are refused stays inside: the gate has one error for all of it. */
const refused = (): never => {
  throw new RangeError("not deterministic CBOR");
};

/** Short byte strings are copied, so that a key that is kept does not keep the page it came in. */
const mostCopied = 64;

/** The argument of a head (§3): in its shortest form, and within the safe integers. */
function argument(cursor: Cursor, info: number): number {
  if (info < 24) return info;
  if (info > 27) return refused();
  const { bytes, at } = cursor;
  const width = 1 << (info - 24);
  cursor.at = at + width;
  if (cursor.at > bytes.length) return refused();
  let value = 0;
  for (let i = at; i < cursor.at; i++) value = value * 256 + (bytes[i] as number);
  const least = width === 1 ? 24 : 2 ** (4 * width);
  return value >= least && value <= Number.MAX_SAFE_INTEGER ? value : refused();
}

/** The range of a string of `length` bytes, which the cursor passes. */
function range(cursor: Cursor, length: number): Uint8Array {
  const { bytes, at } = cursor;
  if (length > bytes.length - at) return refused();
  cursor.at = at + length;
  return bytes.subarray(at, cursor.at);
}

function textOf(encoded: Uint8Array): string {
  const text = fromUtf8(encoded);
  // As many units as bytes: ASCII, which NFC leaves alone.
  return text.length === encoded.length || text.normalize("NFC") === text ? text : refused();
}

function listOf(cursor: Cursor, count: number, depth: number): readonly Cbor[] {
  // Every item takes a byte: what claims more than there is would only fill memory.
  if (count > cursor.bytes.length - cursor.at) return refused();
  const items: Cbor[] = [];
  for (let i = 0; i < count; i++) items.push(item(cursor, depth));
  return items;
}

function mapOf(cursor: Cursor, count: number, depth: number): ReadonlyMap<number, Cbor> {
  if (2 * count > cursor.bytes.length - cursor.at) return refused();
  const map = new Map<number, Cbor>();
  let before = -1;
  for (let i = 0; i < count; i++) {
    const head = cursor.bytes[cursor.at++] as number;
    // Unsigned keys in rising order: sorted, and none twice (§4.2.1).
    const key = head < 0x20 ? argument(cursor, head) : refused();
    if (key <= before) return refused();
    before = key;
    map.set(key, item(cursor, depth));
  }
  return map;
}

/** The next item; `depth` is how many arrays and maps may still be opened. */
function item(cursor: Cursor, depth: number): Cbor {
  const { bytes } = cursor;
  if (cursor.at >= bytes.length) return refused();
  const head = bytes[cursor.at++] as number;
  const info = head & 31;
  switch (head >> 5) {
    case 0:
      return argument(cursor, info);
    case 1: {
      const value = -1 - argument(cursor, info);
      return Number.isSafeInteger(value) ? value : refused();
    }
    case 2: {
      const found = range(cursor, argument(cursor, info)) as Bytes;
      return found.length > mostCopied ? found : found.slice();
    }
    case 3:
      return textOf(range(cursor, argument(cursor, info)));
    case 4:
      return depth > 0 ? listOf(cursor, argument(cursor, info), depth - 1) : refused();
    case 5:
      return depth > 0 ? mapOf(cursor, argument(cursor, info), depth - 1) : refused();
    default:
      // Of tags, floats and simple values, true and false alone.
      return head === 0xf5 ? true : head === 0xf4 ? false : refused();
  }
}

/** The one item that `bytes` are, whole. Throws where they are no deterministic CBOR, or nest deeper than `depth`. */
export function readCbor(bytes: Uint8Array, depth: number): Cbor {
  const cursor: Cursor = { bytes, at: 0 };
  const value = item(cursor, depth);
  return cursor.at === bytes.length ? value : refused();
}

/** The items that `bytes` are, one behind the other (RFC 8742). Throws like `readCbor`. */
export function readCborSequence(bytes: Uint8Array, depth: number): readonly Cbor[] {
  const cursor: Cursor = { bytes, at: 0 };
  const items: Cbor[] = [];
  while (cursor.at < bytes.length) items.push(item(cursor, depth));
  return items;
}
