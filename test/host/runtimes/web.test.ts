import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mediaType } from "../../../src/core/log/index.ts";
import { headersOf, readHeaders } from "../../../src/host/runtimes/node-web.ts";
import { startTestHost, type TestHost } from "../../kit/host.ts";

const headers = `/*
  Content-Security-Policy: default-src 'none'; trusted-types symbolon
  Cache-Control: no-cache
/
  Integrity-Policy: blocked-destinations=(script)
/assets/*
  ! Cache-Control
  Cache-Control: public, immutable
`;

test("rules of a headers file add up, and one can be taken away", () => {
  const rules = readHeaders(headers);
  expect(Object.fromEntries(headersOf(rules, "/"))).toEqual({
    "content-security-policy": "default-src 'none'; trusted-types symbolon",
    "cache-control": "no-cache",
    "integrity-policy": "blocked-destinations=(script)",
  });
  expect(headersOf(rules, "/assets/a.js").get("cache-control")).toBe("public, immutable");
});

describe("a host that serves the web application", () => {
  const web = mkdtempSync(join(tmpdir(), "symbolon-web-"));
  let host: TestHost;
  const get = (path: string, accept = "identity") =>
    fetch(`${host.url}${path}`, { headers: { "accept-encoding": accept } });

  beforeAll(async () => {
    mkdirSync(join(web, "assets"));
    writeFileSync(join(web, "_headers"), headers);
    writeFileSync(join(web, "index.html"), "<!doctype html><title>web</title>");
    writeFileSync(join(web, "assets", "a.js"), "let a;");
    writeFileSync(join(web, "assets", "a.js.br"), "not really brotli");
    host = await startTestHost({ web });
  });
  afterAll(async () => {
    await host.stop();
    rmSync(web, { recursive: true });
  });

  test("gives the page under the policy of its own headers file", async () => {
    const response = await get("/");
    expect(await response.text()).toContain("<title>web");
    expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; trusted-types symbolon");
    expect(response.headers.get("integrity-policy")).toContain("script");
  });

  test("keeps files whose names change with their content, and sends them compressed", async () => {
    const response = await get("/assets/a.js");
    expect(response.headers.get("cache-control")).toBe("public, immutable");
    expect(response.headers.get("content-type")).toContain("javascript");
    expect(response.headers.get("content-encoding")).toBeNull();
  });

  test("shows nothing beside the application's files", async () => {
    for (const path of ["/_headers", "/assets/a.js.br", "/../host.key", "/%2e%2e/host.key", "/none.js"]) {
      expect((await get(path)).status, path).toBe(404);
    }
  });

  test("still answers as a host", async () => {
    const response = await get("/v1/host");
    expect(response.headers.get("content-type")).toBe(mediaType);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'; frame-ancestors");
  });
});

test("a directory without a built application is refused at start", async () => {
  const empty = mkdtempSync(join(tmpdir(), "symbolon-web-"));
  await expect(startTestHost({ web: empty })).rejects.toMatchObject({ code: "host.web" });
  rmSync(empty, { recursive: true });
});
