/*
 * The manifest of all files in the layout that WEBCAT (Freedom of the Press Foundation) reads, unsigned: who
 * publishes a release signs it with webcat's own tool.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { base64UrlOf } from "./digest.ts";
import { filesBelow } from "./files.ts";
import { servedPolicy } from "./policy.ts";

/** The host's own answers under the same origin have the policy of `src/host/app.ts`. */
const answerPolicy = "default-src 'none'; frame-ancestors 'none'";

export type Manifest = {
  readonly manifest: {
    readonly app: string;
    readonly version: string;
    readonly default_csp: string;
    readonly files: Readonly<Record<string, string>>;
    readonly default_index: string;
    readonly default_fallback: string;
    readonly wasm: readonly string[];
    readonly extra_csp: Readonly<Record<string, string>>;
  };
};

/** Compressed forms are the same files to a browser; hidden ones and `_headers` are not served. */
const isServed = (file: string) => !/\.(?:br|gz)$/.test(file) && !/(?:^|\/)[._]/.test(file);

/** The manifest of the application in `folder`: SHA-256 of each file in base64url, by its path. */
export function manifestOf(folder: string, version: string, wasm: readonly string[]): Manifest {
  const files = filesBelow(folder).filter(isServed);
  return {
    manifest: {
      app: "urn:symbolon:web",
      version,
      default_csp: servedPolicy,
      files: Object.fromEntries(files.map((file) => [`/${file}`, base64UrlOf(readFileSync(join(folder, file)))])),
      default_index: "index.html",
      default_fallback: "/index.html",
      wasm,
      extra_csp: { "/healthz": answerPolicy, "/openapi.json": answerPolicy, "/v1/": answerPolicy },
    },
  };
}

/** Writes it where WEBCAT looks for it. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const place = join(folder, ".well-known", "webcat");
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
