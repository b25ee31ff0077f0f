/*
 * The strict reader of the gate (§4): one pass that takes deterministic CBOR (RFC 8949 §4.2) and nothing
 * else. Every rule that makes an encoding the only one of its value is checked where the byte is read, so nothing
 * has to be encoded again; a property holds it to a general decoder that does encode again.
 */
import { type Bytes, fromUtf8 } from "./bytes.ts";
import type { Cbor } from "./cbor.ts";

/** Where reading stands, and how many arrays and maps may still be opened. */
export type Cursor = { readonly bytes: Uint8Array; at: number; depth: number };

/** Why bytes are refused stays inside: the gate has one error for all of it. */
const refused = (): never => {
  throw new RangeError("not deterministic CBOR, or not what was asked for");
};

/** Short byte strings are copied, so that a key that is kept does not keep the page it came in. */
const mostCopied = 32;

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

/** The first byte of the next item. */
function next(cursor: Cursor): number {
  return cursor.at < cursor.bytes.length ? (cursor.bytes[cursor.at++] as number) : refused();
}

/** The argument of the next item, which must be of this major type. */
function head(cursor: Cursor, major: number): number {
  const first = next(cursor);
  return first >> 5 === major ? argument(cursor, first & 31) : refused();
}

/** The place of a string of `length` bytes, which the cursor passes. */
function pass(cursor: Cursor, length: number): number {
  const { at } = cursor;
  if (length > cursor.bytes.length - at) return refused();
  cursor.at = at + length;
  return at;
}

function bytesOf(cursor: Cursor, length: number): Bytes {
  const at = pass(cursor, length);
  const { bytes } = cursor;
  return (length > mostCopied ? bytes.subarray(at, cursor.at) : bytes.slice(at, cursor.at)) as Bytes;
}

function textOf(cursor: Cursor, length: number): string {
  const at = pass(cursor, length);
  const text = fromUtf8(cursor.bytes.subarray(at, cursor.at));
  // As many units as bytes: ASCII, which NFC leaves alone.
  return text.length === length || text.normalize("NFC") === text ? text : refused();
}

/** Enters an array or map, whose head said `count`; every item takes `least` bytes: more would only fill memory. */
function enter(cursor: Cursor, count: number, least: number): number {
  if (cursor.depth === 0 || least * count > cursor.bytes.length - cursor.at) return refused();
  cursor.depth--;
  return count;
}

function booleanOf(first: number): boolean {
  // Of tags, floats and simple values, true and false alone.
  return first === 0xf5 || (first === 0xf4 ? false : refused());
}

/** An unsigned integer. */
export const readUint = (cursor: Cursor): number => head(cursor, 0);

/** A byte string; a longer one is a view of what is read. */
export const readBytes = (cursor: Cursor): Bytes => bytesOf(cursor, head(cursor, 2));

/** Where a byte string of just `size` bytes begins: for what is made of it without a copy. */
export const readPlace = (cursor: Cursor, size: number): number =>
  head(cursor, 2) === size ? pass(cursor, size) : refused();

/** Text in NFC. */
export const readText = (cursor: Cursor): string => textOf(cursor, head(cursor, 3));

/** True or false. */
export const readBoolean = (cursor: Cursor): boolean => booleanOf(next(cursor));

/** How many items an array has. They are read next; then `leave`. */
export const enterArray = (cursor: Cursor): number => enter(cursor, head(cursor, 4), 1);

/** How many pairs a map has. They are read next, each key by `readKey`; then `leave`. */
export const enterMap = (cursor: Cursor): number => enter(cursor, head(cursor, 5), 2);

/** A key of a map: unsigned, and above the one before: sorted, and none twice (§4.2.1). */
export function readKey(cursor: Cursor, before: number): number {
  const key = head(cursor, 0);
  return key > before ? key : refused();
}

export function leave(cursor: Cursor): void {
  cursor.depth++;
}

/** The next item, whatever it is. */
export function readItem(cursor: Cursor): Cbor {
  const first = next(cursor);
  const info = first & 31;
  switch (first >> 5) {
    case 0:
      return argument(cursor, info);
    case 1: {
      const value = -1 - argument(cursor, info);
      return Number.isSafeInteger(value) ? value : refused();
    }
    case 2:
      return bytesOf(cursor, argument(cursor, info));
    case 3:
      return textOf(cursor, argument(cursor, info));
    case 4: {
      const count = enter(cursor, argument(cursor, info), 1);
      const items: Cbor[] = [];
      for (let i = 0; i < count; i++) items.push(readItem(cursor));
      leave(cursor);
      return items;
    }
    case 5: {
      const count = enter(cursor, argument(cursor, info), 2);
      const map = new Map<number, Cbor>();
      for (let i = 0, key = -1; i < count; i++) {
        key = readKey(cursor, key);
        map.set(key, readItem(cursor));
      }
      leave(cursor);
      return map;
    }
    default:
      return booleanOf(first);
  }
}

/**
 * What `read` makes of the one item that `bytes` are, whole. Throws where they are no deterministic CBOR, nest deeper
 * than `depth`, or are not what `read` asks for.
 */
export function readWhole<T>(bytes: Uint8Array, depth: number, read: (cursor: Cursor) => T): T {
  const cursor: Cursor = { bytes, at: 0, depth };
  const value = read(cursor);
  return cursor.at === bytes.length ? value : refused();
}

/** The items that `bytes` are, one behind the other (RFC 8742). Throws like `readWhole`. */
export function readCborSequence(bytes: Uint8Array, depth: number): readonly Cbor[] {
  const cursor: Cursor = { bytes, at: 0, depth };
  const items: Cbor[] = [];
  while (cursor.at < bytes.length) items.push(readItem(cursor));
  return items;
}
