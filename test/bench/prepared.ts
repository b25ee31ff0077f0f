/* Requests signed and encoded beforehand, so that what is measured is the host. */
import { Agent, request } from "node:http";
import type { Circle } from "../../src/client/index.ts";
import { type Bytes, encode, type PublicKey, toId } from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/index.ts";
import {
  appendRequest,
  type Entry,
  mediaType,
  paths,
  roundCreated,
  signatureBase,
  signatureHeaders,
} from "../../src/core/log/index.ts";

/** A request that waits to be sent. */
export type Prepared = { readonly body: Bytes; readonly headers: Readonly<Record<string, string | number>> };

/** The request with which a client of `circle` appends `entries`. */
export function preparedAppend(circle: Circle, entries: readonly Entry[]): Prepared {
  const { crypto, now } = circle.platform;
  const { seed } = circle.access();
  const body = encode(appendRequest, { entries });
  const parts = {
    method: "POST",
    path: paths.entries(circle.id),
    query: "",
    digest: sha256(body),
    host: circle.host.endpoint.key,
    created: roundCreated(Math.floor(now() / 1000)),
    key: toId<PublicKey>(crypto.signingKey(seed)),
  };
  const signed = signatureHeaders(parts, crypto.sign(seed, signatureBase(parts)));
  return { body, headers: { ...signed, "content-type": mediaType, "content-length": body.length } };
}

/** Sends appends over so many connections that stay open. Rejects unless the answer is 200. */
export function appendSender(circle: Circle, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const url = `${circle.host.endpoint.address}${paths.entries(circle.id)}`;
  return {
    send: ({ body, headers }: Prepared) =>
      new Promise<void>((resolve, reject) => {
        const sent = request(url, { method: "POST", agent, headers }, (answer) => {
          answer.resume();
          answer.once("end", () => {
            if (answer.statusCode === 200) resolve();
            else reject(new Error(`an append was answered with ${answer.statusCode}`));
          });
        });
        sent.once("error", reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}
