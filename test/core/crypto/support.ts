import { createHash } from "node:crypto";
import fc from "fast-check";
import { type Bytes, fromHex } from "../../../src/core/codec/index.ts";
import {
  type KemSeed,
  loadCrypto,
  type Random,
  type SigningSeed,
  type SymmetricKey,
} from "../../../src/core/crypto/index.ts";

export const sodium = await loadCrypto("sodium");
export const noble = await loadCrypto("noble");

/** Both implementations, for `describe.each`. */
export const implementations = [
  { name: "sodium", crypto: sodium, other: noble },
  { name: "noble", crypto: noble, other: sodium },
] as const;

export function hex(text: string): Bytes {
  const bytes = fromHex(text);
  if (bytes === undefined) throw new Error("not hexadecimal");
  return bytes;
}

/** The same bytes in every run: SHA-256 of the seed and a counter. */
export function steadyRandom(seed: string): Random {
  let calls = 0;
  return (size) => {
    const out = new Uint8Array(size);
    for (let at = 0; at < size; at += 32) {
      out.set(
        createHash("sha256")
          .update(`${seed} ${calls++}`)
          .digest()
          .subarray(0, size - at),
        at,
      );
    }
    return out;
  };
}

export const random: Random = (size) => crypto.getRandomValues(new Uint8Array(size));

export const bytes = (minLength: number, maxLength = minLength) =>
  fc.uint8Array({ minLength, maxLength }) as fc.Arbitrary<Bytes>;
export const symmetricKey = bytes(32) as fc.Arbitrary<SymmetricKey>;
export const signingSeed = bytes(32) as fc.Arbitrary<SigningSeed>;
export const kemSeed = bytes(32) as fc.Arbitrary<KemSeed>;

export function flipBit(bytes: Uint8Array, bit: number): Bytes {
  const out = bytes.slice();
  const at = (bit >> 3) % out.length;
  out[at] = (out[at] as number) ^ (1 << (bit & 7));
  return out as Bytes;
}
