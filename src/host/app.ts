import { type Context, Hono } from "hono";
import { problemMediaType, problems } from "../core/log/index.ts";
import type { Host } from "./host.ts";
import { operations } from "./interface.ts";
import { Problem, problemDocument, problemOf } from "./problem.ts";
import { blobs } from "./routes/blobs.ts";
import { checkpoint } from "./routes/checkpoint.ts";
import { circles } from "./routes/circles.ts";
import { documents } from "./routes/documents.ts";
import { entries } from "./routes/entries.ts";
import { hostRoute } from "./routes/host.ts";
import { mailboxes } from "./routes/mailboxes.ts";
import { restore } from "./routes/restore.ts";
import { admit, note } from "./strangers.ts";

/** For every answer. A page of our own (`/api`, the web application) brings its own policy. */
export const security: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "cross-origin",
  "x-frame-options": "DENY",
};

/** The client's origin is not the host's, so every origin may call, and never with credentials (§9). */
export const cors: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "date, retry-after",
};

export const allowedHeaders = "authorization, content-digest, content-type, signature, signature-input, symbolon-host";

const patternOf = (path: string) => path.replace(/\{(\w+)\}/g, ":$1");

/** A path's pattern, and what it takes. */
const patterns: ReadonlyMap<string, readonly string[]> = new Map(
  [...Map.groupBy(operations, ({ path }) => patternOf(path))].map(([pattern, same]) => {
    const methods = same.map(({ method }) => method.toUpperCase());
    return [pattern, [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"]];
  }),
);

const matchers = [...patterns.keys()].map((pattern) => ({
  pattern,
  matches: new RegExp(`^${pattern.replace(/:\w+/g, "[^/]+")}$`),
}));

/** The pattern of a path: the only form in which a path is logged or counted. */
export function routeOf(path: string): string {
  return matchers.find(({ matches }) => matches.test(path))?.pattern ?? "other";
}

/**
 * The HTTP interface (§9) of a host.
 *
 * @example
 * const app = createApp(createHost({ store, signer, verify: verifyStrict }));
 * const response = await app.request("/v1/host");
 */
export function createApp(host: Host): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    const start = performance.now();
    for (const [name, value] of Object.entries(security)) c.header(name, value);
    for (const [name, value] of Object.entries(cors)) c.header(name, value);
    try {
      await next();
    } finally {
      host.bodies.leave(c.req.raw);
    }
    host.observer.answered(routeOf(c.req.path), c.req.method, c.res.status, (performance.now() - start) / 1000);
  });

  app.use(async (c, next) => {
    const source = host.source(c.req.raw, c.env);
    await admit(host, source, c.req.raw);
    await next();
    note(host, source, c.res.status);
  });

  circles(app, host);
  checkpoint(app, host);
  entries(app, host);
  blobs(app, host);
  mailboxes(app, host);
  restore(app, host);
  hostRoute(app, host);
  documents(app, host);

  for (const [pattern, methods] of patterns) {
    const allow = methods.join(", ");
    app.options(pattern, (c) =>
      c.body(null, 204, {
        allow,
        "access-control-allow-methods": allow,
        "access-control-allow-headers": allowedHeaders,
        "access-control-max-age": "7200",
      }),
    );
    app.all(pattern, () => {
      throw new Problem("method", { allow });
    });
  }
  app.notFound((c) => {
    // Who comes with a browser and finds no web application finds out what this is.
    if (c.req.path === "/" && c.req.method === "GET") return c.redirect("/api");
    return refuse(c, new Problem("not-found"));
  });
  app.onError((error, c) => {
    const problem = problemOf(error);
    if (problem.code === "internal" || problem.code === "not-ready") host.observer.failed(routeOf(c.req.path), error);
    return refuse(c, problem);
  });
  return app;
}

/** A problem goes out under the same headers as everything else. */
function refuse(c: Context, { code, headers }: Problem): Response {
  return c.body(problemDocument(code), problems[code][0], { ...headers, "content-type": problemMediaType });
}
