/* What the host as a Worker takes in and gives out, beside a bare Worker that does no more than the same D1 queries. */
import { fileURLToPath } from "node:url";
import { type Circle, foundCircle, thisPlatform } from "../../src/client/index.ts";
import type { Entry } from "../../src/core/log/index.ts";
import { startWorkerHost } from "../kit/worker-host.ts";
import { quiet } from "../kit/worker-setup.ts";
import { spread } from "./append.ts";
import { type Figure, figure, median, medianTime, timed } from "./figure.ts";
import { lightIdentity } from "./light.ts";
import { grouped, noiseFor } from "./noise.ts";

const runs = 3;
const batch = 64;
/** Of each circle; every lane has a circle to itself, as isolates store one request at a time. */
const batches = 12;
const lanes = 4;
const pageEntries = 256;

async function startBareWorker(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  Object.assign(process.env, quiet);
  const { createTestHarness } = await import("wrangler");
  const main = fileURLToPath(new URL("bare-worker.ts", import.meta.url));
  const database = { binding: "DB", database_name: "bare", database_id: "00000000-0000-0000-0000-0000000000ba" };
  const config = { name: "bare", main, compatibility_date: "2026-10-20", d1_databases: [database] };
  const harness = createTestHarness({ workers: [{ config }] });
  const { url } = await harness.listen();
  await (await fetch(url, { method: "PUT" })).arrayBuffer();
  return { url: url.origin, close: () => harness.close() };
}

const bytesOf = (entries: readonly Entry[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(entries.flatMap(({ header, sealed }) => [header, sealed ?? new Uint8Array(0)])));

async function bareAppend(url: string, circle: string, from: number, entries: readonly Entry[]): Promise<void> {
  const [first] = entries;
  const query = `circle=${circle}&from=${from}&header=${first?.header.length}&sealed=${first?.sealed?.length}`;
  const response = await fetch(`${url}/?${query}`, { method: "POST", body: bytesOf(entries) });
  if (!response.ok) throw new Error("the bare Worker failed");
  await response.arrayBuffer();
}

/** Batches to all circles, a lane each. */
const toEach = (
  circles: readonly Circle[],
  send: (circle: Circle, group: readonly Entry[], i: number) => Promise<unknown>,
) =>
  timed(() =>
    spread(circles, lanes, async (circle) => {
      for (const [i, group] of grouped(noiseFor(circle, batch * batches), batch).entries())
        await send(circle, group, i);
    }),
  );

async function benchAppend(circles: readonly Circle[], bareUrl: string): Promise<Figure> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run++) {
    const from = (i: number) => (run * batches + i) * batch;
    bare.push((await toEach(circles, (circle, group, i) => bareAppend(bareUrl, circle.id, from(i), group))).ms);
    ours.push((await toEach(circles, (circle, group) => circle.host.append(group, circle.access()))).ms);
  }
  const perSecond = (times: readonly number[]) => (1000 * lanes * batches * batch) / median(times.slice(1));
  return figure("append-durable-d1", perSecond(ours), "entries/s", perSecond(bare));
}

async function benchRead(circle: Circle, bareUrl: string): Promise<Figure> {
  const entries = batch * batches * (runs + 1);
  const readAll = async () => {
    let bytes = 0;
    for (let from = 0; from < entries; from += pageEntries) {
      const page = await circle.host.entries(circle.access(), from, { limit: pageEntries });
      for (const { header, sealed } of page.entries) bytes += header.length + (sealed?.length ?? 0);
    }
    return bytes;
  };
  const readBare = async () => {
    for (let from = 0; from < entries; from += pageEntries) {
      await (await fetch(`${bareUrl}/?circle=${circle.id}&from=${from}&to=${from + pageEntries}`)).arrayBuffer();
    }
  };
  await readBare();
  const bytes = await readAll();
  const perSecond = (ms: number) => bytes / 1000 / ms;
  const floor = perSecond(await medianTime(runs, readBare));
  return figure("read-stream-d1", perSecond(await medianTime(runs, readAll)), "MB/s", floor);
}

/** `append-durable-d1` and `read-stream-d1`: on workerd and D1 as wrangler runs them on this machine, not at Cloudflare. */
export async function benchD1(): Promise<Figure[]> {
  const host = await startWorkerHost();
  const bare = await startBareWorker();
  try {
    const platform = await thisPlatform();
    const found = (i: number) =>
      foundCircle(lightIdentity(platform, `Newsroom ${i}`), { address: host.url, label: "press" });
    const circles = await Promise.all(Array.from({ length: lanes }, (_, i) => found(i)));
    const append = await benchAppend(circles, bare.url);
    return [append, await benchRead(circles[0] as Circle, bare.url)];
  } finally {
    await bare.close();
    await host.stop();
  }
}
