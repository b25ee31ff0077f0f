import { beforeEach, describe, expect, it } from "vitest";
import { counts } from "../../src/core/circle/index.ts";
import { type Roster, roster, untouched } from "../kit/roster.ts";

describe("attack 30: backdating", () => {
  let circle: Roster;
  beforeEach(async () => {
    circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
    circle.bringIn("dora@d", "anna@a", ["anna@a", "ben@b"]);
  });

  it("an hour from before a suspension gives nobody their right back", () => {
    circle.rotated("anna@a", { change: { kind: "suspend", member: circle.memberOf("dora@d").id } });
    for (const hour of [0, circle.clock.hour - 1000, circle.clock.hour + 1000])
      expect(circle.act("dora@d", { kind: "tick" }, { hour, seenSize: 3 })).toBe("author");
  });

  it("an hour from after a window closes no window", () => {
    const candidate = circle.propose("emil@e", "anna@a");
    for (const by of ["anna@a", "ben@b"]) circle.must(by, { kind: "sponsor", candidate });
    const late = { hour: circle.clock.hour + 10_000 };
    expect(circle.act("anna@a", { kind: "admit", candidate }, late)).toBe("window");
    for (let i = 0; i < 5; i++) circle.must("anna@a", { kind: "tick" }, { hour: late.hour + i });
    expect(circle.act("anna@a", { kind: "admit", candidate }, late)).toBe("window");
  });

  it("one organization with several members and devices closes none either", () => {
    circle.bringIn("alma@a", "anna@a", ["ben@b", "cleo@c"]);
    circle.addDevice("anna+2@a", "anna@a");
    const candidate = circle.propose("emil@e", "anna@a");
    for (const by of ["anna@a", "ben@b"]) circle.must(by, { kind: "sponsor", candidate });
    for (const by of ["anna@a", "alma@a", "anna+2@a"])
      circle.must(by, { kind: "tick" }, { hour: circle.clock.hour + 500 });
    expect(circle.act("anna@a", { kind: "admit", candidate })).toBe("window");
  });

  it("does not revive an invitation that has expired, nor lift the cap on admissions", () => {
    const before = circle.state.logTime;
    circle.pass(200);
    const expires = before + 100;
    const invite = { kind: "invite", inviteKey: circle.person("emil@e").keys.append, role: "reader", expires } as const;
    expect(circle.act("anna@a", invite, { hour: before })).toBe("expired");
  });

  it("what was said under duress is told by its position, not by the hour that it states", () => {
    const from = circle.state.position;
    const author = { organization: circle.memberOf("dora@d").organization, member: circle.memberOf("dora@d").id };
    const target = { kind: "member", member: author.member } as const;
    circle.must("dora@d", { kind: "mark", mark: { target, as: "duress", since: from } });
    expect(counts(circle.state, { ...author, position: from - 1 })).toBe(true);
    expect(counts(circle.state, { ...author, position: from + 9 })).toBe(false);
  });

  it("does not move log time back", () => {
    const now = circle.state.logTime;
    const before = untouched(circle.state);
    for (const by of ["anna@a", "ben@b", "cleo@c"]) circle.must(by, { kind: "tick" }, { hour: 0 });
    expect(circle.state.logTime).toBe(now);
    expect(untouched(circle.state)).toBe(before);
  });

  it("having seen little does not make a rotation older than the one that came first", () => {
    const size = circle.state.position;
    circle.rotated("ben@b");
    expect(circle.rotate("anna@a", { seenSize: size - 1 })).toBe("rotation");
    expect(circle.state.epochs.length).toBe(2);
  });
});
