import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bytes, concat, fromHex, toHex } from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import {
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  emptyRoot,
  inclusionProof,
  leafHash,
  type NodeReader,
  readFrontier,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from "../../../src/core/log/merkle.ts";

const hex = (text: string) => fromHex(text) as Bytes;

/** RFC 9162 §2.1.1, word by word, as the reference. */
function naiveRoot(data: readonly Uint8Array[]): Bytes {
  if (data.length === 0) return sha256();
  if (data.length === 1) return sha256(Uint8Array.of(0), data[0] as Uint8Array);
  let k = 1;
  while (k * 2 < data.length) k *= 2;
  return sha256(concat(Uint8Array.of(1), naiveRoot(data.slice(0, k)), naiveRoot(data.slice(k))));
}

function treeOf(data: readonly Uint8Array[]) {
  const nodes = new Map<string, Uint8Array>();
  const leaves = data.map((item) => leafHash(item));
  for (const [index, leaf] of leaves.entries()) nodes.set(`0/${index}`, leaf);
  const grown = appendLeaves(emptyFrontier, leaves);
  for (const { level, index, hash } of grown.nodes) nodes.set(`${level}/${index}`, hash);
  const read: NodeReader = (level, index) => {
    const hash = nodes.get(`${level}/${index}`);
    if (hash === undefined) throw new Error("a node was read that does not exist");
    return hash;
  };
  return { leaves, frontier: grown.frontier, nodes: grown.nodes, read };
}

/** The inputs and roots of the reference implementation of RFC 6962 (google/certificate-transparency). */
const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(
  hex,
);
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

describe("known answers of RFC 6962", () => {
  test("the empty tree's root is SHA-256 of nothing", () => {
    expect(toHex(emptyRoot)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(treeRoot(emptyFrontier)).toEqual(emptyRoot);
  });

  test.each(roots.map((expected, i) => [i + 1, expected] as const))("the root of %i leaves", (size, expected) => {
    expect(toHex(treeRoot(treeOf(inputs.slice(0, size)).frontier))).toBe(expected);
  });

  test("inclusion proofs", () => {
    const { read } = treeOf(inputs);
    expect(inclusionProof(0, 8, read).map(toHex)).toEqual([
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    expect(inclusionProof(5, 8, read).map(toHex)).toEqual([
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
  });

  test("consistency proofs", () => {
    const { read } = treeOf(inputs);
    expect(consistencyProof(1, 8, read).map(toHex)).toEqual([
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    expect(consistencyProof(6, 8, read).map(toHex)).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
  });
});

const leavesOf = fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 });

describe("against the naive tree", () => {
  test("any way of cutting the leaves into batches gives the naive root at every size", () => {
    fc.assert(
      fc.property(leavesOf, fc.array(fc.integer({ min: 1, max: 9 })), (data, cuts) => {
        let frontier = emptyFrontier;
        let at = 0;
        for (const cut of [...cuts, data.length]) {
          const batch = data.slice(at, at + cut).map((item) => leafHash(item));
          frontier = appendLeaves(frontier, batch).frontier;
          at += batch.length;
          expect(treeRoot(frontier)).toEqual(naiveRoot(data.slice(0, at)));
        }
        expect(readFrontier(at, treeOf(data).read)).toEqual(frontier);
      }),
    );
  });

  test("every inclusion proof verifies, for its own leaf, place and size only", () => {
    for (let size = 1; size <= 34; size++) {
      const data = Array.from({ length: size }, (_, i) => Uint8Array.of(i));
      const { leaves, frontier, read } = treeOf(data);
      for (let index = 0; index < size; index++) {
        const leaf = leaves[index] as Bytes;
        const proof = inclusionProof(index, size, read);
        const verify = (i: number, n: number, p = proof, l = leaf) => verifyInclusion(l, i, n, p, treeRoot(frontier));
        expect(verify(index, size)).toBe(true);
        for (let other = 0; other < size; other++) if (other !== index) expect(verify(other, size)).toBe(false);
        expect(verify(index, size, [...proof, leaf])).toBe(false);
        if (proof.length > 0) expect(verify(index, size, proof.slice(1))).toBe(false);
        expect(verify(index, size, proof, sha256(leaf))).toBe(false);
      }
    }
  });

  test("every consistency proof verifies, and no other pair of roots does", () => {
    const data = Array.from({ length: 40 }, (_, i) => Uint8Array.of(i));
    const { read } = treeOf(data);
    const rootAt = Array.from({ length: 41 }, (_, size) => naiveRoot(data.slice(0, size)));
    for (let size = 0; size <= 40; size++) {
      for (let from = 0; from <= size; from++) {
        const proof = consistencyProof(from, size, read);
        const [old, now] = [rootAt[from] as Bytes, rootAt[size] as Bytes];
        expect(verifyConsistency(from, old, size, now, proof)).toBe(true);
        if (from > 0) expect(verifyConsistency(from, sha256(old), size, now, proof)).toBe(false);
        if (from > 0) expect(verifyConsistency(from, old, size, sha256(now), proof)).toBe(false);
        expect(verifyConsistency(from, old, size, now, [...proof, old])).toBe(false);
        if (proof.length > 0) expect(verifyConsistency(from, old, size, now, proof.slice(0, -1))).toBe(false);
      }
    }
  });

  test("a changed byte anywhere in a consistency proof is refused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), fc.nat(), (size, a, b, c) => {
        const data = Array.from({ length: size }, (_, i) => Uint8Array.of(i));
        const { read } = treeOf(data);
        const from = 1 + (a % (size - 1));
        const proof = consistencyProof(from, size, read).map((part) => part.slice());
        const part = proof[b % proof.length] as Bytes;
        part[c % 32] = (part[c % 32] as number) ^ (1 << (b % 8));
        expect(verifyConsistency(from, naiveRoot(data.slice(0, from)), size, naiveRoot(data), proof)).toBe(false);
      }),
    );
  });
});

test("sizes beyond 2^32 keep their arithmetic", () => {
  // A tree of one repeated leaf: every perfect subtree of a level has the same hash.
  const levels: Bytes[] = [leafHash(Uint8Array.of(7))];
  for (let level = 1; level < 45; level++) {
    const below = levels[level - 1] as Bytes;
    levels.push(sha256(Uint8Array.of(1), below, below));
  }
  const read: NodeReader = (level) => levels[level] as Bytes;
  const [from, size] = [2 ** 33 + 5, 2 ** 40 + 2 ** 32 + 11];
  const root = (n: number) => treeRoot(readFrontier(n, read));
  expect(verifyConsistency(from, root(from), size, root(size), consistencyProof(from, size, read))).toBe(true);
  const index = 2 ** 39 + 3;
  const proof = inclusionProof(index, size, read);
  expect(verifyInclusion(levels[0] as Bytes, index, size, proof, root(size))).toBe(true);
  expect(verifyInclusion(levels[0] as Bytes, index - 2 ** 32 * 4, size - 1, proof.slice(1), root(size))).toBe(false);
});
