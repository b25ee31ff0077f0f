import { beforeEach, describe, expect, it } from "vitest";
import { approvalsNeeded, type Change, orgKeyMessage, type Policy, proposal } from "../../../src/core/circle/index.ts";
import { decode, encode, type PublicKey, toHex, toId } from "../../../src/core/codec/index.ts";
import type { SigningSeed } from "../../../src/core/crypto/index.ts";
import { bytesFor, type Roster, roster, unhex } from "../../kit/roster.ts";

const remove = (circle: Roster, name: string): Change => ({
  kind: "remove",
  target: { kind: "member", member: circle.memberOf(name).id },
});
const withPolicy = (circle: Roster, change: Partial<Policy>): Change => ({
  kind: "policy",
  policy: { ...circle.state.policy, ...change },
});

describe("a quorum act", () => {
  let circle: Roster;
  beforeEach(async () => {
    circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c", "gina@g"] });
  });

  it("needs two organizations and one window", () => {
    const id = circle.vote(withPolicy(circle, { sponsors: 3 }), "anna@a");
    circle.pass(72);
    expect(circle.carryOut(id, "anna@a")).toBe("quorum");
    circle.approve("ben@b", id);
    expect(circle.carryOut(id, "anna@a")).toBeUndefined();
    expect(circle.state.policy.sponsors).toBe(3);
    expect(circle.act("anna@a", { kind: "policy", proposal: id })).toBe("unknown");
  });

  it("does not carry before the window has passed in log time", () => {
    const id = circle.vote(withPolicy(circle, { sponsors: 3 }), "anna@a", ["ben@b"]);
    circle.pass(71);
    expect(circle.act("anna@a", { kind: "policy", proposal: id }, { hour: 60_000_000 })).toBe("quorum");
    circle.pass(1);
    expect(circle.act("anna@a", { kind: "policy", proposal: id })).toBeUndefined();
  });

  it("hears each organization once, whichever of its members speaks", () => {
    circle.bringIn("alma@a", "anna@a", ["ben@b", "cleo@c"]);
    expect(
      circle.decide({ kind: "role", member: circle.memberOf("alma@a").id, role: "coordinator" }, "ben@b", ["cleo@c"]),
    ).toBeUndefined();
    const id = circle.vote(withPolicy(circle, { sponsors: 3 }), "anna@a");
    expect(circle.act("alma@a", { kind: "approve", proposal: id })).toBe("duplicate");
  });

  it("is not open to readers, nor to contributors of organizations that are not in reserve", async () => {
    circle.bringIn("dora@d", "anna@a", ["anna@a", "ben@b"]);
    const id = circle.vote(withPolicy(circle, { sponsors: 3 }), "anna@a");
    expect(circle.act("dora@d", { kind: "approve", proposal: id })).toBeUndefined(); // in reserve by default
    circle.bringIn("bob@b", "anna@a", ["anna@a", "cleo@c"]);
    expect(circle.act("bob@b", { kind: "approve", proposal: id })).toBe("role");
    circle.bringIn("rosa@d", "anna@a", ["anna@a", "cleo@c"], "reader");
    expect(circle.act("rosa@d", { kind: "veto", proposal: id })).toBe("role");
    expect(circle.act("rosa@d", { kind: "propose", proposal: bytesFor("x") })).toBe("role");
  });

  it("is waited for twice as long after a veto, and then needs one more", () => {
    const id = circle.vote(withPolicy(circle, { sponsors: 3 }), "anna@a", ["ben@b"]);
    circle.must("cleo@c", { kind: "veto", proposal: id });
    expect(circle.act("cleo@c", { kind: "veto", proposal: id })).toBe("duplicate");
    circle.pass(144);
    expect(circle.act("anna@a", { kind: "policy", proposal: id })).toBe("quorum");
    circle.approve("gina@g", id);
    expect(circle.act("anna@a", { kind: "policy", proposal: id })).toBeUndefined();
  });

  it("loses an approval that is taken back by a veto", () => {
    const id = circle.vote(withPolicy(circle, { sponsors: 3 }), "anna@a", ["ben@b", "cleo@c"]);
    circle.must("ben@b", { kind: "veto", proposal: id });
    circle.pass(144);
    expect(circle.act("anna@a", { kind: "policy", proposal: id })).toBe("quorum");
  });

  it("is neither approved nor vetoed by whom it concerns", () => {
    const id = circle.vote(remove(circle, "ben@b"), "anna@a");
    expect(circle.act("ben@b", { kind: "approve", proposal: id })).toBe("concerned");
    expect(circle.act("ben@b", { kind: "veto", proposal: id })).toBe("concerned");
  });

  it("does not count the voice of who proposed something that concerns themselves", () => {
    const id = circle.vote({ kind: "role", member: circle.memberOf("ben@b").id, role: "contributor" }, "ben@b", [
      "anna@a",
    ]);
    circle.pass(72);
    expect(circle.carryOut(id, "anna@a")).toBe("quorum");
  });

  it("does not count an approval by an organization that was removed since", () => {
    const id = circle.vote(withPolicy(circle, { sponsors: 1 }), "anna@a", ["gina@g"]);
    expect(circle.decide(remove(circle, "gina@g"), "anna@a", ["ben@b"])).toBeUndefined();
    circle.pass(100);
    expect(circle.carryOut(id, "anna@a")).toBe("quorum");
  });

  it("counts suspended organizations among those who could approve", () => {
    circle.bringIn("dora@d", "anna@a", ["anna@a", "ben@b"]);
    const before = approvalsNeeded(circle.state, withPolicy(circle, { quorum: 4 }), false);
    circle.rotated("anna@a", { change: { kind: "suspend", member: circle.memberOf("dora@d").id } });
    expect(approvalsNeeded(circle.state, withPolicy(circle, {}), false)).toBe(before);
    circle.state = { ...circle.state, policy: { ...circle.state.policy, quorum: 4 } };
    expect(approvalsNeeded(circle.state, withPolicy(circle, {}), false)).toBe(4);
  });

  it("is capped at those whom it does not concern, and at one only a coordinator acts", async () => {
    const two = await roster({ founders: ["anna@a"] });
    two.bringIn("dora@d", "anna@a");
    expect(approvalsNeeded(two.state, remove(two, "dora@d"), false)).toBe(1);
    expect(two.decide(remove(two, "dora@d"), "anna@a", [])).toBeUndefined();
    const other = await roster({ founders: ["anna@a"] });
    other.bringIn("dora@d", "anna@a");
    const id = other.vote({ kind: "org-key", orgKey: orgKeyOf(other, "anna@a") }, "dora@d");
    expect(other.act("dora@d", { kind: "org-key", proposal: id })).toBe("quorum");
  });

  it("against a coordinator never carries with one voice, also where there are not two", async () => {
    const two = await roster({ founders: ["anna@a", "ben@b"] });
    for (const change of [
      remove(two, "ben@b"),
      { kind: "role", member: two.memberOf("ben@b").id, role: "reader" },
      { kind: "suspend", member: two.memberOf("ben@b").id },
      { kind: "mark", mark: { target: { kind: "member", member: two.memberOf("ben@b").id }, as: "compromised" } },
      { kind: "org-key", orgKey: orgKeyOf(two, "ben@b") },
    ] satisfies readonly Change[]) {
      const id = two.vote(change, "anna@a");
      // Where control keys change the host's rule voids it before the roster's does.
      expect(["quorum", "acl"]).toContain(two.carryOut(id, "anna@a"));
    }
    expect(two.status("ben@b")).toBe("active");
    expect(two.role("ben@b")).toBe("coordinator");
    expect(two.state.marks).toEqual([]);
  });

  it("admits nobody: candidates have sponsors instead", () => {
    const candidate = circle.propose("emil@e", "anna@a");
    const bytes = encode(proposal, { nonce: new Uint8Array(16), change: { kind: "admit", candidate } });
    expect(circle.act("anna@a", { kind: "propose", proposal: bytes })).toBe("malformed");
  });

  it("is not proposed twice with the same nonce, nor in bytes that are no proposal, nor about nobody", () => {
    const bytes = circle.proposalOf(withPolicy(circle, { sponsors: 3 }), "anna@a");
    circle.must("anna@a", { kind: "propose", proposal: bytes });
    expect(circle.act("ben@b", { kind: "propose", proposal: bytes })).toBe("duplicate");
    expect(circle.act("ben@b", { kind: "propose", proposal: Uint8Array.of(1, 2, 3) })).toBe("malformed");
    const nobody = encode(proposal, {
      nonce: new Uint8Array(16),
      change: { kind: "role", member: "ff".repeat(32) as never, role: "reader" },
    });
    expect(circle.act("ben@b", { kind: "propose", proposal: nobody })).toBe("unknown");
  });

  it("changes a policy only into one of the same kind with a quorum", () => {
    for (const change of [withPolicy(circle, { kind: "organization" }), withPolicy(circle, { quorum: 0 })]) {
      const bytes = encode(proposal, { nonce: bytesFor("n").slice(0, 16), change });
      expect(circle.act("anna@a", { kind: "propose", proposal: bytes })).toBe("unknown");
    }
  });
});

describe("a proposal that changes keys", () => {
  it("names just the keys that the change leaves, and an approval's signature is over them", async () => {
    const circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
    const change = remove(circle, "cleo@c");
    const value = decode(proposal, encode(proposal, { nonce: new Uint8Array(16), change }));
    expect(circle.act("anna@a", { kind: "propose", proposal: encode(proposal, value) })).toBe("acl");
    const id = circle.vote(change, "anna@a");
    const wrong = circle.approvalOf("anna@a", id, circle.state.proposals.get(toHex(id))?.proposal.keys);
    expect(circle.act("ben@b", { kind: "approve", proposal: id, signature: wrong as never })).toBe("signature");
    circle.approve("ben@b", id);
    expect(circle.state.proposals.get(toHex(id))?.signatures.length).toBe(2);
  });

  it("is carried by a rotation only, with `need` signatures, and drops the removed coordinator's key", async () => {
    const circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
    const id = circle.vote(remove(circle, "cleo@c"), "anna@a", ["ben@b"]);
    circle.pass(72);
    expect(circle.rotate("anna@a", { proposal: id, signatures: [] })).toBe("acl");
    expect(circle.status("cleo@c")).toBe("active");
    expect(circle.rotate("anna@a", { proposal: id })).toBeUndefined();
    expect(circle.status("cleo@c")).toBe("removed");
    expect(circle.state.acl.control.flat()).not.toContain(circle.person("cleo@c").keys.control);
    expect(circle.act("cleo@c", { kind: "tick" })).toBe("author");
  });

  it("brings nobody back: keys that have gone since void it", async () => {
    const circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
    circle.addDevice("ben+2@b", "ben@b");
    const id = circle.vote({ kind: "role", member: circle.memberOf("cleo@c").id, role: "contributor" }, "anna@a", [
      "ben@b",
    ]);
    circle.pass(72);
    circle.must("ben@b", { kind: "device-revoke", device: circle.person("ben+2@b").keys.id });
    expect(circle.carryOut(id, "anna@a")).toBe("acl");
    expect(circle.role("cleo@c")).toBe("coordinator");
  });
});

function orgKeyOf(circle: Roster, name: string) {
  const { crypto, state } = circle;
  const seed = bytesFor(`new key of ${name}`);
  const { organization } = circle.person(name);
  const key = crypto.signingKey(seed);
  const proof = crypto.sign(seed as SigningSeed, orgKeyMessage(state.circle, unhex(organization), key));
  return { organization, key: toId<PublicKey>(key), proof };
}
