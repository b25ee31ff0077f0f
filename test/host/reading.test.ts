import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bytes, decode, encode, toHex } from "../../src/core/codec/index.ts";
import * as log from "../../src/core/log/index.ts";
import { encodePage } from "../../src/host/page.ts";
import {
  accessKey,
  append,
  bytesIn,
  entryOf,
  found,
  makeHost,
  problemIn,
  read,
  rootOf,
  send,
  verifiedHead,
} from "./kit.ts";

const access = accessKey(0);

test("a page is byte for byte what the codec makes", () => {
  const bytes = (most: number) =>
    fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: most }).map((n) => new Uint8Array(n).fill(7)),
    );
  const row = fc.record({
    header: bytes(300),
    sealed: fc.option(bytes(65_536)),
    hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  });
  fc.assert(
    fc.property(bytes(4096), fc.array(row, { maxLength: 30 }), (checkpoint, rows) => {
      const expected = encode(log.page, {
        checkpoint: checkpoint as Bytes,
        entries: rows.map(({ header, sealed, hash }) => ({
          header: header as Bytes,
          ...(sealed === null ? { sealedHash: hash as Bytes } : { sealed: sealed as Bytes }),
        })),
      });
      const made = rows.map(({ header, sealed, hash }) => ({ header, sealed, sealedHash: hash }) as never);
      expect(toHex(encodePage(checkpoint, made))).toBe(toHex(expected));
    }),
    { numRuns: 40 },
  );
});

async function filled(count: number) {
  const host = await makeHost({ limits: { pageEntries: 50 } });
  const { circle, entry } = await found(host);
  const all = [entry];
  while (all.length < count) {
    const batch = Array.from({ length: Math.min(17, count - all.length) }, () => entryOf(circle, 0));
    await append(host, circle, access, ...batch);
    all.push(...batch);
  }
  return { host, circle, all };
}

describe("reading", () => {
  test("pages put together are the whole log", async () => {
    const { host, circle, all } = await filled(130);
    const got: log.Entry[] = [];
    for (;;) {
      const page = await read(host, circle, access, `from=${got.length}`);
      if (page.entries.length === 0) break;
      expect(page.entries.length).toBeLessThanOrEqual(50);
      expect([page.head.size, toHex(page.head.root)]).toEqual([130, toHex(rootOf(all))]);
      got.push(...page.entries);
    }
    expect(got).toEqual(all);
  });

  test("any part of the log is the same from the store and from memory", async () => {
    const { host, circle, all } = await filled(400);
    for (let time = 0; time < 2; time++) {
      for (const [from, limit] of [
        [0, 400],
        [127, 1],
        [127, 2],
        [128, 128],
        [130, 300],
        [383, 5],
        [399, 9],
      ] as const) {
        const { entries } = await read(host, circle, access, `from=${from}&limit=${limit}`);
        expect(entries).toEqual(all.slice(from, from + Math.min(limit, 50)));
      }
    }
  });

  test("a page ends when it is large, and holds at least one entry", async () => {
    const host = await makeHost({ limits: { pageBytes: 50_000 } });
    const { circle } = await found(host);
    for (let i = 0; i < 4; i++) await append(host, circle, access, entryOf(circle, 0, {}, 30_000));
    expect((await read(host, circle, access)).entries).toHaveLength(3);
    expect((await read(host, circle, access, "from=3")).entries).toHaveLength(2);
  });

  test("from and limit are respected; odd numbers are refused", async () => {
    const { host, circle, all } = await filled(10);
    expect((await read(host, circle, access, "from=3&limit=2")).entries).toEqual(all.slice(3, 5));
    expect((await read(host, circle, access, "from=10")).entries).toEqual([]);
    for (const query of ["from=-1", "from=01", "from=1e3", "limit=x", "from=9999999999999999"]) {
      expect(await problemIn(await send(host, access, "GET", `${log.paths.entries(circle)}?${query}`))).toBe(
        "malformed",
      );
    }
  });

  test("every earlier checkpoint is proved to begin the head", async () => {
    const { host, circle, all } = await filled(70);
    for (let from = 0; from <= all.length; from += 3) {
      const response = await send(host, access, "GET", `${log.paths.checkpoint(circle)}?from=${from}`);
      const { checkpoint, proof } = decode(log.checkpointAnswer, await bytesIn(response));
      const head = await verifiedHead(host, circle, checkpoint);
      expect(log.verifyConsistency(from, rootOf(all.slice(0, from)), head.size, head.root, proof)).toBe(true);
    }
    const beyond = await send(host, access, "GET", `${log.paths.checkpoint(circle)}?from=71`);
    expect(await problemIn(beyond)).toBe("malformed");
  });
});

describe("a long poll", () => {
  test("answers as soon as there is something, and not before", async () => {
    const { host, circle } = await filled(3);
    let answered = false;
    const waiting = read(host, circle, access, "from=3&wait=20").then((page) => {
      answered = true;
      return page;
    });
    while (host.host.hub.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    const entry = entryOf(circle, 0);
    await append(host, circle, access, entry);
    expect((await waiting).entries).toEqual([entry]);
  });

  test("is let go when the host closes, and when too many wait", async () => {
    const host = await makeHost({ limits: { waiters: 1 } });
    const { circle } = await found(host);
    const first = read(host, circle, access, "from=1&wait=20");
    while (host.host.hub.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = await send(host, access, "GET", `${log.paths.entries(circle)}?from=1&wait=20`);
    expect(await problemIn(second)).toBe("busy");
    host.host.hub.close();
    expect((await first).entries).toEqual([]);
    expect(host.host.hub.waiting()).toBe(0);
  });
});
