import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Circle, foundCircle, Refused, thisPlatform } from "../../src/client/index.ts";
import { hostClient } from "../../src/client/transport/host.ts";
import { entryHash, problems } from "../../src/core/log/index.ts";
import { lightIdentity } from "../bench/light.ts";
import { draftOf, entriesOf } from "../bench/world.ts";
import { type HostProcess, startHostProcess } from "../kit/host-process.ts";
import { startPostgres, type TestPostgres } from "../kit/postgres.ts";
import { readLog } from "./log.ts";

const isFull = process.env.SYMBOLON_FULL === "1";
const kills = isFull ? 20 : 3;
/** Milliseconds between the return of one host and the end of the next. */
const pause = isFull ? 3000 : 500;
const hosts = 4;
const clients = 50;
const circles = 5;
/** Every fifth request is a page of what came last. */
const readEvery = 5;
/** Entries of one request, in turns. */
const batches = [1, 1, 4];

let server: TestPostgres;
let given: { readonly database: string; readonly keyFile: string };
const running: HostProcess[] = [];
const keys = mkdtempSync(join(tmpdir(), "symbolon-key-"));
beforeAll(async () => {
  server = await startPostgres();
  given = { database: await server.database(), keyFile: join(keys, "host.key") };
  // The first one makes the key that the others find.
  running.push(await startHostProcess(given));
  running.push(...(await Promise.all(Array.from({ length: hosts - 1 }, () => startHostProcess(given)))));
}, 60_000);
afterAll(async () => {
  for (const host of running) {
    await host.kill();
    host.remove();
  }
  await server?.stop();
  rmSync(keys, { recursive: true, force: true });
});

/** What one client did and met. `last` is when something of its was last acknowledged. */
type Account = { appended: Map<string, number>; reads: number; refusals: Map<string, number>; last: number };

/** The circle as a device sees it whose host is at `address`. */
function through(circle: Circle, address: string): Circle {
  const host = hostClient(circle.platform, { ...circle.host.endpoint, address }, circle.id);
  return Object.create(circle, { host: { value: host } });
}

/** One client at work. What is refused it sends again as it was, until it is taken: nothing else brings it on. */
async function work(circle: Circle, account: Account, isOver: () => boolean): Promise<void> {
  const seen = circle.head()?.checkpoint as Uint8Array<ArrayBuffer>;
  for (let turn = 0; !isOver(); turn++) {
    const isRead = turn % readEvery === readEvery - 1;
    const drafts = Array.from({ length: batches[turn % batches.length] ?? 1 }, (_, i) => draftOf(turn * 64 + i));
    const entries = isRead ? [] : entriesOf(circle, seen, drafts);
    for (let done = false; !done; ) {
      try {
        if (isRead) {
          const from = Math.max(0, ...account.appended.values());
          expect((await circle.host.entries(circle.access(), from, { limit: 64 })).entries.length).toBeGreaterThan(0);
          account.reads++;
        } else {
          const { positions } = await circle.host.append(entries, circle.access());
          for (const [i, entry] of entries.entries()) account.appended.set(entryHash(entry), positions[i] as number);
          account.last = performance.now();
        }
        done = true;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        account.refusals.set(error.code, (account.refusals.get(error.code) ?? 0) + 1);
      }
    }
  }
}

/** Kills one host after the other and starts it again; half way the database crashes. Returns when the last is back. */
async function disturb(): Promise<void> {
  for (let i = 0; i < kills; i++) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const { data, port, kill } = running[i % hosts] as HostProcess;
    await kill();
    running[i % hosts] = await startHostProcess({ ...given, data, port });
    if (i === Math.floor(kills / 2)) await server.restart();
  }
}

describe(`${hosts} hosts on one PostgreSQL, ${clients} clients, hosts killed and the database crashed`, () => {
  it(
    `keep every acknowledged entry once, over ${kills} kills`,
    async () => {
      const platform = await thisPlatform();
      const firsts = await Promise.all(
        Array.from({ length: circles }, (_, i) =>
          foundCircle(lightIdentity(platform, `Newsroom ${i}`), {
            address: (running[i % hosts] as HostProcess).url,
            label: "press",
          }),
        ),
      );
      const accounts: Account[] = [];
      let isOver = false;
      const working = Promise.all(
        Array.from({ length: clients }, async (_, i) => {
          const account: Account = { appended: new Map(), reads: 0, refusals: new Map(), last: 0 };
          accounts.push(account);
          const circle = firsts[i % circles] as Circle;
          await work(through(circle, (running[i % hosts] as HostProcess).url), account, () => isOver);
        }),
      );
      await disturb();
      const healed = performance.now();
      // Every client comes back by itself.
      while (accounts.some(({ last }) => last < healed)) await new Promise((resolve) => setTimeout(resolve, 50));
      isOver = true;
      await working;

      const refusals = new Map<string, number>();
      for (const account of accounts) {
        for (const [code, count] of account.refusals) refusals.set(code, (refusals.get(code) ?? 0) + count);
      }
      const documented = new Set([...Object.keys(problems).map((code) => `host.${code}`), "host.unreachable"]);
      expect([...refusals.keys()].filter((code) => !documented.has(code) || code === "host.internal")).toEqual([]);

      const logs = await Promise.all(firsts.map(readLog));
      for (const log of logs) {
        expect(log.isVerified, "the tree is not that of the host's signed head").toBe(true);
        expect(new Set(log.hashes).size, "an entry is there twice").toBe(log.hashes.length);
      }
      let appended = 0;
      for (const [i, account] of accounts.entries()) {
        appended += account.appended.size;
        for (const [hash, position] of account.appended) {
          expect(logs[i % circles]?.hashes[position], "an acknowledged entry is lost or moved").toBe(hash);
        }
      }
      for (const { url } of running) {
        for (const [i, circle] of firsts.entries()) {
          expect((await readLog(through(circle, url))).hashes, "two hosts give out two logs").toEqual(logs[i]?.hashes);
        }
      }
      const reads = accounts.reduce((sum, account) => sum + account.reads, 0);
      process.stdout.write(
        `several hosts: ${hosts} hosts, ${clients} clients, ${circles} circles, ${kills} kills, 1 crash of the database: ${appended} entries acknowledged, ${reads} pages read, refusals ${JSON.stringify([...refusals])}, none lost, none twice\n`,
      );
    },
    kills * 20_000 + 120_000,
  );
});
