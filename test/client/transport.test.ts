import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Circle, foundCircle, openCircle, type Platform, say } from "../../src/client/index.ts";
import { encode } from "../../src/core/codec/index.ts";
import { hostInfo } from "../../src/core/log/index.ts";
import { type AnyHost, startAnyHost } from "../kit/any-host.ts";
import { codeOf, refused } from "../kit/attack.ts";
import { newMember, testPlatform } from "../kit/members.ts";

let host: AnyHost;
let platform: Platform;
let a: Circle;
beforeAll(async () => {
  host = await startAnyHost();
  platform = { ...(await testPlatform()), sleep: async () => {} };
  a = await foundCircle(await newMember("Newsroom A", platform), { address: host.url, label: "circle" });
  await a.sync();
  await a.settle();
});
afterAll(() => host.stop());

const through = async (fetch: typeof globalThis.fetch): Promise<Circle> => {
  const circle = await openCircle({ ...a.identity, platform: { ...platform, fetch } }, a.id);
  await circle.settle();
  return circle;
};
const answering = (answer: () => Response): Promise<Circle> => through(async () => answer());

describe("a host that does not answer", () => {
  it("is tried five times and then told of, and nothing is lost", async () => {
    let tried = 0;
    const circle = await through(async () => {
      tried++;
      throw new TypeError("fetch failed");
    });
    await refused(circle, "host.unreachable", () => circle.sync());
    expect(tried).toBe(5);
  });

  it("for a moment only is no matter", async () => {
    let failures = 2;
    const circle = await through((url, init) =>
      failures-- > 0 ? Promise.reject(new TypeError("reset")) : platform.fetch(url, init),
    );
    await circle.sync();
    expect(circle.head()?.size).toBe(a.head()?.size);
  });

  it("while it restarts: what was sent arrives once", async () => {
    let restarted = false;
    const circle = await through(async (url, init) => {
      const response = await platform.fetch(url, init);
      if (init?.method === "POST" && !restarted) {
        restarted = true;
        host = await host.restart();
        throw new TypeError("the connection broke off after the host had stored it");
      }
      return response;
    });
    await say(circle, [{ kind: "check-in", tlp: "TLP:AMBER", text: "once" }]);
    await circle.settle();
    expect(circle.statements().filter((s) => s.statement.text === "once").length).toBe(1);
    expect(circle.ledger.voids).toEqual([]);
  });

  it("in the middle of its answer is told of as such", async () => {
    const broken = () =>
      new Response(new ReadableStream({ start: (controller) => controller.error(new Error("reset")) }));
    const circle = await answering(broken);
    await refused(circle, "host.unreachable", () => circle.sync());
  });
});

describe("a host that answers garbage", () => {
  it("is at fault, whatever the garbage", async () => {
    const garbage: readonly [() => Response, string][] = [
      [() => new Response(""), "host.garbage"],
      [() => new Response("<html>"), "host.garbage"],
      [() => new Response(new Uint8Array([0xff, 0xff])), "host.garbage"],
      [
        () =>
          new Response(
            encode(hostInfo, {
              key: new Uint8Array(32),
              versions: [1],
              time: 0,
              software: "x",
              limits: {
                entry: 1,
                blob: 1,
                batchEntries: 1,
                batchBytes: 1,
                pageEntries: 1,
                pageBytes: 1,
                waitSeconds: 1,
              },
            }),
          ),
        "host.garbage",
      ],
      [() => new Response("no", { status: 404 }), "host.answer"],
      [() => new Response("{", { status: 400 }), "host.answer"],
      [() => Response.json({ type: "urn:symbolon:problem:unauthorized" }, { status: 401 }), "host.unauthorized"],
      [() => Response.json({ type: "urn:symbolon:problem:busy" }, { status: 503 }), "host.busy"],
      [() => Response.json({ type: "urn:symbolon:problem:clock" }, { status: 401 }), "host.clock"],
    ];
    for (const [answer, code] of garbage) {
      const circle = await answering(answer);
      await refused(circle, code, () => circle.sync());
    }
  });
});

describe("a synchronization", () => {
  it("that is called off ends at once, keeps what was verified, and can be taken up again", async () => {
    const controller = new AbortController();
    const circle = await through((url, init) => {
      controller.abort();
      return platform.fetch(url, init);
    });
    const before = circle.state().position;
    await expect(circle.sync({ signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
    expect(circle.state().position).toBe(before);
    await circle.sync();
    expect(circle.head()?.size).toBe(circle.ledger.raws.length);
  });

  it("that waits is called off while it waits", async () => {
    await a.sync();
    const controller = new AbortController();
    const circle = await through((url, init) => {
      if (String(url).includes("wait=")) queueMicrotask(() => controller.abort());
      return platform.fetch(url, init);
    });
    await circle.sync();
    await expect(circle.sync({ wait: 30, signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
  });

  it("asked for many times at once is done one after the other, and once is enough", async () => {
    const circle = await openCircle(a.identity, a.id);
    await Promise.all(Array.from({ length: 5 }, () => circle.sync()));
    expect(circle.ledger.raws.map((raw) => raw.position)).toEqual(circle.ledger.raws.map((_, i) => i));
  });

  it("tells how far it has come", async () => {
    const { memoryStorage } = await import("../../src/client/index.ts");
    const circle = await openCircle({ ...a.identity, storage: memoryStorage() }, a.id);
    const told: number[] = [];
    await circle.sync({ onProgress: ({ done, total }) => told.push(done / total) });
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((part) => part > 0 && part <= 1)).toBe(true);
    expect(await codeOf(() => circle.sync())).toBeUndefined();
  });
});
