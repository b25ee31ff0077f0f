import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { start } from "../../../src/host/runtimes/node.ts";
import { startFault } from "../../../src/host/runtimes/node-faults.ts";
import { StoreError } from "../../../src/host/store/index.ts";
import { startTestHost } from "../../kit/host.ts";
import { accessKey, append, entryOf, found, makeHost, memoryStore, problemIn, read } from "../kit.ts";
import { asNobody } from "./nobody.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "symbolon-faults-"));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const refusal = (data: string) =>
  start({ data, port: 0 }).then(
    () => "started",
    (error: { code?: string }) => error.code,
  );

describe("a host does not start", () => {
  test("on a directory that it cannot write to", async () => {
    chmodSync(folder, 0o555);
    expect(await asNobody(folder, () => refusal(folder))).toBe("host.storage");
    expect(await asNobody(folder, () => refusal(join(folder, "data")))).toBe("host.storage");
    writeFileSync(join(folder, "file"), "");
    expect(await refusal(join(folder, "file"))).toBe("host.storage");
  });

  test("on a database that is none, or is damaged, and does not touch it", async () => {
    const garbage = Buffer.alloc(50_000, "no database ");
    writeFileSync(join(folder, "symbolon.sqlite"), garbage);
    expect(await refusal(folder)).toBe("host.database");
    expect(readFileSync(join(folder, "symbolon.sqlite"))).toEqual(garbage);
    expect(existsSync(join(folder, "host.key"))).toBe(false);
  });

  test("on a migration that was applied by half, and leaves what is there", async () => {
    const half = new Sqlite(join(folder, "symbolon.sqlite"));
    half.exec("CREATE TABLE circle (id BYTEA); INSERT INTO circle VALUES (x'01');");
    half.close();
    expect(await refusal(folder)).toBe("store.half");
    const after = new Sqlite(join(folder, "symbolon.sqlite"), { readonly: true });
    expect(after.prepare("SELECT count(*) AS rows FROM circle").get()).toEqual({ rows: 1 });
    expect(after.prepare("SELECT name FROM migration").all()).toEqual([]);
    after.close();
  });

  test("on a database of a newer version", async () => {
    const host = await startTestHost({ data: join(folder, "data") });
    await host.close();
    const database = new Sqlite(join(folder, "data", "symbolon.sqlite"));
    database.exec("INSERT INTO migration VALUES ('9999_later.sql', 0)");
    database.close();
    expect(await refusal(join(folder, "data"))).toBe("store.newer");
  });

  test("and every failure that somebody can repair says how", () => {
    const codes = [
      "EROFS",
      "ENOSPC",
      "SQLITE_FULL",
      "SQLITE_READONLY_DIRECTORY",
      "SQLITE_CORRUPT_INDEX",
      "SQLITE_BUSY",
    ];
    const made = codes.map((code) => startFault(Object.assign(new Error("raw"), { code })) as { code: string });
    expect(made.map(({ code }) => code)).toEqual([
      "host.storage",
      "host.full",
      "host.full",
      "host.storage",
      "host.database",
      "host.held",
    ]);
    const cause = Object.assign(new Error("raw"), { code: "SQLITE_FULL" });
    expect(startFault(new StoreError("full", cause))).toMatchObject({ code: "host.full" });
    const unforeseen = new TypeError("raw");
    expect(startFault(unforeseen)).toBe(unforeseen);
  });
});

test("a disk that turns read-only while the host runs: one problem, nothing stored, and it goes on after", async () => {
  const { engine, store } = await memoryStore();
  const host = await makeHost({ store });
  const { circle } = await found(host);
  const { raw } = engine as unknown as { raw: Sqlite.Database };
  raw.pragma("query_only = ON");
  expect(await problemIn(await append(host, circle, accessKey(0), entryOf(circle, 0)))).toBe("internal");
  await expect(found(host)).rejects.toThrow("internal");
  expect(host.failures).toHaveLength(2);
  expect((await read(host, circle, accessKey(0))).head.size).toBe(1);
  raw.pragma("query_only = OFF");
  expect((await append(host, circle, accessKey(0), entryOf(circle, 0))).status).toBe(200);
  expect((await read(host, circle, accessKey(0))).head.size).toBe(2);
});
