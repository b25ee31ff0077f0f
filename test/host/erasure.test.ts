import { describe, expect, test } from "vitest";
import { type Bytes, type CircleId, toHex, toId, utf8 } from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import * as log from "../../src/core/log/index.ts";
import { sweep } from "../../src/host/index.ts";
import {
  accessKey,
  append,
  control,
  entryOf,
  found,
  type Key,
  makeHost,
  positionsIn,
  problemIn,
  read,
  reserve,
  rootOf,
  send,
} from "./kit.ts";

const access = accessKey(0);
const token = new Uint8Array(32).fill(4) as Bytes;
const blobs = ["own", "shared"].map(utf8) as [Bytes, Bytes];

async function withStatement() {
  const host = await makeHost();
  const { circle, entry } = await found(host);
  for (const blob of blobs) {
    const path = log.paths.blob(circle, toHex(sha256(blob)));
    await send(host, access, "PUT", path, { body: blob, type: "application/octet-stream" });
  }
  const ids = blobs.map((blob) => toId<never>(sha256(blob)));
  const statement = entryOf(circle, 0, { eraseHash: log.eraseHashOf(token), blobs: ids });
  const neighbor = entryOf(circle, 0, { blobs: [ids[1] as never] });
  expect(await positionsIn(await append(host, circle, access, statement, neighbor))).toEqual([1, 2]);
  return { host, circle, all: [entry, statement, neighbor] };
}

function erasing(circle: CircleId, erases: readonly log.Erasure[], ...keys: readonly Key[]): log.Entry {
  const positions = erases.filter((one) => one.token === undefined).map(({ position }) => position);
  const message = log.eraseMessage(circle, positions);
  const signatures = keys.map((key) => ({ key: key.id, signature: key.sign(message) }));
  return entryOf(circle, 0, { kind: "roster", erases, ...(keys.length > 0 ? { signatures } : {}) });
}
function cancelling(circle: CircleId, positions: readonly number[], key: Key): log.Entry {
  const signature = key.sign(log.cancelMessage(circle, positions));
  return entryOf(circle, 0, { kind: "roster", cancels: positions, signatures: [{ key: key.id, signature }] });
}

async function isErased(host: Awaited<ReturnType<typeof makeHost>>, circle: CircleId, all: readonly log.Entry[]) {
  const { entries, head } = await read(host, circle, access);
  // Whatever was dropped, the tree stays.
  expect(toHex(head.root)).toBe(toHex(rootOf(entries)));
  expect(entries.slice(0, all.length).map(log.entryHash)).toEqual(all.map(log.entryHash));
  return entries[1]?.sealed === undefined;
}
const blobStatus = async (host: Awaited<ReturnType<typeof makeHost>>, circle: CircleId, blob: Bytes) =>
  (await send(host, access, "GET", log.paths.blob(circle, toHex(sha256(blob))))).status;

describe("erasure", () => {
  test("leaves no page as it was, however often the page was read before", async () => {
    const { host, circle, all } = await withStatement();
    for (let i = 0; i < 6; i++) {
      const batch = Array.from({ length: 50 }, () => entryOf(circle, 0));
      await append(host, circle, access, ...batch);
      all.push(...batch);
    }
    for (let time = 0; time < 2; time++) expect((await read(host, circle, access)).entries).toEqual(all);
    expect((await append(host, circle, access, erasing(circle, [{ position: 1, token }]))).status).toBe(200);
    for (let time = 0; time < 2; time++) {
      expect(await isErased(host, circle, all)).toBe(true);
      const from = (await read(host, circle, access, "from=1&limit=1")).entries;
      expect(from.map(({ sealed }) => sealed)).toEqual([undefined]);
    }
    expect((await read(host, circle, access, "from=2&limit=200")).entries).toEqual(all.slice(2, 202));
  });

  test("with the token drops the bytes and the blobs that only this entry lists, at once", async () => {
    const { host, circle, all } = await withStatement();
    const before = (await host.store.circle(circle))?.bytes ?? 0;
    const entry = erasing(circle, [{ position: 1, token }]);
    expect((await append(host, circle, access, entry)).status).toBe(200);
    expect(await isErased(host, circle, all)).toBe(true);
    expect([await blobStatus(host, circle, blobs[0]), await blobStatus(host, circle, blobs[1])]).toEqual([404, 200]);
    const size = entry.header.length + (entry.sealed?.length ?? 0);
    const freed = (all[1]?.sealed?.length ?? 0) + blobs[0].length;
    expect((await host.store.circle(circle))?.bytes).toBe(before + size - freed);
  });

  test("by `need` groups is at once", async () => {
    const { host, circle, all } = await withStatement();
    expect((await append(host, circle, access, erasing(circle, [{ position: 1 }], control[0], reserve))).status).toBe(
      200,
    );
    expect(await isErased(host, circle, all)).toBe(true);
  });

  test("by one control key is held for seven days", async () => {
    const { host, circle, all } = await withStatement();
    expect((await append(host, circle, access, erasing(circle, [{ position: 1 }], control[0]))).status).toBe(200);
    host.clock.now += 7 * 24 * 3_600_000 - 1;
    expect((await sweep(host.host)).erased).toBe(0);
    expect(await isErased(host, circle, all)).toBe(false);
    host.clock.now += 1;
    expect((await sweep(host.host)).erased).toBe(1);
    expect(await isErased(host, circle, all)).toBe(true);
    expect((await sweep(host.host)).erased).toBe(0);
  });

  test("that is held is stopped by any other control or reserve key, not by its own", async () => {
    for (const other of [control[1], reserve]) {
      const { host, circle, all } = await withStatement();
      await append(host, circle, access, erasing(circle, [{ position: 1 }], control[0]));
      expect(await problemIn(await append(host, circle, access, cancelling(circle, [3], control[0])))).toBe(
        "erase-refused",
      );
      expect(await problemIn(await append(host, circle, access, cancelling(circle, [2], other)))).toBe("erase-refused");
      expect((await append(host, circle, access, cancelling(circle, [3], other))).status).toBe(200);
      host.clock.now += 8 * 24 * 3_600_000;
      expect((await sweep(host.host)).erased).toBe(0);
      expect(await isErased(host, circle, all)).toBe(false);
    }
  });

  test("may be asked for twice, and does what it does once", async () => {
    const { host, circle, all } = await withStatement();
    await append(host, circle, access, erasing(circle, [{ position: 1 }], control[0]));
    await append(host, circle, access, erasing(circle, [{ position: 1, token }]));
    expect((await append(host, circle, access, erasing(circle, [{ position: 1, token }]))).status).toBe(200);
    host.clock.now += 8 * 24 * 3_600_000;
    expect((await sweep(host.host)).erased).toBe(0);
    expect(await isErased(host, circle, all)).toBe(true);
  });

  test.each<[string, (circle: CircleId) => log.Entry]>([
    ["a wrong token", (circle) => erasing(circle, [{ position: 1, token: new Uint8Array(32) }])],
    ["a reserve alone", (circle) => erasing(circle, [{ position: 1 }], reserve)],
    ["the access key for a control key", (circle) => erasing(circle, [{ position: 1 }], access)],
    ["a roster entry for its target", (circle) => erasing(circle, [{ position: 0 }], control[0], control[1])],
    ["a position beyond the log", (circle) => erasing(circle, [{ position: 9 }], control[0])],
    [
      "a signature on another position",
      (circle) => {
        const good = log.decodeHeader(erasing(circle, [{ position: 2 }], control[0]).header);
        return entryOf(circle, 0, { ...good, erases: [{ position: 1 }] });
      },
    ],
  ])("with %s is refused", async (_, make) => {
    const { host, circle, all } = await withStatement();
    expect(await problemIn(await append(host, circle, access, make(circle)))).toBe("erase-refused");
    expect(await isErased(host, circle, all)).toBe(false);
  });
});
