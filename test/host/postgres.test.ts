/* The whole interface again, over PostgreSQL: one database under every host, as in a deployment. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { readMigrations } from "../../src/host/runtimes/node-files.ts";
import { type Engine, migrate, sqlStore } from "../../src/host/store/index.ts";
import { openPostgres } from "../../src/host/store/postgres.ts";
import { startPostgres, type TestPostgres } from "../kit/postgres.ts";
import { accessKey, append, entryOf, found, makeHost, read, storesFrom } from "./kit.ts";
import "./access.test.ts";
import "./append.test.ts";
import "./erasure.test.ts";
import "./interface.test.ts";
import "./mailboxes.test.ts";
import "./reading.test.ts";

let server: TestPostgres;
let url: string;
let engine: Engine;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.database();
  engine = await openPostgres({ url });
  await migrate(engine, readMigrations(), 0);
  const store = sqlStore(engine);
  storesFrom(async () => store);
}, 60_000);
afterAll(async () => {
  await engine?.close();
  await server?.stop();
});

test("an append to one host wakes who waits at another", async () => {
  const other = await openPostgres({ url });
  try {
    await new Promise<void>((resolve) => other.notify?.listen(() => resolve()));
    const [here, there] = await Promise.all([makeHost(), makeHost({ store: sqlStore(other) })]);
    const { circle } = await found(here);
    for (let size = 1; size < 6; size++) {
      const start = performance.now();
      const waiting = read(there, circle, accessKey(0), `from=${size}&wait=20`);
      while (there.host.hub.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
      const entry = entryOf(circle, 0);
      await append(here, circle, accessKey(0), entry);
      expect((await waiting).entries).toEqual([entry]);
      expect(performance.now() - start).toBeLessThan(5000);
    }
  } finally {
    await other.close();
  }
});
