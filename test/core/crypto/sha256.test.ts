import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex, utf8 } from "../../../src/core/codec/index.ts";
import { sha256, sha256Portable } from "../../../src/core/crypto/sha256.ts";

describe("SHA-256", () => {
  it("gives the known answers of FIPS 180-4", () => {
    const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(toHex(sha256(utf8("abc")))).toBe(abc);
    expect(toHex(sha256Portable(utf8("a"), utf8("bc")))).toBe(abc);
    expect(toHex(sha256())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("is the same on the platform's implementation and on noble, however the message is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }), (parts) => {
        expect(sha256(...parts)).toEqual(sha256Portable(...parts));
      }),
    );
  });

  it("gives bytes of its own: a copy of them stays when they are overwritten", () => {
    const digest = sha256(utf8("abc"));
    const copy = digest.slice();
    digest.fill(0);
    expect(copy[0]).toBe(0xba);
  });
});
