import { expect, test } from "vitest";
import { type CircleId, toHex, utf8 } from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import { jumpHash, placesOf, shards } from "../../../src/host/store/shards.ts";
import { accessKey, append, entryOf, found, makeHost, memoryStore, postCircle, problemIn, read } from "../kit.ts";
import { storeConformance } from "./conformance.ts";

const memoryStores = async (count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await memoryStore()).store));

storeConformance("three databases", async () => {
  const store = shards(await memoryStores(3), [1, 3]);
  return { store, drop: store.close };
});

const circles = Array.from({ length: 3000 }, (_, i) => toHex(sha256(utf8(`circle ${i}`))) as CircleId);

test("jump consistent hashing gives the published values", () => {
  // From the tests of the implementations in Go and C++ that followed the paper.
  expect([
    jumpHash(1n, 1),
    jumpHash(42n, 57),
    jumpHash(0xdead10ccn, 1),
    jumpHash(0xdead10ccn, 666),
    jumpHash(256n, 1024),
  ]).toEqual([0, 43, 0, 361, 520]);
});

test("circles spread evenly, and a growth moves to new databases only", () => {
  const of = (count: number) => circles.map((circle) => placesOf(circle, [count])[0] as number);
  const [four, five] = [of(4), of(5)];
  for (let place = 0; place < 5; place++) {
    const share = five.filter((one) => one === place).length / circles.length;
    expect(Math.abs(share - 1 / 5)).toBeLessThan(0.03);
  }
  for (const [i, place] of five.entries()) if (place !== four[i]) expect(place).toBe(4);
});

test("wherever a circle was founded stays among its places, which are few", () => {
  const growth = [1, 2, 4, 8, 16, 32];
  const places = circles.map((circle) => placesOf(circle, growth));
  for (const [i, list] of places.entries()) {
    for (let end = 1; end < growth.length; end++) {
      expect(list).toContain(placesOf(circles[i] as CircleId, growth.slice(0, end))[0]);
    }
  }
  const mean = places.reduce((sum, list) => sum + list.length, 0) / places.length;
  expect(mean).toBeLessThan(4);
});

test("a circle founded before a growth is found, written to and never founded again", async () => {
  const stores = await memoryStores(4);
  const before = await makeHost({ store: shards(stores.slice(0, 1), [1]) });
  const old = await Promise.all(Array.from({ length: 8 }, () => found(before)));
  const after = await makeHost({ store: shards(stores, [1, 4]) });
  const access = accessKey(0);
  for (const { circle, entry } of old) {
    const again = await postCircle(after, entry);
    expect(again.status).toBe(200);
    expect((await append(after, circle, access, entryOf(circle, 0))).status).toBe(200);
    expect((await read(after, circle, access)).head.size).toBe(2);
  }
  for (let i = 0; i < 16; i++) await found(after);
  const held = await Promise.all(stores.map((store) => store.circles(undefined, 100)));
  expect(held[0]).toEqual(expect.arrayContaining(old.map(({ circle }) => circle)));
  expect(held.filter((list) => list.length > 0).length).toBeGreaterThan(1);
  expect(new Set(held.flat()).size).toBe(24);
  expect(held.flat()).toHaveLength(24);
  const stranger = await after.app.request(`/v1/circles/${"00".repeat(32)}/checkpoint`);
  expect(await problemIn(stranger)).toBe("unauthorized");
});
