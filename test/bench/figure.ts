/** One result: a value, and where there is a floor or a peer, that in the same unit and how the value stands to it. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly ratio?: number;
  /** What it may be at most: beyond it the benchmark fails. */
  readonly most?: number;
};

/** Three digits that count; more would only be noise. */
const rounded = (value: number) => Number(value.toPrecision(3));

/** A figure with its ratio, which is value ÷ floor. */
export function figure(name: string, value: number, unit: string, floor?: number): Figure {
  if (floor === undefined) return { name, value: rounded(value), unit };
  return { name, value: rounded(value), unit, floor: rounded(floor), ratio: rounded(value / floor) };
}

/** A figure that must not be more than `most`. */
export function bounded(name: string, value: number, unit: string, most: number): Figure {
  return { ...figure(name, value, unit), most };
}

/** The middle value; of an even number the upper one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

/** Milliseconds that `run` takes, and what it returns. */
export async function timed<T>(run: () => T | Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const start = performance.now();
  const result = await run();
  return { ms: performance.now() - start, result };
}

/** The median milliseconds of `runs` runs, garbage of the one before collected first where node was told to allow it. */
export async function medianTime(runs: number, run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    globalThis.gc?.();
    times.push((await timed(run)).ms);
  }
  return median(times);
}

/** The exponent of cost between sizes: 1 is linear. Least squares over the logarithms. */
export function exponent(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (of: 0 | 1) => logs.reduce((sum, point) => sum + point[of], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
