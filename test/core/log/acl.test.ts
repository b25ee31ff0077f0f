import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { type Bytes, type CircleId, fromHex, PeerFault, type PublicKey, toHex } from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import { accessMessage, checkAcl, keysMessage } from "../../../src/core/log/acl.ts";
import type { Acl, ControlSignature, Header } from "../../../src/core/log/format.ts";
import type { SignatureClaim } from "../../../src/core/log/signed.ts";

const circle = "c1".repeat(32) as CircleId;
const sealedHash = sha256(Uint8Array.of(1));
const proposal = sha256(Uint8Array.of(2));
const seedOf = (name: string) => sha256(new TextEncoder().encode(name));
const keyOf = (name: string) => toHex(ed25519.getPublicKey(seedOf(name))) as PublicKey;

const before: Acl = {
  epoch: 3,
  keysVersion: 1,
  accessVersion: 3,
  access: keyOf("access 3"),
  control: [[keyOf("a1"), keyOf("a2")], [keyOf("b")]],
  reserve: [[keyOf("r")]],
  need: 2,
};
const next: Acl = { ...before, epoch: 4, accessVersion: 4, access: keyOf("access 4") };
const nextKeys: Acl = { ...next, keysVersion: 2, control: [[keyOf("a1")], [keyOf("b")]] };

function executor(name: string, acl: Acl): ControlSignature {
  return { key: keyOf(name), signature: ed25519.sign(accessMessage(circle, acl, sealedHash), seedOf(name)) as Bytes };
}
function approval(name: string, acl: Acl, of = proposal): ControlSignature {
  return {
    key: keyOf(name),
    proposal: of,
    signature: ed25519.sign(keysMessage(circle, of, acl), seedOf(name)) as Bytes,
  };
}
function header(acl: Acl, signatures: readonly ControlSignature[], more: Partial<Header> = {}): Header {
  return { version: 1, circle, epoch: 3, kind: "roster", blobs: [], acl, signatures, ...more };
}
const valid = (claims: readonly SignatureClaim[]) =>
  claims.every(({ key, message, signature }) => ed25519.verify(signature, message, fromHex(key) as Bytes));

describe("genesis", () => {
  const first: Acl = { ...before, epoch: 0, keysVersion: 0, accessVersion: 0 };
  test("is signed by one of its own control keys", () => {
    expect(valid(checkAcl(undefined, header(first, [executor("a2", first)], { epoch: 0 }), sealedHash))).toBe(true);
  });
  test.each([
    ["a reserve key", header(first, [executor("r", first)], { epoch: 0 })],
    ["nobody", header(first, [], { epoch: 0 })],
    ["two", header(first, [executor("a1", first), executor("b", first)], { epoch: 0 })],
  ])("not by %s", (_, wrong) => {
    expect(() => checkAcl(undefined, wrong, sealedHash)).toThrow(PeerFault);
  });
  test("starts at epoch and versions 0", () => {
    for (const field of ["epoch", "keysVersion", "accessVersion"]) {
      const acl = { ...first, [field]: 1 };
      expect(() => checkAcl(undefined, header(acl, [executor("a1", acl)], { epoch: 0 }), sealedHash)).toThrow(
        PeerFault,
      );
    }
  });
});

describe("a change of access alone", () => {
  test("needs one control key", () => {
    const claims = checkAcl(before, header(next, [executor("b", next)]), sealedHash);
    expect(claims).toHaveLength(1);
    expect(valid(claims)).toBe(true);
  });
  test("may start from any epoch so far, so that a void rotation can be repaired", () => {
    expect(valid(checkAcl(before, header(next, [executor("b", next)], { epoch: 1 }), sealedHash))).toBe(true);
    expect(() => checkAcl(before, header(next, [executor("b", next)], { epoch: 4 }), sealedHash)).toThrow(PeerFault);
  });
  test("a signature on another acl, or on other sealed bytes, does not verify", () => {
    const other = executor("b", { ...next, access: keyOf("evil") });
    expect(valid(checkAcl(before, header(next, [other]), sealedHash))).toBe(false);
    expect(valid(checkAcl(before, header(next, [executor("b", next)]), sha256()))).toBe(false);
  });
  test.each<[string, Header]>([
    ["a reserve key", header(next, [executor("r", next)])],
    ["a stranger", header(next, [executor("x", next)])],
    ["a skipped accessVersion", header({ ...next, accessVersion: 5 }, [executor("b", { ...next, accessVersion: 5 })])],
    ["a skipped epoch", header({ ...next, epoch: 5 }, [executor("b", { ...next, epoch: 5 })])],
    ["a moved keysVersion", header({ ...next, keysVersion: 2 }, [executor("b", { ...next, keysVersion: 2 })])],
    ["needless approvals", header(next, [executor("b", next), approval("a1", next)])],
    ["a statement", header(next, [executor("b", next)], { kind: "statement" })],
  ])("is refused with %s", (_, wrong) => {
    expect(() => checkAcl(before, wrong, sealedHash)).toThrow(PeerFault);
  });
});

describe("a change of keys", () => {
  test("needs approvals of `need` groups", () => {
    const signed = header(nextKeys, [executor("b", nextKeys), approval("a2", nextKeys), approval("r", nextKeys)]);
    const claims = checkAcl(before, signed, sealedHash);
    expect(claims).toHaveLength(3);
    expect(valid(claims)).toBe(true);
  });
  test.each<[string, Header]>([
    ["one group", header(nextKeys, [executor("b", nextKeys), approval("b", nextKeys)])],
    [
      "two keys of one group",
      header(nextKeys, [executor("b", nextKeys), approval("a1", nextKeys), approval("a2", nextKeys)]),
    ],
    ["one key twice", header(nextKeys, [executor("b", nextKeys), approval("b", nextKeys), approval("b", nextKeys)])],
    ["none", header(nextKeys, [executor("b", nextKeys)])],
    ["no executor", header(nextKeys, [approval("a1", nextKeys), approval("b", nextKeys)])],
    [
      "approvals of two proposals",
      header(nextKeys, [executor("b", nextKeys), approval("a1", nextKeys), approval("b", nextKeys, sha256())]),
    ],
    [
      "an unmoved keysVersion",
      header({ ...nextKeys, keysVersion: 1 }, [
        executor("b", { ...nextKeys, keysVersion: 1 }),
        approval("a1", { ...nextKeys, keysVersion: 1 }),
        approval("b", { ...nextKeys, keysVersion: 1 }),
      ]),
    ],
  ])("is refused with %s", (_, wrong) => {
    expect(() => checkAcl(before, wrong, sealedHash)).toThrow(PeerFault);
  });
  test("an approval of other keys does not verify", () => {
    const other = { ...nextKeys, need: 1 };
    const signed = header(nextKeys, [executor("b", nextKeys), approval("a1", other), approval("b", nextKeys)]);
    expect(valid(checkAcl(before, signed, sealedHash))).toBe(false);
  });
  test.each<[string, Partial<Acl>]>([
    ["need 0", { need: 0 }],
    ["need above the number of groups", { need: 4 }],
    ["no control key", { control: [] }],
    ["one key in two groups", { reserve: [[keyOf("b")]] }],
    ["one key twice in a group", { control: [[keyOf("b"), keyOf("b")]], need: 1 }],
  ])("never leaves %s", (_, change) => {
    const acl = { ...nextKeys, ...change };
    const signed = header(acl, [executor("b", acl), approval("a1", acl), approval("b", acl)]);
    expect(() => checkAcl(before, signed, sealedHash)).toThrow(PeerFault);
  });
});
