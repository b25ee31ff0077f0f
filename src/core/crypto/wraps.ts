/* Keys given to devices (§6 Rotation, §7 Audience): X-Wing, then the key under the shared secret. */
import { type Bytes, type CircleId, concat, type DeviceId, equal, idBytes, u64be } from "../codec/index.ts";
import { domain } from "./domain.ts";
import { isKemKey } from "./kem.ts";
import type { Crypto, KemSeed, SymmetricKey } from "./types.ts";

/** Bytes of one wrap: X-Wing ciphertext (1120), sealed key (32), tag (16). */
export const wrapSize = 1120 + 32 + 16;

// The shared secret of an encapsulation encrypts one key and nothing else: a constant nonce is used once (§6).
const nonce = new Uint8Array(24);
const none = new Uint8Array(0);

/** Which device, circle and epoch a wrap is for: what its randomness is derived from. */
export type WrapPlace = { readonly circle: CircleId; readonly number: number; readonly device: DeviceId };

/**
 * `key` (32 bytes) wrapped to an X-Wing public key (1216 bytes). The encapsulation's 64 bytes are derived
 * from the key and the place, so that whoever holds the key can recompute every wrap of it (attack 27).
 *
 * Throws `PeerFault` `crypto.kem-key` where the public key is none.
 */
export function wrapKey(crypto: Crypto, key: Uint8Array, publicKey: Uint8Array, place: WrapPlace): Bytes {
  const { circle, number, device } = place;
  const randomness = crypto.blake2b(concat(domain("wrap"), idBytes(circle), u64be(number), idBytes(device)), 64, key);
  const { ciphertext, secret } = crypto.encapsulate(publicKey, randomness);
  return concat(ciphertext, crypto.aeadSeal(secret, nonce, none, key));
}

/** The key (32 bytes) in a wrap to the X-Wing seed (32 bytes), or `undefined` where it holds none for it. */
export function unwrapKey(crypto: Crypto, wrap: Uint8Array, seed: KemSeed): SymmetricKey | undefined {
  if (wrap.length !== wrapSize) return undefined;
  let secret: Bytes;
  try {
    secret = crypto.decapsulate(seed, wrap.subarray(0, 1120));
  } catch {
    return undefined; // Garbage to one device is that device's to report, never a stop (attacks 27, 36).
  }
  return crypto.aeadOpen(secret, nonce, none, wrap.subarray(1120)) as SymmetricKey | undefined;
}

/** Whether `wrap` is the one that follows from `key`. */
export function isWrapOf(
  crypto: Crypto,
  wrap: Uint8Array,
  key: Uint8Array,
  publicKey: Uint8Array,
  place: WrapPlace,
): boolean {
  return isKemKey(publicKey) && equal(wrap, wrapKey(crypto, key, publicKey, place));
}
