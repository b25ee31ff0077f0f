import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NodeHostOptions, type RunningHost, start } from "../../src/host/runtimes/node.ts";

export type TestHost = RunningHost & {
  /** The data directory. */
  readonly data: string;
  /** Closes the host and starts it again on the same data, at the same port. */
  readonly restart: () => Promise<TestHost>;
  /** Closes the host and removes its data. */
  readonly stop: () => Promise<void>;
};

/** Without rates: a test is faster than any member. */
const withoutRates = {
  writesPerMinute: Number.POSITIVE_INFINITY,
  controlWritesPerMinute: Number.POSITIVE_INFINITY,
  foundingsPerHour: Number.POSITIVE_INFINITY,
};

/** Lets `fetch` notice that the connections it kept to the port before the restart are closed. */
async function settle(url: string): Promise<void> {
  for (let failures = 0; failures < 10; ) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return;
    failures++;
  }
}

/**
 * Starts a real Node host on a free port of 127.0.0.1 with its data in a directory of its own.
 *
 * @example
 * const host = await startTestHost();
 * // … host.url, host.key …
 * await host.stop();
 */
export async function startTestHost(options: Partial<NodeHostOptions> = {}): Promise<TestHost> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), "symbolon-host-"));
  const running = await start({ port: 0, ...options, data, limits: { ...withoutRates, ...options.limits } });
  return {
    ...running,
    data,
    restart: async () => {
      await running.close();
      const again = await startTestHost({ ...options, data, port: Number(new URL(running.url).port) });
      await settle(again.url);
      return again;
    },
    stop: async () => {
      await running.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
