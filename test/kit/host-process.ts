/* A host in a process of its own, for what must survive its death. Run as a program it is that process. */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export type HostProcess = {
  readonly url: string;
  readonly port: number;
  /** The data directory; its log is `host.log` in it. */
  readonly data: string;
  readonly pid: number;
  /** Ends it as a power cut would, and waits until it is gone. */
  readonly kill: () => Promise<void>;
  /** Asks it to finish, and waits. */
  readonly end: () => Promise<void>;
  readonly remove: () => void;
};

const gone = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });

/** What a host process is given; what is absent it has of its own. */
export type Given = {
  readonly data?: string;
  readonly port?: number;
  /** URL of a PostgreSQL database; SQLite in `data` without one. */
  readonly database?: string;
  readonly keyFile?: string;
  /** A built web application that it serves, too. */
  readonly web?: string;
};

/** Starts a host process. */
export async function startHostProcess(given: Given = {}): Promise<HostProcess> {
  const data = given.data ?? mkdtempSync(join(tmpdir(), "symbolon-host-"));
  const program = fileURLToPath(import.meta.url);
  const { database = "", keyFile = "", web = "" } = given;
  const child = spawn(process.execPath, [program, data, String(given.port ?? 0), web], {
    env: { ...process.env, DATABASE_URL: database, SYMBOLON_KEY_FILE: keyFile },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(join(data, "host.log"), { flags: "a" });
  child.stderr.pipe(log);
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (part: Buffer) => {
      log.write(part);
      text += part.toString();
      const match = /^listening (\S+)$/m.exec(text);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
    child.once("exit", (code) => reject(new Error(`the host ended with ${code}`)));
  });
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone(child);
  };
  return {
    url,
    port: Number(new URL(url).port),
    data,
    pid: child.pid as number,
    kill: () => stop("SIGKILL"),
    end: () => stop("SIGTERM"),
    remove: () => rmSync(data, { recursive: true, force: true }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { start } = await import("../../src/host/runtimes/node.ts");
  const { createLog } = await import("../../src/host/log.ts");
  const [data = "", port = "0", web = ""] = process.argv.slice(2);
  const { DATABASE_URL: url = "", SYMBOLON_KEY_FILE: keyFile = "" } = process.env;
  const limit = Number.POSITIVE_INFINITY;
  const running = await start({
    data,
    port: Number(port),
    ...(url === "" ? {} : { database: { url } }),
    ...(keyFile === "" ? {} : { keyFile }),
    ...(web === "" ? {} : { web }),
    log: createLog("info"),
    limits: { writesPerMinute: limit, controlWritesPerMinute: limit, foundingsPerHour: limit },
  });
  process.stdout.write(`listening ${running.url}\n`);
  process.once("SIGTERM", () => running.close().then(() => process.exit(0)));
}
