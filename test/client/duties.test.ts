import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eraseExpired, foundCircle, pastRetention, say, tick } from "../../src/client/index.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { newMember, type TestClock, testPlatform } from "../kit/members.ts";

let host: TestHost;
const clock: TestClock = { hours: 0 };
beforeAll(async () => {
  host = await startTestHost({ now: () => Date.now() + clock.hours * 3_600_000 });
});
afterAll(() => host.stop());

describe("retention", () => {
  it("drops, here and at the host, what has run out in log time; names stay", async () => {
    const identity = await newMember("Newsroom A", await testPlatform(clock));
    const circle = await foundCircle(identity, { address: host.url, label: "press", policy: { retentionDays: 1 } });
    const [said] = await say(circle, [{ kind: "check-in", tlp: "TLP:AMBER", text: "soon forgotten" }]);
    await circle.settle();
    expect(pastRetention(circle)).toEqual([]);
    clock.hours += 48;
    await tick(circle);
    expect(pastRetention(circle)).toEqual([said?.position]);
    expect(await eraseExpired(circle)).toBe(1);
    expect(circle.statements().map((s) => s.statement.kind)).toEqual(["profile", "profile"]);
    expect(circle.ledger.raws[said?.position ?? 0]?.sealed).toBeUndefined();
  });
});
