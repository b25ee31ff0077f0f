import { describe, expect, it } from "vitest";
import { approvalsNeeded, type Change } from "../../src/core/circle/index.ts";
import { type Roster, roster } from "../kit/roster.ts";

const remove = (circle: Roster, name: string): Change => ({
  kind: "remove",
  target: { kind: "member", member: circle.memberOf(name).id },
});

describe("attack 31: mutual or circular removal, and suspending all others to become all", () => {
  it("of two who remove each other, the first by position stands and the other is void", async () => {
    const circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c", "dora@d"] });
    const againstBen = circle.vote(remove(circle, "ben@b"), "anna@a", ["cleo@c"]);
    const againstAnna = circle.vote(remove(circle, "anna@a"), "ben@b", ["dora@d"]);
    circle.pass(72);
    expect(circle.carryOut(againstBen, "anna@a")).toBeUndefined();
    expect(circle.carryOut(againstAnna, "ben@b")).toBe("author");
    expect(circle.carryOut(againstAnna, "dora@d")).not.toBeUndefined();
    expect(circle.status("anna@a")).toBe("active");
    expect(circle.status("ben@b")).toBe("removed");
  });

  it("in a ring of three ends with the first: who is removed carries nothing on", async () => {
    const names = ["anna@a", "ben@b", "cleo@c", "dora@d"];
    const circle = await roster({ founders: names });
    const votes = [
      circle.vote(remove(circle, "ben@b"), "anna@a", ["dora@d"]),
      circle.vote(remove(circle, "cleo@c"), "ben@b", ["dora@d"]),
      circle.vote(remove(circle, "anna@a"), "cleo@c", ["dora@d"]),
    ] as const;
    circle.pass(72);
    expect(circle.carryOut(votes[0], "anna@a")).toBeUndefined();
    expect(circle.carryOut(votes[1], "ben@b")).toBe("author");
    // Ben's voice went with him: what he proposed has one left.
    expect(circle.carryOut(votes[1], "dora@d")).not.toBeUndefined();
    expect(circle.status("cleo@c")).toBe("active");
  });

  it("two suspend each other: one suspension each, and the suspended acts no more", async () => {
    const circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
    const first = circle.vote({ kind: "suspend", member: circle.memberOf("ben@b").id }, "anna@a", ["cleo@c"]);
    const second = circle.vote({ kind: "suspend", member: circle.memberOf("anna@a").id }, "ben@b");
    expect(circle.carryOut(first, "anna@a")).toBeUndefined();
    expect(circle.carryOut(second, "ben@b")).toBe("author");
    expect(circle.act("cleo@c", { kind: "approve", proposal: second })).toBeUndefined();
    expect(circle.status("anna@a")).toBe("active");
  });

  it("suspending all others makes nobody all: they stay in what a quorum is of", async () => {
    const circle = await roster({ founders: ["anna@a"] });
    for (const name of ["dora@d", "emil@e"]) circle.bringIn(name, "anna@a");
    const policy: Change = { kind: "policy", policy: { ...circle.state.policy, quorum: 1 } };
    const needed = approvalsNeeded(circle.state, policy, false);
    circle.rotated("anna@a", { change: { kind: "suspend", member: circle.memberOf("dora@d").id } });
    expect(circle.rotate("anna@a", { change: { kind: "suspend", member: circle.memberOf("emil@e").id } })).toBe("cap");
    expect(approvalsNeeded(circle.state, policy, false)).toBe(needed);
    const id = circle.vote(policy, "anna@a");
    circle.pass(72);
    expect(circle.carryOut(id, "anna@a")).toBe("quorum");
    expect(circle.state.policy.quorum).toBe(2);
  });

  it("nobody removes, suspends or demotes the only other coordinator alone", async () => {
    const circle = await roster({ founders: ["anna@a", "ben@b"] });
    const member = circle.memberOf("ben@b").id;
    expect(circle.rotate("anna@a", { change: { kind: "suspend", member } })).toBe("quorum");
    for (const change of [
      remove(circle, "ben@b"),
      { kind: "suspend", member },
      { kind: "role", member, role: "reader" },
    ] satisfies readonly Change[]) {
      expect(circle.carryOut(circle.vote(change, "anna@a"), "anna@a")).not.toBeUndefined();
    }
    expect(circle.status("ben@b")).toBe("active");
    expect(circle.role("ben@b")).toBe("coordinator");
  });
});
