/* The host of the tests that hold for every engine: which one it is, the run says. */
import type { PublicKey } from "../../src/core/codec/index.ts";
import { startTestHost } from "./host.ts";

export type AnyHost = {
  readonly url: string;
  readonly key: PublicKey;
  /** Ends the host and begins it anew on the same data, at the same address. */
  readonly restart: () => Promise<AnyHost>;
  readonly stop: () => Promise<void>;
};

export type AnyHostOptions = { readonly foundingTokens?: readonly string[] };

/**
 * Starts a host on the engine that `SYMBOLON_TEST_ENGINE` names, SQLite where it names none. Every test that uses
 * it is run on each of them (`test/vitest.config.ts`).
 */
export async function startAnyHost(options: AnyHostOptions = {}): Promise<AnyHost> {
  const engine = process.env.SYMBOLON_TEST_ENGINE ?? "sqlite";
  if (engine === "sqlite") return startTestHost(options);
  if (engine === "d1") return (await import("./worker-host.ts")).startWorkerHost(options);
  throw new Error("SYMBOLON_TEST_ENGINE: sqlite or d1");
}
