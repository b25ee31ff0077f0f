import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../client/index.ts";

const pause = 50;
const patience = 30_000;

function holderOf(path: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path, "utf8"), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function take(path: string): boolean {
  try {
    const file = openSync(path, "wx", 0o600);
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves away the lock of a process that is gone, if it still is that one. */
function breakStale(path: string, pid: number): void {
  if (holderOf(path) !== pid) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch {
    // Another process was faster.
  }
}

/**
 * Makes this process the only one that works on a home, until it ends: two that each write the vault as they know
 * it would lose what the other added, perhaps the keys of a circle. Waits for another up to half a minute.
 *
 * Throws `UsageError` `device.busy`.
 */
export async function holdHome(home: string): Promise<void> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const path = join(home, "lock");
  const until = Date.now() + patience;
  while (!take(path)) {
    const pid = holderOf(path);
    if (pid !== undefined && !isAlive(pid)) breakStale(path, pid);
    else if (Date.now() > until) {
      throw new UsageError(
        "device.busy",
        "another symbolon works on this home: wait for it, or remove its file “lock” if none runs",
      );
    } else await new Promise((resolve) => setTimeout(resolve, pause));
  }
  process.once("exit", () => rmSync(path, { force: true }));
  for (const [signal, exit] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => process.exit(exit));
  }
}
