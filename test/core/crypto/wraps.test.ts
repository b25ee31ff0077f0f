import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CircleId, type DeviceId, equal, toId } from "../../../src/core/codec/index.ts";
import { isWrapOf, type KemSeed, unwrapKey, wrapKey, wrapSize } from "../../../src/core/crypto/index.ts";
import { flipBit, implementations, kemSeed, random, symmetricKey } from "./support.ts";

const circle = toId<CircleId>(new Uint8Array(32).fill(1));
const device = toId<DeviceId>(new Uint8Array(32).fill(2));
const place = { circle, number: 7, device };

describe.each(implementations)("the wrap of an epoch's seed, $name", ({ crypto, other }) => {
  it("opens for its device alone, and everybody who opened theirs makes the same bytes (attack 27)", () => {
    fc.assert(
      fc.property(symmetricKey, kemSeed, kemSeed, (seed, mine, stranger) => {
        const publicKey = crypto.kemKey(mine);
        const wrap = wrapKey(crypto, seed, publicKey, place);
        expect(wrap.length).toBe(wrapSize);
        expect(unwrapKey(crypto, wrap, mine)).toEqual(seed);
        expect(unwrapKey(other, wrap, mine)).toEqual(seed);
        if (!equal(mine, stranger)) expect(unwrapKey(crypto, wrap, stranger)).toBeUndefined();
        expect(isWrapOf(other, wrap, seed, publicKey, place)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it("is found out where it is garbage, of another seed, or meant for another device, epoch or circle", () => {
    const mine = random(32) as KemSeed;
    const seed = random(32);
    const publicKey = crypto.kemKey(mine);
    const wrap = wrapKey(crypto, seed, publicKey, place);
    const places = [
      { ...place, number: 8 },
      { ...place, device: toId<DeviceId>(new Uint8Array(32).fill(3)) },
      { ...place, circle: toId<CircleId>(new Uint8Array(32).fill(3)) },
    ];
    for (const elsewhere of places) expect(isWrapOf(crypto, wrap, seed, publicKey, elsewhere)).toBe(false);
    expect(isWrapOf(crypto, wrap, random(32), publicKey, place)).toBe(false);
    for (let bit = 0; bit < wrapSize * 8; bit += 301) {
      expect(isWrapOf(crypto, flipBit(wrap, bit), seed, publicKey, place)).toBe(false);
      expect(unwrapKey(crypto, flipBit(wrap, bit), mine)).toBeUndefined();
    }
  });

  it("never stops a client: garbage opens to nothing, a key that is none has no wrap", () => {
    const mine = random(32) as KemSeed;
    for (const garbage of [new Uint8Array(wrapSize), new Uint8Array(wrapSize).fill(255), new Uint8Array(5)]) {
      expect(unwrapKey(crypto, garbage, mine)).toBeUndefined();
    }
    expect(isWrapOf(crypto, random(wrapSize), random(32), new Uint8Array(1216), place)).toBe(false);
  });
});
