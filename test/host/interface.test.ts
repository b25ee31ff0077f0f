import { describe, expect, test } from "vitest";
import { decode, fromHex, toBase64, utf8 } from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import { hostInfo, problemMediaType, problemType } from "../../src/core/log/index.ts";
import { routeOf } from "../../src/host/app.ts";
import { operations } from "../../src/host/interface.ts";
import { accessKey, append, bytesIn, entryOf, found, makeHost, memoryStore, problemIn } from "./kit.ts";

const idPath = (path: string) => path.replace(/\{\w+\}/g, "ab".repeat(32));

describe("the interface", () => {
  test("the document describes every route that the app has, and no other", async () => {
    const { app } = await makeHost();
    const document = (await (await app.request("/openapi.json")).json()) as {
      openapi: string;
      paths: Record<string, object>;
    };
    expect(document.openapi).toBe("3.1.0");
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const routed = app.routes
      .filter(({ method, path }) => method !== "ALL" && method !== "OPTIONS" && path !== "/*")
      .map(
        ({ method, path }) =>
          `${method.toLowerCase()} ${path.replace(/:(\w+)/g, (_, name) => `{${name === "id" ? "circle" : name}}`)}`,
      );
    expect(described.sort()).toEqual([...new Set(routed)].sort());
  });

  test("every reference of the document leads somewhere", async () => {
    const { app } = await makeHost();
    const text = await (await app.request("/openapi.json")).text();
    const document = JSON.parse(text);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path as string);
    expect(references.length).toBeGreaterThan(10);
    for (const path of references) {
      expect(path.split("/").reduce((at, name) => at?.[name], document)).toBeDefined();
    }
  });

  test("the page is HTML without script or third party, under a policy that allows its own style only", async () => {
    const { app } = await makeHost();
    const response = await app.request("/api");
    const html = await response.text();
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? "";
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain(`style-src 'sha256-${toBase64(sha256(utf8(style)))}'`);
    expect(policy).toMatch(/^default-src 'none'/);
    expect(html).not.toMatch(/<script|https?:|javascript:| on\w+=/i);
    for (const { method, path } of operations) expect(html).toContain(`${method.toUpperCase()} ${path}`);
  });

  test.each(operations.map(({ path }) => [path]))(
    "%s: other methods get 405 with Allow, OPTIONS a preflight for every origin",
    async (path) => {
      const { app } = await makeHost();
      const methods = operations.filter((one) => one.path === path).map(({ method }) => method.toUpperCase());
      const patch = await app.request(idPath(path), { method: "PATCH" });
      expect([patch.status, await problemIn(patch)]).toEqual([405, "method"]);
      for (const method of methods) expect(patch.headers.get("allow")?.split(", ")).toContain(method);
      const preflight = await app.request(idPath(path), {
        method: "OPTIONS",
        headers: { origin: "https://client.example" },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
      expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
      expect(preflight.headers.get("access-control-allow-headers")).toContain("signature-input");
      expect(Number(preflight.headers.get("access-control-max-age"))).toBeGreaterThan(0);
    },
  );

  test("every answer, problems included, carries the security headers", async () => {
    const { app } = await makeHost();
    for (const path of ["/v1/host", "/nothing", "/v1/circles", "/healthz", idPath("/v1/circles/{circle}/entries")]) {
      const { headers } = await app.request(path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("access-control-allow-origin")).toBe("*");
    }
  });

  test("a page that does not exist is a problem document", async () => {
    const { app } = await makeHost();
    const response = await app.request("/v2/circles");
    expect([response.status, response.headers.get("content-type")]).toEqual([404, problemMediaType]);
    expect(((await response.json()) as { type: string }).type).toBe(problemType("not-found"));
  });

  test("HEAD answers as GET does, without the body", async () => {
    const { app } = await makeHost();
    const [head, get] = [await app.request("/v1/host", { method: "HEAD" }), await app.request("/v1/host")];
    expect([head.status, head.headers.get("content-type")]).toEqual([200, get.headers.get("content-type")]);
    expect((await bytesIn(head)).length).toBe(0);
  });

  test("/v1/host tells key, limits and time", async () => {
    const host = await makeHost({ software: "symbolon/test" });
    const info = decode(hostInfo, await bytesIn(await host.app.request("/v1/host")));
    expect(info).toMatchObject({
      key: fromHex(host.key),
      versions: [1],
      time: host.clock.now / 1000,
      software: "symbolon/test",
    });
    expect(info.limits).toMatchObject({ entry: 65_536, blob: 1_049_600, batchEntries: 64, batchBytes: 1_048_576 });
  });

  test("healthz says when the database is gone, and failures nobody foresaw are told without detail", async () => {
    const { engine, store } = await memoryStore();
    const host = await makeHost({ store });
    const { circle } = await found(host);
    expect((await host.app.request("/healthz")).status).toBe(200);
    await engine.close();
    expect((await host.app.request("/healthz")).status).toBe(503);
    const response = await append(host, circle, accessKey(0), entryOf(circle, 0));
    expect([response.status, await response.clone().text()]).toEqual([500, expect.not.stringContaining(circle)]);
    expect(await problemIn(response)).toBe("internal");
    expect(host.failures.length).toBeGreaterThan(0);
  });

  test("routes are told by pattern only", () => {
    const id = "ab".repeat(32);
    expect(routeOf(`/v1/circles/${id}/blobs/${id}`)).toBe("/v1/circles/:circle/blobs/:hash");
    expect(routeOf(`/${id}`)).toBe("other");
    expect(routeOf(`/v1/circles/${id}/entries/${id}`)).toBe("other");
  });
});

describe("the front door", () => {
  test("leads a browser to the page of the interface", async () => {
    const { app } = await makeHost();
    const answer = await app.request("/");
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/api");
  });
});
