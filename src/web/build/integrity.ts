import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { integrityOf } from "./digest.ts";

/**
 * Gives every script and style of the page at `folder` its hash (Subresource Integrity), and names the `parts`, scripts
 * that the page fetches when it needs them, with theirs (`shell/parts.ts`).
 */
export function addIntegrity(folder: string, parts: readonly string[]): void {
  const path = join(folder, "index.html");
  const hashOf = (file: string) => integrityOf(readFileSync(join(folder, file)));
  const named = parts.map((file) => `    <link rel="part" crossorigin href="./${file}" integrity="${hashOf(file)}">\n`);
  const page = readFileSync(path, "utf8")
    .replaceAll(
      /<(script|link)([^>]*?) (src|href)="\.\/(assets\/[^"]+)"([^>]*)>/g,
      (_, tag: string, before: string, kind: string, file: string, after: string) =>
        `<${tag}${before} ${kind}="./${file}"${after} integrity="${hashOf(file)}">`,
    )
    .replace(/ *<\/head>/, (end) => `${named.join("")}${end}`);
  writeFileSync(path, page);
}
