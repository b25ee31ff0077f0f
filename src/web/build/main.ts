/*
 * Builds the application: `node src/web/build/main.ts [FOLDER]` (default `dist`) writes FOLDER/web, to be served, and
 * FOLDER/symbolon.html, the whole of it in one file. The same source gives the same bytes.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import { compress } from "./compress.ts";
import { hexOf } from "./digest.ts";
import { addIntegrity } from "./integrity.ts";
import { manifestOf, writeManifest } from "./manifest.ts";
import { headersFile } from "./policy.ts";
import { serviceWorker } from "./serviceWorker.ts";
import { singleFile } from "./single.ts";
import { base } from "./vite.config.ts";
import { wasmHashes } from "./wasm.ts";

const target = resolve(process.argv[2] ?? fileURLToPath(new URL("../../../dist", import.meta.url)));
const web = join(target, "web");
const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

mkdirSync(target, { recursive: true });
const { output } = (await build({
  ...base,
  configFile: false,
  logLevel: "error",
  build: { ...base.build, outDir: web },
})) as Rolldown.RolldownOutput;
const parts = output.flatMap((part) => (part.type === "chunk" && !part.isEntry ? [part.fileName] : []));
addIntegrity(web, parts.sort());
writeFileSync(join(web, "sw.js"), await serviceWorker(web));
writeManifest(web, manifestOf(web, version, await wasmHashes()));
writeFileSync(join(web, "_headers"), headersFile());
compress(web);

const single = await singleFile();
writeFileSync(join(target, "symbolon.html"), single);
writeFileSync(join(target, "symbolon.html.sha256"), `${hexOf(single)}  symbolon.html\n`);
process.stdout.write(`${hexOf(single)}  symbolon.html\n`);
