/*
 * Parts of the page that are fetched when they are needed. The build puts this in the place of Vite's own helper around
 * every `import()` of the page. A page under an integrity policy starts no script without a hash, and `import()` can name
 * none: so the page names each part with its hash in a link of its own, which becomes a preload when the part is needed.
 */
import { EngineError } from "../engine/remote.ts";

const missing = () =>
  new EngineError({ fault: "unknown", code: "page.part", message: "a part of the page could not be fetched" });

const fetched = new Map<string, Promise<void>>();

/** Fetches the script at `file` under the hash that the page names; nothing where the page itself has it already. */
function fetchPart(file: string): Promise<void> {
  const before = fetched.get(file);
  if (before !== undefined) return before;
  const link = [...document.querySelectorAll<HTMLLinkElement>("link[rel=part]")].find((one) => one.href === file);
  if (link === undefined) return Promise.resolve();
  const part = new Promise<void>((resolve, reject) => {
    link.addEventListener("load", () => resolve(), { once: true });
    link.addEventListener("error", () => reject(missing()), { once: true });
    link.rel = "modulepreload";
  });
  fetched.set(file, part);
  part.catch(() => {
    link.rel = "part";
    fetched.delete(file);
  });
  return part;
}

/** Runs `load`, an `import()`, when the scripts `files`, seen from the script at `from`, are here. */
export async function __vitePreload<T>(load: () => Promise<T>, files: readonly string[] = [], from = ""): Promise<T> {
  await Promise.all(files.map((file) => fetchPart(new URL(file, from).href)));
  return load().catch(() => {
    throw missing();
  });
}
