import type { Bytes } from "../core/codec/index.ts";
import type { EntryRow } from "./store/index.ts";

/** The head of a CBOR byte string of `length` bytes, in its shortest form (RFC 8949 §4.2.1). */
function byteHead(major: number, length: number): readonly number[] {
  const type = major << 5;
  if (length < 24) return [type | length];
  if (length < 0x100) return [type | 24, length];
  if (length < 0x1_0000) return [type | 25, length >> 8, length & 0xff];
  return [type | 26, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
}

const [byteString, array, map] = [2, 4, 5];

/**
 * The answer to `GET …/entries`: `page` of `core/log/api.ts`, byte for byte, written straight from the rows. A
 * test holds it to the codec; the codec itself would walk every byte string twice.
 */
export function encodePage(checkpoint: Uint8Array, rows: readonly EntryRow[]): Bytes {
  const parts: (readonly number[] | Uint8Array)[] = [];
  let length = 0;
  const add = (part: readonly number[] | Uint8Array) => {
    parts.push(part);
    length += part.length;
  };
  const addBytes = (bytes: Uint8Array) => {
    add(byteHead(byteString, bytes.length));
    add(bytes);
  };
  add([...byteHead(map, 2), 1]);
  addBytes(checkpoint);
  add([2, ...byteHead(array, rows.length)]);
  for (const { header, sealed, sealedHash } of rows) {
    const hash = sealed === null ? sealedHash : null;
    add([...byteHead(map, sealed === null && hash === null ? 1 : 2), 1]);
    addBytes(header);
    if (sealed !== null) {
      add([2]);
      addBytes(sealed);
    } else if (hash !== null) {
      add([3]);
      addBytes(hash);
    }
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
