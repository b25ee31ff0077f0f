import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, encodeCbor, type PublicKey, toId, u64be, utf8 } from "../../../src/core/codec/index.ts";
import {
  derive,
  domain,
  epochKeys,
  loadCrypto,
  type SigningSeed,
  signTuple,
  tupleBytes,
  verifyClaim,
} from "../../../src/core/crypto/index.ts";
import { bytes, implementations, random } from "./support.ts";

describe.each(implementations)("derived keys, $name", ({ crypto, other }) => {
  it("are keyed BLAKE2b-256 over domain, genesis nonce and number (§2)", () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), fc.nat(2 ** 45), (key, nonce, number) => {
        const expected = other.blake2b(concat(utf8("symbolon/roster/v1"), nonce, u64be(number)), 32, key);
        expect(derive(crypto, key, "roster", nonce, number)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("differ with every purpose, nonce, number and key", () => {
    const key = random(32);
    const nonce = random(32);
    const { roster, records, access } = epochKeys(crypto, key, nonce, 1);
    const others = [
      epochKeys(crypto, key, nonce, 2),
      epochKeys(crypto, key, random(32), 1),
      epochKeys(crypto, random(32), nonce, 1),
    ].flatMap((keys) => [keys.roster, keys.records, keys.access]);
    const all = [roster, records, access, ...others].map((bytes) => toId<PublicKey>(bytes));
    expect(new Set(all).size).toBe(12);
  });

  it("never come from an empty key", () => {
    expect(() => derive(crypto, new Uint8Array(0), "roster", random(32), 0)).toThrow();
  });
});

describe.each(implementations)("signatures over several values, $name", ({ crypto, other }) => {
  it("hold for those values in that domain alone (attack 9)", () => {
    const seed = random(32) as SigningSeed;
    const key = toId<PublicKey>(crypto.signingKey(seed));
    const signature = signTuple(crypto, seed, "acl", [1, "two", true]);
    const holds = (purpose: string, items: Parameters<typeof tupleBytes>[1]) =>
      verifyClaim(other, { key, message: tupleBytes(purpose, items), signature });
    expect(holds("acl", [1, "two", true])).toBe(true);
    expect(holds("access", [1, "two", true])).toBe(false);
    expect(holds("acl", [1, "two"])).toBe(false);
    expect(holds("acl", [1, ["two", true]])).toBe(false);
  });

  it("are over domain ‖ deterministic CBOR of the array", () => {
    expect(tupleBytes("acl", [1, "two"])).toEqual(concat(utf8("symbolon/acl/v1"), encodeCbor([1, "two"])));
    expect(domain("x")).toEqual(utf8("symbolon/x/v1"));
  });
});

describe("loading", () => {
  it("gives the implementation that was named, and the fast one where WebAssembly runs", async () => {
    expect((await loadCrypto()).name).toBe("sodium");
    expect((await loadCrypto("sodium")).name).toBe("sodium");
    expect((await loadCrypto("noble")).name).toBe("noble");
  });
});
