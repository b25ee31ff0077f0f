import { beforeEach, describe, expect, it } from "vitest";
import { type Change, counts, orgKeyMessage, speaker } from "../../../src/core/circle/index.ts";
import { type PublicKey, toId } from "../../../src/core/codec/index.ts";
import type { SigningSeed } from "../../../src/core/crypto/index.ts";
import { bytesFor, type Roster, roster, unhex } from "../../kit/roster.ts";

let circle: Roster;
beforeEach(async () => {
  circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
  circle.bringIn("dora@d", "anna@a", ["anna@a", "ben@b"]);
  // The host's keys brought up to date: the votes below then change none.
  circle.decide({ kind: "keys" }, "anna@a", ["ben@b"]);
});
const member = (name: string) => ({ kind: "member", member: circle.memberOf(name).id }) as const;
const organization = (name: string) =>
  ({ kind: "organization", organization: circle.memberOf(name).organization }) as const;
const statement = (name: string, position: number) => ({
  organization: circle.memberOf(name).organization,
  member: circle.memberOf(name).id,
  position,
});

describe("how trust ends", () => {
  it("retired: what was said before stands, what comes after does not", () => {
    const at = circle.state.position;
    circle.must("dora@d", { kind: "mark", mark: { target: organization("dora@d"), as: "retired" } });
    expect(counts(circle.state, statement("dora@d", at - 1))).toBe(true);
    expect(counts(circle.state, statement("dora@d", at))).toBe(false);
    expect(counts(circle.state, statement("anna@a", at + 5))).toBe(true);
  });

  it("compromised: nothing counts, from the first position", () => {
    circle.must("dora@d", { kind: "mark", mark: { target: member("dora@d"), as: "compromised" } });
    expect(counts(circle.state, statement("dora@d", 0))).toBe(false);
    expect(counts(circle.state, { ...statement("dora@d", 5), member: circle.memberOf("anna@a").id })).toBe(true);
  });

  it("under duress since a position: void from there, kept before", () => {
    circle.must("dora@d", { kind: "mark", mark: { target: member("dora@d"), as: "duress", since: 5 } });
    expect(counts(circle.state, statement("dora@d", 4))).toBe(true);
    expect(counts(circle.state, statement("dora@d", 5))).toBe(false);
  });

  it("needs the position exactly where it is under duress, and none that is yet to come", () => {
    const target = member("dora@d");
    for (const mark of [
      { target, as: "duress" },
      { target, as: "retired", since: 3 },
      { target, as: "duress", since: 100_000 },
    ] as const)
      expect(circle.act("dora@d", { kind: "mark", mark })).toBe("malformed");
  });

  it("leaves roster acts their effect", () => {
    const candidate = circle.propose("emil@e", "anna@a");
    circle.must("dora@d", { kind: "sponsor", candidate });
    circle.must("dora@d", { kind: "mark", mark: { target: member("dora@d"), as: "compromised" } });
    circle.must("ben@b", { kind: "sponsor", candidate });
    circle.pass(72);
    expect(circle.act("anna@a", { kind: "admit", candidate })).toBeUndefined();
  });

  it("is an organization's own word at once, and for others the quorum's after the window", () => {
    const mark = { target: member("dora@d"), as: "compromised" } as const;
    expect(circle.act("anna@a", { kind: "mark", mark })).toBe("role");
    const change: Change = { kind: "mark", mark };
    const id = circle.vote(change, "anna@a", ["ben@b"]);
    expect(circle.carryOut(id, "anna@a")).toBe("quorum");
    circle.pass(72);
    expect(circle.carryOut(id, "anna@a")).toBeUndefined();
    expect(circle.state.marks.length).toBe(1);
  });

  it("waits for nothing where somebody is under duress, but for the quorum", () => {
    const id = circle.vote({ kind: "mark", mark: { target: member("dora@d"), as: "duress", since: 2 } }, "anna@a");
    expect(circle.carryOut(id, "anna@a")).toBe("quorum");
    circle.approve("ben@b", id);
    expect(circle.carryOut(id, "anna@a")).toBeUndefined();
  });

  it("is no reader's word", () => {
    circle.bringIn("rosa@d", "anna@a", ["anna@a", "ben@b"], "reader");
    expect(circle.act("rosa@d", { kind: "mark", mark: { target: organization("dora@d"), as: "compromised" } })).toBe(
      "role",
    );
  });

  it("in an organization circle is a person's own word on themselves alone: nobody silences the others", async () => {
    circle = await roster({ founders: ["anna@a", "bela@a"], policy: { kind: "organization" } });
    circle.bringIn("carl@a", "anna@a");
    for (const target of [member("anna@a"), organization("anna@a")])
      expect(circle.act("carl@a", { kind: "mark", mark: { target, as: "compromised" } })).toBe("role");
    expect(circle.act("carl@a", { kind: "mark", mark: { target: member("carl@a"), as: "retired" } })).toBeUndefined();
  });
});

describe("who may speak", () => {
  it("is who has authority now, in the current epoch, having seen no more than there is", () => {
    const { id } = circle.person("dora@d").keys;
    expect(speaker(circle.state, id, { epoch: 1 }, 3)).toBe(circle.memberOf("dora@d"));
    expect(speaker(circle.state, id, { epoch: 0 }, 3)).toBe("epoch");
    expect(speaker(circle.state, id, { epoch: 1 }, circle.state.position + 1)).toBe("seen");
    expect(speaker(circle.state, circle.person("eve@e").keys.id, { epoch: 1 }, 3)).toBe("author");
  });
});

describe("an organization's key", () => {
  const seed = bytesFor("the new key") as SigningSeed;
  const made = (name: string, oldSeed?: Uint8Array) => {
    const { crypto, state } = circle;
    const { organization } = circle.memberOf(name);
    const key = crypto.signingKey(seed);
    const message = orgKeyMessage(state.circle, unhex(organization), key);
    const proof = crypto.sign(seed, message);
    return {
      organization,
      key: toId<PublicKey>(key),
      proof,
      ...(oldSeed === undefined ? {} : { signature: crypto.sign(oldSeed as SigningSeed, message) }),
    };
  };

  it("is replaced at once by the old key's signature, from inside the organization", () => {
    const orgKey = made("dora@d", circle.person("dora@d").organizationSeed);
    expect(circle.act("anna@a", { kind: "org-key", orgKey })).toBe("role");
    expect(circle.act("dora@d", { kind: "org-key", orgKey: made("dora@d") })).toBe("proof");
    expect(
      circle.act("dora@d", { kind: "org-key", orgKey: made("dora@d", circle.person("eve@e").organizationSeed) }),
    ).toBe("proof");
    expect(circle.act("dora@d", { kind: "org-key", orgKey: { ...orgKey, proof: orgKey.signature as never } })).toBe(
      "proof",
    );
    expect(circle.act("dora@d", { kind: "org-key", orgKey })).toBeUndefined();
    expect(circle.state.organizations.get(orgKey.organization)?.key).toBe(orgKey.key);
    expect(circle.act("dora@d", { kind: "org-key", orgKey })).toBe("duplicate");
  });

  it("is replaced by the quorum, without the old key's signature", () => {
    expect(circle.decide({ kind: "org-key", orgKey: made("dora@d") }, "anna@a", ["ben@b"])).toBeUndefined();
    expect(circle.state.organizations.get(circle.memberOf("dora@d").organization)?.key).toBe(made("dora@d").key);
  });

  it("no longer certifies devices once it was replaced", () => {
    circle.must("dora@d", { kind: "org-key", orgKey: made("dora@d", circle.person("dora@d").organizationSeed) });
    expect(circle.addDevice("dora+2@d", "dora@d")).toBe("proof");
  });
});
