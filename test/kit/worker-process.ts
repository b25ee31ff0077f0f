/* The host as a Worker in processes of its own, its databases in a directory: for what must survive its death. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EngineHost } from "./engine-host.ts";
import { quiet, testSeed, withoutRates, workerConfiguration } from "./worker-setup.ts";

const program = fileURLToPath(new URL("../../node_modules/wrangler/bin/wrangler.js", import.meta.url));

/** Runs wrangler as the leader of a process group: what it starts ends with it. */
function wrangler(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    detached: true,
    env: { ...process.env, ...quiet },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Ends a process group and waits until its leader and its port are gone. */
async function stop(child: ChildProcess, signal: NodeJS.Signals, url: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, signal);
  await gone;
  while (
    await fetch(url).then(
      () => true,
      () => false,
    )
  );
}

async function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stderr?.on("data", (part: Buffer) => {
      text += part.toString();
    });
    child.stdout?.on("data", (part: Buffer) => {
      text += part.toString();
      const match = /Ready on (http:\/\/\S+)/.exec(text);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
    child.once("exit", () => reject(new Error(`the Worker ended: ${text}`)));
  });
}

/** Starts the Worker on a free port of 127.0.0.1, its databases and configuration in a directory of its own. */
export async function startWorkerProcess(): Promise<EngineHost> {
  const directory = mkdtempSync(join(tmpdir(), "symbolon-worker-"));
  const config = workerConfiguration(directory, 1);
  const vars = Object.entries({ SYMBOLON_HOST_SEED: testSeed, ...withoutRates });
  writeFileSync(join(directory, ".dev.vars"), vars.map(([name, value]) => `${name}=${value}\n`).join(""));
  const place = ["--local", "--config", config, "--persist-to", join(directory, "state")];
  const migration = wrangler("d1", "migrations", "apply", "DB", ...place);
  const code = await new Promise((resolve) => migration.once("exit", resolve));
  if (code !== 0) throw new Error("the migrations were not applied");

  const start = async (port: string) => {
    const child = wrangler("dev", ...place, "--ip", "127.0.0.1", "--port", port);
    return { child, url: await listening(child) };
  };
  let { child, url } = await start("0");
  return {
    url,
    kill: () => stop(child, "SIGKILL", url),
    revive: async () => {
      ({ child } = await start(new URL(url).port));
    },
    end: () => stop(child, "SIGINT", url),
    directories: [directory],
    remove: async () => {
      await stop(child, "SIGKILL", url);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
