import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { restore } from "../../src/host/runtimes/node-backup.ts";
import { accessKey, append, entryOf, found, positionsIn } from "../host/kit.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";

let host: TestHost;
let backups = "";
beforeEach(async () => {
  host = await startTestHost();
  backups = mkdtempSync(join(tmpdir(), "symbolon-drill-"));
});
afterEach(async () => {
  await host.stop();
  rmSync(backups, { recursive: true, force: true });
});

/** Runs the drill as an operator does; `node` is the one that runs this test. */
function drill(): Promise<{ readonly exit: number; readonly text: string }> {
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
    SYMBOLON: "node src/cli/main.ts",
  };
  return new Promise((resolve) => {
    execFile("deploy/drills/sqlite.sh", [host.data, backups], { env }, (error, out, err) =>
      resolve({ exit: error === null ? 0 : Number(error.code), text: out + err }),
    );
  });
}

test("the drill backs up a host that is written to, and verifies what comes back", async () => {
  const target = {
    key: host.key,
    clock: { now: Date.now() },
    fetch: (path: string, init?: RequestInit) => fetch(host.url + path, init),
  };
  const { circle } = await found(target);
  const write = () => append(target, circle, accessKey(0), entryOf(circle, 0));
  let before = 0;
  for (let i = 0; i < 20; i++) before = (await positionsIn(await write()))[0] as number;
  let over = false;
  const held = drill().finally(() => {
    over = true;
  });
  let after = before;
  while (!over) after = (await positionsIn(await write()))[0] as number;
  const { exit, text } = await held;
  expect(text).toMatch(/circles +1\n/);
  expect(exit).toBe(0);
  expect(after).toBeGreaterThan(before);
  // The backup stays, the copy that was restored to verify it does not.
  const [day, ...rest] = readdirSync(backups);
  expect([day, rest]).toEqual([new Date().toISOString().slice(0, 10), []]);
  const verified = await restore(join(backups, day as string), join(backups, "restored"));
  expect(verified.entries).toBeGreaterThan(before);
  expect(verified.entries).toBeLessThanOrEqual(after + 1);
  // Once a day: a backup is never written over.
  expect((await drill()).exit).toBe(2);
});

test("the drill fails where the database is damaged, and leaves no copy about", async () => {
  await host.close();
  const file = join(host.data, "symbolon.sqlite");
  const bytes = readFileSync(file);
  for (let at = 100; at < bytes.length; at += 3) bytes[at] = (bytes[at] as number) ^ 0x55;
  writeFileSync(file, bytes);
  expect((await drill()).exit).not.toBe(0);
  expect(readdirSync(backups).filter((name) => name.startsWith(".drill"))).toEqual([]);
});
