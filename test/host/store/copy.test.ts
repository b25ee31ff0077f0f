import { expect, test } from "vitest";
import { encode, type PublicKey, toHex, toId, utf8 } from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import * as log from "../../../src/core/log/index.ts";
import { readMigrations } from "../../../src/host/runtimes/node-files.ts";
import { copyDatabase } from "../../../src/host/store/copy.ts";
import { migrate, sqlStore, verifyStore } from "../../../src/host/store/index.ts";
import { openSqlite } from "../../../src/host/store/sqlite.ts";
import {
  accessKey,
  append,
  bytesIn,
  control,
  entryOf,
  found,
  keyOf,
  makeHost,
  memoryStore,
  positionsIn,
  read,
  rotation,
  send,
} from "../kit.ts";

/** A database that indexes as engines do that write each hash with its entry. */
async function otherEngine() {
  const engine = { ...openSqlite(":memory:"), indexBehind: 0 };
  await migrate(engine, readMigrations(), 0);
  return engine;
}

test("a copy on another engine, served with the same key, is the same host to every client", async () => {
  const { engine, store } = await memoryStore();
  const before = await makeHost({ store });
  const { circle, acl } = await found(before);
  const attachment = utf8("attachment");
  const octets = { body: attachment, type: "application/octet-stream" };
  const blob = log.paths.blob(circle, toHex(sha256(attachment)));
  await send(before, accessKey(0), "PUT", blob, octets);
  await append(before, circle, accessKey(0), entryOf(circle, 0, { blobs: [toId(sha256(attachment))] }));
  const one = { ...acl, epoch: 1, accessVersion: 1, access: accessKey(1).id };
  await append(before, circle, control[0], ...rotation(circle, 0, one));
  for (let i = 0; i < 3; i++) {
    await append(before, circle, accessKey(1), ...Array.from({ length: 30 }, () => entryOf(circle, 1)));
  }
  const repeated = entryOf(circle, 1);
  await append(before, circle, accessKey(1), repeated);
  const joiner = keyOf("joiner");
  const box = log.paths.mailbox(circle, joiner.id as PublicKey);
  const expires = before.clock.now / 1000 + 3600;
  const opening = encode(log.mailboxOpening, { expires });
  expect((await send(before, accessKey(1), "PUT", `${box}?slot=open`, { body: opening })).status).toBe(204);
  await found(before);

  const target = await otherEngine();
  await copyDatabase(engine, target);
  const copy = sqlStore(target);
  expect(await verifyStore(copy)).toEqual(await verifyStore(store));
  const after = await makeHost({ store: copy });
  for (const key of [accessKey(0), accessKey(1), control[2]]) {
    expect(await read(after, circle, key)).toEqual(await read(before, circle, key));
  }
  expect(await bytesIn(await send(after, accessKey(1), "GET", blob))).toEqual(attachment);
  expect((await send(after, joiner, "GET", box)).status).toBe(200);
  const size = (await read(after, circle, accessKey(1))).entries.length;
  expect(await positionsIn(await append(after, circle, accessKey(1), repeated))).toEqual([size - 1]);
  expect(await positionsIn(await append(after, circle, accessKey(1), entryOf(circle, 1)))).toEqual([size]);
  expect((await verifyStore(copy)).entries).toBe(size + 2);
});

test("nothing is copied over circles that are there", async () => {
  const { engine, store } = await memoryStore();
  await found(await makeHost({ store }));
  const target = await otherEngine();
  await copyDatabase(engine, target);
  await expect(copyDatabase(engine, target)).rejects.toThrow(expect.objectContaining({ code: "copy.not-empty" }));
});
