import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advanceLogTime, type CircleState, type Member } from "../../../src/core/circle/index.ts";
import { firstHour, roster } from "../../kit/roster.ts";

const names = ["anna@a", "ben@b", "cleo@c", "dora@d", "emil@e", "fred@f", "gina@g"];
const quorumOf = (organizations: number) => Math.max(2, Math.floor(organizations / 3) + 1);

/** A founded circle of `count` organizations, and a way to state hours in it. */
async function circleOf(count: number) {
  const circle = await roster({ founders: names.slice(0, count) });
  const state = (start: CircleState, said: readonly (readonly [who: number, hour: number])[]) =>
    said.reduce(
      (at, [who, hour]) => advanceLogTime(at, circle.memberOf(names[who % count] as string) as Member, hour),
      start,
    );
  return { circle, state };
}

describe("log time", () => {
  it("is the founder's own while alone", async () => {
    const circle = await roster();
    circle.must("anna@a", { kind: "tick" }, { hour: firstHour + 9 });
    expect(circle.state.logTime).toBe(firstHour + 9);
  });

  it("cannot be moved by fewer than q organizations, however often they speak and whatever they state", async () => {
    for (const count of [2, 3, 6, 7]) {
      const { circle, state } = await circleOf(count);
      const few = quorumOf(count) - 1;
      const hours = fc.array(fc.tuple(fc.nat(few - 1), fc.integer({ min: 0, max: 70_389_528 })), { maxLength: 20 });
      fc.assert(fc.property(hours, (said) => state(circle.state, said).logTime === firstHour));
    }
  });

  it("moves as far as q organizations agree, and no further", async () => {
    const { circle, state } = await circleOf(6); // q = 3
    const after = state(circle.state, [
      [0, firstHour + 50],
      [1, firstHour + 20],
    ]);
    expect(after.logTime).toBe(firstHour);
    expect(state(after, [[2, firstHour + 30]]).logTime).toBe(firstHour + 20);
  });

  it("never goes back", async () => {
    const { circle, state } = await circleOf(4);
    const said = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 0, max: 70_389_528 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(said, (list) => {
        let at = circle.state;
        for (const one of list) {
          const next = state(at, [one]);
          if (next.logTime < at.logTime) return false;
          at = next;
        }
        return true;
      }),
    );
  });

  it("comes to the same in whatever order organizations speak", async () => {
    const { circle, state } = await circleOf(5);
    const said = fc.array(fc.tuple(fc.nat(4), fc.integer({ min: firstHour, max: firstHour + 500 })), { maxLength: 12 });
    fc.assert(
      fc.property(
        said.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([a, b]) => state(circle.state, a).logTime === state(circle.state, b).logTime,
      ),
    );
  });

  it("hears an organization's members as one voice", async () => {
    const { circle } = await circleOf(3);
    circle.bringIn("ben2@b", "anna@a", ["anna@a", "cleo@c"]);
    const now = circle.state.logTime;
    for (const who of ["ben@b", "ben2@b"]) circle.must(who, { kind: "tick" }, { hour: now + 1000 });
    expect(circle.state.logTime).toBe(now);
    circle.must("cleo@c", { kind: "tick" }, { hour: now + 10 });
    expect(circle.state.logTime).toBe(now + 10);
  });

  it("counts persons in an organization circle", async () => {
    const circle = await roster({ founders: ["anna@a", "bela@a", "carl@a"], policy: { kind: "organization" } });
    circle.must("anna@a", { kind: "tick" }, { hour: firstHour + 5 });
    expect(circle.state.logTime).toBe(firstHour);
    circle.must("bela@a", { kind: "tick" }, { hour: firstHour + 7 });
    expect(circle.state.logTime).toBe(firstHour + 5);
  });

  it("is not moved by an entry that is void", async () => {
    const { circle } = await circleOf(2);
    circle.must("anna@a", { kind: "tick" }, { hour: firstHour + 5 });
    expect(circle.act("ben@b", { kind: "genesis" } as never, { hour: firstHour + 5 })).toBe("duplicate");
    expect(circle.state.logTime).toBe(firstHour);
  });
});
