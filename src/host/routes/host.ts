import type { Hono } from "hono";
import { encode } from "../../core/codec/index.ts";
import { entryVersion, hostInfo } from "../../core/log/index.ts";
import type { Host } from "../host.ts";
import { answer } from "./answer.ts";

/** `GET /v1/host`: who this host is, what it takes, and what time it has. */
export function hostRoute(app: Hono, host: Host): void {
  const { limits } = host;
  app.get("/v1/host", (c) =>
    answer(
      c,
      encode(hostInfo, {
        key: host.signer.publicKey,
        versions: [entryVersion],
        time: Math.floor(host.now() / 1000),
        software: host.software,
        limits: {
          entry: limits.entryBytes,
          blob: limits.blobBytes,
          batchEntries: limits.batchEntries,
          batchBytes: limits.batchBytes,
          pageEntries: limits.pageEntries,
          pageBytes: limits.pageBytes,
          waitSeconds: limits.waitSeconds,
        },
      }),
    ),
  );
}
