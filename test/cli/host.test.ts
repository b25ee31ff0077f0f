import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { cli, person, temporary } from "./kit.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const folder = temporary();
const data = join(folder.path, "data");
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  folder.remove();
});

/** Starts a host by the command line; answers its one document, and stops it as a supervisor does. */
async function served(...args: readonly string[]) {
  const child = spawn(process.execPath, [main, "host", "serve", ...args, "--json"], {
    env: { PATH: process.env.PATH, SYMBOLON_LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const line = await new Promise<string>((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(text);
    });
  });
  return {
    ...(JSON.parse(line) as { url: string; key: string }),
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

describe("who runs a host", { timeout: 60_000 }, () => {
  it("serves, backs up while serving, stops in order, and restores", async () => {
    const first = await served("--data", data, "--port", "0");
    const lan = person(join(folder.path, "lan"));
    await lan.json("init", "--organization", "Newsroom A", "--member", "Editor A");
    await lan.json("circle", "found", "--host", first.url, "--label", "press");
    const copy = join(folder.path, "copy");
    expect((await cli(["host", "backup", copy, "--data", data, "--json"])).exit).toBe(0);
    expect((await cli(["host", "backup", copy, "--data", data])).exit).toBe(2);
    expect(await first.stop()).toBe(0);

    expect((await cli(["host", "restore", copy, "--data", data])).exit).toBe(2);
    const restored = await cli(["host", "restore", copy, "--data", data, "--replace", "--json"]);
    expect(JSON.parse(restored.out)).toMatchObject({ circles: 1, waiting: 1 });
    const again = await served("--data", data, "--port", new URL(first.url).port);
    expect(again.key).toBe(first.key);
    expect(await lan.json("circle", "show")).toMatchObject({ label: "press", standing: "restored" });
    const early = await lan.run("attest", "0912345678", "--as", "identity");
    expect([early.exit, early.err]).toEqual([4, expect.stringContaining("restored from a backup")]);
    expect(await again.stop()).toBe(0);

    // The same for a host whose disk was set back, by whatever else.
    expect(JSON.parse((await cli(["host", "restored", "--data", data, "--json"])).out)).toMatchObject({ waiting: 1 });
    // Who runs it knows that nothing came after the backup.
    expect(JSON.parse((await cli(["host", "reopen", "--data", data, "--json"])).out)).toMatchObject({ reopened: 1 });
    const open = await served("--data", data, "--port", new URL(first.url).port);
    await lan.json("attest", "0912345678", "--as", "identity");
    expect(await open.stop()).toBe(0);
  });

  it("says what is wrong with a configuration, without repeating it", async () => {
    const ran = await cli(["host", "serve", "--data", data, "--port", "-1", "--json"]);
    expect(ran.exit).toBe(2);
    expect(JSON.parse(ran.out).error.message).toContain("SYMBOLON_PORT");
  });

  it("asks the doctor, who says what to do, and whose exit code is for scripts", async () => {
    const kept = join(folder.path, "kept");
    const host = await served("--data", kept, "--port", "0");
    expect(await host.stop()).toBe(0);
    const asked = await cli(["host", "doctor", host.url, "--data", kept, "--json"]);
    expect(asked.exit).toBe(8);
    const { healthy, findings } = JSON.parse(asked.out) as { healthy: boolean; findings: { state: string }[] };
    expect(healthy).toBe(false);
    expect(findings.map(({ state }) => state)).toEqual(["failure", "ok", "ok", "ok", "ok", "ok"]);
    const told = await cli(["host", "doctor", host.url]);
    expect(told.out).toMatch(/failure {2}reach +No host answers[\s\S]*→ [\s\S]*1 to repair/);
    expect((await cli(["host", "doctor", "host.example"])).exit).toBe(2);
  });

  it.each([
    ["host.config", "mysql://root:hunter2@127.0.0.1/x"],
    ["database.unreachable", "postgres://root:hunter2@127.0.0.1:1/x"],
  ])("says what is wrong with a database without repeating its URL: %s", async (code, url) => {
    const ran = await cli(["host", "serve", "--data", data, "--port", "0", "--json"], { DATABASE_URL: url });
    expect(ran.exit).toBe(2);
    expect(JSON.parse(ran.out).error.code).toBe(code);
    expect(ran.out + ran.err).not.toMatch(/hunter2|root|mysql/);
  });
});
