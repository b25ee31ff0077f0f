import { afterAll, describe, expect, it } from "vitest";
import { type Circle, foundCircle, Refused, thisPlatform } from "../../src/client/index.ts";
import { type Entry, entryHash } from "../../src/core/log/index.ts";
import { lightIdentity } from "../bench/light.ts";
import { draftOf, entriesOf } from "../bench/world.ts";
import { type HostProcess, startHostProcess } from "../kit/host-process.ts";
import { readLog } from "./log.ts";

const isFull = process.env.SYMBOLON_FULL === "1";
const rounds = isFull ? 100 : 10;
const writers = 8;
/** Entries of one request: some requests hold one, some as many as the host takes. */
const batches = [1, 1, 3, 16, 64];

let host: HostProcess | undefined;
afterAll(async () => {
  await host?.kill();
  host?.remove();
});

/** Sends batch after batch until the host is gone; what was acknowledged goes into `acknowledged`. */
async function writeUntilKilled(
  circle: Circle,
  acknowledged: Map<string, number>,
  isOver: () => boolean,
): Promise<void> {
  for (let turn = 0; !isOver(); turn++) {
    const drafts = Array.from({ length: batches[turn % batches.length] ?? 1 }, (_, i) => draftOf(turn * 64 + i));
    const entries: readonly Entry[] = entriesOf(circle, circle.head()?.checkpoint as Uint8Array<ArrayBuffer>, drafts);
    try {
      const { positions } = await circle.host.append(entries, circle.access());
      for (const [i, entry] of entries.entries()) acknowledged.set(entryHash(entry), positions[i] as number);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // The one refusal that a host that was killed may cause.
      expect(error.code).toBe("host.unreachable");
    }
  }
}

describe("kill -9 of the host during sustained appends", () => {
  it(
    `loses nothing that was acknowledged and stores nothing twice, ${rounds} times`,
    async () => {
      host = await startHostProcess();
      const { port, data } = host;
      // No waiting for a host that is dead: it is started again by this test.
      const platform = { ...(await thisPlatform()), sleep: async () => undefined };
      const circle = await foundCircle(lightIdentity(platform, "Newsroom"), { address: host.url, label: "press" });
      const acknowledged = new Map<string, number>();
      let killedInFlight = 0;
      for (let round = 0; round < rounds; round++) {
        let isOver = false;
        const before = acknowledged.size;
        const writing = Promise.all(
          Array.from({ length: writers }, () => writeUntilKilled(circle, acknowledged, () => isOver)),
        );
        // Killed at another moment each time, always while requests are on their way.
        const enough = before + 1 + ((round * 37) % 150);
        while (acknowledged.size < enough) await new Promise((resolve) => setImmediate(resolve));
        isOver = true;
        killedInFlight++;
        await host.kill();
        await writing;
        host = await startHostProcess({ data, port });
        const log = await readLog(circle);
        expect(new Set(log.hashes).size, "an entry is there twice").toBe(log.hashes.length);
        for (const [hash, position] of acknowledged) {
          expect(log.hashes[position], "an acknowledged entry is lost or moved").toBe(hash);
        }
      }
      const { hashes, isVerified } = await readLog(circle);
      expect(isVerified, "the tree is not that of the host's signed head").toBe(true);
      process.stdout.write(
        `durability: killed ${killedInFlight} times, ${acknowledged.size} entries acknowledged, ${hashes.length} in the log, none lost, none twice\n`,
      );
    },
    rounds * 30_000,
  );
});
