import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, encodeCbor, utf8 } from "../../../src/core/codec/index.ts";
import {
  type Context,
  open,
  pad,
  padme,
  type SymmetricKey,
  seal,
  sha256,
  unpad,
} from "../../../src/core/crypto/index.ts";
import { bytes, flipBit, implementations, random, symmetricKey } from "./support.ts";

const context: Context = { purpose: "entry", circle: new Uint8Array(32).fill(3), epoch: 5, kind: 1, extra: [1, "x"] };
const key = new Uint8Array(32).fill(1) as SymmetricKey;
const unopened = expect.objectContaining({ name: "PeerFault", code: "envelope.unopened" });

describe.each(implementations)("an envelope, $name", ({ crypto, other }) => {
  it("opens under its key and context, with either implementation", () => {
    fc.assert(
      fc.property(symmetricKey, bytes(0, 2000), fc.nat(2 ** 40), (anyKey, plaintext, epoch) => {
        const place = { ...context, epoch };
        const sealed = seal(crypto, random, anyKey, place, plaintext);
        expect(open(crypto, anyKey, place, sealed)).toEqual(plaintext);
        expect(open(other, anyKey, place, sealed)).toEqual(plaintext);
      }),
      { numRuns: 30 },
    );
  });

  it("does not open with any bit flipped, cut short or lengthened: one error for all", () => {
    const sealed = seal(crypto, random, key, context, utf8("what was said"));
    for (let bit = 0; bit < sealed.length * 8; bit += 5) {
      expect(() => open(crypto, key, context, flipBit(sealed, bit))).toThrow(unopened);
    }
    for (const length of [0, 1, 56, 57, 72, 73, sealed.length - 1]) {
      expect(() => open(crypto, key, context, sealed.subarray(0, length))).toThrow(unopened);
    }
    expect(() => open(crypto, key, context, concat(sealed, Uint8Array.of(0)))).toThrow(unopened);
  });

  it("does not open under another key, purpose, circle, epoch, kind or extra (attacks 9, 13, 18)", () => {
    const sealed = seal(crypto, random, key, context, utf8("what was said"));
    const elsewhere: readonly Context[] = [
      { ...context, purpose: "content" },
      { ...context, circle: new Uint8Array(32).fill(4) },
      { ...context, circle: new Uint8Array(0) },
      { ...context, epoch: 6 },
      { ...context, kind: 2 },
      { ...context, extra: [1, "y"] },
      { purpose: "entry", circle: context.circle, epoch: 5, kind: 1 },
    ];
    for (const place of elsewhere) expect(() => open(crypto, key, place, sealed)).toThrow(unopened);
    expect(() => open(crypto, flipBit(key, 9) as SymmetricKey, context, sealed)).toThrow(unopened);
  });

  it("never has the same nonce, key or ciphertext twice (attack 17)", () => {
    const first = seal(crypto, random, key, context, utf8("the same"));
    const second = seal(crypto, random, key, context, utf8("the same"));
    expect(first.subarray(1, 25)).not.toEqual(second.subarray(1, 25));
    expect(first.subarray(25)).not.toEqual(second.subarray(25));
  });

  it("draws 24 bytes once and has no other source for its nonce", () => {
    const drawn: number[] = [];
    const counting = (size: number) => {
      drawn.push(size);
      return random(size);
    };
    seal(crypto, counting, key, context, utf8("x"));
    expect(drawn).toEqual([24]);
  });

  it("commits to its key: a ciphertext that another key decrypts is refused before it is decrypted (attack 16)", () => {
    const sealed = seal(crypto, random, key, context, utf8("one meaning"));
    // What an attacker would do: the ciphertext made for a second key, under the first one's commitment.
    const second = new Uint8Array(32).fill(2) as SymmetricKey;
    const nonce = sealed.subarray(1, 25);
    const aad = encodeCbor(["symbolon/entry/v1", 1, context.circle as Uint8Array<ArrayBuffer>, 5, 1, [1, "x"]]);
    const out = crypto.blake2b(concat(utf8("symbolon/envelope/v1"), nonce, sha256(aad)), 64, second);
    const ciphertext = crypto.aeadSeal(out.subarray(0, 32), nonce, aad, pad(utf8("another meaning")));
    const forged = concat(sealed.subarray(0, 57), ciphertext);
    let decryptions = 0;
    const watched = {
      ...crypto,
      aeadOpen: (...args: Parameters<typeof crypto.aeadOpen>) => {
        decryptions++;
        return crypto.aeadOpen(...args);
      },
    };
    expect(() => open(watched, second, context, forged)).toThrow(unopened);
    expect(decryptions).toBe(0);
    expect(() => open(watched, key, context, forged)).toThrow(unopened);
    // The same ciphertext under its own commitment opens: the construction above is right.
    const honest = concat(sealed.subarray(0, 25), out.subarray(32), ciphertext);
    expect(open(crypto, second, context, honest)).toEqual(utf8("another meaning"));
  });

  it("refuses padding that is not zero, or not of the right length, though the tag holds", () => {
    const nonce = random(24);
    const aad = encodeCbor(["symbolon/entry/v1", 1, context.circle as Uint8Array<ArrayBuffer>, 5, 1, [1, "x"]]);
    const out = crypto.blake2b(concat(utf8("symbolon/envelope/v1"), nonce, sha256(aad)), 64, key);
    const envelopeOf = (padded: Uint8Array) =>
      concat(Uint8Array.of(1), nonce, out.subarray(32), crypto.aeadSeal(out.subarray(0, 32), nonce, aad, padded));
    const padded = pad(utf8("abc"));
    expect(open(crypto, key, context, envelopeOf(padded))).toEqual(utf8("abc"));
    const nonzero = padded.slice();
    nonzero[200] = 1;
    const longLength = padded.slice();
    longLength.set([0xff, 0xff, 0xff, 0xff]);
    const wrong = [
      nonzero,
      longLength,
      padded.subarray(0, 255),
      concat(padded, new Uint8Array(256)),
      new Uint8Array(0),
    ];
    for (const bad of wrong) expect(() => open(crypto, key, context, envelopeOf(bad))).toThrow(unopened);
  });
});

describe("padding", () => {
  it("is PADMÉ's, worked out bit by bit, and never more than 12 %", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2 ** 26 }), (length) => {
        // Nikitin et al., algorithm 1, on BigInt.
        const e = BigInt(length.toString(2).length - 1);
        const s = BigInt(e.toString(2).length);
        const mask = (1n << (e > s ? e - s : 0n)) - 1n;
        expect(padme(length)).toBe(Number((BigInt(length) + mask) & ~mask));
        expect(padme(length)).toBeGreaterThanOrEqual(length);
        expect(padme(length) / length).toBeLessThanOrEqual(1.12);
      }),
    );
  });

  it("has a floor, comes off, and lengths below the floor look alike", () => {
    expect(new Set(Array.from({ length: 253 }, (_, n) => pad(new Uint8Array(n)).length))).toEqual(new Set([256]));
    fc.assert(
      fc.property(bytes(0, 3000), (plaintext) => {
        expect(unpad(pad(plaintext))).toEqual(plaintext);
      }),
    );
    expect(unpad(new Uint8Array(3))).toBeUndefined();
  });
});
