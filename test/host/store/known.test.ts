import fc from "fast-check";
import { expect, test } from "vitest";
import { type CircleId, concat, idBytes, toHex, u64be } from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import { readMigrations } from "../../../src/host/runtimes/node-files.ts";
import { migrate } from "../../../src/host/store/index.ts";
import { knownRuns } from "../../../src/host/store/knownRuns.ts";
import { createPlaces, placedBytes } from "../../../src/host/store/places.ts";
import { openSqlite } from "../../../src/host/store/sqlite.ts";

const hashesFrom = (seed: number, count: number) =>
  Array.from({ length: count }, (_, i) => sha256(u64be(seed), u64be(i)));
const joined = (hashes: readonly Uint8Array[]) => concat(...hashes.map((hash) => hash.subarray(0, placedBytes)));

test("places: every hash is found where it was put, and no other", () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.nat({ max: 1500 }), { maxLength: 5 }), (seed, counts) => {
      const total = counts.reduce((sum, count) => sum + count, 0);
      const [all, others] = [hashesFrom(seed, total), hashesFrom(seed + 1, 50)];
      const places = createPlaces();
      for (let i = 0, at = 0; i < counts.length; at += counts[i++] ?? 0) {
        places.add(joined(all.slice(at, at + (counts[i] ?? 0))));
      }
      expect(places.size()).toBe(total);
      expect(all.map(places.find)).toEqual(all.map((_, i) => i));
      expect(places.all()).toEqual(all.map((hash) => hash.slice(0, placedBytes)));
      expect(others.map(places.find)).toEqual(others.map(() => undefined));
    }),
    { numRuns: 30 },
  );
});

test("places: hashes that share half of their bytes are kept apart", () => {
  const alike = Array.from({ length: 300 }, (_, i) => concat(new Uint8Array(8), u64be(i), new Uint8Array(16)));
  const places = createPlaces();
  places.add(joined(alike));
  expect(alike.map(places.find)).toEqual(alike.map((_, i) => i));
});

test("runs: what another process wrote is found, and what memory had no room for is read again", async () => {
  const engine = openSqlite(":memory:");
  await migrate(engine, readMigrations(), 0);
  const writer = knownRuns(engine);
  const reader = knownRuns(engine, 100);
  const circles = ["aa", "bb", "cc"].map((byte) => byte.repeat(32) as CircleId);
  const each = 3;
  for (const runs of [1, 70]) {
    for (const [i, circle] of circles.entries()) {
      const stored = runs === 1 ? 0 : each;
      const all = hashesFrom(i, stored + runs * each);
      for (let end = stored + each; end <= all.length; end += each) {
        await engine.batch(writer.index(idBytes(circle), all.slice(end - each, end), end));
      }
      const positions = new Map(all.map((hash, place) => [toHex(hash), place]));
      // Twice at once: both read the same runs.
      const found = await Promise.all([1, 2].map(() => reader.positions(circle, [...hashesFrom(9, 5), ...all])));
      expect(found).toEqual([positions, positions]);
    }
  }
  for (const [i, circle] of circles.entries()) {
    expect((await reader.positions(circle, hashesFrom(i, 1))).size).toBe(1);
  }
  await engine.close();
});
