import { beforeEach, describe, expect, it } from "vitest";
import { currentEpoch, rotationDevices } from "../../../src/core/circle/index.ts";
import type { BlobHash, PublicKey } from "../../../src/core/codec/index.ts";
import { bytesFor, idFor, type Roster, roster, untouched } from "../../kit/roster.ts";

let circle: Roster;
beforeEach(async () => {
  circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
  circle.bringIn("dora@d", "anna@a", ["anna@a", "ben@b"]);
  circle.bringIn("emil@e", "anna@a", ["anna@a", "ben@b"]);
});
const id = (name: string) => circle.memberOf(name).id;
const suspend = (by: string, name: string) => circle.rotate(by, { change: { kind: "suspend", member: id(name) } });

describe("a rotation", () => {
  it("begins the next epoch, in which entries of the one before are void", () => {
    circle.rotated("anna@a");
    expect(currentEpoch(circle.state)).toBe(1);
    expect(circle.act("ben@b", { kind: "tick" }, { epoch: 0 })).toBe("epoch");
    expect(circle.act("ben@b", { kind: "tick" })).toBeUndefined();
  });

  it("is a coordinator's", () => {
    expect(circle.rotate("dora@d", { executor: "anna@a" })).toBe("role");
  });

  it("names the last valid rotation, and is made by who has seen it", () => {
    circle.rotated("anna@a");
    expect(circle.rotate("anna@a", { previous: 0 })).toBe("rotation");
    expect(circle.rotate("anna@a", { seenSize: circle.state.epochs.at(-1)?.position ?? -1 })).toBe("rotation");
    expect(circle.rotate("anna@a")).toBeUndefined();
  });

  it("carries an acl whose access key is the one that it promises, signed by a control key of before", () => {
    const entry = circle.rotateEntry("anna@a");
    const promised = { ...circle.commitmentOf("x"), access: idFor<PublicKey>("another") };
    const body = { ...entry.body, commitment: promised } as typeof entry.body;
    expect(circle.put({ ...entry, body })).toBe("acl");
    const { acl: _, signatures: __, ...bare } = entry.header;
    expect(
      circle.put({ ...entry, position: circle.state.position, header: { ...bare, epoch: currentEpoch(circle.state) } }),
    ).toBe("acl");
  });

  it("is void where a control key that the host does not know executes it, and then moves nothing", () => {
    const acl = circle.state.acl;
    expect(circle.rotate("anna@a", { executor: "dora@d" })).toBe("acl");
    expect(circle.state.acl).toBe(acl);
  });

  it("changes no control keys without a vote on just these keys", () => {
    const { keysVersion, control, reserve, need } = circle.state.acl;
    const keys = { keysVersion: keysVersion + 1, control: control.slice(0, 1), reserve, need };
    expect(circle.rotate("anna@a", { keys })).toBe("acl");
    const vote = circle.vote({ kind: "keys" }, "anna@a", ["ben@b"]);
    expect(circle.rotate("anna@a", { proposal: vote, keys: { ...keys, need: 1 } })).toBe("acl");
    expect(circle.rotate("anna@a", { proposal: vote })).toBeUndefined();
    expect(circle.state.acl.reserve.length).toBe(2);
  });

  it("lists the hashes of the wraps in its header and in what it seals, alike", () => {
    expect(circle.rotate("anna@a", { blobs: [idFor<BlobHash>("other wraps")] })).toBe("rotation");
  });

  it("whose wraps or link do not hold is void, and moves only what the host enforces", () => {
    const before = untouched(circle.state);
    circle.rotationHolds = false;
    expect(circle.rotate("anna@a")).toBe("rotation");
    expect(untouched(circle.state)).toBe(before);
    expect(circle.state.acl.epoch).toBe(1);
    expect(currentEpoch(circle.state)).toBe(0);
  });

  it("that is void is repaired by another coordinator's, from the last valid epoch", () => {
    circle.rotationHolds = false;
    circle.rotate("anna@a", { withLink: false });
    circle.rotationHolds = true;
    expect(circle.rotate("ben@b")).toBeUndefined();
    expect(circle.state.epochs.map((e) => [e.number, e.from])).toEqual([
      [0, undefined],
      [2, 0],
    ]);
  });

  it("carries alone only what one coordinator may do", () => {
    const target = { kind: "member", member: id("dora@d") } as const;
    expect(circle.rotate("anna@a", { change: { kind: "remove", target } })).toBe("quorum");
    expect(circle.rotate("anna@a", { change: { kind: "role", member: id("dora@d"), role: "coordinator" } })).toBe(
      "quorum",
    );
    expect(circle.rotate("anna@a", { change: { kind: "policy", policy: circle.state.policy } })).toBe("quorum");
    expect(circle.status("dora@d")).toBe("active");
  });

  it("is followed by its link, from the same device, at the next position", () => {
    circle.rotated("anna@a", { withLink: false });
    expect(circle.act("ben@b", { kind: "link", roster: bytesFor("R") })).toBe("rotation");
    expect(circle.act("anna@a", { kind: "link", roster: bytesFor("R") })).toBe("rotation");
    circle.rotated("anna@a");
    expect(circle.act("anna@a", { kind: "link", roster: bytesFor("R") })).toBe("rotation");
  });
});

describe("the devices that a rotation wraps to", () => {
  it("are those active at the size that its author had seen, less whom it removes or suspends", () => {
    const size = circle.state.position;
    circle.addDevice("dora+2@d", "dora@d");
    const early = rotationDevices(circle.state, circle.state, undefined, size).map((d) => d.id);
    expect(early).not.toContain(circle.person("dora+2@d").keys.id);
    const late = rotationDevices(circle.state, circle.state, undefined, circle.state.position).map((d) => d.id);
    expect(late).toContain(circle.person("dora+2@d").keys.id);
    expect(late).toEqual([...late].sort());
    const change = { kind: "suspend", member: id("dora@d") } as const;
    const without = rotationDevices(circle.state, circle.state, change, circle.state.position).map((d) => d.id);
    expect(without).not.toContain(circle.person("dora@d").keys.id);
    expect(without.length).toBe(late.length - 2);
  });

  it("leave a further rotation owed where a device was revoked since", () => {
    circle.addDevice("dora+2@d", "dora@d");
    const size = circle.state.position;
    circle.must("dora@d", { kind: "device-revoke", device: circle.person("dora+2@d").keys.id });
    expect(circle.state.owed).toEqual([circle.person("dora+2@d").keys.id]);
    circle.rotated("anna@a", { seenSize: size });
    expect(circle.state.owed).toEqual([circle.person("dora+2@d").keys.id]);
    circle.rotated("anna@a");
    expect(circle.state.owed).toEqual([]);
  });
});

describe("suspension", () => {
  it("is one coordinator's act against a member, and ends authority at once", () => {
    expect(suspend("anna@a", "dora@d")).toBeUndefined();
    expect(circle.act("dora@d", { kind: "tick" })).toBe("author");
  });

  it("is open once for each coordinator until another stands behind it", () => {
    suspend("anna@a", "dora@d");
    expect(suspend("anna@a", "emil@e")).toBe("cap");
    expect(circle.act("anna@a", { kind: "confirm", member: id("dora@d") })).toBe("concerned");
    expect(circle.act("emil@e", { kind: "confirm", member: id("dora@d") })).toBe("role");
    circle.must("ben@b", { kind: "confirm", member: id("dora@d") });
    expect(circle.act("cleo@c", { kind: "confirm", member: id("dora@d") })).toBe("unknown");
    expect(suspend("anna@a", "emil@e")).toBeUndefined();
  });

  it("of a coordinator takes two, of two organizations, and drops their control key", () => {
    expect(suspend("anna@a", "ben@b")).toBe("quorum");
    const vote = circle.vote({ kind: "suspend", member: id("ben@b") }, "anna@a");
    expect(circle.carryOut(vote, "anna@a")).toBe("acl");
    circle.approve("cleo@c", vote);
    expect(circle.carryOut(vote, "anna@a")).toBeUndefined();
    expect(circle.status("ben@b")).toBe("suspended");
    expect(circle.state.acl.control.flat()).not.toContain(circle.person("ben@b").keys.control);
  });

  it("that nobody confirmed ends after 14 days of log time by one other coordinator, not before", () => {
    suspend("anna@a", "dora@d");
    circle.pass(14 * 24 - 1);
    expect(circle.act("ben@b", { kind: "reinstate", member: id("dora@d") })).toBe("quorum");
    circle.pass(1);
    expect(circle.act("ben@b", { kind: "reinstate", member: id("dora@d") })).toBeUndefined();
    expect(circle.act("dora@d", { kind: "tick" })).toBeUndefined();
  });

  it("does not end by itself, and who made it may take it back", () => {
    suspend("anna@a", "dora@d");
    circle.pass(100 * 24);
    expect(circle.status("dora@d")).toBe("suspended");
    expect(circle.act("anna@a", { kind: "reinstate", member: id("dora@d") })).toBeUndefined();
  });

  it("that was confirmed ends by quorum only", () => {
    suspend("anna@a", "dora@d");
    circle.must("ben@b", { kind: "confirm", member: id("dora@d") });
    circle.pass(15 * 24);
    expect(circle.act("cleo@c", { kind: "reinstate", member: id("dora@d") })).toBe("quorum");
    expect(circle.decide({ kind: "reinstate", member: id("dora@d") }, "cleo@c", ["ben@b"])).toBeUndefined();
    expect(circle.status("dora@d")).toBe("active");
  });

  it("keeps a revoked device out when it ends", () => {
    circle.addDevice("dora+2@d", "dora@d");
    circle.must("dora@d", { kind: "device-revoke", device: circle.person("dora+2@d").keys.id });
    suspend("anna@a", "dora@d");
    circle.must("anna@a", { kind: "reinstate", member: id("dora@d") });
    expect(circle.act("dora+2@d", { kind: "tick" })).toBe("author");
    expect(circle.act("dora@d", { kind: "tick" })).toBeUndefined();
  });
});

describe("removal", () => {
  it("of an organization ends the authority of all its members, for good", () => {
    circle.bringIn("dirk@d", "anna@a", ["anna@a", "ben@b"]);
    const target = { kind: "organization", organization: circle.memberOf("dora@d").organization } as const;
    expect(circle.decide({ kind: "remove", target }, "anna@a", ["ben@b"])).toBeUndefined();
    for (const name of ["dora@d", "dirk@d"]) {
      expect(circle.status(name)).toBe("removed");
      expect(circle.act(name, { kind: "tick" })).toBe("author");
      expect(circle.act("anna@a", { kind: "reinstate", member: id(name) })).toBe("unknown");
    }
  });

  it("is not approved by who is suspended", () => {
    suspend("anna@a", "dora@d");
    const vote = circle.vote({ kind: "remove", target: { kind: "member", member: id("emil@e") } }, "anna@a");
    expect(circle.act("dora@d", { kind: "approve", proposal: vote })).toBe("author");
    circle.pass(72);
    expect(circle.carryOut(vote, "anna@a")).toBe("quorum");
    circle.approve("cleo@c", vote);
    expect(circle.carryOut(vote, "anna@a")).toBeUndefined();
  });
});
