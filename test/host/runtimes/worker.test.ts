import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type BlobHash, type CircleId, decode, encode, toHex, toId, utf8 } from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import * as log from "../../../src/core/log/index.ts";
import { startWorkerHost, type WorkerHost } from "../../kit/worker-host.ts";
import {
  accessKey,
  append,
  bytesIn,
  control,
  entryOf,
  found,
  fresh,
  keyOf,
  positionsIn,
  problemIn,
  read,
  rootOf,
  send,
  type Target,
} from "../kit.ts";

// Starting an isolate anew takes seconds where other suites run beside this one.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const access = accessKey(0);

const at = (host: WorkerHost): Target => ({
  key: host.key,
  clock: {
    get now() {
      return Date.now();
    },
  },
  fetch: (path, init) => fetch(host.url + path, init),
});

const count = async (host: WorkerHost, table: string): Promise<unknown> => {
  const { results } = await (await host.database()).prepare(`SELECT count(*) AS n FROM ${table}`).all();
  return results[0]?.n;
};

const putBlob = (target: Target, circle: CircleId, blob: Uint8Array) =>
  send(target, access, "PUT", log.paths.blob(circle, toHex(sha256(blob))), {
    body: blob,
    type: "application/octet-stream",
  });

describe("a Worker that is not set up", () => {
  let host: WorkerHost;
  beforeAll(async () => {
    host = await startWorkerHost({ migrated: false });
  });
  afterAll(() => host.stop());

  const refusal = async () => {
    const response = await fetch(`${host.url}/healthz`);
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
    return problemIn(response);
  };

  test("refuses a database without migrations, tells its operator what to run, and serves once they are there", async () => {
    expect(await refusal()).toBe("not-ready");
    expect(host.log().at(-1)).toContain("wrangler d1 migrations apply");
    await expect(found(at(host))).rejects.toThrow("not-ready");
    await host.sweep();
    await host.migrate();
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
  });

  test("refuses a database that a newer version has brought forward", async () => {
    const database = await host.database();
    await database.batch([database.prepare("INSERT INTO migration (name) VALUES ('9999_later.sql')")]);
    await host.restart();
    expect(await refusal()).toBe("not-ready");
    expect(host.log().at(-1)).toContain("newer version");
    const again = await host.database();
    await again.batch([again.prepare("DELETE FROM migration WHERE name = '9999_later.sql'")]);
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
  });

  test("refuses a database that was served with another key, which would fork every circle in it", async () => {
    await host.restart({ SYMBOLON_HOST_SEED: "a1".repeat(32) });
    expect(await refusal()).toBe("not-ready");
    expect(host.log().at(-1)).toContain("served with another key");
  });

  test("refuses a wrong configuration, and names to its operator what is wrong", async () => {
    await host.restart({ SYMBOLON_LIMIT_SURPRISES: "3" });
    expect(await refusal()).toBe("not-ready");
    expect(host.log().at(-1)).toContain("SYMBOLON_LIMIT_SURPRISES: no such variable");
  });
});

describe("a Worker", () => {
  let host: WorkerHost;
  let target: Target;
  beforeAll(async () => {
    host = await startWorkerHost({ web: { "index.html": "<p>hello", _headers: "/*\n  x-web: yes\n" } });
    target = at(host);
  });
  afterAll(() => host.stop());

  test("serves the web application's files with their headers, and the interface under its own", async () => {
    const page = await fetch(host.url);
    expect([await page.text(), page.headers.get("x-web")]).toEqual(["<p>hello", "yes"]);
    for (const path of ["/v1/host", "/healthz", "/openapi.json", "/api", "/nothing"]) {
      const { headers } = await fetch(host.url + path);
      expect([headers.get("x-web"), headers.get("x-content-type-options")], path).toEqual([null, "nosniff"]);
    }
  });

  test("announces limits that fit an isolate and D1, and takes a batch at each of them", async () => {
    const { limits } = decode(log.hostInfo, await bytesIn(await fetch(`${host.url}/v1/host`)));
    expect(limits).toEqual({
      entry: 65_536,
      blob: 1_049_600,
      batchEntries: 64,
      batchBytes: 1_048_576,
      pageEntries: 256,
      pageBytes: 524_288,
      waitSeconds: 25,
    });
    const { circle, entry } = await found(target);
    const small = Array.from({ length: limits.batchEntries }, () => entryOf(circle, 0));
    const large = Array.from({ length: 16 }, () => entryOf(circle, 0, {}, 65_300));
    await positionsIn(await append(target, circle, access, ...small));
    expect((await positionsIn(await append(target, circle, access, ...large))).at(-1)).toBe(80);
    const blob = fresh(limits.blob).map((byte, i) => byte ^ (i * 7));
    expect((await putBlob(target, circle, blob)).status).toBe(204);
    const back = await send(target, access, "GET", log.paths.blob(circle, toHex(sha256(blob))));
    expect(toHex(sha256(await bytesIn(back)))).toBe(toHex(sha256(blob)));
    const all = [entry, ...small, ...large];
    const got: log.Entry[] = [];
    while (got.length < all.length) got.push(...(await read(target, circle, access, `from=${got.length}`)).entries);
    expect(toHex(rootOf(got))).toBe(toHex(rootOf(all)));
  });

  test("refuses an append of more statements than D1 may be asked for at once: one problem, nothing stored", async () => {
    const { circle } = await found(target);
    const blob = fresh(32);
    await putBlob(target, circle, blob);
    const blobs = [
      toId<BlobHash>(sha256(blob)),
      ...Array.from({ length: 1023 }, () => toId<BlobHash>(sha256(fresh()))),
    ];
    const before = await count(host, "entry");
    const refused = await append(target, circle, access, entryOf(circle, 0, { blobs }), entryOf(circle, 0, { blobs }));
    expect([refused.status, await problemIn(refused)]).toEqual([413, "too-large"]);
    expect(await count(host, "entry")).toBe(before);
    expect((await append(target, circle, access, entryOf(circle, 0))).status).toBe(200);
  });

  test("a single entry that lists as many blobs as the format allows fits", async () => {
    const { circle } = await found(target);
    const database = await host.database();
    const blobs = Array.from({ length: 1024 }, () => fresh(32));
    const ids = blobs.map((blob) => toId<BlobHash>(sha256(blob)));
    // D1 takes statements of up to 100,000 bytes.
    for (const half of [ids.slice(0, 512), ids.slice(512)]) {
      const rows = half.map((id) => `(x'${circle}', x'${id}', x'00', 0, 0)`);
      await database.batch([database.prepare(`INSERT INTO blob VALUES ${rows}`)]);
    }
    expect((await append(target, circle, access, entryOf(circle, 0, { blobs: ids }))).status).toBe(200);
  });

  test("stores each of many appends that meet exactly once, in one tree", async () => {
    const { circle } = await found(target);
    const entries = Array.from({ length: 16 }, () => entryOf(circle, 0));
    const sent = async (entry: log.Entry): Promise<number> => {
      const response = await append(target, circle, access, entry);
      // Who lost eight races is asked to come back (§9).
      return response.status === 503 ? sent(entry) : ((await positionsIn(response))[0] as number);
    };
    const positions = await Promise.all(entries.map(sent));
    expect(positions.toSorted((a, b) => a - b)).toEqual(entries.map((_, i) => i + 1));
    const page = await read(target, circle, access);
    expect(toHex(page.head.root)).toBe(toHex(rootOf(page.entries)));
  });

  test("is not held up by clients that hang up in the middle of an append", async () => {
    const { circle } = await found(target);
    const impatient: Target = {
      ...target,
      fetch: (path, init) => {
        const controller = new AbortController();
        const answer = fetch(host.url + path, { ...init, signal: controller.signal });
        setTimeout(() => controller.abort(), 3);
        return answer;
      },
    };
    const entries = Array.from({ length: 8 }, () => entryOf(circle, 0));
    await Promise.allSettled(entries.map((entry) => append(impatient, circle, access, entry)));
    // Repeating is harmless, whether the first was stored or not (§2).
    for (const entry of entries) expect((await append(target, circle, access, entry)).status).toBe(200);
    expect((await read(target, circle, access)).head.size).toBe(9);
  });

  test("a long poll notices what was appended meanwhile, and otherwise ends in its time", async () => {
    const { circle } = await found(target);
    const start = performance.now();
    const empty = await read(target, circle, access, "from=1&wait=1");
    expect(empty.entries).toEqual([]);
    expect(performance.now() - start).toBeGreaterThan(900);
    const waiting = read(target, circle, access, "from=1&wait=25");
    await positionsIn(await append(target, circle, access, entryOf(circle, 0)));
    expect((await waiting).entries).toHaveLength(1);
  });

  test("keeps everything when its isolate ends, and knows an entry that is sent again", async () => {
    const { circle } = await found(target);
    const entry = entryOf(circle, 0);
    expect(await positionsIn(await append(target, circle, access, entry))).toEqual([1]);
    await host.restart();
    expect(await positionsIn(await append(target, circle, access, entry))).toEqual([1]);
    expect((await read(target, circle, access)).head.size).toBe(2);
  });
});

describe("the cron trigger", () => {
  let host: WorkerHost;
  let target: Target;
  beforeAll(async () => {
    host = await startWorkerHost({ vars: { SYMBOLON_LIMIT_HOLD_HOURS: "0" } });
    target = at(host);
  });
  afterAll(() => host.stop());

  const heldErasure = async () => {
    const { circle } = await found(target);
    await positionsIn(await append(target, circle, access, entryOf(circle, 0)));
    const signature = control[0].sign(log.eraseMessage(circle, [1]));
    const order = {
      kind: "roster",
      erases: [{ position: 1 }],
      signatures: [{ key: control[0].id, signature }],
    } as const;
    await positionsIn(await append(target, circle, access, entryOf(circle, 0, order)));
    return circle;
  };

  test("drops what is due: erasures, blobs nobody lists, mailboxes that have expired", async () => {
    const circle = await heldErasure();
    await putBlob(target, circle, utf8("unlisted"));
    const mailbox = log.paths.mailbox(circle, keyOf("mailbox").id);
    const expires = Math.floor(Date.now() / 1000) + 60;
    await send(target, access, "PUT", `${mailbox}?slot=open`, { body: encode(log.mailboxOpening, { expires }) });
    const database = await host.database();
    await database.batch([
      database.prepare("UPDATE blob SET hour = 1"),
      database.prepare("UPDATE mailbox SET expires = 1"),
    ]);
    await host.sweep();
    expect([await count(host, "erasure"), await count(host, "blob"), await count(host, "mailbox")]).toEqual([0, 0, 0]);
    const { entries, head } = await read(target, circle, access);
    expect(entries[1]?.sealed).toBeUndefined();
    expect(toHex(head.root)).toBe(toHex(rootOf(entries)));
  });

  test("with more than one invocation may do goes on with the next, and says so", async () => {
    for (let i = 0; i < 10; i++) await heldErasure();
    const left: unknown[] = [];
    while (left.at(-1) !== 0) {
      await host.sweep();
      left.push(await count(host, "erasure"));
    }
    expect(left.length).toBeGreaterThan(1);
    expect(left.length).toBeLessThan(10);
    expect(host.log().join()).toContain('"reason":"busy"');
  });
});

describe("a Worker over several databases", () => {
  let host: WorkerHost;
  let target: Target;
  beforeAll(async () => {
    host = await startWorkerHost({ databases: 2 });
    target = at(host);
  });
  afterAll(() => host.stop());

  const held = async (name: string): Promise<readonly string[]> => {
    const database = await host.database(name);
    const { results } = await database.prepare("SELECT lower(hex(id)) AS id FROM circle").all();
    return results.map(({ id }) => String(id));
  };

  test("leaves every circle where it is when a database is added, and founds new ones in both", async () => {
    const founded: CircleId[] = [];
    for (let i = 0; i < 3; i++) founded.push((await found(target)).circle);
    expect(await held("DB")).toHaveLength(3);
    await host.restart({ SYMBOLON_DATABASES: "1 2" });
    for (let i = 0; i < 8; i++) founded.push((await found(target)).circle);
    const [first, second] = [await held("DB"), await held("DB2")];
    expect(second.length).toBeGreaterThan(0);
    expect([...first, ...second].sort()).toEqual(founded.toSorted());
    await host.restart();
    for (const circle of founded) {
      await positionsIn(await append(target, circle, access, entryOf(circle, 0)));
      expect((await read(target, circle, access)).head.size).toBe(2);
    }
  });
});
