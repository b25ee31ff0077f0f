/* The application as somebody else serves it. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { webFiles } from "../kit/web-files.ts";

/** A copy of the built application, in a folder of its own, with the file whose path matches `name` changed. */
export function alteredWeb(name: RegExp, change: (content: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), "symbolon-web-"));
  cpSync(webFiles, folder, { recursive: true });
  const file = (readdirSync(folder, { recursive: true }) as string[]).find((one) => name.test(one));
  if (file === undefined) throw new Error("there is no such file");
  for (const packed of [".br", ".gz"]) rmSync(join(folder, `${file}${packed}`), { force: true });
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), "utf8")));
  return folder;
}
