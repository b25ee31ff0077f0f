import { describe, expect, it } from "vitest";
import { circleIdOf, found, rosterBody } from "../../../src/core/circle/index.ts";
import { encode, type OrganizationId } from "../../../src/core/codec/index.ts";
import { bytesFor, idFor, roster } from "../../kit/roster.ts";

describe("genesis", () => {
  it("makes every founder a coordinator with authority from the first position", async () => {
    const circle = await roster({ founders: ["anna@a", "ben@b"] });
    expect(circle.role("anna@a")).toBe("coordinator");
    expect(circle.role("ben@b")).toBe("coordinator");
    expect(circle.state.position).toBe(1);
    expect(circle.act("ben@b", { kind: "tick" })).toBeUndefined();
  });

  it("founds nothing where the body is not the one that the circle's id is the hash of", async () => {
    const circle = await roster();
    const { entry } = circle.genesis;
    const body = { ...circle.genesis.entry.body, nonce: bytesFor("another") } as typeof entry.body;
    expect(found({ ...entry, body }, encode(rosterBody, body), circle.judge)).toBeUndefined();
    expect(found(entry, circle.genesis.bytes.slice(1), circle.judge)).toBeUndefined();
    expect(entry.header.circle).toBe(circleIdOf(circle.genesis.bytes));
  });

  it("founds nothing with a certificate that the organization did not sign, or for another device", async () => {
    const circle = await roster({ founders: ["anna@a"] });
    const anna = circle.person("anna@a");
    const stranger = circle.person("eve@e");
    const honest = circle.founderOf(anna);
    for (const certificate of [
      circle.certificateOf(anna, undefined, stranger.organizationSeed),
      circle.certificateOf(stranger, undefined, anna.organizationSeed),
      { ...honest.certificate, validUntil: honest.certificate.validUntil + 1 },
      circle.certificateOf(anna, circle.clock.hour - 1),
    ]) {
      const { entry, bytes } = circle.genesisOf({ founders: [{ ...honest, certificate }] });
      expect(found(entry, bytes, circle.judge)).toBeUndefined();
    }
    const { entry, bytes } = circle.genesisOf({ founders: [honest] });
    expect(found(entry, bytes, circle.judge)?.members.size).toBe(1);
  });

  it("founds nothing when somebody who is no founder wrote it, one device founds twice, or the host's acl is another's", async () => {
    const circle = await roster({ founders: ["anna@a"] });
    const { entry, bytes } = circle.genesis;
    const eve = circle.person("eve@e");
    expect(found({ ...entry, author: eve.keys.id }, bytes, circle.judge)).toBeUndefined();
    const twice = circle.genesisOf({
      founders: [circle.founderOf(circle.person("anna@a")), circle.founderOf(circle.person("anna@a"))],
    });
    expect(found(twice.entry, twice.bytes, circle.judge)).toBeUndefined();
    const acl = entry.header.acl as NonNullable<typeof entry.header.acl>;
    for (const change of [
      { access: idFor("false access") },
      { control: [[eve.keys.control]] },
      { need: 1, reserve: [[eve.keys.control]] },
    ]) {
      const header = { ...entry.header, acl: { ...acl, ...change } } as typeof entry.header;
      expect(found({ ...entry, header }, bytes, circle.judge)).toBeUndefined();
    }
  });

  it("founds no organization circle with two organizations, no quorum of none, and no key that nothing can be wrapped to", async () => {
    const circle = await roster();
    const two = circle.genesisOf({ policy: { ...circle.state.policy, kind: "organization" } }, ["anna@a", "ben@b"]);
    expect(found(two.entry, two.bytes, circle.judge)).toBeUndefined();
    const none = circle.genesisOf({ policy: { ...circle.state.policy, quorum: 0 } });
    expect(found(none.entry, none.bytes, circle.judge)).toBeUndefined();
    const founder = circle.founderOf(circle.person("anna@a"));
    const small = circle.genesisOf({
      founders: [{ ...founder, device: { ...founder.device, kem: new Uint8Array(1216) } }],
    });
    expect(found(small.entry, small.bytes, circle.judge)).toBeUndefined();
  });

  it("counts persons in an organization circle, and a person's two devices as one voice at the host", async () => {
    const circle = await roster({ founders: ["anna@a", "bela@a"], policy: { kind: "organization" } });
    expect(circle.state.acl.control.length).toBe(2);
    expect(circle.addDevice("anna+2@a", "anna@a")).toBeUndefined();
    expect(
      circle
        .expected()
        .control.map((group) => group.length)
        .sort(),
    ).toEqual([1, 2]);
    expect(circle.state.organizations.size).toBe(1);
    expect([...circle.state.organizations.keys()]).toEqual([circle.person("anna@a").organization as OrganizationId]);
  });
});
