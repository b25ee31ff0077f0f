/* Raw sockets against a host with little patience: what a hostile client does, and a tenth of a second is long. */
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import * as log from "../../../src/core/log/index.ts";
import { defaultLimits } from "../../../src/host/options.ts";
import { guardConnections, patience } from "../../../src/host/runtimes/node-connections.ts";
import { namer } from "../../../src/host/runtimes/node-sources.ts";
import { startTestHost, type TestHost } from "../../kit/host.ts";
import { accessKey, found, keyOf, problemIn, read, send } from "../kit.ts";

const running: TestHost[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const host of running.splice(0)) await host.stop();
});

type Options = NonNullable<Parameters<typeof startTestHost>[0]>;
const hasty = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };

async function hosted(options: Options = {}): Promise<TestHost> {
  const host = await startTestHost(options);
  running.push(host);
  return host;
}
const targetOf = (host: TestHost) => ({
  key: host.key,
  clock: { now: Date.now() },
  fetch: (path: string, init?: RequestInit) => fetch(host.url + path, init),
});

/** A connection, what came over it so far, and its end. */
function open(host: Pick<TestHost, "url">, first = "") {
  const socket = connect(Number(new URL(host.url).port), "127.0.0.1");
  sockets.push(socket);
  const state = { text: "", closed: false };
  socket.on("data", (chunk: Buffer) => {
    state.text += chunk.toString("latin1");
  });
  const closed = new Promise<void>((resolve) => {
    socket.on("error", () => undefined);
    socket.once("close", () => {
      state.closed = true;
      resolve();
    });
  });
  if (first !== "") socket.write(first);
  return { socket, state, closed };
}
const founding = (length: string) =>
  `POST /v1/circles HTTP/1.1\r\nhost: h\r\ncontent-type: ${log.mediaType}\r\n${length}\r\n\r\n`;

describe("slow clients", () => {
  test("who send nothing, or headers without end, are let go", async () => {
    const host = await hosted({ patience: hasty });
    const silent = open(host);
    const slow = open(host, "GET /v1/host HTTP/1.1\r\nhost: h\r\n");
    const drip = setInterval(() => slow.socket.write("x-a: b\r\n"), 20);
    await Promise.all([silent.closed, slow.closed]);
    clearInterval(drip);
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
  });

  test("whose body never ends are let go, and the room for it is given back", async () => {
    // Room for two foundings at a time.
    const host = await hosted({ patience: hasty, limits: { bodyBytes: 4 * 140_000 } });
    const slow = [open(host, founding("content-length: 65000")), open(host, founding("transfer-encoding: chunked"))];
    const drip = setInterval(() => slow[0]?.socket.write("x"), 20);
    await expect
      .poll(
        async () =>
          (
            await fetch(`${host.url}/v1/circles`, {
              method: "POST",
              headers: { "content-type": log.mediaType },
              body: new Uint8Array(60_000),
            })
          ).status,
      )
      .toBe(503);
    await Promise.all(slow.map(({ closed }) => closed));
    clearInterval(drip);
    await found(targetOf(host));
  });

  test("who do not take their answer are let go", async () => {
    const server = createServer((_, response) => response.end(Buffer.alloc(64 * 2 ** 20)));
    const timeouts = { ...patience, answerTimeout: 200 };
    guardConnections(server, { limits: defaultLimits, timeouts, naming: namer(undefined) });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const ended = new Promise<void>((resolve) =>
        server.once("connection", (socket: Socket) => socket.once("close", () => resolve())),
      );
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
      sockets.push(socket);
      socket.on("error", () => undefined).pause();
      socket.write("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
      await ended;
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("large bodies", () => {
  test.each(["content-length: 10000000000", "transfer-encoding: chunked"])(
    "are answered, and cut off: %s",
    async (length) => {
      const host = await hosted();
      const { socket, state, closed } = open(host, founding(length));
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
      // Sent without end: a host that swallowed it would never close.
      const pour = () => {
        while (!state.closed && socket.write(chunk));
      };
      socket.on("drain", pour);
      pour();
      await closed;
      expect(state.text).toMatch(/^HTTP\/1.1 413 [\s\S]*urn:symbolon:problem:too-large/);
    },
  );

  test("of somebody unknown are not read at all", async () => {
    const host = await hosted();
    const circle = "ab".repeat(32);
    const { state } = open(
      host,
      `PUT ${log.paths.blob(circle as never, circle as never)} HTTP/1.1\r\nhost: h\r\ncontent-length: 1000000\r\n\r\n`,
    );
    await expect.poll(() => state.text).toMatch(/^HTTP\/1.1 401 [\s\S]*urn:symbolon:problem:unauthorized/);
  });
});

describe("too many connections", () => {
  test("thousands of idle ones do not pass the limit, and the host answers as soon as one is gone", async () => {
    const host = await hosted({ limits: { connections: 100 } });
    const idle: ReturnType<typeof open>[] = [];
    for (let wave = 1; wave <= 10; wave++) {
      idle.push(...Array.from({ length: 200 }, () => open(host)));
      await expect.poll(() => idle.filter(({ state }) => !state.closed).length).toBe(100);
    }
    idle.find(({ state }) => !state.closed)?.socket.destroy();
    await expect
      .poll(() =>
        fetch(`${host.url}/healthz`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });

  test("those between two requests make room", async () => {
    const host = await hosted({ limits: { connections: 20 } });
    const kept = Array.from({ length: 20 }, () => open(host, "GET /healthz HTTP/1.1\r\nhost: h\r\n\r\n"));
    await expect.poll(() => kept.every(({ state }) => state.text.includes("200 OK"))).toBe(true);
    // The first newcomer is turned away, and those who waited with it.
    await open(host).closed;
    await Promise.all(kept.map(({ closed }) => closed));
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
  });

  test("on one address are bounded where addresses tell clients apart", async () => {
    const server = createServer((_, response) => response.end("ok"));
    const naming = { ...namer(undefined), address: () => "one" };
    guardConnections(server, { limits: { ...defaultLimits, addressConnections: 3 }, timeouts: patience, naming });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const idle = [1, 2, 3].map(() => open({ url }));
      await expect.poll(() => idle.every(({ socket }) => socket.readyState === "open")).toBe(true);
      await open({ url }).closed;
      expect(idle.some(({ state }) => state.closed)).toBe(false);
      idle[0]?.socket.destroy();
      await expect
        .poll(() =>
          fetch(url).then(
            (response) => response.text(),
            () => "",
          ),
        )
        .toBe("ok");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("many refused requests", () => {
  /** The statuses of five requests, one after the other on one connection. */
  const flood = async (host: TestHost, request: string) => {
    const connection = open(host);
    const statuses = () => connection.state.text.match(/HTTP\/1.1 \d+/g)?.map((line) => line.slice(9)) ?? [];
    for (let sent = 1; sent <= 5; sent++) {
      connection.socket.write(request);
      await expect.poll(() => statuses().length).toBe(sent);
    }
    return statuses();
  };

  test("shut out the connection that sent them, not those of others at the same onion service", async () => {
    const host = await hosted({ limits: { refusalsPerMinute: 3 } });
    const { circle } = await found(targetOf(host));
    expect(await flood(host, "GET /nothing HTTP/1.1\r\nhost: h\r\n\r\n")).toEqual(["404", "404", "404", "429", "429"]);
    expect(await flood(host, "GET /nothing HTTP/1.1\r\nhost: h\r\n\r\n")).toEqual(["404", "404", "404", "429", "429"]);
    expect(await problemIn(await send(targetOf(host), keyOf("joiner"), "GET", log.paths.entries(circle)))).toBe(
      "unauthorized",
    );
    expect((await read(targetOf(host), circle, accessKey(0))).head.size).toBe(1);
  });

  test("shut out the address that a trusted proxy names", async () => {
    const host = await hosted({ limits: { refusalsPerMinute: 3 }, addressHeader: "x-forwarded-for" });
    const by = (address: string) => `GET /nothing HTTP/1.1\r\nhost: h\r\nx-forwarded-for: ${address}\r\n\r\n`;
    expect(await flood(host, by("203.0.113.1"))).toEqual(["404", "404", "404", "429", "429"]);
    expect(await flood(host, by("198.51.100.7, 203.0.113.1"))).toEqual(["429", "429", "429", "429", "429"]);
    expect(await flood(host, by("203.0.113.2"))).toEqual(["404", "404", "404", "429", "429"]);
  });
});
