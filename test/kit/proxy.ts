/* What may stand in front of a host, and what it may do wrong. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

export type FrontProxy = { readonly url: string; readonly stop: () => Promise<void> };

export type ProxyFaults = {
  /** With TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Headers that the host's answers lose, and those that they gain. */
  readonly drops?: readonly string[];
  readonly adds?: Readonly<Record<string, string>>;
  /** Answers by itself, where it returns `true`. */
  readonly answers?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Waits for clients as long as they like. */
  readonly patient?: boolean;
};

/** Starts a proxy on a free port of 127.0.0.1 in front of the host at `to`. */
export async function startProxy(to: string, faults: ProxyFaults = {}): Promise<FrontProxy> {
  const { tls, drops = [], adds = {}, answers = () => false, patient = false } = faults;
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (answers(incoming, outgoing)) return;
    const { method = "GET", url = "/", headers } = incoming;
    const forward = request(new URL(url, to), { method, headers, agent: false }, (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !drops.includes(name));
      outgoing.writeHead(answer.statusCode ?? 502, { ...Object.fromEntries(kept), ...adds });
      answer.pipe(outgoing);
    });
    forward.on("error", () => outgoing.destroy());
    outgoing.once("close", () => forward.destroy());
    incoming.pipe(forward);
  };
  const times = patient
    ? { headersTimeout: 0, requestTimeout: 0 }
    : { headersTimeout: 200, connectionsCheckingInterval: 50 };
  const server: Server = tls === undefined ? createServer(times, pass) : createSecureServer({ ...times, ...tls }, pass);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
