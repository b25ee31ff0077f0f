/* How the cost of a bootstrap grows with the size of the circle: the exponent is 1 where it is linear. */
import { bootstrap } from "./bootstrap.ts";
import { exponent, type Figure, figure, median } from "./figure.ts";
import { makeWorld, type World } from "./world.ts";

const runs = 3;

async function cost(world: World): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push((await bootstrap(world)).whole);
  return median(times);
}

/** `growth-…`: bootstraps at 1,000 and 10,000 entries, and 100,000 with `--full`; and the exponent of their cost. */
export async function benchGrowth(world: World, isFull: boolean): Promise<Figure[]> {
  const points: [number, number][] = [];
  await bootstrap(world);
  for (const size of isFull ? [1000, 10_000, 100_000] : [1000, 10_000]) {
    if (size === world.statements) {
      points.push([size, await cost(world)]);
      continue;
    }
    const other = await makeWorld(size);
    points.push([size, await cost(other)]);
    await other.close();
  }
  return [
    ...points.map(([size, ms]) => figure(`growth-${size}`, ms, "ms")),
    figure("growth-exponent", exponent(points), "power of the size"),
  ];
}
