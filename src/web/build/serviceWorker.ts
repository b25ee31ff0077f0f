/* The service worker, which knows every file of the application by name and by what is in it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hexOf } from "./digest.ts";
import { filesBelow } from "./files.ts";
import { oneScript } from "./single.ts";

/** The script of the service worker for the application in `folder`. */
export async function serviceWorker(folder: string): Promise<string> {
  const files = filesBelow(folder).filter((file) => !file.startsWith("_") && !file.startsWith("."));
  const version = hexOf(files.map((file) => `${file} ${hexOf(readFileSync(join(folder, file)))}`).join("\n")).slice(
    0,
    16,
  );
  const known = ["./", ...files.map((file) => `./${file}`)];
  const entry = fileURLToPath(new URL("../shell/sw.ts", import.meta.url));
  return (await oneScript(entry, "iife", [], { files: known, version })).script;
}
