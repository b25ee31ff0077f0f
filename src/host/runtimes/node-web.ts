/*
 * Serves the built web application from a directory, under the headers that its own file `_headers` gives: the same
 * file that Cloudflare's assets read, so that no deployment can forget one.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import { UsageError } from "../../core/codec/index.ts";

type Rule = { readonly matches: (path: string) => boolean; readonly headers: readonly (readonly [string, string])[] };

/** The rules of a `_headers` file: a path, `*` at its end for all below, and its headers, each indented. */
export function readHeaders(text: string): readonly Rule[] {
  const rules: { path: string; headers: [string, string][] }[] = [];
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    if (!/^\s/.test(line)) rules.push({ path: line.trim(), headers: [] });
    else {
      const [name = "", ...value] = line.trim().split(":");
      rules.at(-1)?.headers.push([name.trim(), value.join(":").trim()]);
    }
  }
  return rules.map(({ path, headers }) => ({
    matches: path.endsWith("*") ? (given) => given.startsWith(path.slice(0, -1)) : (given) => given === path,
    headers,
  }));
}

/** The headers of `path`: of every rule that matches, later ones after earlier; `! Name` takes one away. */
export function headersOf(rules: readonly Rule[], path: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { matches, headers } of rules) {
    if (!matches(path)) continue;
    for (const [name, value] of headers) {
      if (name.startsWith("!")) found.delete(name.slice(1).trim().toLowerCase());
      else found.set(name.toLowerCase(), value);
    }
  }
  return found;
}

/** What is in the directory and is not for visitors. */
const isHidden = (path: string) => path === "/_headers" || /\.(?:br|gz)$/.test(path);

/**
 * Serves the application in `directory` at every path that no route of the host takes.
 *
 * Throws `UsageError` `host.web` where the directory holds no built application.
 */
export function serveWeb(app: Hono, directory: string): void {
  const file = join(directory, "_headers");
  if (!existsSync(file) || !existsSync(join(directory, "index.html"))) {
    throw new UsageError("host.web", "there is no web application in this directory: build it with npm run build");
  }
  const rules = readHeaders(readFileSync(file, "utf8"));
  const files = serveStatic({ root: directory, precompressed: true });
  app.get("*", async (c, next) => {
    const { path } = c.req;
    if (isHidden(path)) return next();
    const response = await files(c, async () => undefined);
    if (response === undefined) return next();
    for (const [name, value] of headersOf(rules, path)) response.headers.set(name, value);
    return response;
  });
}
