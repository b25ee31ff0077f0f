/* The encoder: deterministic CBOR (RFC 8949 §4.2) in two passes, so that the array is made once, in its size. */
import { type Bytes, utf8 } from "./bytes.ts";
import type { Cbor } from "./cbor.ts";

const unencodable = (): never => {
  throw new RangeError("no deterministic encoding");
};

/** Text in UTF-8 and keys in order, as the first pass made them for the second. */
type Prepared = { readonly texts: Bytes[]; readonly keys: (readonly number[])[] };

const headSize = (argument: number) =>
  argument < 24 ? 1 : argument < 0x100 ? 2 : argument < 0x1_0000 ? 3 : argument < 0x1_0000_0000 ? 5 : 9;

function numberSize(value: number): number {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return unencodable();
  return headSize(value < 0 ? -1 - value : value);
}

function textSize(text: string, { texts }: Prepared): number {
  if (!text.isWellFormed() || text.normalize("NFC") !== text) return unencodable();
  const encoded = utf8(text);
  texts.push(encoded);
  return headSize(encoded.length) + encoded.length;
}

function mapSize(map: ReadonlyMap<number, Cbor>, prepared: Prepared): number {
  const sorted = [...map.keys()].sort((a, b) => a - b);
  prepared.keys.push(sorted);
  let size = headSize(sorted.length);
  for (const key of sorted) {
    if (!Number.isSafeInteger(key) || key < 0) return unencodable();
    size += headSize(key) + sizeOf(map.get(key), prepared);
  }
  return size;
}

/** The bytes that `value` takes. Walks the value in the order in which `write` does. */
function sizeOf(value: unknown, prepared: Prepared): number {
  switch (typeof value) {
    case "number":
      return numberSize(value);
    case "boolean":
      return 1;
    case "string":
      return textSize(value, prepared);
    case "object": {
      if (value instanceof Uint8Array) return headSize(value.length) + value.length;
      if (value instanceof Map) return mapSize(value, prepared);
      if (!Array.isArray(value)) return unencodable();
      let size = headSize(value.length);
      for (const one of value) size += sizeOf(one, prepared);
      return size;
    }
    default:
      return unencodable();
  }
}

type Out = { readonly bytes: Bytes; at: number; text: number; map: number };

/** A head (§3): major type and argument, in the shortest form. */
function writeHead(out: Out, major: number, argument: number): void {
  const size = headSize(argument);
  const { bytes } = out;
  if (size === 1) {
    bytes[out.at++] = (major << 5) | argument;
    return;
  }
  bytes[out.at++] = (major << 5) | (size === 2 ? 24 : size === 3 ? 25 : size === 5 ? 26 : 27);
  let rest = argument;
  for (let i = out.at + size - 2; i >= out.at; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  out.at += size - 1;
}

function writeString(out: Out, major: number, encoded: Uint8Array): void {
  writeHead(out, major, encoded.length);
  out.bytes.set(encoded, out.at);
  out.at += encoded.length;
}

function write(out: Out, value: Cbor, prepared: Prepared): void {
  if (typeof value === "number") {
    if (value < 0) writeHead(out, 1, -1 - value);
    else writeHead(out, 0, value);
  } else if (typeof value === "boolean") {
    out.bytes[out.at++] = value ? 0xf5 : 0xf4;
  } else if (typeof value === "string") {
    writeString(out, 3, prepared.texts[out.text++] as Bytes);
  } else if (value instanceof Uint8Array) {
    writeString(out, 2, value);
  } else if (value instanceof Map) {
    const keys = prepared.keys[out.map++] as readonly number[];
    writeHead(out, 5, keys.length);
    for (const key of keys) {
      writeHead(out, 0, key);
      write(out, value.get(key) as Cbor, prepared);
    }
  } else {
    const items = value as readonly Cbor[];
    writeHead(out, 4, items.length);
    for (const one of items) write(out, one, prepared);
  }
}

/** The deterministic bytes of `value`. Throws where it has none. */
export function writeCbor(value: Cbor): Bytes {
  const prepared: Prepared = { texts: [], keys: [] };
  const bytes = new Uint8Array(sizeOf(value, prepared));
  write({ bytes, at: 0, text: 0, map: 0 }, value, prepared);
  return bytes;
}
