import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { PublicKey } from "../../core/codec/index.ts";
import { verifyStrict } from "../../core/crypto/webcrypto.ts";
import { createApp } from "../app.ts";
import { createHost, type Host } from "../host.ts";
import { createLog, type HostLog, logObserver } from "../log.ts";
import { createMetrics, type Metrics } from "../metrics.ts";
import type { Limits, Observer } from "../options.ts";
import { sqlStore } from "../store/index.ts";
import { sweep } from "../sweep.ts";
import { guardConnections, type Patience, patience } from "./node-connections.ts";
import { type NodeDatabase, openDatabase } from "./node-database.ts";
import { startFault } from "./node-faults.ts";
import { freeBytes, softwareName } from "./node-files.ts";
import { namer } from "./node-sources.ts";
import { serveWeb } from "./node-web.ts";

export type NodeHostOptions = NodeDatabase & {
  /** Default 127.0.0.1. */
  readonly address?: string;
  /** Default 8787; 0 for any free one. */
  readonly port?: number;
  /** Port of `/metrics`; absent: none. */
  readonly metricsPort?: number;
  readonly metricsAddress?: string;
  /** The header, in lower case, in which a proxy in front names a client's address. */
  readonly addressHeader?: string;
  readonly patience?: Partial<Patience>;
  readonly foundingTokens?: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly log?: HostLog;
  /** Directory of the built web application, to be served, too. */
  readonly web?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

export type RunningHost = {
  /** Without a slash at the end. */
  readonly url: string;
  readonly metricsUrl?: string;
  /** The host's checkpoint key. */
  readonly key: PublicKey;
  readonly host: Host;
  /** Answers what is under way, wakes long polls, and closes the database. Takes at most ten seconds. */
  readonly close: () => Promise<void>;
};

const sweepEvery = 10 * 60_000;
const closeWithin = 10_000;

/**
 * Starts a host on Node, over SQLite or PostgreSQL, and sweeps every ten minutes. Throws `UsageError` or `Corrupt`
 * where it cannot.
 *
 * @example
 * const running = await start({ data: "./data", port: 0 });
 * await fetch(`${running.url}/v1/host`);
 * await running.close();
 */
export async function start(options: NodeHostOptions): Promise<RunningHost> {
  try {
    return await startUp(options);
  } catch (error) {
    throw startFault(error);
  }
}

async function startUp(options: NodeHostOptions): Promise<RunningHost> {
  const { data, address = "127.0.0.1", port = 8787, now = Date.now, log = createLog("silent") } = options;
  const { engine, signer } = await openDatabase(options, Math.floor(now() / 3_600_000));
  const servers: Server[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    const metrics: Metrics = createMetrics({
      waiting: () => host.hub.waiting(),
      memory: () => process.memoryUsage.rss(),
      connections: () => connections.counts(),
      free: () => freeBytes(data),
    });
    const naming = namer(options.addressHeader);
    const host = createHost({
      source: naming.source,
      store: sqlStore(engine),
      signer,
      verify: verifyStrict,
      now,
      software: softwareName(),
      observer: joined(metrics.observer, logObserver(log)),
      gather: () => new Promise((resolve) => setImmediate(resolve)),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      ...(options.foundingTokens === undefined ? {} : { foundingTokens: options.foundingTokens }),
    });
    const app = createApp(host);
    if (options.web !== undefined) serveWeb(app, options.web);
    const timeouts = { ...patience, ...options.patience };
    const server = createAdaptorServer({ fetch: app.fetch, serverOptions: timeouts }) as Server;
    const connections = guardConnections(server, { limits: host.limits, timeouts, naming });
    servers.push(server);
    const url = await listen(server, address, port);
    let metricsUrl: string | undefined;
    if (options.metricsPort !== undefined) {
      const second = metricsServer(metrics);
      servers.push(second);
      metricsUrl = await listen(second, options.metricsAddress ?? "127.0.0.1", options.metricsPort);
    }

    let sweeping = Promise.resolve();
    const sweepNow = () => {
      sweeping = sweep(host).then(
        ({ erased, blobs }) => {
          if (erased + blobs > 0) log.info({ erased, blobs }, "swept");
        },
        (error: unknown) => host.observer.failed("sweep", error),
      );
    };
    sweepNow();
    timer = setInterval(sweepNow, sweepEvery);
    timer.unref();
    log.info("started");

    let closing: Promise<void> | undefined;
    const close = async () => {
      clearInterval(timer);
      host.hub.close();
      await Promise.all(servers.map(closeServer));
      await sweeping;
      await host.store.close();
      log.info("closed");
    };
    return {
      url,
      ...(metricsUrl === undefined ? {} : { metricsUrl: `${metricsUrl}/metrics` }),
      key: host.key,
      host,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    clearInterval(timer);
    await Promise.all(servers.map(closeServer));
    await engine.close();
    throw error;
  }
}

function joined(...observers: readonly Partial<Observer>[]): Observer {
  return {
    answered: (...event) => {
      for (const observer of observers) observer.answered?.(...event);
    },
    committed: (...event) => {
      for (const observer of observers) observer.committed?.(...event);
    },
    failed: (...event) => {
      for (const observer of observers) observer.failed?.(...event);
    },
  };
}

function metricsServer(metrics: Metrics): Server {
  return createServer(async (request, response) => {
    if (request.url !== "/metrics" || request.method !== "GET") {
      response.writeHead(404).end();
      return;
    }
    const { text, type } = await metrics.render();
    response.writeHead(200, { "content-type": type }).end(text);
  });
}

function listen(server: Server, address: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => {
      server.off("error", reject);
      const bound = server.address() as AddressInfo;
      const name = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
      resolve(`http://${name}:${bound.port}`);
    });
  });
}

/** Takes no more connections, lets requests under way finish, and cuts what has not after ten seconds. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) {
      resolve();
      return;
    }
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    const cut = setTimeout(() => server.closeAllConnections(), closeWithin);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
