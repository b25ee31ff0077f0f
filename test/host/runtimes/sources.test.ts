import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { namer } from "../../../src/host/runtimes/node-sources.ts";

/** A connection whose other end has this address. */
function from(address: string): Socket {
  return Object.defineProperty(new Socket(), "remoteAddress", { value: address });
}
const over = (socket: Socket) => ({ incoming: { socket } });
const asked = (headers: Record<string, string> = {}) => new Request("http://host/", { headers });

describe("where a request comes from", () => {
  test("is its address, hashed: the same for every connection, one name for a network of 64 bits", () => {
    const { source } = namer(undefined);
    const name = (address: string) => source(asked(), over(from(address)))?.name;
    expect(name("203.0.113.5")).toBe(name("::ffff:203.0.113.5"));
    expect(name("203.0.113.5")).not.toBe(name("203.0.113.6"));
    expect(name("2001:db8:1:2:3:4:5:6")).toBe(name("2001:DB8:1:2::9"));
    expect(name("2001:db8::9")).toBe(name("2001:db8:0:0:1::"));
    expect(name("2001:db8:1:2::9")).not.toBe(name("2001:db8:1:3::9"));
    expect(name("203.0.113.5")).not.toContain("203");
    expect(namer(undefined).source(asked(), over(from("203.0.113.5")))?.name).not.toBe(name("203.0.113.5"));
  });

  test("is the connection where all have the same address: of a proxy, of Tor, of a container's network", () => {
    const { source, address } = namer(undefined);
    for (const local of ["127.0.0.1", "::1", "172.17.0.1", "10.1.2.3", "192.168.1.1", "fd00::1", "fe80::1%eth0"]) {
      const [one, two] = [from(local), from(local)];
      expect(source(asked(), over(one))?.kind).toBe("connection");
      expect(source(asked(), over(one))?.name).toBe(source(asked(), over(one))?.name);
      expect(source(asked(), over(one))?.name).not.toBe(source(asked(), over(two))?.name);
      expect(address(one)).toBeUndefined();
    }
  });

  test("is not what a header says, unless a proxy is configured; then it is what the proxy itself wrote", () => {
    const lying = asked({ "x-forwarded-for": "203.0.113.1, 203.0.113.2" });
    const plain = namer(undefined);
    const socket = from("203.0.113.9");
    expect(plain.source(lying, over(socket))).toEqual(plain.source(asked(), over(socket)));
    const behind = namer("x-forwarded-for");
    const second = behind.source(asked({ "x-forwarded-for": "203.0.113.2" }), over(from("127.0.0.1")));
    expect(behind.source(lying, over(from("127.0.0.1")))).toEqual(second);
    expect(second?.kind).toBe("address");
    for (const nothing of [{}, { "x-forwarded-for": "unknown" }, { "x-forwarded-for": "" }]) {
      expect(behind.source(asked(nothing as Record<string, string>), over(from("127.0.0.1")))?.kind).toBe("connection");
    }
    // Connections are the proxy's: those of one address are not counted.
    expect(behind.address(from("203.0.113.9"))).toBeUndefined();
  });

  test("is forgotten with the salt of the day", () => {
    const clock = { now: 0 };
    const { source } = namer(undefined, () => clock.now);
    const socket = from("203.0.113.5");
    const first = source(asked(), over(socket));
    clock.now += 25 * 3_600_000;
    expect(source(asked(), over(from("203.0.113.5")))).not.toEqual(first);
    expect(source(asked(), over(socket))).toEqual(source(asked(), over(from("203.0.113.5"))));
  });
});
