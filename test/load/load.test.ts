import { afterAll, describe, expect, it } from "vitest";
import { type Circle, foundCircle, openCircle, Refused, thisPlatform } from "../../src/client/index.ts";
import { entryHash, problems } from "../../src/core/log/index.ts";
import { lightIdentity } from "../bench/light.ts";
import { draftOf, entriesOf } from "../bench/world.ts";
import { type HostProcess, startHostProcess } from "../kit/host-process.ts";
import { readLog } from "./log.ts";

const isFull = process.env.SYMBOLON_FULL === "1";
const seconds = isFull ? 30 : 5;
const clients = 50;
/** Every fifth request is a page of what came last. */
const readEvery = 5;

let host: HostProcess | undefined;
afterAll(async () => {
  await host?.end();
  host?.remove();
});

/** What one client did and met. */
type Account = { appended: Map<string, number>; reads: number; refusals: Map<string, number>; slowest: number };

async function work(circle: Circle, until: number, account: Account): Promise<void> {
  const seen = circle.head()?.checkpoint as Uint8Array<ArrayBuffer>;
  for (let turn = 0; performance.now() < until; turn++) {
    const start = performance.now();
    try {
      if (turn % readEvery === readEvery - 1) {
        const { entries } = await circle.host.entries(circle.access(), Math.max(0, ...account.appended.values()), {
          limit: 64,
        });
        expect(entries.length).toBeGreaterThan(0);
        account.reads++;
      } else {
        const entries = entriesOf(circle, seen, [draftOf(turn)]);
        const { positions } = await circle.host.append(entries, circle.access());
        for (const [i, entry] of entries.entries()) account.appended.set(entryHash(entry), positions[i] as number);
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      account.refusals.set(error.code, (account.refusals.get(error.code) ?? 0) + 1);
    }
    account.slowest = Math.max(account.slowest, performance.now() - start);
  }
}

describe(`${clients} clients appending and reading at once`, () => {
  it(
    `meet no error but the documented ones in ${seconds} s, and lose no entry`,
    async () => {
      host = await startHostProcess();
      const platform = await thisPlatform();
      const identity = lightIdentity(platform, "Newsroom");
      const first = await foundCircle(identity, { address: host.url, label: "press" });
      const accounts: Account[] = [];
      const until = performance.now() + 1000 * seconds;
      await Promise.all(
        Array.from({ length: clients }, async () => {
          const account: Account = { appended: new Map(), reads: 0, refusals: new Map(), slowest: 0 };
          accounts.push(account);
          // Each with its own view of the circle, as so many devices would have it.
          const circle = await openCircle(identity, first.id);
          await work(Object.create(circle, { head: { value: first.head } }), until, account);
        }),
      );

      const refusals = new Map<string, number>();
      for (const account of accounts) {
        for (const [code, count] of account.refusals) refusals.set(code, (refusals.get(code) ?? 0) + count);
      }
      const documented = new Set(Object.keys(problems).map((code) => `host.${code}`));
      expect([...refusals.keys()].filter((code) => !documented.has(code))).toEqual([]);

      const log = await readLog(first);
      expect(log.isVerified, "the tree is not that of the host's signed head").toBe(true);
      expect(new Set(log.hashes).size, "an entry is there twice").toBe(log.hashes.length);
      let appended = 0;
      for (const account of accounts) {
        appended += account.appended.size;
        for (const [hash, position] of account.appended) {
          expect(log.hashes[position], "an acknowledged entry is lost or moved").toBe(hash);
        }
      }
      expect(appended).toBeGreaterThan(clients);
      const reads = accounts.reduce((sum, account) => sum + account.reads, 0);
      const slowest = Math.max(...accounts.map((account) => account.slowest));
      process.stdout.write(
        `load: ${clients} clients, ${seconds} s: ${appended} entries appended, ${reads} pages read, slowest ${Math.round(slowest)} ms, refusals ${JSON.stringify([...refusals])}, none lost\n`,
      );
    },
    (seconds + 60) * 1000,
  );
});
