/* The host as a Worker with D1, in workerd on this machine and with its databases in memory. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestHarness } from "wrangler";
import { decode, type PublicKey, toId } from "../../src/core/codec/index.ts";
import { hostInfo } from "../../src/core/log/index.ts";
import type { D1Binding } from "../../src/host/store/d1.ts";
import { bindingNames, quiet, testSeed, withoutRates, workerConfiguration } from "./worker-setup.ts";

export type WorkerHostOptions = {
  readonly foundingTokens?: readonly string[];
  /** Variables besides those of wrangler.toml; secrets, too. */
  readonly vars?: Readonly<Record<string, string>>;
  /** How many databases are bound; 1 unless told. */
  readonly databases?: number;
  /** Files of the web application, by name; none unless told. */
  readonly web?: Readonly<Record<string, string>>;
  /** Whether migrations are applied; they are unless told. */
  readonly migrated?: boolean;
};

export type WorkerHost = {
  /** Without a slash at the end. */
  readonly url: string;
  readonly key: PublicKey;
  /** The binding of a database, the first unless told. */
  readonly database: (name?: string) => Promise<D1Binding>;
  readonly migrate: () => Promise<void>;
  /** What the cron trigger does. */
  readonly sweep: () => Promise<void>;
  /** What the operator sees in `wrangler tail`. */
  readonly log: () => readonly string[];
  /** Ends the isolate and begins a new one on the same databases and address, with further variables if given. */
  readonly restart: (vars?: Readonly<Record<string, string>>) => Promise<WorkerHost>;
  readonly stop: () => Promise<void>;
};

/**
 * Starts the Worker on a free port of 127.0.0.1, its databases in memory.
 *
 * @example
 * const host = await startWorkerHost();
 * // … host.url, host.key …
 * await host.stop();
 */
export async function startWorkerHost(options: WorkerHostOptions = {}): Promise<WorkerHost> {
  const { databases = 1, migrated = true, foundingTokens = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), "symbolon-worker-"));
  Object.assign(process.env, quiet);
  const { createTestHarness } = await import("wrangler");
  const fixed = { SYMBOLON_HOST_SEED: testSeed, SYMBOLON_FOUNDING_TOKENS: foundingTokens.join(",") };
  let secrets: Record<string, string> = { ...fixed, ...withoutRates, ...options.vars };
  const configPath = workerConfiguration(folder, databases, options.web);
  const workers = () => ({ workers: [{ configPath, secrets }] });
  const harness: TestHarness = createTestHarness(workers());
  const { url } = await harness.listen();
  const migrate = async () => {
    for (const name of bindingNames(databases)) await harness.getWorker().applyD1Migrations(name);
  };
  if (migrated) await migrate();

  const host: WorkerHost = {
    url: url.origin,
    key: await keyAt(url.origin),
    database: async (name = "DB") => (await harness.getWorker().getEnv())[name] as D1Binding,
    migrate,
    sweep: async () => {
      const { outcome } = await harness.getWorker().scheduled({});
      if (outcome !== "ok") throw new Error(`the cron trigger ended with ${outcome}`);
    },
    log: () => harness.getLogs().map(({ message }) => message),
    restart: async (more = {}) => {
      secrets = { ...secrets, ...more };
      await harness.update(workers());
      return host;
    },
    stop: async () => {
      await harness.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return host;
}

async function keyAt(url: string): Promise<PublicKey> {
  const response = await fetch(`${url}/v1/host`);
  return toId<PublicKey>(decode(hostInfo, new Uint8Array(await response.arrayBuffer())).key);
}
