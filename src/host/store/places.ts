/*
 * Places of hashes in a long sequence, in memory: about 30 bytes each, where a map of strings takes several times as
 * much. An open table of numbers; what is compared in the end are the hashes themselves.
 */
import type { Bytes } from "../../core/codec/index.ts";

/** Bytes of a hash that count: 16, which nobody can make collide with another's. */
export const placedBytes = 16;

const words = placedBytes / 4;

export type Places = {
  readonly size: () => number;
  /** Adds hashes of `placedBytes` each, joined. They take the next places. */
  readonly add: (joined: Bytes) => void;
  /** The place of a hash, by its first `placedBytes`. */
  readonly find: (hash: Bytes) => number | undefined;
  /** Every hash, of `placedBytes` each, by place. */
  readonly all: () => readonly Bytes[];
};

/** Hashes that there is room for at first: most circles have few that are to be kept. */
const fewest = 32;

/** Word `at` of a hash that begins at `start`. */
function wordOf(bytes: Uint8Array, start: number, at: number): number {
  const i = start + 4 * at;
  const [a, b, c, d] = [bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]] as [number, number, number, number];
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}

export function createPlaces(): Places {
  // Chosen at random, so that nobody can search for entries that all come to lie at one place of the table (attack 36).
  const [one, two] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  let hashes = new Uint32Array(words * fewest);
  /** By the hash: its place + 1, or 0. At most half of it is taken. */
  let table = new Uint32Array(2 * fewest);
  let size = 0;

  /** Where looking for a hash begins: multiply-shift over two of its words. */
  const start = (first: number, second: number) =>
    (Math.imul(first, one | 1) + Math.imul(second, two | 1)) >>> Math.clz32(table.length - 1);

  const enter = (place: number) => {
    let slot = start(hashes[words * place] as number, hashes[words * place + 1] as number);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    table[slot] = place + 1;
  };

  const reserve = (count: number) => {
    if (words * count > hashes.length) {
      const longer = new Uint32Array(Math.max(words * count, 2 * hashes.length));
      longer.set(hashes);
      hashes = longer;
    }
    if (2 * count <= table.length) return;
    let length = table.length;
    while (2 * count > length) length *= 2;
    table = new Uint32Array(length);
    for (let place = 0; place < size; place++) enter(place);
  };

  return {
    size: () => size,
    add: (joined) => {
      const end = size + joined.length / placedBytes;
      reserve(end);
      for (let from = 0; size < end; from += placedBytes, size++) {
        for (let at = 0; at < words; at++) hashes[words * size + at] = wordOf(joined, from, at);
        enter(size);
      }
    },
    find: (hash) => {
      const [a, b, c, d] = [wordOf(hash, 0, 0), wordOf(hash, 0, 1), wordOf(hash, 0, 2), wordOf(hash, 0, 3)];
      for (let slot = start(a, b); table[slot] !== 0; slot = (slot + 1) & (table.length - 1)) {
        const place = (table[slot] as number) - 1;
        const at = words * place;
        if (hashes[at] === a && hashes[at + 1] === b && hashes[at + 2] === c && hashes[at + 3] === d) return place;
      }
      return undefined;
    },
    all: () =>
      Array.from({ length: size }, (_, place) => {
        const bytes = new Uint8Array(placedBytes);
        const view = new DataView(bytes.buffer);
        for (let at = 0; at < words; at++) view.setUint32(4 * at, hashes[words * place + at] as number, true);
        return bytes;
      }),
  };
}
