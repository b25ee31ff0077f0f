import { expect, test } from "vitest";
import type { CircleId } from "../../src/core/codec/index.ts";
import type { Store } from "../../src/host/store/index.ts";
import { accessKey, append, control, entryOf, found, makeHost, memoryStore, positionsIn } from "./kit.ts";

const access = accessKey(0);

/** An isolated host whose appends take some turns of the event loop, and where each of them was tried. */
async function isolatedHost() {
  const { store } = await memoryStore();
  const tried: number[] = [];
  const slow: Store = {
    ...store,
    append: async (change) => {
      tried.push(change.position);
      await new Promise((resolve) => setTimeout(resolve, 5));
      await store.append(change);
    },
  };
  return { tried, host: await makeHost({ store: slow, isolated: true }) };
}

const appendOne = async (host: Parameters<typeof append>[0], circle: CircleId, key = access) =>
  positionsIn(await append(host, circle, key, entryOf(circle, 0)));

test("appends of one circle take turns in an isolate, so that none meets another at the primary key", async () => {
  const { host, tried } = await isolatedHost();
  const { circle } = await found(host);
  const positions = await Promise.all(Array.from({ length: 12 }, () => appendOne(host, circle)));
  expect(positions.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  expect(tried).toHaveLength(12);
});

/** A host in which the first append is under way for ever, as that of a client who hung up. */
async function heldUpHost() {
  const { store } = await memoryStore();
  let isHeld = false;
  const holding: Store = {
    ...store,
    append: (change) => {
      if (isHeld) return store.append(change);
      isHeld = true;
      return new Promise(() => {});
    },
  };
  const host = await makeHost({ store: holding, isolated: true });
  const { circle } = await found(host);
  void append(host, circle, access, entryOf(circle, 0));
  while (!isHeld) await new Promise((resolve) => setImmediate(resolve));
  return { host, circle };
}

test("a request that was ended in its turn holds up the others for two seconds, and no longer", async () => {
  const { host, circle } = await heldUpHost();
  const next = appendOne(host, circle);
  host.clock.now += 2000;
  expect(await next).toEqual([1]);
});

test("control keys do not wait for a turn", async () => {
  const { host, circle } = await heldUpHost();
  expect(await appendOne(host, circle, control[0])).toEqual([1]);
});
