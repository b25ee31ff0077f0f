/* Slow, idle and too many connections (threats, row 36). */
import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import type { Limits } from "../options.ts";
import type { Naming } from "./node-sources.ts";

/** How long a client may take, in milliseconds. */
export type Patience = {
  /** For a request's headers, from the connection's first moment. */
  readonly headersTimeout: number;
  /** For a request with its body: a megabyte over Tor takes a minute. */
  readonly requestTimeout: number;
  /** Between two requests. */
  readonly keepAliveTimeout: number;
  /** How often the two first are looked after. */
  readonly connectionsCheckingInterval: number;
  /** Without a byte in either direction; a long poll is shorter. */
  readonly idleTimeout: number;
  /** For taking an answer, from the request's headers on: whoever reads slower than 14 KB/s is let go. */
  readonly answerTimeout: number;
};

export const patience: Patience = {
  headersTimeout: 20_000,
  requestTimeout: 180_000,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
  idleTimeout: 120_000,
  answerTimeout: 300_000,
};

/** A server's connections: how many are open, and how many were turned away so far. */
export type Connections = { readonly counts: () => { readonly open: number; readonly refused: number } };

/**
 * Bounds the connections of a server: how many, how many of one address, and how long each may take. Where all are in
 * use, those between two requests make room. Its times for headers and requests are given when it is created.
 */
export function guardConnections(
  server: Server,
  guard: {
    readonly limits: Pick<Limits, "connections" | "addressConnections">;
    readonly timeouts: Patience;
    readonly naming: Naming;
  },
): Connections {
  const { limits, timeouts, naming } = guard;
  const open = new Map<string, number>();
  let total = 0;
  let refused = 0;
  server.maxConnections = limits.connections;
  server.setTimeout(timeouts.idleTimeout);
  server.on("drop", () => {
    refused++;
    server.closeIdleConnections();
  });
  server.on("connection", (socket: Socket) => {
    total++;
    socket.once("close", () => total--);
    const name = naming.address(socket);
    if (name === undefined) return;
    const count = (open.get(name) ?? 0) + 1;
    if (count > limits.addressConnections) {
      refused++;
      socket.destroy();
      return;
    }
    open.set(name, count);
    socket.once("close", () => {
      const left = (open.get(name) ?? 0) - 1;
      if (left > 0) open.set(name, left);
      else open.delete(name);
    });
  });
  server.on("request", (request: IncomingMessage, response) => {
    const timer = setTimeout(() => request.socket.destroy(), timeouts.answerTimeout);
    response.once("close", () => clearTimeout(timer));
  });
  return { counts: () => ({ open: total, refused }) };
}
