import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type BlobHash, type CircleId, type PublicKey, toId, UsageError, utf8 } from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import { appendLeaves, emptyFrontier, entryLeaf } from "../../../src/core/log/index.ts";
import { openDatabase } from "../../../src/host/runtimes/node-database.ts";
import { readMigrations } from "../../../src/host/runtimes/node-files.ts";
import { copyHost } from "../../../src/host/runtimes/node-standing.ts";
import {
  type Append,
  bindKey,
  type ColumnType,
  type Engine,
  migrate,
  StoreError,
  sqlStore,
  type Value,
  verifyStore,
} from "../../../src/host/store/index.ts";
import { openPostgres } from "../../../src/host/store/postgres.ts";
import { readPostgresUrl } from "../../../src/host/store/postgresUrl.ts";
import { freePort, runSql, startPostgres, type TestPostgres } from "../../kit/postgres.ts";
import { storeConformance } from "./conformance.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.stop());

const engines: Engine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});
async function opened(url: string): Promise<Engine> {
  const engine = await openPostgres({ url });
  engines.push(engine);
  return engine;
}
/** A database that is ready, and how many engines on it, as so many hosts would have them. */
async function ready(count: number): Promise<{ url: string; engines: readonly Engine[] }> {
  const url = await server.database();
  const all = await Promise.all(Array.from({ length: count }, () => opened(url)));
  await migrate(all[0] as Engine, readMigrations(), 0);
  return { url, engines: all };
}
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "none",
    (error: unknown) => (error instanceof StoreError ? error.reason : String(error)),
  );
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "none",
    (error: unknown) => (error instanceof UsageError ? error.code : String(error)),
  );

const circle = "cc".repeat(32) as CircleId;
function founding(): Append {
  const [header, sealed] = [utf8("header"), new Uint8Array(100)];
  const hash = entryLeaf(header, sha256(sealed));
  return {
    circle,
    position: 0,
    entries: [{ hash, header, sealed, sealedHash: null, blobs: [] }],
    nodes: appendLeaves(emptyFrontier, [hash]).nodes,
    known: [],
    acls: [{ position: 0, epoch: 0, accessVersion: 0, access: toId<PublicKey>(sha256()), acl: utf8("acl") }],
    drops: [],
    holds: [],
    cancels: [],
    bytes: 1000,
    controlBytes: 0,
  };
}

let shared: Engine | undefined;
storeConformance("PostgreSQL", async () => {
  if (shared === undefined) {
    shared = await openPostgres({ url: await server.database("conformance") });
    await migrate(shared, readMigrations(), 0);
  }
  const engine = shared;
  const tables = "circle, entry, known, node, access, blob, listing, mailbox, erasure";
  await engine.batch([{ sql: `TRUNCATE ${tables}`, values: [] }]);
  return { store: sqlStore(engine), drop: async () => {} };
});
afterAll(() => shared?.close());

describe("migrations on PostgreSQL", () => {
  test("run once where four hosts start at once on an empty database", async () => {
    const url = await server.database();
    const hosts = await Promise.all([1, 2, 3, 4].map(() => opened(url)));
    await Promise.all(hosts.map((engine, hour) => migrate(engine, readMigrations(), hour)));
    const rows = await runSql<{ name: string }>(url, "SELECT name FROM migration ORDER BY name");
    expect(rows.map(({ name }) => name)).toEqual(readMigrations().map(({ name }) => name));
  });

  test.each([
    ["was written by a newer version", "INSERT INTO migration VALUES ('9999_more.sql', 0)", "store.newer"],
    ["lacks a table that it should have", "DROP TABLE mailbox", "store.half"],
    ["lacks a column", "ALTER TABLE entry DROP COLUMN sealed", "store.half"],
    ["has tables that no record tells of", "DELETE FROM migration WHERE name LIKE '0001%'", "store.half"],
  ])("refuse a database that %s", async (_, change, code) => {
    const { url, engines } = await ready(1);
    await runSql(url, change);
    expect(await codeOf(migrate(engines[0] as Engine, readMigrations(), 0))).toBe(code);
  });

  test("one that fails half way leaves nothing behind", async () => {
    const { url, engines } = await ready(1);
    const broken = [
      ...readMigrations(),
      { name: "9999_broken.sql", sql: "CREATE TABLE one (x BIGINT);\nCREATE two;\n" },
    ];
    expect(await codeOf(migrate(engines[0] as Engine, broken, 0))).toBe("store.half");
    expect(await runSql(url, "SELECT 1 FROM migration WHERE name = '9999_broken.sql'")).toEqual([]);
    expect(await runSql(url, "SELECT 1 FROM pg_class WHERE relname = 'one'")).toEqual([]);
  });
});

test.each<[string, ColumnType, readonly Value[]]>([
  ["bytes", "bytea", [utf8("one"), new Uint8Array(0), null, new Uint8Array(70_000).fill(255)]],
  ["numbers", "bigint", [0, 1, null, -1, Number.MAX_SAFE_INTEGER]],
  ["nothing but nulls", "bytea", [null, null]],
])("a column of %s arrives as it was sent", async (_, type, items) => {
  const engine = await opened(await server.database());
  const sent = engine.column?.(type, items) as Value;
  const rows = await engine.all<{ item: Value }>({ sql: `SELECT unnest($1::${type}[]) AS item`, values: [sent] });
  expect(rows.map(({ item }) => item)).toEqual(items);
});

describe("a database that cannot be used is refused at once", () => {
  const change = (url: string, to: Partial<URL>) => Object.assign(new URL(url), to).href;

  test.each<[string, string, (url: string) => string | Promise<string>]>([
    ["a wrong password", "database.login", (url) => change(url, { password: "wrong" })],
    ["a user that is not there", "database.login", (url) => change(url, { username: "stranger" })],
    ["a database that is not there", "database.name", (url) => change(url, { pathname: "/nothing" })],
    [
      "a port on which nobody listens",
      "database.unreachable",
      async (url) => change(url, { port: String(await freePort()) }),
    ],
    [
      "an address that is none",
      "database.unreachable",
      (url) => change(url, { hostname: "db.invalid", search: "?sslmode=disable" }),
    ],
    ["TLS that the server does not have", "database.tls", (url) => change(url, { search: "?sslmode=verify-full" })],
    ["no URL at all", "database.url", () => "mysql://root:hunter2@127.0.0.1/x"],
  ])("%s", async (_, code, urlOf) => {
    const url = await urlOf(await server.database());
    const refused = await openPostgres({ url }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect((refused as UsageError).code).toBe(code);
    expect(`${refused} ${JSON.stringify(refused)}`).not.toMatch(/of-a-test|hunter2|127\.0\.0\.1|db\.invalid|stranger/);
  });

  test.each([
    ["read-only", "default_transaction_read_only = on", "database.read-only"],
    ["not durable", "synchronous_commit = off", "database.not-durable"],
  ])("one that is %s", async (_, setting, code) => {
    const url = await server.database();
    await runSql(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET ${setting}`);
    expect(await codeOf(openPostgres({ url }))).toBe(code);
  });

  test("one on which the user lacks a right", async () => {
    const { url } = await ready(1);
    await runSql(url, "CREATE ROLE clerk LOGIN PASSWORD 'of-a-test'");
    const clerk = await opened(change(url, { username: "clerk" }));
    expect(await codeOf(migrate(clerk, readMigrations(), 0))).toBe("store.denied");
    await runSql(url, "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO clerk");
    expect(await codeOf(migrate(clerk, readMigrations(), 0))).toBe("store.denied");
    await runSql(url, "GRANT CREATE ON SCHEMA public TO clerk; GRANT DELETE ON ALL TABLES IN SCHEMA public TO clerk");
    expect(await codeOf(migrate(clerk, readMigrations(), 0))).toBe("none");
  });

  test.each([
    ["postgres://u:p@127.0.0.1/x", "disable"],
    ["postgres://u:p@localhost:5433/x", "disable"],
    ["postgresql://u:p@db.example/x", "verify-full"],
    ["postgres://u:p@db.example/x?sslmode=require", "verify-full"],
    ["postgres://u:p@db.example/x?sslmode=disable", "disable"],
    ["postgres://u:p@db.example/x?sslmode=prefer", undefined],
    ["postgres://u:p@db.example", undefined],
    ["postgres://u:p@[/x", undefined],
  ])("TLS of %s: %s", (url, mode) => {
    const read = readPostgresUrl(url);
    expect(read === undefined ? undefined : new URL(read).searchParams.get("sslmode")).toBe(mode);
  });
});

describe("several hosts on one database", () => {
  test("are refused with another key than it was first served with", async () => {
    const { engines } = await ready(4);
    const keys = engines.map((_, i) => sha256(utf8(`key ${i}`)));
    const bound = await Promise.all(engines.map((engine, i) => codeOf(bindKey(engine, keys[i] as never))));
    expect(bound.sort()).toEqual(["host.other-key", "host.other-key", "host.other-key", "none"]);
  });

  test("give the room of what is erased back once, though all of them sweep at once", async () => {
    const { engines } = await ready(3);
    const stores = engines.map(sqlStore);
    await stores[0]?.found(founding(), 0);
    const drop = { position: 0, sealedHash: sha256(new Uint8Array(100)) };
    await Promise.all(stores.map((store) => store.drop(circle, [drop])));
    expect((await stores[0]?.circle(circle))?.bytes).toBe(900);
  });

  test("notice the second of two join requests, however close they come", async () => {
    const { engines } = await ready(2);
    const stores = engines.map(sqlStore);
    await stores[0]?.found(founding(), 0);
    for (let round = 0; round < 20; round++) {
      const box = toId<PublicKey>(sha256(utf8(`box ${round}`)));
      await stores[0]?.openMailbox(circle, box, 100, 1);
      await Promise.all(stores.map((store, i) => store.writeRequest(circle, box, utf8(`request ${i}`))));
      expect((await stores[0]?.mailbox(circle, box))?.contested).toBe(true);
    }
  });

  test.each(["read committed", "repeatable read", "serializable"])(
    "count every blob that they take at once, where transactions are %s",
    async (isolation) => {
      const { url } = await ready(1);
      const name = new URL(url).pathname.slice(1);
      await runSql(url, `ALTER DATABASE ${name} SET default_transaction_isolation = '${isolation}'`);
      const stores = [sqlStore(await opened(url)), sqlStore(await opened(url))];
      await stores[0]?.found(founding(), 0);
      const hashes = Array.from({ length: 8 }, (_, i) => toId<BlobHash>(sha256(utf8(`blob ${i}`))));
      const put = (hash: BlobHash, i: number) => stores[i % 2]?.putBlob(circle, hash, new Uint8Array(10), 5, false);
      // What collides too often is told to come again, as a client is.
      let left = hashes.map((hash, i) => [hash, i] as const);
      while (left.length > 0) {
        const failed = await Promise.all(left.map(([hash, i]) => reasonOf(put(hash, i) as Promise<void>)));
        expect(failed.filter((reason) => reason !== "none" && reason !== "busy")).toEqual([]);
        left = left.filter((_, i) => failed[i] === "busy");
      }
      expect((await stores[0]?.circle(circle))?.bytes).toBe(1080);
    },
  );

  test("hear of each other's appends, by circle and no more, and of everything after a lost connection", async () => {
    const { engines } = await ready(2);
    const [teller, listener] = engines as [Engine, Engine];
    const heard: (string | undefined)[] = [];
    let woken = () => {};
    const next = () =>
      new Promise<void>((resolve) => {
        woken = resolve;
      });
    const own: (string | undefined)[] = [];
    const begun = next();
    listener.notify?.listen((one) => {
      heard.push(one);
      woken();
    });
    await begun;
    const telling = new Promise<void>((resolve) => {
      teller.notify?.listen((one) => {
        own.push(one);
        resolve();
      });
    });
    await telling;
    expect([heard.splice(0), own.splice(0)]).toEqual([[undefined], [undefined]]);
    const told = next();
    teller.notify?.tell(circle);
    await told;
    expect(heard.splice(0)).toEqual([circle]);
    expect(own).toEqual([]);

    const again = next();
    await server.restart();
    await again;
    expect(heard[0]).toBeUndefined();
    teller.notify?.tell(circle);
    while (!heard.includes(circle)) await next();
  });
});

describe("failures of the server", () => {
  test.each([
    ["23505", "taken"],
    ["23503", "missing"],
    ["40001", "busy"],
    ["40P01", "busy"],
    ["55P03", "busy"],
    ["57014", "busy"],
    ["53100", "full"],
    ["53200", "full"],
    ["54000", "full"],
    ["25006", "busy"],
    ["42501", "denied"],
    ["XX000", "broken"],
  ])("SQLSTATE %s is %s, and nothing of the batch is stored", async (code, reason) => {
    const { url, engines } = await ready(1);
    await runSql(
      url,
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$;
       CREATE TRIGGER fail BEFORE INSERT ON access FOR EACH ROW EXECUTE FUNCTION fail()`,
    );
    const store = sqlStore(engines[0] as Engine);
    expect(await reasonOf(store.found(founding(), 0))).toBe(reason);
    expect(await store.circle(circle)).toBeUndefined();
    await runSql(url, "DROP TRIGGER fail ON access");
    expect(await reasonOf(store.found(founding(), 0))).toBe("none");
  });

  test("a statement that takes too long, or waits too long for another, is given up", async () => {
    const url = await server.database();
    const engine = await openPostgres({ url, statementSeconds: 1, lockSeconds: 1 });
    engines.push(engine);
    await migrate(engine, readMigrations(), 0);
    expect(await reasonOf(engine.all({ sql: "SELECT pg_sleep(20)", values: [] }))).toBe("busy");
    const locked = runSql(url, "BEGIN; LOCK TABLE circle; SELECT pg_sleep(2); COMMIT");
    while ((await runSql(url, "SELECT 1 FROM pg_locks WHERE relation = 'circle'::regclass")).length === 0);
    expect(await reasonOf(sqlStore(engine).circle(circle))).toBe("busy");
    await locked;
    expect(await reasonOf(sqlStore(engine).circle(circle))).toBe("none");
  });

  test("a server that went away and came back is used again", async () => {
    const { engines } = await ready(1);
    const store = sqlStore(engines[0] as Engine);
    await store.found(founding(), 0);
    await Promise.all(Array.from({ length: 10 }, () => store.circle(circle)));
    await server.restart();
    const reasons = await Promise.all(Array.from({ length: 20 }, () => reasonOf(store.circle(circle))));
    expect(reasons.filter((reason) => reason !== "none" && reason !== "busy")).toEqual([]);
    expect((await store.circle(circle))?.size).toBe(1);
  });
});

test("a host is copied from SQLite into PostgreSQL and back, with its key", async () => {
  const [data, other] = [0, 1].map(() => mkdtempSync(join(tmpdir(), "symbolon-copy-"))) as [string, string];
  const database = { url: await server.database() };
  const first = await openDatabase({ data }, 0);
  await sqlStore(first.engine).found(founding(), 0);
  await first.engine.close();

  await copyHost({ data, database }, "postgres");
  copyFileSync(join(data, "host.key"), join(other, "host.key"));
  await copyHost({ data: other, database }, "sqlite");
  await expect(copyHost({ data, database }, "postgres")).rejects.toMatchObject({ code: "copy.not-empty" });

  const last = await openDatabase({ data: other }, 0);
  expect(last.signer.publicKey).toEqual(first.signer.publicKey);
  expect(await verifyStore(sqlStore(last.engine))).toMatchObject({ circles: 1, entries: 1 });
  await last.engine.close();
  for (const folder of [data, other]) rmSync(folder, { recursive: true });
});
