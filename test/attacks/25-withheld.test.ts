import { beforeEach, describe, expect, it } from "vitest";
import { checkIn } from "../../src/client/circle/acts.ts";
import { carried, completed } from "../../src/client/circle/say.ts";
import {
  type Circle,
  invite,
  isFresh,
  missedCheckIns,
  remove,
  rotate,
  say,
  sponsor,
  tick,
} from "../../src/client/index.ts";
import { hourOf } from "../../src/client/platform.ts";
import { encode } from "../../src/core/codec/index.ts";
import { statementBody } from "../../src/core/statements/index.ts";
import { codeOf, forgeRoster, forgeStatement, post, type Scene, scene } from "../kit/attack.ts";
import { rollBack } from "../kit/evil-host.ts";
import type { TestClock } from "../kit/members.ts";

const week = 7 * 24;

describe("attack 25: the newest entries withheld", () => {
  let clock: TestClock;
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  let c: Circle;
  beforeEach(async () => {
    clock = { hours: 0 };
    stage = await scene({ others: 2, clock });
    a = stage.a;
    b = stage.others[0] as Circle;
    c = stage.others[1] as Circle;
    for (const circle of [b, c, a]) await circle.sync();
  });
  const settle = async (circle: Circle) => {
    await circle.sync();
    await circle.settle();
  };

  it("is an alarm after the check-in interval, and no roster act is made on such a view", async () => {
    const { size } = a.head() as { size: number };
    await remove(a, { kind: "member", member: c.me().id }).catch(() => undefined);
    await checkIn(b);
    // From here on a is shown nothing new, as if nobody had written.
    const frozen = a.head()?.size as number;
    expect(frozen).toBeGreaterThan(size);
    stage.evil.tell(rollBack(frozen));
    clock.hours += week + 1;
    await checkIn(b).catch(() => undefined);
    await settle(a);
    expect(isFresh(a)).toBe(false);
    const acts = [() => invite(a), () => rotate(a), () => sponsor(a, new Uint8Array(32))];
    for (const act of acts) expect((await codeOf(act))?.code).toBe("circle.not-fresh");
    expect(a.head()?.size).toBe(frozen);
  });

  it("still lets a device be revoked, trust be ended and the hour be told", async () => {
    clock.hours += week + 1;
    await settle(a);
    expect(isFresh(a)).toBe(false);
    await tick(a);
    expect(a.ledger.voids).toEqual([]);
  });

  it("is no alarm while somebody else checks in, and shows who does not", async () => {
    clock.hours += week + 1;
    await checkIn(b);
    await settle(a);
    expect(isFresh(a)).toBe(true);
    expect(missedCheckIns(a)).toContain(c.device);
    expect(missedCheckIns(a)).not.toContain(b.device);
  });

  it("is not ended by one's own entries", async () => {
    clock.hours += week + 1;
    await checkIn(a);
    await settle(a);
    expect(isFresh(a)).toBe(false);
  });

  it("is not hidden by a member who states an hour that is yet to come", async () => {
    const hour = hourOf(a.platform) + 52 * week;
    const body = encode(statementBody, carried(b, completed(b, { kind: "check-in", tlp: "TLP:AMBER" }), false));
    await post(b, forgeStatement(b, body, { hour }), forgeRoster(b, { kind: "tick" }, { hour }));
    await settle(a);
    clock.hours += week + 1;
    await settle(a);
    expect(isFresh(a)).toBe(false);
  });

  it("of one's own entry, which the host said that it took, is told at once", async () => {
    const { size } = a.head() as { size: number };
    stage.evil.tell(rollBack(size));
    expect((await codeOf(() => say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text: "mine" }])))?.code).toBe(
      "host.lost",
    );
    expect(a.statements().some((s) => s.statement.text === "mine")).toBe(false);
  });
});
