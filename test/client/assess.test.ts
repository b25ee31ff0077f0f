import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  assess,
  type Circle,
  engineOf,
  exportLog,
  foundCircle,
  lookup,
  mark,
  say,
  summaryOf,
  verifyFromGenesis,
} from "../../src/client/index.ts";
import { type AnyHost, startAnyHost } from "../kit/any-host.ts";
import { bringIn, newMember, testPlatform } from "../kit/members.ts";

let host: AnyHost;
let a: Circle;
let b: Circle;
beforeAll(async () => {
  host = await startAnyHost();
  const platform = await testPlatform();
  a = await foundCircle(await newMember("Newsroom A", platform), {
    address: host.url,
    label: "press",
    policy: { windowHours: 0 },
  });
  b = await bringIn(a, await newMember("Newsroom B", platform));
  await say(b, [
    {
      kind: "attestation",
      tlp: "TLP:AMBER",
      evidence: "witnessed",
      attests: "delivered-work",
      subject: { identifiers: [{ kind: "phone", value: "+84912345678" }] },
    },
  ]);
}, 60_000);
afterAll(() => host.stop());

async function assessed() {
  await a.sync();
  await a.settle();
  const about = lookup(a, "0912 345 678").found.map((f) => f.recorded.hash);
  return assess(a.identity, engineOf([a]), about);
}

describe("an assessment of what circles hold", () => {
  it("abstains while nobody is trusted, and hears who is vouched for", async () => {
    expect((await assessed()).assessment.abstain).toBe(true);
    await say(a, [{ kind: "vouch", tlp: "TLP:AMBER", vouched: b.me().organization, amount: 120, role: "heard" }]);
    const { assessment, sentence, changes } = await assessed();
    expect(assessment.reasons).toMatchObject([{ organization: b.me().organization, side: "for" }]);
    expect(sentence).toContain("One organization you trust");
    expect(changes).toMatchObject([{ without: [b.me().organization] }]);
  });

  it("leaves out what a member said in whom trust has ended", async () => {
    await b.sync();
    await mark(b, { kind: "member", member: b.me().id }, "compromised");
    expect((await assessed()).assessment.abstain).toBe(true);
  });
});

describe("a log fetched anew", () => {
  it("comes to the same with both implementations, and changes nothing here", async () => {
    await a.sync();
    const before = JSON.stringify(a.record());
    const own = summaryOf(a);
    for (const crypto of ["sodium", "noble"] as const) {
      const { root, digest, size, words } = await verifyFromGenesis(a.identity, a.id, crypto);
      expect({ root, digest, size, words }).toEqual({
        root: own.root,
        digest: own.digest,
        size: own.size,
        words: own.words,
      });
    }
    expect(JSON.stringify(a.record())).toBe(before);
    expect((await exportLog(a)).length).toBeGreaterThan(1000);
  });
});
