/* Many circles at one host, on every engine: against one large circle, and as all of them grow. */
import { type Circle, foundCircle, thisPlatform } from "../../src/client/index.ts";
import { type EngineName, engineNames, startEngineHost } from "../kit/engine-host.ts";
import { spread } from "./append.ts";
import { exponent, type Figure, figure, median, timed } from "./figure.ts";
import { lightIdentity } from "./light.ts";
import { grouped, noiseFor } from "./noise.ts";

const runs = 3;
const lanes = 16;
const batch = 20;
const batchesAtOnce = 100;

/** Sends batches, `count` to each circle, in the order of rounds: one to every circle, then the next. Milliseconds. */
async function sendTo(circles: readonly Circle[], count: number): Promise<number> {
  const jobs = Array.from({ length: count }, () => circles)
    .flat()
    .map((circle) => ({ circle, entries: noiseFor(circle, batch) }));
  return (await timed(() => spread(jobs, lanes, ({ circle, entries }) => circle.host.append(entries, circle.access()))))
    .ms;
}

/** Time per append with the number of entries that the host holds, round by round, and its exponent. */
async function growth(circles: readonly Circle[], entries: number): Promise<number> {
  const points: [number, number][] = [];
  for (let held = 0; held < entries; held += batch) {
    let ms = 0;
    // Not all at once: the entries of a round are made before they are sent.
    for (const some of grouped(circles, batchesAtOnce)) ms += await sendTo(some, 1);
    // The first round warms up.
    if (held > 0) points.push([held * circles.length, ms / circles.length]);
  }
  return exponent(points);
}

async function benchEngine(engine: EngineName, isFull: boolean): Promise<Figure[]> {
  const [count, entries] = isFull ? [1000, 1000] : [100, 200];
  const host = await startEngineHost(engine);
  try {
    const platform = await thisPlatform();
    const found = (i: number) =>
      foundCircle(lightIdentity(platform, `Newsroom ${i}`), { address: host.url, label: "press" });
    const large = await found(0);
    const small: Circle[] = [];
    for (let i = 1; i <= count; i++) small.push(await found(i));
    const [many, one]: [number[], number[]] = [[], []];
    for (let run = 0; run <= runs; run++) {
      many.push(await sendTo(small.slice(0, batchesAtOnce), 1));
      one.push(await sendTo([large], batchesAtOnce));
    }
    const perSecond = (times: readonly number[]) => (1000 * batchesAtOnce * batch) / median(times.slice(1));
    return [
      figure(`circles-many-against-one-${engine}`, perSecond(many), "entries/s", perSecond(one)),
      figure(`circles-growth-${engine}`, await growth(small, entries), "power of the size"),
    ];
  } finally {
    await host.remove();
  }
}

/**
 * `circles-many-against-one-…`: entries a second to a hundred circles, the floor being one that takes all of them.
 * `circles-growth-…`: the exponent of the time per append as 100 circles grow to 200 entries each; with `--full`,
 * 1,000 circles to 1,000.
 */
export async function benchCircles(isFull: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const engine of engineNames) figures.push(...(await benchEngine(engine, isFull)));
  return figures;
}
