/* Many circles at one host, on every engine: against one large circle, and as all of them grow. */
import { type Circle, foundCircle, thisPlatform } from "../../src/client/index.ts";
import { engineNames, isEngine, startEngineHost } from "../kit/engine-host.ts";
import { spread } from "./append.ts";
import { startBare } from "./bare.ts";
import { bounded, exponent, type Figure, figure, median, timed } from "./figure.ts";
import { lightIdentity } from "./light.ts";
import { grouped, noiseFor } from "./noise.ts";

const runs = 3;
const lanes = 16;
const batch = 20;
const batchesAtOnce = 100;

/** Circles of a sample: each takes one append. */
const sampled = 50;

/** Few small circles, or many large ones; and the exponent that the time of an append may then have in their size. */
const short = { count: 100, entries: 320, most: 0.3 };
const full = { count: 1000, entries: 1000, most: 0.1 };

/** Sends batches, `count` to each circle, in the order of rounds: one to every circle, then the next. Milliseconds. */
async function sendTo(circles: readonly Circle[], count: number): Promise<number> {
  const jobs = Array.from({ length: count }, () => circles)
    .flat()
    .map((circle) => ({ circle, entries: noiseFor(circle, batch) }));
  return (await timed(() => spread(jobs, lanes, ({ circle, entries }) => circle.host.append(entries, circle.access()))))
    .ms;
}

type Sample = { readonly held: number; readonly ms: number; readonly posts: number };

/** The times of samples of appends, each beside that of as many bodies of the same size that a bare server takes. */
async function samplesOf(circles: readonly Circle[], entries: number, bareUrl: string): Promise<readonly Sample[]> {
  const body = new Uint8Array(1100 * batch);
  const post = async () => (await fetch(`${bareUrl}/`, { method: "POST", body })).arrayBuffer();
  const samples: Sample[] = [];
  for (let held = 0; held < entries; held += batch) {
    for (const some of grouped(circles, sampled)) {
      const { ms: posts } = await timed(() => spread(some, lanes, post));
      // The first round warms up.
      const ms = await sendTo(some, 1);
      if (held > 0) samples.push({ held, ms, posts });
    }
  }
  return samples;
}

/**
 * The time of an append at each doubling of the entries of a circle, and its exponent. Fitted is the median of what
 * an append takes in posts to the bare server, so that a machine that others use makes no slope.
 */
async function growth(
  engine: string,
  circles: readonly Circle[],
  { entries, most }: typeof full,
): Promise<readonly Figure[]> {
  const bare = await startBare();
  const samples = await samplesOf(circles, entries, bare.url);
  bare.close();
  const doublings = [...Map.groupBy(samples, ({ held }) => Math.floor(Math.log2(held / batch))).values()];
  const points = doublings.map((same) => ({
    size: median(same.map(({ held }) => held)),
    ms: median(same.map(({ ms }) => ms / sampled)),
    posts: median(same.map(({ ms, posts }) => ms / posts)),
  }));
  const slope = exponent(points.map(({ size, posts }) => [size * circles.length, posts]));
  return [
    ...points.map(({ size, ms }) => figure(`circles-growth-${engine}-at-${size}`, ms, "ms an append")),
    bounded(`circles-growth-${engine}`, slope, "power of the size", most),
  ];
}

async function benchEngine(engine: (typeof engineNames)[number], isFull: boolean): Promise<readonly Figure[]> {
  const size = isFull ? full : short;
  const host = await startEngineHost(engine);
  try {
    const platform = await thisPlatform();
    const found = (i: number) =>
      foundCircle(lightIdentity(platform, `Newsroom ${i}`), { address: host.url, label: "press" });
    const large = await found(0);
    const small: Circle[] = [];
    for (let i = 1; i <= size.count; i++) small.push(await found(i));
    const [many, one]: [number[], number[]] = [[], []];
    for (let run = 0; run <= runs; run++) {
      many.push(await sendTo(small.slice(0, batchesAtOnce), 1));
      one.push(await sendTo([large], batchesAtOnce));
    }
    const perSecond = (times: readonly number[]) => (1000 * batchesAtOnce * batch) / median(times.slice(1));
    return [
      figure(`circles-many-against-one-${engine}`, perSecond(many), "entries/s", perSecond(one)),
      ...(await growth(engine, small, size)),
    ];
  } finally {
    await host.remove();
  }
}

/**
 * `circles-many-against-one-…`: entries a second to a hundred circles, the floor being one that takes all of them.
 * `circles-growth-…`: the exponent of the time per append as 100 circles grow to 320 entries each, where noise hides
 * what is below 0.3; with `isFull`, 1,000 circles to 1,000, where it may be 0.1 at most. On every engine, or on one.
 */
export async function benchCircles(isFull: boolean, only?: string): Promise<Figure[]> {
  if (only !== undefined && !isEngine(only)) throw new Error(`there is no engine ${only}: ${engineNames.join(", ")}`);
  const figures: Figure[] = [];
  for (const engine of only === undefined ? engineNames : [only]) figures.push(...(await benchEngine(engine, isFull)));
  return figures;
}
