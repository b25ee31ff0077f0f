import type { Engine } from "./engine.ts";
import { type Known, knownRows } from "./known.ts";
import { knownRuns } from "./knownRuns.ts";

/** How an engine finds entries by their hash: in memory where one host has it to itself, by its own index elsewhere. */
export function knownOf(engine: Engine): Known {
  return engine.indexBehind > 0 ? knownRuns(engine) : knownRows(engine);
}
