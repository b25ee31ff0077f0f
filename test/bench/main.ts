/*
 * Every benchmark, each in a process of its own:
 * `node test/bench/main.ts [--json] [--full] [--only name,…] [--engine sqlite|postgres|d1]`. With `--json` one document;
 * otherwise a table. What a floor is, and how a ratio is meant, each benchmark's file says. `--full` takes the sizes that
 * take minutes, and `--engine` one engine of those that run on each. Exits with 1 where a benchmark fails, or a figure
 * is beyond what it may be at most.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Figure } from "./figure.ts";
import type { World } from "./world.ts";

type Task = {
  /** Figures that it may also be asked for by. */
  readonly gives: readonly string[];
  /** Whether it needs the circle of 10,000 statements. */
  readonly world?: boolean;
  readonly run: (world: World, isFull: boolean, engine: string | undefined) => Promise<readonly Figure[]>;
};

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const tasks: Readonly<Record<string, Task>> = {
  bootstrap: {
    gives: ["bootstrap-10k", "usable-10k"],
    world: true,
    run: async (world) => (await import("./bootstrap.ts")).benchBootstrap(world),
  },
  warm: { gives: ["open-warm"], world: true, run: async (world) => (await import("./warm.ts")).benchWarm(world) },
  read: { gives: ["read-stream"], world: true, run: async (world) => (await import("./read.ts")).benchRead(world) },
  growth: {
    gives: ["growth-exponent"],
    world: true,
    run: async (world, isFull) => (await import("./growth.ts")).benchGrowth(world, isFull),
  },
  append: {
    gives: ["append-durable", "append-single"],
    run: async () => (await import("./append.ts")).benchAppend(),
  },
  engines: {
    gives: ["append-durable-postgres", "read-stream-postgres", "hosts-two-against-one"],
    run: async () => (await import("./engines.ts")).benchEngines(),
  },
  d1: { gives: ["append-durable-d1", "read-stream-d1"], run: async () => (await import("./d1.ts")).benchD1() },
  circles: {
    gives: ["circles-many-against-one", "circles-growth"],
    run: async (_, isFull, engine) => (await import("./circles.ts")).benchCircles(isFull, engine),
  },
  rotate: { gives: ["rotate-200"], run: async () => (await import("./rotate.ts")).benchRotate() },
  web: {
    gives: ["web-first-view", "web-bytes", "web-unlock", "web-sync-10k", "web-check"],
    world: true,
    run: async (world) => (await import("./web.ts")).benchWeb(world),
  },
  openpgp: { gives: ["openpgp-10k"], run: async () => (await import("./openpgp.ts")).benchOpenpgp() },
  trust: { gives: [], run: async () => (await import("./trust.ts")).benchTrust() },
  subjects: { gives: [], run: async () => (await import("./subjects.ts")).benchSubjects() },
};

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    only: { type: "string" },
    engine: { type: "string" },
    /** Within a process of one task: its name, and where the world is. */
    task: { type: "string" },
    world: { type: "string" },
  },
});

/** Runs one task in a process of its own, and returns its figures. */
async function runApart(name: string, world: World | undefined): Promise<Figure[]> {
  const rest = [
    ...(options.full ? ["--full"] : []),
    ...(options.engine === undefined ? [] : ["--engine", options.engine]),
    ...(world === undefined ? [] : ["--world", world.directory]),
  ];
  const program = ["--expose-gc", here("main.ts"), "--task", name, ...rest];
  const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (part: Buffer) => {
    text += part.toString();
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`the benchmark ${name} failed`);
  return JSON.parse(text.slice(text.lastIndexOf("\n[") + 1)) as Figure[];
}

function print(figures: readonly Figure[]): void {
  const cells = figures.map(({ name, value, unit, floor, ratio }) => [
    name,
    String(value),
    unit,
    floor === undefined ? "" : String(floor),
    ratio === undefined ? "" : String(ratio),
  ]);
  const rows = [["name", "value", "unit", "floor", "ratio"], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    process.stdout.write(
      `${row
        .map((cell, i) => (i === 0 || i === 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  ")
        .trimEnd()}\n`,
    );
  }
}

if (options.task !== undefined) {
  const task = tasks[options.task];
  if (task === undefined) throw new Error(`there is no benchmark ${options.task}`);
  const { readWorld } = await import("./world.ts");
  const world = options.world === undefined ? undefined : readWorld(options.world);
  const figures = await task.run(world as World, options.full, options.engine);
  process.stdout.write(`\n${JSON.stringify(figures)}`, () => process.exit(0));
} else {
  const names = Object.keys(tasks);
  const asked = options.only?.split(",") ?? names;
  const taskOf = (name: string) => names.find((task) => task === name || tasks[task]?.gives.includes(name) === true);
  const unknown = asked.find((name) => taskOf(name) === undefined);
  if (unknown !== undefined) {
    process.stderr.write(`there is no benchmark ${unknown}: ${names.join(", ")}\n`);
    process.exit(2);
  }
  const wanted = new Set(asked.flatMap((name) => taskOf(name) ?? []));
  const needsWorld = (name: string) => tasks[name]?.world === true;
  const { makeWorld } = await import("./world.ts");
  const world = [...wanted].some(needsWorld) ? await makeWorld(10_000) : undefined;
  const results: Figure[] = [];
  for (const name of wanted) {
    try {
      results.push(...(await runApart(name, needsWorld(name) ? world : undefined)));
    } catch (error) {
      // The others are worth having all the same.
      process.stderr.write(`${(error as Error).message}\n`);
      process.exitCode = 1;
    }
  }
  await world?.close();
  for (const { name, value, most = Number.POSITIVE_INFINITY } of results) {
    if (value <= most) continue;
    process.stderr.write(`${name} is ${value}: it may be ${most} at most\n`);
    process.exitCode = 1;
  }
  const document = results.map(({ floor = null, ratio = null, ...rest }) => ({ ...rest, floor, ratio }));
  if (options.json) process.stdout.write(`${JSON.stringify({ results: document })}\n`);
  else print(results);
}
