import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type BlobHash,
  type Bytes,
  type CircleId,
  idBytes,
  type PublicKey,
  toHex,
  toId,
  utf8,
} from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import * as log from "../../../src/core/log/index.ts";
import { readMigrations } from "../../../src/host/runtimes/node-files.ts";
import {
  checked,
  createMeter,
  type D1Binding,
  freeQueries,
  openD1,
  queriesBesides,
  requireMigrations,
} from "../../../src/host/store/d1.ts";
import { bindKey, type Engine, failedAs, sqlStore } from "../../../src/host/store/index.ts";
import { migrations } from "../../../src/host/store/schema.ts";
import { startWorkerHost, type WorkerHost } from "../../kit/worker-host.ts";
import {
  accessKey,
  aclEntry,
  append,
  control,
  entryOf,
  firstAcl,
  found,
  fresh,
  makeHost,
  positionsIn,
  read,
  send,
  type TestHost,
} from "../kit.ts";
import { storeConformance } from "./conformance.ts";

// Every statement crosses processes three times, and other suites run beside this one.
vi.setConfig({ testTimeout: 120_000 });

let host: WorkerHost;
beforeAll(async () => {
  host = await startWorkerHost();
}, 120_000);
afterAll(() => host.stop());

const tables = ["listing", "blob", "circle", "entry", "known", "node", "access", "mailbox", "erasure"];

storeConformance("D1", async () => {
  const binding = await host.database();
  const store = sqlStore(openD1(binding));
  return {
    store,
    drop: async () => {
      await binding.batch(tables.map((table) => binding.prepare(`DELETE FROM ${table}`)));
    },
  };
});

test("bytes of every length and value come back as they were, in one text or in two", async () => {
  const store = sqlStore(openD1(await host.database()));
  const circle = "cc".repeat(32) as CircleId;
  const key = toId<PublicKey>(sha256(utf8("mailbox")));
  for (const length of [1, 2, 2 ** 19, 2 ** 19 + 1, 2 ** 20 + 1024]) {
    // Zeros, and what is no UTF-8.
    const bytes = Uint8Array.from({ length }, (_, i) => (i * i) >> 3);
    const hash = toId<BlobHash>(sha256(bytes));
    await store.putBlob(circle, hash, bytes, 1, false);
    expect(sha256((await store.blob(circle, hash)) as Bytes)).toEqual(sha256(bytes));
  }
  const welcome = Uint8Array.from({ length: 2 ** 20 }, (_, i) => (i * i) >> 5);
  await store.openMailbox(circle, key, 100, 10);
  const written = await store.writeWelcome(circle, key, welcome);
  expect([written?.expires, written?.request]).toEqual([100, null]);
  expect(sha256(written?.welcome as Bytes)).toEqual(sha256(welcome));
});

test("the migrations that a Worker asks for are those of schema/", () => {
  expect(readMigrations().map(({ name }) => name)).toEqual(migrations);
});

/** A binding that fails as D1 does. */
const failing = (message: string): D1Binding => {
  const fail = () => Promise.reject(new Error(message));
  const statement = { bind: () => statement, all: fail };
  return { prepare: () => statement, batch: fail };
};

test.each([
  ["D1_ERROR: UNIQUE constraint failed: entry.circle, entry.position: SQLITE_CONSTRAINT", "taken"],
  ["D1_ERROR: FOREIGN KEY constraint failed: SQLITE_CONSTRAINT", "missing"],
  ["D1_ERROR: string or blob too big: SQLITE_TOOBIG", "too-large"],
  ["D1_ERROR: too many SQL variables at offset 420: SQLITE_ERROR", "too-large"],
  ["D1_ERROR: Exceeded maximum DB size", "full"],
  ["D1_ERROR: Your account has exceeded D1's free tier daily write limit", "full"],
  ["D1_ERROR: D1 DB is overloaded. Requests queued for too long.", "busy"],
  ["D1_ERROR: D1 DB is overloaded. Too many requests queued.", "busy"],
  ["D1_ERROR: Network connection lost.", "busy"],
  ["D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.", "busy"],
  ["D1_ERROR: D1 DB reset because its code was updated.", "busy"],
  ["Too many API requests by single Worker invocation.", "busy"],
  ["D1_ERROR: no such column: nothing: SQLITE_ERROR", "broken"],
] as const)("%s is %s", async (message, reason) => {
  const engine = openD1(failing(message));
  const statement = { sql: "SELECT 1", values: [] };
  for (const act of [engine.all(statement), engine.batch([statement])]) {
    expect(failedAs(await act.catch((error: unknown) => error), reason)).toBe(true);
  }
});

test("a batch beyond what an invocation may ask for is refused before anything is sent", async () => {
  const engine = openD1(failing("sent"));
  const batch = (length: number) =>
    engine.batch(Array.from({ length }, () => ({ sql: "SELECT 1", values: [] }))).catch((error: unknown) => error);
  const most = freeQueries - queriesBesides;
  expect(failedAs(await batch(most + 1), "too-large")).toBe(true);
  expect(failedAs(await batch(most), "broken")).toBe(true);
});

const silent = { all: async () => [], batch: async () => {} } as unknown as Engine;
const statement = { sql: "SELECT 1", values: [] };

test("a meter stops engines where the queries of an invocation are used up", async () => {
  const meter = createMeter(5);
  const [one, two] = [meter(silent), meter(silent)];
  await one.all(statement);
  await two.batch([statement, statement, statement]);
  const refused = await one.batch([statement, statement]).catch((error: unknown) => error);
  expect(failedAs(refused, "busy")).toBe(true);
  await one.all(statement);
  expect(failedAs(await two.all(statement).catch((error: unknown) => error), "busy")).toBe(true);
});

test("a checked engine runs nothing until its check has passed, and checks once", async () => {
  const results = [new Error("not yet"), undefined];
  let checks = 0;
  const engine = checked(silent, async () => {
    const result = results[checks++];
    if (result !== undefined) throw result;
  });
  await expect(engine.all(statement)).rejects.toThrow("not yet");
  await engine.batch([statement]);
  await engine.all(statement);
  expect(checks).toBe(2);
});

describe("queries of one invocation in an isolate that knows nothing yet", () => {
  /** An isolate over the database, and how many queries it has made. */
  const isolate = async () => {
    const engine = openD1(await host.database());
    const used = { queries: 0, batch: 0 };
    const counted: Engine = {
      ...engine,
      all: (statement) => {
        used.queries++;
        return engine.all(statement);
      },
      batch: (statements) => {
        used.queries += statements.length;
        used.batch += statements.length;
        return engine.batch(statements);
      },
    };
    const check = async (given: Engine) => {
      await requireMigrations(given);
      await bindKey(given, idBytes(host.key));
    };
    return { used, host: await makeHost({ store: sqlStore(checked(counted, check)), isolated: true }) };
  };
  const access = accessKey(0);

  const measure = async (act: (target: TestHost) => Promise<unknown>) => {
    const made = await isolate();
    await act(made.host);
    return { besides: made.used.queries - made.used.batch, batch: made.used.batch };
  };

  const grown = async (entries: number): Promise<CircleId> => {
    const { host: target } = await isolate();
    const { circle } = await found(target);
    for (let i = 0; i < entries; i += 64) {
      await positionsIn(await append(target, circle, access, ...Array.from({ length: 64 }, () => entryOf(circle, 0))));
    }
    return circle;
  };

  test("an append of 64 entries, a rotation of 512 devices, 64 erasures at once, a page", async () => {
    const circle = await grown(192);
    const append64 = await measure(async (target) =>
      positionsIn(await append(target, circle, access, ...Array.from({ length: 64 }, () => entryOf(circle, 0)))),
    );
    const erase64 = await measure(async (target) => {
      const positions = Array.from({ length: 64 }, (_, i) => i + 1);
      const message = log.eraseMessage(circle, positions);
      const signatures = control.slice(0, 2).map((key) => ({ key: key.id, signature: key.sign(message) }));
      const erases = positions.map((position) => ({ position }));
      await positionsIn(
        await append(target, circle, access, entryOf(circle, 0, { kind: "roster", erases, signatures })),
      );
    });
    const page = await measure((target) => read(target, circle, access));
    const wraps = fresh(600_000);
    const path = log.paths.blob(circle, toHex(sha256(wraps)));
    const upload = await measure((target) =>
      send(target, control[0], "PUT", path, { body: wraps, type: "application/octet-stream" }),
    );
    const rotate = await measure(async (target) => {
      const acl = firstAcl({ epoch: 1, accessVersion: 1, access: accessKey(1).id });
      const rotation = aclEntry(circle, 0, acl, { blobs: [wraps] });
      await positionsIn(await append(target, circle, control[0], rotation, entryOf(circle, 1, { kind: "roster" })));
    });
    for (const { besides, batch } of [append64, erase64, page, upload, rotate]) {
      // Even with a race that is lost once.
      expect(2 * (besides + batch)).toBeLessThanOrEqual(freeQueries);
      expect(besides).toBeLessThanOrEqual(queriesBesides);
    }
    expect(
      (await read((await isolate()).host, circle, accessKey(1), "from=64&limit=1")).entries[0]?.sealed,
    ).toBeUndefined();
  });
});
