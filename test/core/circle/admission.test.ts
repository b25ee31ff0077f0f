import { beforeEach, describe, expect, it } from "vitest";
import { admissionsLeft, type Candidate, type Role, sponsorsNeeded } from "../../../src/core/circle/index.ts";
import { type Bytes, type PublicKey, toHex, toId } from "../../../src/core/codec/index.ts";
import { bytesFor, idFor, type Roster, roster } from "../../kit/roster.ts";

const candidateOf = (circle: Roster, id: Bytes) => circle.state.candidates.get(toHex(id)) as Candidate;

describe("until the circle has had three organizations", () => {
  it("an invitation is the sponsorship and nothing has to wait", async () => {
    const circle = await roster();
    const candidate = circle.propose("dora@d", "anna@a");
    expect(circle.act("anna@a", { kind: "admit", candidate })).toBeUndefined();
    expect(circle.role("dora@d")).toBe("contributor");
    expect(circle.memberOf("dora@d").inviter).toBe(circle.memberOf("anna@a").id);
    expect(circle.state.grown).toBe(false);
  });

  it("ends with the third organization and does not come back when one leaves", async () => {
    const circle = await roster();
    circle.bringIn("dora@d", "anna@a");
    circle.bringIn("emil@e", "anna@a");
    expect(circle.state.grown).toBe(true);
    expect(
      circle.decide({ kind: "remove", target: { kind: "member", member: circle.memberOf("emil@e").id } }, "anna@a", [
        "dora@d",
      ]),
    ).toBeUndefined();
    expect(circle.status("emil@e")).toBe("removed");
    expect(circle.state.grown).toBe(true);
  });
});

describe("admission to a grown circle", () => {
  let circle: Roster;
  let candidate: Bytes;
  beforeEach(async () => {
    circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
    candidate = circle.propose("dora@d", "anna@a");
  });
  const admit = () => circle.act("anna@a", { kind: "admit", candidate });

  it("needs sponsors from two different organizations and the whole window in log time", () => {
    expect(admit()).toBe("sponsors");
    circle.must("anna@a", { kind: "sponsor", candidate });
    expect(circle.act("anna@a", { kind: "sponsor", candidate })).toBe("duplicate");
    circle.pass(72);
    expect(admit()).toBe("sponsors");
    circle.must("ben@b", { kind: "sponsor", candidate });
    expect(admit()).toBeUndefined();
    expect(circle.status("dora@d")).toBe("active");
    expect(admit()).toBe("unknown");
  });

  it("waits: an hour before the window has passed it is void, whatever hour the admitting entry states", () => {
    for (const by of ["anna@a", "ben@b"]) circle.must(by, { kind: "sponsor", candidate });
    circle.pass(71);
    expect(circle.act("anna@a", { kind: "admit", candidate }, { hour: circle.clock.hour + 1000 })).toBe("window");
    circle.pass(1);
    expect(admit()).toBeUndefined();
  });

  it("needs one sponsor more for each objection, capped at those who do not object, and never none", () => {
    for (const by of ["anna@a", "ben@b"]) circle.must(by, { kind: "sponsor", candidate });
    circle.must("cleo@c", { kind: "object", candidate, reason: "safety" });
    expect(circle.act("cleo@c", { kind: "object", candidate, reason: "other" })).toBe("duplicate");
    expect(sponsorsNeeded(circle.state, candidateOf(circle, candidate))).toBe(2);
    circle.must("ben@b", { kind: "object", candidate, reason: "identity" });
    expect(candidateOf(circle, candidate).sponsors).toEqual([circle.person("anna@a").organization]);
    expect(circle.act("ben@b", { kind: "sponsor", candidate })).toBe("duplicate");
    expect(sponsorsNeeded(circle.state, candidateOf(circle, candidate))).toBe(1);
    circle.must("anna@a", { kind: "object", candidate, reason: "identity" });
    expect(sponsorsNeeded(circle.state, candidateOf(circle, candidate))).toBe(1);
    circle.pass(100);
    expect(admit()).toBe("sponsors");
  });

  it("does not count the sponsorship of an organization that was removed since", () => {
    circle.bringIn("gina@g", "anna@a", ["anna@a", "ben@b"]);
    circle.must("gina@g", { kind: "sponsor", candidate });
    circle.must("anna@a", { kind: "sponsor", candidate });
    circle.pass(72);
    const target = { kind: "member", member: circle.memberOf("gina@g").id } as const;
    expect(circle.decide({ kind: "remove", target }, "anna@a", ["ben@b"])).toBeUndefined();
    expect(admit()).toBe("sponsors");
    circle.must("cleo@c", { kind: "sponsor", candidate });
    expect(admit()).toBeUndefined();
  });

  it("is a coordinator's act, and an invitation is too", () => {
    circle.bringIn("gina@g", "anna@a", ["anna@a", "ben@b"]);
    for (const by of ["gina@g", "ben@b"]) circle.must(by, { kind: "sponsor", candidate });
    circle.pass(72);
    expect(circle.act("gina@g", { kind: "admit", candidate })).toBe("role");
    const invite = {
      kind: "invite",
      inviteKey: idFor<PublicKey>("key"),
      role: "contributor",
      expires: circle.clock.hour + 5,
    } as const;
    expect(circle.act("gina@g", invite)).toBe("role");
    expect(circle.act("ben@b", invite)).toBeUndefined();
    expect(circle.act("cleo@c", invite)).toBe("duplicate");
  });

  it("never gives the role of coordinator by an invitation", () => {
    const invite = {
      kind: "invite",
      inviteKey: idFor<PublicKey>("key"),
      role: "coordinator" as Role,
      expires: circle.clock.hour + 5,
    } as const;
    expect(circle.act("anna@a", invite)).toBe("role");
  });

  it("takes no sponsor of the candidate's own organization", () => {
    const second = circle.propose("dirk@b", "anna@a");
    expect(circle.act("ben@b", { kind: "sponsor", candidate: second })).toBe("concerned");
    expect(circle.act("ben@b", { kind: "object", candidate: second, reason: "other" })).toBe("concerned");
    expect(circle.act("cleo@c", { kind: "sponsor", candidate: second })).toBeUndefined();
  });
});

describe("a join request", () => {
  const seed = bytesFor("invite seed");
  let circle: Roster;
  let expires: number;
  beforeEach(async () => {
    circle = await roster({ founders: ["anna@a", "ben@b"] });
    expires = circle.clock.hour + 10;
    circle.must("anna@a", {
      kind: "invite",
      inviteKey: toId<PublicKey>(circle.crypto.signingKey(seed)),
      role: "reader",
      expires,
    });
  });
  const present = (request: ReturnType<Roster["requestOf"]>, by = "anna@a") =>
    circle.act(by, { kind: "candidate", request });

  it("is taken once, from who invited", () => {
    const request = circle.requestOf("dora@d", seed, expires);
    expect(present(request, "ben@b")).toBe("unknown");
    expect(present(request)).toBeUndefined();
    expect(present(circle.requestOf("emil@e", seed, expires))).toBe("duplicate");
  });

  it("is void with a wrong invite signature, device signature, or certificate, and for another circle", () => {
    const good = circle.requestOf("dora@d", seed, expires);
    expect(present({ ...good, inviteSignature: good.deviceSignature })).toBe("proof");
    expect(present({ ...good, deviceSignature: good.inviteSignature })).toBe("proof");
    const eve = circle.person("eve@e");
    const forged = circle.certificateOf(circle.person("dora@d"), undefined, eve.organizationSeed);
    expect(present(circle.requestOf("dora@d", seed, expires, { certificate: forged }))).toBe("proof");
    expect(present(circle.requestOf("dora@d", seed, expires, {}, idFor("another circle")))).toBe("proof");
    expect(circle.state.candidates.size).toBe(0);
  });

  it("is void after its expiry by log time, with another expiry, or with a certificate that has run out", () => {
    expect(present(circle.requestOf("dora@d", seed, expires + 1))).toBe("expired");
    const old = circle.certificateOf(circle.person("dora@d"), circle.state.logTime - 1);
    expect(present(circle.requestOf("dora@d", seed, expires, { certificate: old }))).toBe("expired");
    circle.pass(11);
    expect(present(circle.requestOf("dora@d", seed, expires))).toBe("expired");
  });

  it("is void with any key that is in the circle already, twice in itself, or that nothing can be wrapped to", () => {
    const { keys } = circle.person("dora@d");
    const taken = circle.person("ben@b").keys;
    for (const device of [
      { ...keys, control: taken.append },
      { ...keys, mailbox: taken.control },
    ])
      expect(present(circle.requestOf("dora@d", seed, expires, { device }))).toBe("duplicate");
    expect(present(circle.requestOf("dora@d", seed, expires, { device: { ...keys, append: keys.control } }))).toBe(
      "proof",
    );
    expect(present(circle.requestOf("dora@d", seed, expires, { device: { ...keys, kem: new Uint8Array(1216) } }))).toBe(
      "proof",
    );
  });

  it("cannot claim an organization that the invitation does not name", () => {
    const ben = circle.person("ben@b");
    const dora = circle.person("dora@d");
    const certificate = circle.certificateOf(dora, undefined, ben.organizationSeed);
    expect(present(circle.requestOf("dora@d", seed, expires, { organization: ben.organization, certificate }))).toBe(
      "proof",
    );
  });

  it("for a known organization needs that organization's current key", () => {
    const second = bytesFor("second seed");
    const { organization } = circle.person("ben@b");
    circle.must("anna@a", {
      kind: "invite",
      inviteKey: toId<PublicKey>(circle.crypto.signingKey(second)),
      role: "contributor",
      expires,
      organization,
    });
    const dora = circle.person("dora@d");
    const mine = circle.certificateOf(dora);
    expect(present(circle.requestOf("dora@d", second, expires, { organization, certificate: mine }))).toBe("proof");
    expect(present(circle.requestOf("bob@b", second, expires))).toBeUndefined();
  });
});

describe("policy on admissions", () => {
  it("caps them per 30 days of log time", async () => {
    const circle = await roster({ policy: { admissionsPer30Days: 2, windowHours: 0 } });
    circle.bringIn("dora@d", "anna@a");
    const candidate = circle.propose("fred@f", "anna@a");
    circle.bringIn("emil@e", "anna@a", []);
    expect(admissionsLeft(circle.state)).toBe(0);
    for (const by of ["dora@d", "emil@e"]) circle.must(by, { kind: "sponsor", candidate });
    expect(circle.act("anna@a", { kind: "admit", candidate })).toBe("cap");
    const inviteKey = idFor<PublicKey>("late");
    expect(circle.act("anna@a", { kind: "invite", inviteKey, role: "reader", expires: circle.clock.hour + 9 })).toBe(
      "cap",
    );
    circle.pass(30 * 24 + 1);
    expect(circle.act("anna@a", { kind: "admit", candidate })).toBeUndefined();
  });

  it("with `from-joining` lets nobody in outside a rotation", async () => {
    const circle = await roster({ policy: { history: "from-joining" } });
    const candidate = circle.propose("dora@d", "anna@a");
    expect(circle.act("anna@a", { kind: "admit", candidate })).toBe("policy");
    expect(circle.rotate("anna@a", { change: { kind: "admit", candidate } })).toBeUndefined();
    expect(circle.status("dora@d")).toBe("active");
  });

  it("in an organization circle takes only who the organization certifies", async () => {
    const circle = await roster({ founders: ["anna@a"], policy: { kind: "organization" } });
    const inviteKey = idFor<PublicKey>("new");
    expect(circle.act("anna@a", { kind: "invite", inviteKey, role: "reader", expires: circle.clock.hour + 9 })).toBe(
      "policy",
    );
    circle.bringIn("bela@a", "anna@a");
    expect(circle.memberOf("bela@a").organization).toBe(circle.memberOf("anna@a").organization);
  });
});
