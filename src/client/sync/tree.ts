import type { Bytes } from "../../core/codec/index.ts";
import {
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  type Frontier,
  inclusionProof,
  readFrontier,
  treeRoot,
} from "../../core/log/index.ts";

const hashSize = 32;

/** Hashes of one level, packed: a circle of a million entries has two million of them. */
type Level = { bytes: Bytes; count: number };

/** The whole tree of a log in memory: roots at any size it has had. */
export type LogTree = {
  readonly size: number;
  /** Adds leaf hashes (32 bytes each). */
  append(leaves: readonly Uint8Array[]): void;
  /** The root (32 bytes) of the first `size` leaves. */
  rootAt(size: number): Bytes;
  /** The proof that the first `from` leaves begin the first `size`. */
  consistency(from: number, size: number): readonly Bytes[];
  /** The proof that a leaf is among the first `size`. */
  inclusion(index: number, size: number): readonly Bytes[];
  /** Takes back what was added after `size`. */
  truncate(size: number): void;
};

/** An empty tree. */
export function logTree(): LogTree {
  const levels: Level[] = [];
  let frontier: Frontier = emptyFrontier;
  let roots = new Map<number, Bytes>();

  const put = (level: number, hash: Uint8Array) => {
    let store = levels[level];
    if (store === undefined) {
      store = { bytes: new Uint8Array(64 * hashSize), count: 0 };
      levels[level] = store;
    }
    if ((store.count + 1) * hashSize > store.bytes.length) {
      const grown = new Uint8Array(store.bytes.length * 2);
      grown.set(store.bytes);
      store.bytes = grown;
    }
    store.bytes.set(hash, store.count * hashSize);
    store.count++;
  };
  const read = (level: number, index: number): Uint8Array => {
    const store = levels[level] as Level;
    return store.bytes.subarray(index * hashSize, (index + 1) * hashSize);
  };

  return {
    get size() {
      return frontier.size;
    },
    append(leaves) {
      const { frontier: next, nodes } = appendLeaves(frontier, leaves);
      for (const leaf of leaves) put(0, leaf);
      for (const { level, hash } of nodes) put(level, hash);
      frontier = next;
    },
    rootAt(size) {
      let root = roots.get(size);
      if (root === undefined) {
        root = treeRoot(readFrontier(size, read));
        roots.set(size, root);
      }
      return root;
    },
    consistency: (from, size) => consistencyProof(from, size, read),
    inclusion: (index, size) => inclusionProof(index, size, read),
    truncate(size) {
      frontier = readFrontier(size, (level, index) => read(level, index).slice());
      for (const [level, store] of levels.entries()) store.count = Math.floor(size / 2 ** level);
      roots = new Map([...roots].filter(([known]) => known <= size));
    },
  };
}
