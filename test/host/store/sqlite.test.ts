import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Corrupt, UsageError } from "../../../src/core/codec/index.ts";
import { readMigrations } from "../../../src/host/runtimes/node-files.ts";
import { migrate, sqlStore, statementsOf, verifyStore } from "../../../src/host/store/index.ts";
import { openSqlite } from "../../../src/host/store/sqlite.ts";
import { accessKey, append, entryOf, found, makeHost } from "../kit.ts";
import { storeConformance } from "./conformance.ts";

storeConformance("SQLite", async () => {
  const engine = openSqlite(":memory:");
  await migrate(engine, readMigrations(), 0);
  const store = sqlStore(engine);
  return { store, drop: store.close };
});

// As on engines that index every entry at once, and let the database find it.
storeConformance("SQLite with nothing in memory", async () => {
  const engine = { ...openSqlite(":memory:"), indexBehind: 0 };
  await migrate(engine, readMigrations(), 0);
  const store = sqlStore(engine);
  return { store, drop: store.close };
});

test("every open is durable: WAL with synchronous=FULL, also of a file that exists", async () => {
  const folder = mkdtempSync(join(tmpdir(), "symbolon-store-"));
  for (let open = 0; open < 2; open++) {
    const { raw, close } = openSqlite(join(folder, "a.sqlite"));
    expect(raw.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(raw.pragma("synchronous", { simple: true })).toBe(2);
    expect(raw.pragma("foreign_keys", { simple: true })).toBe(1);
    await close();
  }
  rmSync(folder, { recursive: true });
});

test("migrations run once, in order, also from two processes at once, and a newer database is refused", async () => {
  const folder = mkdtempSync(join(tmpdir(), "symbolon-store-"));
  const path = join(folder, "a.sqlite");
  const engines = [openSqlite(path), openSqlite(path)];
  await Promise.all(engines.map((engine) => migrate(engine, readMigrations(), 4)));
  await Promise.all(engines.map((engine) => migrate(engine, readMigrations(), 9)));
  const rows = engines[0]?.raw.prepare("SELECT name, hour FROM migration").all();
  expect(rows).toEqual(readMigrations().map(({ name }) => ({ name, hour: 4 })));
  const more = [...readMigrations(), { name: "9999_more.sql", sql: "CREATE TABLE more (x BIGINT);\n" }];
  await migrate(engines[0] as never, more, 5);
  await expect(migrate(engines[1] as never, readMigrations(), 6)).rejects.toThrow(UsageError);
  await Promise.all(engines.map((engine) => engine.close()));
  rmSync(folder, { recursive: true });
});

test("a migration that fails half way leaves nothing behind", async () => {
  const engine = openSqlite(":memory:");
  const broken = [{ name: "0001_broken.sql", sql: "CREATE TABLE one (x BIGINT);\nCREATE TABLE two (;\n" }];
  await expect(migrate(engine, broken, 0)).rejects.toThrow();
  const names = engine.raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  expect(names).toEqual([{ name: "migration" }]);
  expect(engine.raw.prepare("SELECT * FROM migration").all()).toEqual([]);
});

test("statements of a migration are split at line ends, comments left out", () => {
  expect(statementsOf("-- a;\nCREATE TABLE a (\n  -- b\n  x BIGINT\n);\n\nCREATE INDEX i ON a (x);\n")).toEqual([
    "CREATE TABLE a (\n\n  x BIGINT\n)",
    "CREATE INDEX i ON a (x)",
  ]);
});

test.each([
  ["a byte of an entry", "UPDATE entry SET sealed = x'00' WHERE position = 5"],
  ["a node of the tree", "UPDATE node SET hash = zeroblob(32) WHERE level = 4 AND idx = 0"],
  ["a leaf", "UPDATE entry SET hash = zeroblob(32) WHERE position = 17"],
  ["an entry that is not there", "DELETE FROM entry WHERE position = 9"],
  ["an entry beyond the size", "UPDATE circle SET size = 20"],
])("verification finds %s", async (_, change) => {
  const engine = openSqlite(":memory:");
  await migrate(engine, readMigrations(), 0);
  const store = sqlStore(engine);
  const host = await makeHost({ store });
  const { circle } = await found(host);
  for (let i = 0; i < 3; i++) {
    await append(host, circle, accessKey(0), ...Array.from({ length: 10 }, () => entryOf(circle, 0)));
  }
  expect(await verifyStore(store)).toEqual({ circles: 1, entries: 31 });
  engine.raw.exec(change);
  await expect(verifyStore(store)).rejects.toThrow(Corrupt);
});

test("entries are indexed behind, and stay unique across the seam and a restart", async () => {
  const base = openSqlite(":memory:");
  const engine = { ...base, indexBehind: 40 };
  await migrate(engine, readMigrations(), 0);
  const store = sqlStore(engine);
  let host = await makeHost({ store });
  const { circle } = await found(host);
  const all = Array.from({ length: 130 }, () => entryOf(circle, 0));
  for (let i = 0; i < all.length; i += 13) {
    expect((await append(host, circle, accessKey(0), ...all.slice(i, i + 13))).status).toBe(200);
  }
  const known = (await store.circle(circle))?.known ?? 0;
  expect(known).toBeGreaterThan(80);
  expect(known).toBeLessThan(131);
  for (let run = 0; run < 2; run++) {
    for (let i = 0; i < all.length; i += 10) {
      expect((await append(host, circle, accessKey(0), ...all.slice(i, i + 10))).status).toBe(200);
    }
    expect((await store.circle(circle))?.size).toBe(131);
    host = await makeHost({ store: sqlStore(engine) });
  }
});
