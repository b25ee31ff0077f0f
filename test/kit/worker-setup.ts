/* What a Worker on this machine is started with: the project's own wrangler.toml, its secrets, and no network. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The seed of the host's key in tests. */
export const testSeed = "5e".repeat(32);

/** Offline, and quiet: nothing is looked up, sent or asked. */
export const quiet = {
  CI: "1",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  DO_NOT_TRACK: "1",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_WRITE_LOGS: "false",
};

/** Without rates: a test is faster than any member. */
export const withoutRates = {
  SYMBOLON_LIMIT_WRITES_PER_MINUTE: "none",
  SYMBOLON_LIMIT_CONTROL_WRITES_PER_MINUTE: "none",
  SYMBOLON_LIMIT_FOUNDINGS_PER_HOUR: "none",
};

export const bindingNames = (databases: number) =>
  Array.from({ length: databases }, (_, i) => (i === 0 ? "DB" : `DB${i + 1}`));

/** Writes the project's configuration, with so many databases and other files to serve, into `folder`: its path. */
export function workerConfiguration(
  folder: string,
  databases: number,
  web: Readonly<Record<string, string>> = {},
): string {
  const assets = join(folder, "web");
  mkdirSync(assets);
  for (const [name, text] of Object.entries(web)) writeFileSync(join(assets, name), text);
  const text = readFileSync(join(root, "wrangler.toml"), "utf8")
    .replace('"dist/web"', JSON.stringify(assets))
    .replaceAll(/"(src\/|schema")/g, `"${root}$1`);
  const first = /\[\[d1_databases\]\]\n(?:.+\n)+/.exec(text)?.[0] ?? "";
  const more = bindingNames(databases)
    .slice(1)
    .map((name, i) =>
      first
        .replace('"DB"', `"${name}"`)
        .replace('"symbolon"', `"symbolon${i + 2}"`)
        .replace('0"', `${i + 1}"`),
    );
  const path = join(folder, "wrangler.toml");
  writeFileSync(path, [text, ...more].join("\n"));
  return path;
}
