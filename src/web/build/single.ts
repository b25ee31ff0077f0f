/* The whole client in one file: no request but to a circle's host, the same from a disk as from any server. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type InlineConfig, type Plugin, type Rolldown } from "vite";
import { integrityOf } from "./digest.ts";
import { singlePolicy } from "./policy.ts";
import { base } from "./vite.config.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One script of `input` with everything that it would load later inside; `define` puts values in the place of names. */
export async function oneScript(
  input: string,
  format: "es" | "iife",
  plugins: readonly Plugin[] = [],
  define: Readonly<Record<string, unknown>> = {},
): Promise<{ script: string; style: string }> {
  const config: InlineConfig = {
    ...base,
    configFile: false,
    logLevel: "error",
    publicDir: false,
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
    plugins: [...base.plugins, ...plugins],
    build: { ...base.build, write: false, rolldownOptions: { input, output: { format, codeSplitting: false } } },
  };
  const { output } = (await build(config)) as Rolldown.RolldownOutput;
  const scripts = output.filter((part) => part.type === "chunk");
  const styles = output.filter((part) => part.type === "asset" && part.fileName.endsWith(".css"));
  if (scripts.length !== 1) throw new Error(`${input} came out as ${scripts.length} scripts`);
  return {
    script: (scripts[0] as Rolldown.OutputChunk).code,
    style: styles.map((part) => String((part as Rolldown.OutputAsset).source)).join("\n"),
  };
}

/** The worker's script as text in the page, started from memory. Chromium starts no module from there on a page of a disk. */
const workerInside = (script: string): Plugin => ({
  name: "worker-inside",
  enforce: "pre",
  load(id) {
    if (!id.endsWith("/shell/worker-url.ts")) return null;
    const source = `URL.createObjectURL(new Blob([${JSON.stringify(script)}], { type: "text/javascript" }))`;
    return `export const workerUrl = ${source}; export const workerType = "classic";`;
  },
});

/** Nothing in a script may look like its end, or a comment, to the parser of the page around it. */
const insideScript = (script: string): string => script.replaceAll(/<(?=\/script|!--)/gi, "\\x3C");

/** The application as one HTML file, under a policy that names its own script and style by their hashes. */
export async function singleFile(): Promise<string> {
  const worker = await oneScript(here("../engine/worker.ts"), "iife");
  const page = await oneScript(here("../main.tsx"), "es", [workerInside(worker.script)]);
  const styled = await oneScript(here("./styles.ts"), "es");
  const script = insideScript(page.script);
  const icon = readFileSync(here("../public/icon.svg")).toString("base64");
  const policy = singlePolicy(integrityOf(script), integrityOf(styled.style));
  return readFileSync(here("../index.html"), "utf8")
    .replace(/\n *<link rel="manifest"[^>]*>/, "")
    .replace(/href="\.\/icon\.svg"/, () => `href="data:image/svg+xml;base64,${icon}"`)
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${styled.style}</style>`)
    .replace(/\n *<script[^>]*><\/script>/, "")
    .replace(
      /<meta charset="utf-8" \/>/,
      (charset) => `${charset}\n    <meta http-equiv="content-security-policy" content="${policy}" />`,
    )
    .replace(/<\/body>/, () => `<script type="module">${script}</script>\n  </body>`);
}
