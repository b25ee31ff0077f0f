import { beforeEach, describe, expect, it } from "vitest";
import { mostDevices } from "../../../src/core/circle/index.ts";
import { type PublicKey, toId } from "../../../src/core/codec/index.ts";
import { bytesFor, idFor, type Roster, roster } from "../../kit/roster.ts";

let circle: Roster;
beforeEach(async () => {
  circle = await roster({ founders: ["anna@a", "ben@b"] });
  circle.bringIn("dora@d", "anna@a");
});

describe("a further device", () => {
  it("acts as its member once an old device of theirs added it", () => {
    expect(circle.addDevice("dora+2@d", "dora@d")).toBeUndefined();
    expect(circle.memberOf("dora+2@d").id).toBe(circle.memberOf("dora@d").id);
    expect(circle.act("dora+2@d", { kind: "tick" })).toBeUndefined();
    expect(circle.state.members.size).toBe(3);
  });

  it("is invited and added by its own member alone", () => {
    const inviteSeed = bytesFor("device invite");
    const inviteKey = toId<PublicKey>(circle.crypto.signingKey(inviteSeed));
    const expires = circle.clock.hour + 10;
    const member = circle.memberOf("dora@d").id;
    expect(circle.act("anna@a", { kind: "invite", inviteKey, role: "reader", expires, member })).toBe("role");
    circle.must("dora@d", { kind: "invite", inviteKey, role: "reader", expires, member });
    const request = circle.requestOf("dora+2@d", inviteSeed, expires);
    expect(circle.act("anna@a", { kind: "device-add", request })).toBe("unknown");
    expect(circle.act("dora@d", { kind: "candidate", request })).toBe("role");
    expect(circle.act("dora@d", { kind: "device-add", request })).toBeUndefined();
    expect(circle.act("dora@d", { kind: "device-add", request })).toBe("duplicate");
  });

  it("belongs to the member's own organization", () => {
    expect(circle.addDevice("dora+2@other", "dora@d")).toBe("proof");
  });

  it("is one of eight at most", () => {
    for (let i = 2; i <= mostDevices; i++) expect(circle.addDevice(`dora+${i}@d`, "dora@d")).toBeUndefined();
    expect(circle.addDevice("dora+9@d", "dora@d")).toBe("cap");
    circle.must("dora@d", { kind: "device-revoke", device: circle.person("dora+2@d").keys.id });
    expect(circle.addDevice("dora+10@d", "dora@d")).toBeUndefined();
  });
});

describe("a revoked device", () => {
  it("is revoked by another device of its member, and by nobody else", () => {
    circle.addDevice("dora+2@d", "dora@d");
    const device = circle.person("dora+2@d").keys.id;
    expect(circle.act("anna@a", { kind: "device-revoke", device })).toBe("role");
    expect(circle.act("dora+2@d", { kind: "device-revoke", device })).toBe("role");
    expect(circle.act("dora@d", { kind: "device-revoke", device: idFor("nobody") })).toBe("unknown");
    expect(circle.act("dora@d", { kind: "device-revoke", device })).toBeUndefined();
    expect(circle.act("dora+2@d", { kind: "tick" })).toBe("author");
    expect(circle.act("dora@d", { kind: "device-revoke", device })).toBe("unknown");
  });

  it("leaves a rotation owed until one was made", () => {
    circle.addDevice("dora+2@d", "dora@d");
    circle.must("dora@d", { kind: "device-revoke", device: circle.person("dora+2@d").keys.id });
    expect(circle.state.owed.length).toBe(1);
    circle.rotated("anna@a");
    expect(circle.state.owed).toEqual([]);
  });
});
