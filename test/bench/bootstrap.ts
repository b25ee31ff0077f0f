/* A fresh device fetches, verifies, opens and indexes a whole circle over HTTP. */
import { readFileSync } from "node:fs";
import { indexStatements, lookup, openCircle, thisPlatform } from "../../src/client/index.ts";
import { type Figure, figure, median, timed } from "./figure.ts";
import { bareLibsodium } from "./floor.ts";
import { draftOf, freshDevice, type World } from "./world.ts";

const runs = 5;

/** Resident memory of another process, in MiB; `undefined` where the system does not say it this way. */
function residentOf(pid: number): number | undefined {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return match?.[1] === undefined ? undefined : Number(match[1]) / 1024;
  } catch {
    return undefined;
  }
}

/**
 * One bootstrap: milliseconds until everything is opened and indexed (`usable`), and until every signature is
 * verified, too (`whole`). Checks on the way that nothing unverified is shown, and in the end that all is there.
 */
export async function bootstrap(world: World) {
  const platform = await thisPlatform();
  const identity = await freshDevice(world, platform);
  globalThis.gc?.();
  const start = performance.now();
  const circle = await openCircle(identity, world.circle);
  await circle.sync();
  const index = indexStatements(circle);
  const usable = performance.now() - start;
  const early = lookup(circle, phoneOf(world.statements - 1), index).found;
  if (early.some(({ recorded }) => !circle.ledger.isChecked(recorded.position))) {
    throw new Error("a statement was shown before its signature was checked");
  }
  await circle.settle();
  const whole = performance.now() - start;
  const attested = circle.statements().filter(({ statement }) => statement.kind === "attestation").length;
  if (attested !== world.statements || circle.ledger.voids.length > 0) throw new Error("statements are missing");
  for (const number of [0, world.statements >> 1, world.statements - 1]) {
    if (lookup(circle, phoneOf(number), index).found.length !== 1) throw new Error("the index misses a statement");
  }
  return { circle, usable, whole };
}

function phoneOf(number: number): string {
  const draft = draftOf(number);
  return draft.kind === "attestation" ? (draft.subject.identifiers[0]?.value ?? "") : "";
}

/** `bootstrap-10k`, `usable-10k` and the memory that both sides hold afterwards. */
export async function benchBootstrap(world: World): Promise<Figure[]> {
  const first = await bootstrap(world);
  globalThis.gc?.();
  const clientMemory = process.memoryUsage().rss / 2 ** 20;
  const hostMemory = residentOf(world.hostPid);
  const bare = await bareLibsodium(first.circle);
  const usable: number[] = [];
  const whole: number[] = [];
  const floors: number[] = [];
  for (let run = 0; run < runs; run++) {
    floors.push((await timed(bare)).ms);
    const made = await bootstrap(world);
    usable.push(made.usable);
    whole.push(made.whole);
  }
  const floor = median(floors);
  return [
    figure("bootstrap-10k", median(whole), "ms", floor),
    figure("usable-10k", median(usable), "ms", floor),
    figure("bootstrap-10k-cold", first.whole, "ms", floor),
    figure("usable-10k-cold", first.usable, "ms", floor),
    figure("bootstrap-10k-client-memory", clientMemory, "MiB resident"),
    ...(hostMemory === undefined ? [] : [figure("bootstrap-10k-host-memory", hostMemory, "MiB resident")]),
  ];
}
