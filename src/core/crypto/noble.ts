/* The pure JavaScript implementation, for browsers where WebAssembly is off. */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { ml_kem768_x25519 as xwing } from "@noble/post-quantum/hybrid.js";
import { type Bytes, concat, equal } from "../codec/index.ts";
import { requireKemCiphertext, requireKemKey } from "./kem.ts";
import type { Crypto } from "./types.ts";

const { Point } = ed25519;
const order = Point.Fn.ORDER;

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  return value;
}

/** noble's own `verify` is cofactored (ZIP 215), so the strict form is built from its points (RFC 8032 §5.1.7). */
function verifyStrict(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  if (s >= order) return false;
  try {
    const a = Point.fromBytes(publicKey, false);
    if (a.isSmallOrder() || Point.fromBytes(r, true).isSmallOrder()) return false;
    const k = Point.Fn.create(littleEndian(sha512(concat(r, publicKey, message))));
    const negated = a.negate().multiplyUnsafe(k);
    const expected = (s === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(s)).add(negated);
    return equal(expected.toBytes(), r);
  } catch {
    return false;
  }
}

/** The implementation on noble. */
export const noble: Crypto = {
  name: "noble",
  signingKey: (seed) => ed25519.getPublicKey(seed) as Bytes,
  sign: (seed, message) => ed25519.sign(message, seed) as Bytes,
  verify: verifyStrict,
  kemKey: (seed) => xwing.keygen(seed).publicKey as Bytes,
  encapsulate: (publicKey, randomness) => {
    requireKemKey(publicKey);
    const { cipherText, sharedSecret } = xwing.encapsulate(publicKey, randomness);
    return { ciphertext: cipherText as Bytes, secret: sharedSecret as Bytes };
  },
  decapsulate: (seed, ciphertext) => {
    requireKemCiphertext(ciphertext);
    return xwing.decapsulate(ciphertext, seed) as Bytes;
  },
  aeadSeal: (key, nonce, aad, plaintext) => xchacha20poly1305(key, nonce, aad).encrypt(plaintext) as Bytes,
  aeadOpen: (key, nonce, aad, ciphertext) => {
    try {
      return xchacha20poly1305(key, nonce, aad).decrypt(ciphertext) as Bytes;
    } catch {
      return undefined;
    }
  },
  blake2b: (message, length, key) =>
    blake2b(message, key === undefined ? { dkLen: length } : { dkLen: length, key }) as Bytes,
  argon2id: async (password, salt, memory, passes) =>
    (await argon2idAsync(password, salt, { t: passes, m: memory, p: 1, dkLen: 32 })) as Bytes,
};
