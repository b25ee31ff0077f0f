import type { Hono } from "hono";
import { type CircleId, UsageError } from "../../core/codec/index.ts";
import { apiPage, apiPagePolicy } from "../apiPage.ts";
import type { Host } from "../host.ts";
import { openapiDocument } from "../openapi.ts";
import { busy } from "../problem.ts";

/** An id that no circle has: of several databases only those are asked that could hold it. */
const nowhere = "00".repeat(32) as CircleId;

/** Whether the host works, and what its interface is. */
export function documents(app: Hono, host: Host): void {
  const document = JSON.stringify(openapiDocument(host.software));
  const page = apiPage();

  app.get("/healthz", async (c) => {
    try {
      await host.store.circle(nowhere);
    } catch (error) {
      throw error instanceof UsageError ? error : busy();
    }
    return c.body("ok\n", 200, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  });
  app.get("/openapi.json", (c) => c.body(document, 200, { "content-type": "application/json" }));
  app.get("/api", (c) =>
    c.body(page, 200, { "content-type": "text/html; charset=utf-8", "content-security-policy": apiPagePolicy }),
  );
}
