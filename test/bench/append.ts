/* What the host takes in durably, and how many requests it answers. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { type Circle, foundCircle, thisPlatform } from "../../src/client/index.ts";
import type { Entry } from "../../src/core/log/index.ts";
import { startHostProcess } from "../kit/host-process.ts";
import { startBare } from "./bare.ts";
import { type Figure, figure, median, timed } from "./figure.ts";
import { lightIdentity } from "./light.ts";
import { appendSender, preparedAppend } from "./prepared.ts";
import { draftOf, entriesOf } from "./world.ts";

/** Runs of each, besides a first one that does not count: the host's code is compiled while it works. */
const runs = 7;
const runsOfSingles = 3;
const batch = 64;
const batches = 96;
/** As many members who write at once: a host stores what waits together. */
const clientsOfBatches = 16;
const singles = 3000;
const clientsOfSingles = 20;

/** Runs `work` for every item, so many at a time. */
export async function spread<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function prepared(circle: Circle, count: number): Entry[] {
  const seen = circle.head()?.checkpoint as Uint8Array<ArrayBuffer>;
  return entriesOf(
    circle,
    seen,
    Array.from({ length: count }, (_, i) => draftOf(i)),
  );
}

const inBatches = (entries: readonly Entry[]) =>
  Array.from({ length: entries.length / batch }, (_, i) => entries.slice(i * batch, (i + 1) * batch));

/** Rows like the host's, one transaction a batch, each on disk before the next: milliseconds. */
async function bareSqlite(entries: readonly Entry[]): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "symbolon-bare-"));
  const db = new Sqlite(join(directory, "bare.sqlite"));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec("create table entry (circle blob, position integer, hash blob, header blob, sealed blob)");
  db.exec("create unique index place on entry (circle, position)");
  const insert = db.prepare("insert into entry values (?, ?, ?, ?, ?)");
  const circle = new Uint8Array(32);
  let position = 0;
  const store = db.transaction((rows: readonly Entry[]) => {
    for (const { header, sealed } of rows) insert.run(circle, position++, header.subarray(0, 32), header, sealed);
  });
  const { ms } = await timed(() => {
    for (const rows of inBatches(entries)) store(rows);
  });
  db.close();
  rmSync(directory, { recursive: true });
  return ms;
}

/**
 * `append-durable`: entries a second, acknowledged over HTTP in batches of 64, of requests made beforehand, as the rows
 * of its floor are. `append-single`: one a request, 20 clients.
 */
export async function benchAppend(): Promise<Figure[]> {
  const host = await startHostProcess();
  const platform = await thisPlatform();
  const circle = await foundCircle(lightIdentity(platform, "Newsroom"), { address: host.url, label: "press" });
  const sender = appendSender(circle, clientsOfBatches);
  const durable: number[] = [];
  const sqlite: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const entries = prepared(circle, batch * batches);
    sqlite.push(await bareSqlite(entries));
    const requests = inBatches(entries).map((group) => preparedAppend(circle, group));
    durable.push((await timed(() => spread(requests, clientsOfBatches, sender.send))).ms);
  }
  sender.close();
  const perSecond = (count: number, times: readonly number[]) => (1000 * count) / median(times.slice(1));

  const bare = await startBare();
  const single: number[] = [];
  const posts: number[] = [];
  for (let run = 0; run <= runsOfSingles; run++) {
    const entries = prepared(circle, singles);
    const post = async ({ sealed }: Entry) => {
      const response = await fetch(`${bare.url}/`, { method: "POST", body: sealed ?? null });
      await response.arrayBuffer();
    };
    posts.push((await timed(() => spread(entries, clientsOfSingles, post))).ms);
    const send = (entry: Entry) => circle.host.append([entry], circle.access());
    single.push((await timed(() => spread(entries, clientsOfSingles, send))).ms);
  }
  bare.close();
  await host.end();
  host.remove();
  return [
    figure("append-durable", perSecond(batch * batches, durable), "entries/s", perSecond(batch * batches, sqlite)),
    figure("append-single", perSecond(singles, single), "requests/s", perSecond(singles, posts)),
  ];
}
