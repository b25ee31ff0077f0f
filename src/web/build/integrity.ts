import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { integrityOf } from "./digest.ts";

/** Gives every script and style of the page at `folder` its hash (Subresource Integrity). */
export function addIntegrity(folder: string): void {
  const path = join(folder, "index.html");
  const page = readFileSync(path, "utf8").replaceAll(
    /<(script|link)([^>]*?) (src|href)="\.\/(assets\/[^"]+)"([^>]*)>/g,
    (_, tag: string, before: string, kind: string, file: string, after: string) =>
      `<${tag}${before} ${kind}="./${file}"${after} integrity="${integrityOf(readFileSync(join(folder, file)))}">`,
  );
  writeFileSync(path, page);
}
