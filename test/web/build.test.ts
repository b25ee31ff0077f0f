import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesBelow } from "../../src/web/build/files.ts";
import type { Manifest } from "../../src/web/build/manifest.ts";
import { servedPolicy } from "../../src/web/build/policy.ts";

const program = fileURLToPath(new URL("../../src/web/build/main.ts", import.meta.url));
const sha256 = (content: Uint8Array, as: "base64url" | "base64" | "hex") =>
  createHash("sha256").update(content).digest(as);

describe("the built application", () => {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), "symbolon-build-")));
  const [first = "", second = ""] = folders;
  const read = (file: string) => readFileSync(join(first, file));
  beforeAll(() => {
    for (const folder of folders) execFileSync(process.execPath, [program, folder]);
  }, 60_000);
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  test("is the same to the byte when it is built again", () => {
    expect(filesBelow(second)).toEqual(filesBelow(first));
    for (const file of filesBelow(first)) expect(readFileSync(join(second, file)), file).toEqual(read(file));
  });

  test("names every file that it serves with its hash, and its policy, as WEBCAT reads it", () => {
    const { manifest } = JSON.parse(read("web/.well-known/webcat/manifest.json").toString()) as Manifest;
    expect(manifest.default_csp).toBe(servedPolicy);
    expect(manifest.files).toHaveProperty(["/index.html"]);
    for (const [path, hash] of Object.entries(manifest.files)) {
      expect(sha256(read(`web${path}`), "base64url"), path).toBe(hash);
    }
    const scripts = filesBelow(join(first, "web")).filter((file) => file.endsWith(".js"));
    expect(Object.keys(manifest.files)).toEqual(expect.arrayContaining(scripts.map((file) => `/${file}`)));
    // libsodium, and Argon2id and BLAKE2b of hash-wasm.
    expect(manifest.wasm.length).toBeGreaterThanOrEqual(2);
  });

  test("gives every script and style of its page the hash of what it is", () => {
    const page = read("web/index.html").toString();
    const loaded = [...page.matchAll(/<(?:script|link)[^>]*(?:src|href)="\.\/(assets\/[^"]+)"[^>]*>/g)];
    expect(loaded.length).toBeGreaterThanOrEqual(2);
    for (const [element, file] of loaded)
      expect(element).toContain(`integrity="sha256-${sha256(read(`web/${file}`), "base64")}"`);
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
  });

  test("names every part that the page fetches later with its hash", () => {
    const page = read("web/index.html").toString();
    const named = new Map(
      [...page.matchAll(/<link rel="part"[^>]* href="\.\/(assets\/[^"]+)" integrity="([^"]+)">/g)].map(
        ([, file = "", hash = ""]) => [file, hash],
      ),
    );
    const main = /<script type="module"[^>]* src="\.\/(assets\/[^"]+)"/.exec(page)?.[1] ?? "";
    const asked = [
      ...read(`web/${main}`)
        .toString()
        .matchAll(/import\([`"']\.\/([^`"']+)[`"']\)/g),
    ];
    expect(asked.length).toBeGreaterThanOrEqual(3);
    for (const [, file = ""] of asked) {
      expect(named.get(`assets/${file}`), file).toBe(`sha256-${sha256(read(`web/assets/${file}`), "base64")}`);
    }
  });

  test("prints the hash of the single file, whose policy names its own script and style", () => {
    const page = read("symbolon.html");
    expect(read("symbolon.html.sha256").toString()).toBe(`${sha256(page, "hex")}  symbolon.html\n`);
    const text = page.toString();
    const script = /<script type="module">([\s\S]*)<\/script>/.exec(text)?.[1] ?? "";
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? "";
    for (const part of [script, style]) expect(text).toContain(`'sha256-${sha256(Buffer.from(part), "base64")}'`);
    expect(text.replace(script, "").replace(style, "")).not.toMatch(/(?:src|href)="(?!data:)/);
  });
});
