import { describe, expect, test } from "vitest";
import * as log from "../../src/core/log/index.ts";
import { createBodies } from "../../src/host/bodies.ts";
import type { Limits, Source } from "../../src/host/options.ts";
import { createRate } from "../../src/host/quota.ts";
import { accessKey, append, control, entryOf, found, keyOf, makeHost, problemIn, read, rotation, send } from "./kit.ts";

const access = accessKey(0);
const stranger = keyOf("stranger");

/** A host that takes the source of a request from a header: `c…` for a connection, anything else for an address. */
async function sourced(limits: Partial<Limits>) {
  const source = (request: Request): Source => {
    const name = request.headers.get("x-source") ?? "address 0";
    return { name, kind: name.startsWith("c") ? "connection" : "address" };
  };
  const host = await makeHost({ limits, source });
  const from = (name: string) => ({
    ...host,
    fetch: (path: string, init: RequestInit = {}) =>
      host.fetch(path, { ...init, headers: { ...(init.headers as Record<string, string>), "x-source": name } }),
  });
  return { ...host, from };
}

describe("requests that no circle knows", () => {
  test("are looked at so often a minute, by source, and no other source pays for it", async () => {
    const host = await sourced({ refusalsPerMinute: 3 });
    const { circle } = await found(host.from("elsewhere"));
    const ask = (name: string) => send(host.from(name), stranger, "GET", log.paths.entries(circle));
    for (let i = 0; i < 3; i++) expect(await problemIn(await ask("flooder"))).toBe("unauthorized");
    const refused = await ask("flooder");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await problemIn(refused)).toBe("too-many");
    expect(await problemIn(await ask("other"))).toBe("unauthorized");
    host.clock.now += 20_000;
    expect(await problemIn(await ask("flooder"))).toBe("unauthorized");
    expect(await problemIn(await ask("flooder"))).toBe("too-many");
  });

  test("shut out nobody who shares their address: members, those of past epochs, coordinators", async () => {
    const host = await sourced({ refusalsPerMinute: 2 });
    const flooder = host.from("flooder");
    const { circle, acl } = await found(flooder);
    const next = { ...acl, epoch: 1, accessVersion: 1, access: accessKey(1).id };
    expect((await append(flooder, circle, control[0], ...rotation(circle, 0, next))).status).toBe(200);
    for (let i = 0; i < 5; i++) await flooder.fetch("/nothing");
    expect(await problemIn(await flooder.fetch("/nothing"))).toBe("too-many");
    // Also of a circle that this process has not in memory.
    host.host.circles.forget(circle);
    expect((await append(flooder, circle, accessKey(1), entryOf(circle, 1))).status).toBe(200);
    expect((await read(flooder, circle, access)).head.size).toBe(2);
    expect((await read(flooder, circle, control[1])).head.size).toBe(4);
  });

  test("a key is looked at once it is named with its circle, and its signature verified as ever", async () => {
    const host = await sourced({ refusalsPerMinute: 1 });
    const flooder = host.from("flooder");
    const { circle } = await found(flooder);
    await flooder.fetch("/nothing");
    const forged = { id: access.id, sign: stranger.sign };
    expect(await problemIn(await send(flooder, forged, "GET", log.paths.entries(circle)))).toBe("unauthorized");
    expect(await problemIn(await send(flooder, stranger, "GET", log.paths.entries(circle)))).toBe("too-many");
  });

  test("where nothing tells sources apart, none is shut out", async () => {
    const host = await makeHost({ limits: { refusalsPerMinute: 1 } });
    for (let i = 0; i < 5; i++) expect(await problemIn(await host.fetch("/nothing"))).toBe("not-found");
  });
});

describe("foundings", () => {
  test("are limited by address where there is one, and for the host as a whole", async () => {
    const host = await sourced({ addressFoundingsPerHour: 1, foundingsPerHour: 4 });
    await found(host.from("one"));
    await expect(found(host.from("one"))).rejects.toThrow("quota");
    await found(host.from("two"));
    // Behind an onion service every connection is its own, and an hour has room for all.
    await found(host.from("c1"));
    await found(host.from("c1"));
    await expect(found(host.from("three"))).rejects.toThrow("quota");
    host.clock.now += 3_600_000;
    await found(host.from("one"));
  });
});

describe("bodies on their way", () => {
  test("have a quarter of the room for one circle, and give it back", () => {
    const bodies = createBodies(400);
    const requests = Array.from({ length: 6 }, () => new Request("http://host/"));
    const [one, two, three, four, five, six] = requests as [Request, Request, Request, Request, Request, Request];
    bodies.enter(one, "a", 100);
    expect(() => bodies.enter(two, "a", 1)).toThrow("busy");
    bodies.enter(two, "b", 100);
    bodies.enter(three, "c", 100);
    bodies.enter(four, "d", 99);
    expect(() => bodies.enter(five, "e", 2)).toThrow("busy");
    bodies.leave(one);
    bodies.leave(one);
    bodies.enter(five, "e", 100);
    expect(() => bodies.enter(six, "a", 2)).toThrow("busy");
  });

  test("are given back whatever the answer is", async () => {
    // Room for one body of an append of which nobody says how long it is.
    const host = await makeHost({ limits: { bodyBytes: 4 * 1_052_672 } });
    const { circle } = await found(host);
    const path = log.paths.entries(circle);
    for (let i = 0; i < 3; i++) {
      expect(await problemIn(await send(host, access, "POST", path, { body: new Uint8Array(9) }))).toBe("malformed");
    }
    let hangUp: (() => void) | undefined;
    const endless = new ReadableStream({
      start: (controller) => {
        hangUp = () => controller.error(new Error("gone"));
      },
    });
    const slow = send(
      { ...host, fetch: (at, init) => host.fetch(at, { ...init, body: endless, duplex: "half" } as RequestInit) },
      access,
      "POST",
      path,
      { body: new Uint8Array(1) },
    );
    const next = () => append(host, circle, access, entryOf(circle, 0));
    await expect.poll(async () => (await next()).status).toBe(503);
    hangUp?.();
    expect(await problemIn(await slow)).toBe("malformed");
    expect((await next()).status).toBe(200);
  });
});

test("a clock that is set back takes nothing from a rate", () => {
  const clock = { now: 1_000_000 };
  const rate = createRate(2, 1000, () => clock.now);
  rate.take("a", 1);
  clock.now -= 500_000;
  expect([rate.has("a"), rate.take("a", 1), rate.has("a")]).toEqual([true, true, false]);
  clock.now += 500;
  expect(rate.has("a")).toBe(true);
});
