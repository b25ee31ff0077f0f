import type { Hono } from "hono";
import { type BlobHash, type CircleId, equal, idBytes } from "../../core/codec/index.ts";
import { authenticate, idInPath, rightOf } from "../access.ts";
import { digestOf, readBody } from "../body.ts";
import { type Host, hourOf } from "../host.ts";
import { Problem } from "../problem.ts";
import { readingState } from "../reading.ts";
import { requireType } from "./answer.ts";
import { takeRate } from "./entries.ts";

const blobType = "application/octet-stream";

/** Attachments and wraps: ciphertext, addressed by its SHA-256. */
export function blobs(app: Hono, host: Host): void {
  const { limits } = host;

  app.get("/v1/circles/:id/blobs/:hash", async (c) => {
    const signed = await authenticate(host, c.req.raw);
    const circle = idInPath<CircleId>(c.req.param("id"));
    const hash = idInPath<never>(c.req.param("hash")) as BlobHash;
    const right = await rightOf(host, await readingState(host, circle), signed.key);
    // Without the current key only wraps are open: a sleeper follows rotations by them, a repair is found by them.
    const open = right.kind === "access" || right.kind === "control" || (await host.store.isWrap(circle, hash));
    const bytes = open ? await host.store.blob(circle, hash) : undefined;
    if (bytes === undefined) throw new Problem("unknown-blob");
    return c.body(bytes, 200, { "content-type": blobType, "cache-control": "no-store" });
  });

  app.put("/v1/circles/:id/blobs/:hash", async (c) => {
    const { raw } = c.req;
    const signed = await authenticate(host, raw);
    const circle = idInPath<CircleId>(c.req.param("id"));
    const hash = idInPath<never>(c.req.param("hash")) as BlobHash;
    if (signed.digest === undefined) throw new Problem("unauthorized");
    const state = await readingState(host, circle);
    const right = await rightOf(host, state, signed.key);
    if (right.kind === "past") throw new Problem("stale-epoch");
    // Under flood the shared key writes nothing (§2); each device's own does.
    if (right.kind === "access" && state.acl.append !== undefined) throw new Problem("forbidden");
    requireType(raw, blobType);
    takeRate(host, circle, signed.key, right, 1);
    const bytes = await readBody(host, circle, raw, limits.blobBytes, undefined);
    const digest = await digestOf(bytes);
    if (!equal(digest, signed.digest)) throw new Problem("unauthorized");
    if (bytes.length === 0 || !equal(digest, idBytes(hash))) throw new Problem("malformed");
    const control = right.kind === "control";
    if (!(await host.store.hasBlob(circle, hash))) {
      const used = control ? state.controlBytes : state.bytes;
      if (used + bytes.length > (control ? limits.controlBytes : limits.circleBytes)) throw new Problem("quota");
      await host.store.putBlob(circle, hash, bytes, hourOf(host), control);
    }
    return c.body(null, 204);
  });
}
