/* What a host over PostgreSQL takes in and gives out, beside the least that it can cost; and two such hosts beside one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Circle, foundCircle, thisPlatform } from "../../src/client/index.ts";
import { hostClient } from "../../src/client/transport/host.ts";
import { httpTransport } from "../../src/client/transport/http.ts";
import { sha256 } from "../../src/core/crypto/index.ts";
import { type Entry, paths } from "../../src/core/log/index.ts";
import { startHostProcess } from "../kit/host-process.ts";
import { startPostgres, type TestPostgres } from "../kit/postgres.ts";
import { spread } from "./append.ts";
import { type Figure, figure, median, timed } from "./figure.ts";
import { lightIdentity } from "./light.ts";
import { grouped, noiseFor } from "./noise.ts";
import { appendSender, preparedAppend } from "./prepared.ts";
import { streamFigure } from "./stream.ts";

const runs = 9;
const runsOfTwo = 5;
const batch = 64;
const batches = 96;
/** As many members who write at once: a host stores what waits together. */
const clientsOfBatches = 16;
const pageEntries = 1024;
const circlesOfTwo = 64;
const roundsOfTwo = 25;
const lanesOfTwo = 32;

/**
 * The host's rows over `pg` alone: the entries and what finds them by their hash, since a host on a database that others
 * use, too, stores an entry once. Two statements and one transaction a batch, each on disk before the next.
 */
async function bareInserts(url: string): Promise<(entries: readonly Entry[]) => Promise<number>> {
  const client = new pg.Client({ connectionString: url, pipeline: true } as pg.ClientConfig);
  await client.connect();
  await client.query("CREATE TABLE entry (circle bytea, position bigint, hash bytea, header bytea, sealed bytea)");
  await client.query("CREATE UNIQUE INDEX ON entry (circle, position)");
  await client.query("CREATE TABLE known (circle bytea, hash bytea, position bigint)");
  await client.query("CREATE UNIQUE INDEX ON known (circle, hash)");
  const insertion = (table: string, columns: number) => {
    const row = (i: number) => `(${Array.from({ length: columns }, (_, n) => `$${columns * i + n + 1}`).join(", ")})`;
    return `INSERT INTO ${table} VALUES ${Array.from({ length: batch }, (_, i) => row(i)).join(", ")}`;
  };
  const [intoEntry, intoKnown] = [insertion("entry", 5), insertion("known", 3)];
  const circle = new Uint8Array(32);
  let position = 0;
  const insert = async (entries: readonly Entry[]) => {
    const hashes = entries.map(({ sealed }) => sha256(sealed as Uint8Array));
    const { ms } = await timed(async () => {
      for (const [i, rows] of grouped(entries, batch).entries()) {
        const first = position;
        const own = hashes.slice(i * batch);
        position += rows.length;
        const values = rows.flatMap(({ header, sealed }, n) => [circle, first + n, own[n], header, sealed]);
        const places = rows.flatMap((_, n) => [circle, own[n]?.slice(0, 16), first + n]);
        await Promise.all([
          client.query("BEGIN"),
          client.query({ name: "entry", text: intoEntry, values }),
          client.query({ name: "known", text: intoKnown, values: places }),
          client.query("COMMIT"),
        ]);
      }
    });
    return ms;
  };
  // The last call closes.
  return (entries) => (entries.length === 0 ? client.end().then(() => 0) : insert(entries));
}

/** Requests are made beforehand, as the rows of the floor are: what is timed is the host. */
async function benchAppend(server: TestPostgres, circle: Circle): Promise<Figure> {
  const insert = await bareInserts(await server.database("bare"));
  const sender = appendSender(circle, clientsOfBatches);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const entries = noiseFor(circle, batch * batches);
    bare.push(await insert(entries));
    const requests = grouped(entries, batch).map((group) => preparedAppend(circle, group));
    ours.push((await timed(() => spread(requests, clientsOfBatches, sender.send))).ms);
  }
  sender.close();
  await insert([]);
  const perSecond = (times: readonly number[]) => (1000 * batch * batches) / median(times.slice(1));
  return figure("append-durable-postgres", perSecond(ours), "entries/s", perSecond(bare));
}

async function benchRead(circle: Circle, entries: number): Promise<Figure> {
  const http = httpTransport(circle.platform, circle.host.endpoint);
  const readAll = async () => {
    let bytes = 0;
    for (let from = 0; from < entries; from += pageEntries) {
      const query = `from=${from}&limit=${pageEntries}`;
      const page = { method: "GET", path: paths.entries(circle.id), query, key: circle.access() } as const;
      bytes += (await http.bytes(page)).length;
    }
    return bytes;
  };
  return streamFigure("read-stream-postgres", readAll);
}

/** Single appends to several circles, through one host and through two, in turns. */
async function benchTwo(circles: readonly Circle[], addresses: readonly string[]): Promise<Figure> {
  const clients = addresses.map((address) =>
    circles.map((circle) => hostClient(circle.platform, { ...circle.host.endpoint, address }, circle.id)),
  );
  const rate = async (hosts: number) => {
    // Members of one circle come to either host.
    const jobs = Array.from({ length: roundsOfTwo }, (_, round) =>
      circles.map((circle, i) => ({ circle, entries: noiseFor(circle, 1), i, host: (i + round) % hosts })),
    ).flat();
    const { ms } = await timed(() =>
      spread(jobs, lanesOfTwo, async ({ circle, entries, i, host }) =>
        clients[host]?.[i]?.append(entries, circle.access()),
      ),
    );
    return (1000 * jobs.length) / ms;
  };
  const [one, two]: [number[], number[]] = [[], []];
  for (let run = 0; run <= runsOfTwo; run++) {
    one.push(await rate(1));
    two.push(await rate(2));
  }
  return figure("hosts-two-against-one", median(two.slice(1)), "requests/s", median(one.slice(1)));
}

/** `append-durable-postgres`, `read-stream-postgres`, and `hosts-two-against-one`, whose floor is one host. */
export async function benchEngines(): Promise<Figure[]> {
  const server = await startPostgres();
  const directory = mkdtempSync(join(tmpdir(), "symbolon-key-"));
  const given = { database: await server.database(), keyFile: join(directory, "host.key") };
  const first = await startHostProcess(given);
  const second = await startHostProcess(given);
  try {
    const platform = await thisPlatform();
    const found = (i: number) =>
      foundCircle(lightIdentity(platform, `Newsroom ${i}`), { address: first.url, label: "press" });
    const circle = await found(0);
    const append = await benchAppend(server, circle);
    const read = await benchRead(circle, batch * batches);
    const circles = await Promise.all(Array.from({ length: circlesOfTwo }, (_, i) => found(i + 1)));
    return [append, read, await benchTwo(circles, [first.url, second.url])];
  } finally {
    for (const host of [first, second]) {
      await host.end();
      host.remove();
    }
    await server.stop();
    rmSync(directory, { recursive: true });
  }
}
