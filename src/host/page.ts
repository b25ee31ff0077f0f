import type { Bytes } from "../core/codec/index.ts";
import { type StandingKind, standings } from "../core/log/index.ts";
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

type Part = readonly number[] | Uint8Array;

function join(parts: readonly Part[], length: number): Bytes {
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Consecutive entries as a page carries them: their encodings joined, and where each of them ends. */
export type Run = { readonly bytes: Bytes; readonly ends: readonly number[] };

/** Encodes rows for a page, straight from what the store gave. */
export function encodeRun(rows: readonly EntryRow[]): Run {
  const parts: Part[] = [];
  const ends: number[] = [];
  let length = 0;
  const add = (part: Part) => {
    parts.push(part);
    length += part.length;
  };
  const addBytes = (bytes: Uint8Array) => {
    add(byteHead(byteString, bytes.length));
    add(bytes);
  };
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
    ends.push(length);
  }
  return { bytes: join(parts, length), ends };
}

/**
 * The answer to `GET …/entries`: `page` of `core/log/api.ts`, byte for byte, of entries that were encoded
 * before. A test holds it to the codec; the codec itself would walk every byte string twice.
 */
export function pageOf(checkpoint: Uint8Array, runs: readonly Run[], standing: StandingKind = "open"): Bytes {
  const isOpen = standing === "open";
  const count = runs.reduce((sum, { ends }) => sum + ends.length, 0);
  const parts: readonly Part[] = [
    [...byteHead(map, isOpen ? 2 : 3), 1],
    byteHead(byteString, checkpoint.length),
    checkpoint,
    [2, ...byteHead(array, count)],
    ...runs.map(({ bytes }) => bytes),
    isOpen ? [] : [3, standings[standing]],
  ];
  return join(
    parts,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
}

/** The same straight from rows. */
export function encodePage(checkpoint: Uint8Array, rows: readonly EntryRow[]): Bytes {
  return pageOf(checkpoint, [encodeRun(rows)]);
}
