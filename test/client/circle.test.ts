import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundCircle, lookup, namesIn, remove, say } from "../../src/client/index.ts";
import { type AnyHost, startAnyHost } from "../kit/any-host.ts";
import { bringIn, newMember, testPlatform } from "../kit/members.ts";

let host: AnyHost;
beforeAll(async () => {
  host = await startAnyHost();
});
afterAll(() => host.stop());

describe("a circle over real HTTP", () => {
  it("is founded, joined, written to and looked into", async () => {
    const platform = await testPlatform();
    const a = await foundCircle(await newMember("Newsroom A", platform), {
      address: host.url,
      label: "press",
      policy: { windowHours: 0 },
    });
    const b = await bringIn(a, await newMember("Newsroom B", platform));
    expect(b.me().role).toBe("contributor");
    await say(b, [
      {
        kind: "attestation",
        tlp: "TLP:AMBER",
        evidence: "witnessed",
        attests: "delivered-work",
        subject: { identifiers: [{ kind: "phone", value: "+84912345678" }] },
        text: "Delivered three stories on time.",
      },
    ]);
    await a.sync();
    await a.settle();
    const { found } = lookup(a, "0912 345 678");
    expect(found.map((f) => f.recorded.organization)).toEqual([b.me().organization]);
    expect([...namesIn(a).organizations.values()].sort()).toEqual(["Newsroom A", "Newsroom B"]);
    expect(a.ledger.voids).toEqual([]);
    await remove(a, { kind: "member", member: b.me().id });
    await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text: "after" }]);
    await b.sync();
    expect(b.statements().some((s) => s.statement.text === "after")).toBe(false);
    expect(() => b.me()).toThrow();
  });
});
