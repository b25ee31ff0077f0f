/*
 * Where requests come from (threats, row 36). Addresses are kept in memory only, hashed with a salt that is made anew
 * every day and never leaves the process.
 */
import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { BlockList, isIP, type Socket } from "node:net";
import type { Source } from "../options.ts";

/** Names where things come from. */
export type Naming = {
  /** The source of a request. `bindings` is what the Node server hands over with it. */
  readonly source: (request: Request, bindings: unknown) => Source | undefined;
  /** The name of a connection's address; `undefined` where the address says nothing. */
  readonly address: (socket: Socket) => string | undefined;
};

const saltLasts = 24 * 3_600_000;

/** Addresses that many clients share: of this machine, where proxies and Tor are, and of the networks around it. */
const shared = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  shared.addSubnet(network, bits, "ipv4");
}
shared.addAddress("::1", "ipv6");
shared.addSubnet("fc00::", 7, "ipv6");
shared.addSubnet("fe80::", 10, "ipv6");

/** Whether many clients may have this address: it is of this machine, or of a network around it. */
export function isShared(address: string): boolean {
  return shared.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/**
 * One client's part of an address: of IPv6 the network of 64 bits, all of which is anybody's who has one address of it.
 * `undefined` where the text is no address, or one that many clients share.
 */
function clientOf(text: string): string | undefined {
  const address = text.trim().replace(/^::ffff:(?=\d+\.)/i, "");
  const version = isIP(address);
  if (version === 0 || isShared(address)) return undefined;
  if (version === 4) return address;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill("0"), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/**
 * Names sources by address: by that in `header`, where a proxy in front sets one (the last it lists, which the proxy
 * itself wrote), otherwise by the connection's. Where all clients would have the same address, as behind an onion
 * service, each connection is a source of its own.
 */
export function namer(header: string | undefined, now: () => number = Date.now): Naming {
  let salt = randomBytes(32);
  let made = now();
  let opened = 0;
  const connections = new WeakMap<Socket, { readonly source: Source; readonly made: number }>();

  const hashed = (client: string): string => {
    if (now() - made > saltLasts) {
      salt = randomBytes(32);
      made = now();
    }
    return createHash("sha256").update(salt).update(client).digest("base64").slice(0, 22);
  };
  const address = (socket: Socket) => {
    const client = header === undefined ? clientOf(socket.remoteAddress ?? "") : undefined;
    return client === undefined ? undefined : hashed(client);
  };
  const connection = (socket: Socket): Source => {
    const known = connections.get(socket);
    if (known?.made === made) return known.source;
    const name = address(socket);
    opened++;
    const source: Source =
      name === undefined ? { name: `connection ${opened}`, kind: "connection" } : { name, kind: "address" };
    connections.set(socket, { source, made });
    return source;
  };

  return {
    address,
    source: (request, bindings) => {
      const listed = header === undefined ? null : request.headers.get(header);
      const client = listed === null ? undefined : clientOf(listed.slice(listed.lastIndexOf(",") + 1));
      if (client !== undefined) return { name: hashed(client), kind: "address" };
      const { incoming } = (bindings ?? {}) as { incoming?: IncomingMessage };
      return incoming === undefined ? undefined : connection(incoming.socket);
    },
  };
}
