import { type Connection, connect } from "../engine/remote.ts";
import type { EngineService } from "../engine/service.ts";
import { workerType, workerUrl } from "./worker-url.ts";

type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string;
  };
};

/** Under Trusted Types these are the only scripts that this page ever starts. */
const scripts: readonly string[] = [workerUrl, "./sw.js"];

const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("symbolon", {
  createScriptURL: (url) => {
    if (!scripts.includes(url)) throw new TypeError("this page does not start this script");
    return url;
  },
});

/** The address of a script as the browser takes it under `require-trusted-types-for 'script'`. */
export function scriptUrl(url: string): string {
  return policy === undefined ? url : policy.createScriptURL(url);
}

/** Starts a fresh worker. The one before is ended first: what it knew is gone with it. */
export function startEngine(): Connection<EngineService> {
  return connect<EngineService>(new Worker(scriptUrl(workerUrl), { type: workerType, name: "notes" }));
}
