import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { integrityOf } from "./digest.ts";

/**
 * Gives every script and style of the page at `folder` its hash (Subresource Integrity). Scripts that the page loads
 * `later` (their file names) stand in it with theirs: an `import()` names none, so `src/web/ui/lazily.tsx` does.
 */
export function addIntegrity(folder: string, later: readonly string[]): void {
  const path = join(folder, "index.html");
  const hashOf = (file: string) => integrityOf(readFileSync(join(folder, file)));
  const page = readFileSync(path, "utf8").replaceAll(
    /<(script|link)([^>]*?) (src|href)="\.\/(assets\/[^"]+)"([^>]*)>/g,
    (_, tag: string, before: string, kind: string, file: string, after: string) =>
      `<${tag}${before} ${kind}="./${file}"${after} integrity="${hashOf(file)}">`,
  );
  const named = later.map((file) => `    <meta name="later" content="./${file} ${hashOf(file)}" />\n`);
  writeFileSync(
    path,
    page.replace("  </head>", (end) => `${named.join("")}${end}`),
  );
}
