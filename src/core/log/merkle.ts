/*
 * The Merkle tree of RFC 9162 §2.1. A node (level, index) is the root of the perfect subtree over the
 * leaves [index · 2^level, (index + 1) · 2^level); such a node never changes once it exists, so these are
 * what a host keeps, and every root and proof is made of them. Sizes may pass 2³²: no bit operators.
 */
import { type Bytes, equal, UsageError } from "../codec/index.ts";
import { sha256 } from "../crypto/sha256.ts";

/** Place of a perfect subtree. Level 0 holds the leaf hashes. */
export type NodeId = { readonly level: number; readonly index: number };

/** A perfect subtree with its hash (32 bytes). */
export type TreeNode = NodeId & { readonly hash: Bytes };

/** The hash (32 bytes) of a perfect subtree that exists. */
export type NodeReader = (level: number, index: number) => Uint8Array;

/** What is needed to append: the roots of the perfect subtrees that make up the tree, largest first. */
export type Frontier = { readonly size: number; readonly hashes: readonly Uint8Array[] };

/** The frontier of the tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, hashes: [] };

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** The leaf hash (32 bytes) of leaf data given in parts: SHA-256(0x00 ‖ data). RFC 9162 §2.1.1. */
export function leafHash(...data: readonly Uint8Array[]): Bytes {
  return sha256(leafPrefix, ...data);
}

/** The hash (32 bytes) of a node from its children's: SHA-256(0x01 ‖ left ‖ right). RFC 9162 §2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Bytes {
  return sha256(nodePrefix, left, right);
}

/** The root (32 bytes) of the tree without leaves: SHA-256 of nothing. */
export const emptyRoot: Bytes = sha256();

/**
 * The frontier after `leaves` (leaf hashes, 32 bytes each), and every perfect subtree above level 0 that
 * they complete, in the order of completion.
 *
 * @example
 * const { frontier } = appendLeaves(emptyFrontier, [leafHash(utf8("a")), leafHash(utf8("b"))]);
 * treeRoot(frontier); // nodeHash of the two
 */
export function appendLeaves(
  frontier: Frontier,
  leaves: readonly Uint8Array[],
): { readonly frontier: Frontier; readonly nodes: readonly TreeNode[] } {
  const hashes = [...frontier.hashes];
  const nodes: TreeNode[] = [];
  let { size } = frontier;
  for (const leaf of leaves) {
    let hash = leaf;
    // Every trailing one bit of the old size is a subtree that the new leaf completes.
    let index = size;
    for (let level = 1; index % 2 === 1; level++) {
      index = (index - 1) / 2;
      const joined = nodeHash(hashes.pop() as Uint8Array, hash);
      nodes.push({ level, index, hash: joined });
      hash = joined;
    }
    hashes.push(hash);
    size++;
  }
  return { frontier: { size, hashes }, nodes };
}

/** The root (32 bytes) of the tree that `frontier` describes. */
export function treeRoot(frontier: Frontier): Bytes {
  return frontier.size === 0 ? emptyRoot : foldRight(frontier.hashes);
}

function foldRight(hashes: readonly Uint8Array[]): Bytes {
  let hash = hashes.at(-1) as Uint8Array;
  for (let i = hashes.length - 2; i >= 0; i--) hash = nodeHash(hashes[i] as Uint8Array, hash);
  return new Uint8Array(hash);
}

/** The largest power of two below `n` (n ≥ 2): where RFC 9162 §2.1.1 splits a list of n. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The perfect subtrees, left to right, that make up the leaves [start, end) of a split of the tree. */
export function rangeNodes(start: number, end: number): readonly NodeId[] {
  const nodes: NodeId[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2;
      level++;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** The perfect subtrees of the tree of `size` leaves: what its frontier and its root are made of. */
export function rootNodes(size: number): readonly NodeId[] {
  return rangeNodes(0, size);
}

/** The frontier of the tree of `size` leaves, through `read`. */
export function readFrontier(size: number, read: NodeReader): Frontier {
  return { size, hashes: rootNodes(size).map(({ level, index }) => read(level, index)) };
}

/**
 * What each hash of the inclusion proof is made of: the nodes of each part, to be read in one go and then
 * given to `proofFrom`. RFC 9162 §2.1.3.1. Throws `UsageError` where `index` is not below `size`.
 */
export function inclusionPlan(index: number, size: number): readonly (readonly NodeId[])[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw outside();
  const path = (at: number, start: number, end: number): (readonly NodeId[])[] => {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return at < middle
      ? [...path(at, start, middle), rangeNodes(middle, end)]
      : [...path(at, middle, end), rangeNodes(start, middle)];
  };
  return path(index, 0, size);
}

/**
 * The same for the proof that the tree of `from` leaves begins the tree of `size`. RFC 9162 §2.1.4.1.
 * Empty where `from` is 0 or equals `size`. Throws `UsageError` where `from` is above `size`.
 */
export function consistencyPlan(from: number, size: number): readonly (readonly NodeId[])[] {
  if (!Number.isSafeInteger(from) || from < 0 || from > size) throw outside();
  if (from === 0) return [];
  const subproof = (start: number, end: number, whole: boolean): (readonly NodeId[])[] => {
    if (from === end) return whole ? [] : [rangeNodes(start, end)];
    const middle = start + splitOf(end - start);
    return from <= middle
      ? [...subproof(start, middle, whole), rangeNodes(middle, end)]
      : [...subproof(middle, end, false), rangeNodes(start, middle)];
  };
  return subproof(0, size, true);
}

/** The hashes (32 bytes each) of a plan, through `read`. */
export function proofFrom(plan: readonly (readonly NodeId[])[], read: NodeReader): readonly Bytes[] {
  return plan.map((nodes) => foldRight(nodes.map(({ level, index }) => read(level, index))));
}

/** The inclusion proof of leaf `index` in the tree of `size` leaves. RFC 9162 §2.1.3.1. */
export function inclusionProof(index: number, size: number, read: NodeReader): readonly Bytes[] {
  return proofFrom(inclusionPlan(index, size), read);
}

/** The proof that the tree of `from` leaves begins the tree of `size`. RFC 9162 §2.1.4.1. */
export function consistencyProof(from: number, size: number, read: NodeReader): readonly Bytes[] {
  return proofFrom(consistencyPlan(from, size), read);
}

/** Whether `proof` shows that `leaf` is leaf `index` of the tree of `size` with `expected` as its root. RFC 9162 §2.1.3.2. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  expected: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const part of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(part, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, part);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(hash, expected);
}

/**
 * Whether `proof` shows that the tree of `from` leaves with root `old` begins the tree of `size` leaves
 * with root `now`. RFC 9162 §2.1.4.2; the tree without leaves begins every tree.
 */
export function verifyConsistency(
  from: number,
  old: Uint8Array,
  size: number,
  now: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(from) || from < 0 || from > size) return false;
  if (from === 0) return proof.length === 0 && equal(old, emptyRoot);
  if (from === size) return proof.length === 0 && equal(old, now);
  // §2.1.4.2 step 2: where the old tree is perfect, its root is the first part.
  const path = rootNodes(from).length === 1 ? [old, ...proof] : proof;
  let fn = from - 1;
  let sn = size - 1;
  while (fn % 2 === 1) {
    fn = (fn - 1) / 2;
    sn = Math.floor(sn / 2);
  }
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let fr = first;
  let sr = first;
  for (const part of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(part, fr);
      sr = nodeHash(part, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, part);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(fr, old) && equal(sr, now);
}

const outside = () => new UsageError("log.outside", "position is outside the tree");
