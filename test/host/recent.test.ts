import { expect, test } from "vitest";
import { type CircleId, toHex, u64be } from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import type { CircleState } from "../../src/host/circles.ts";
import { createRecent } from "../../src/host/recent.ts";
import { type Store, StoreError } from "../../src/host/store/index.ts";

const sentOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => {
    const hash = sha256(u64be(from + i));
    return { hash, name: toHex(hash) };
  });
const circleOf = (i: number) => i.toString(16).padStart(64, "0") as CircleId;
const stateOf = (size: number, known = 0, circle = circleOf(0)) =>
  ({ circle, known, frontier: { size, hashes: [] } }) as unknown as CircleState;

/** A store whose every circle holds the same entries, and what was read of it. */
function storeWith(indexBehind: number) {
  const reads: (readonly [from: number, to: number])[] = [];
  const store = {
    indexBehind,
    hashes: async (_: CircleId, from: number, to: number) => {
      reads.push([from, to]);
      return sentOf(from, to).map(({ hash }) => hash);
    },
    positions: async () => {
      throw new StoreError("broken", "not asked for here");
    },
  } as unknown as Store;
  return { store, reads };
}

const placesIn = async (found: Promise<ReadonlyMap<string, number>>) => [...(await found).values()];

test("what this process stored is not read again, and of what another one stored only that", async () => {
  const { store, reads } = storeWith(1000);
  const recent = createRecent(store);
  expect(await placesIn(recent.find(stateOf(10), sentOf(7, 12)))).toEqual([7, 8, 9]);
  recent.note(stateOf(10), sentOf(10, 20), false);
  expect(await placesIn(recent.find(stateOf(20), sentOf(18, 22)))).toEqual([18, 19]);
  expect(await placesIn(recent.find(stateOf(25), sentOf(22, 27)))).toEqual([22, 23, 24]);
  expect(reads).toEqual([
    [0, 10],
    [20, 25],
  ]);
});

test("a state older than what is in memory holds no more than it says", async () => {
  const recent = createRecent(storeWith(1000).store);
  await recent.find(stateOf(20), []);
  expect(await placesIn(recent.find(stateOf(10), sentOf(5, 15)))).toEqual([5, 6, 7, 8, 9]);
});

test("everything that is behind is due together, once it is enough", async () => {
  const recent = createRecent(storeWith(30).store);
  expect(await recent.due(stateOf(10), sentOf(10, 20))).toEqual([]);
  const due = await recent.due(stateOf(25), sentOf(25, 35));
  expect(due.map((hash) => toHex(hash.slice(0, 16)))).toEqual(sentOf(0, 35).map(({ name }) => name.slice(0, 32)));
  recent.note(stateOf(25), sentOf(25, 35), true);
  expect(await placesIn(recent.find(stateOf(40, 35), []))).toEqual([]);
  expect(await recent.due(stateOf(35, 35), sentOf(35, 36))).toEqual([]);
});

test("circles that were asked longest ago make room, and are read again", async () => {
  const { store, reads } = storeWith(1000);
  const recent = createRecent(store, 500);
  for (const i of [0, 1, 2, 0, 3, 4, 0]) await recent.find(stateOf(100, 0, circleOf(i)), []);
  // Three fit: the first was never the one asked longest ago, but once it was not asked for a while.
  expect(reads.length).toBe(5);
  for (const i of [5, 6, 7, 0]) await recent.find(stateOf(100, 0, circleOf(i)), []);
  expect(reads.length).toBe(9);
});
