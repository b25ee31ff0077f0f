/*
 * The host as a Cloudflare Worker: `fetch` serves the interface, `scheduled` does what falls due. Nothing goes on
 * after an answer, so nothing asks the platform to wait for it.
 */
import type { Hono } from "hono";
import { UsageError } from "../../core/codec/index.ts";
import { noteSigner, verifyStrict } from "../../core/crypto/webcrypto.ts";
import { problemMediaType } from "../../core/log/index.ts";
import { createApp } from "../app.ts";
import { createHost } from "../host.ts";
import type { Observer } from "../options.ts";
import { outline } from "../outline.ts";
import { problemDocument } from "../problem.ts";
import { checked, createMeter, openD1, requireMigrations } from "../store/d1.ts";
import { bindKey, type Engine, type Store, sqlStore } from "../store/index.ts";
import { shards } from "../store/shards.ts";
import { sweep } from "../sweep.ts";
import { readWorkerConfig, type WorkerEnv } from "./worker-config.ts";

/** Seen by the operator in `wrangler tail` and stored nowhere: no address, no id, no path. */
const observer: Observer = {
  answered: () => {},
  committed: () => {},
  failed: (route, error) =>
    console.error(error instanceof UsageError ? error.message : JSON.stringify({ route, error: outline(error) })),
};

/** What the parts of a host are made of. Throws `UsageError`. */
async function prepare(env: WorkerEnv) {
  const config = readWorkerConfig(env);
  const { databases, queries, limits, foundingTokens, seed } = config;
  const signer = await noteSigner(seed);
  const check = async (engine: Engine) => {
    await requireMigrations(engine);
    await bindKey(engine, signer.publicKey);
  };
  const engines = databases.map((binding) => checked(openD1(binding, queries), check));
  const fixed = { signer, verify: verifyStrict, limits, foundingTokens, observer };
  return { ...config, engines, hostOver: (store: Store) => createHost({ ...fixed, store, isolated: true }) };
}

/** What this isolate serves; made by its first request. */
let serving: Hono | undefined;

/** What is wrong with the set-up is for the operator's eyes; everybody else learns that it is not theirs to mend. */
function notReady(error: unknown): Response {
  observer.failed("start", error);
  return new Response(problemDocument("not-ready"), {
    status: 503,
    headers: { "content-type": problemMediaType, "retry-after": "30", "access-control-allow-origin": "*" },
  });
}

const sweepEvery = 10 * 60_000;

export default {
  async fetch(request: Request, env: WorkerEnv): Promise<Response> {
    try {
      if (serving === undefined) {
        const { engines, growth, hostOver } = await prepare(env);
        serving = createApp(hostOver(shards(engines.map(sqlStore), growth)));
      }
    } catch (error) {
      return notReady(error);
    }
    return serving.fetch(request);
  },

  /** Sweeps as far as one invocation may go. What is left is for the next, which begins with another database. */
  async scheduled({ scheduledTime }: { readonly scheduledTime: number }, env: WorkerEnv): Promise<void> {
    try {
      const { engines, queries, hostOver } = await prepare(env);
      const meter = createMeter(queries);
      const first = Math.floor(scheduledTime / sweepEvery) % engines.length;
      for (const engine of [...engines.slice(first), ...engines.slice(0, first)]) {
        await sweep(hostOver(sqlStore(meter(engine))));
      }
    } catch (error) {
      observer.failed("sweep", error);
    }
  },
};
