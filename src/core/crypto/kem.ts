/* Which X-Wing keys and ciphertexts are taken, judged by bytes alone, so that every implementation and replay agree. */
import { PeerFault } from "../codec/index.ts";

/** Sizes in bytes: ML-KEM-768's part first, then X25519's 32. */
export const kemKeySize = 1216;
export const kemCiphertextSize = 1120;

const fieldModulus = 3329;
const coefficientBytes = 1152;

/** X25519's inputs of small order with the top bit cleared, all spellings (RFC 7748 §6.1; the list of curve25519's author). */
const smallOrder: readonly Uint8Array[] = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
].map((hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));

/** Whether the last 32 bytes are a share of X25519 with which every secret comes out as zero. */
function endsInSmallOrder(bytes: Uint8Array): boolean {
  const at = bytes.length - 32;
  return smallOrder.some((bad) =>
    bad.every((byte, i) => byte === ((bytes[at + i] as number) & (i === 31 ? 0x7f : 0xff))),
  );
}

/** FIPS 203 §7.2: the encoded coefficients, 12 bits each, are below the modulus. */
function coefficientsAreReduced(publicKey: Uint8Array): boolean {
  for (let i = 0; i < coefficientBytes; i += 3) {
    const middle = publicKey[i + 1] as number;
    const low = (publicKey[i] as number) | ((middle & 0x0f) << 8);
    const high = (middle >> 4) | ((publicKey[i + 2] as number) << 4);
    if (low >= fieldModulus || high >= fieldModulus) return false;
  }
  return true;
}

/**
 * Whether something can be encapsulated to `publicKey`. Whoever admits a device asks this first: one device with a
 * key that is none would stop every later rotation (attack 36).
 */
export function isKemKey(publicKey: Uint8Array): boolean {
  return publicKey.length === kemKeySize && coefficientsAreReduced(publicKey) && !endsInSmallOrder(publicKey);
}

/** Throws `PeerFault` `crypto.kem-key` where `isKemKey` says no. */
export function requireKemKey(publicKey: Uint8Array): void {
  if (!isKemKey(publicKey)) throw new PeerFault("crypto.kem-key", "nothing can be encapsulated to this key");
}

/** Throws `PeerFault` `crypto.kem-ciphertext` where no implementation would decapsulate `ciphertext`. */
export function requireKemCiphertext(ciphertext: Uint8Array): void {
  if (ciphertext.length !== kemCiphertextSize || endsInSmallOrder(ciphertext)) {
    throw new PeerFault("crypto.kem-ciphertext", "the encapsulated key is malformed");
  }
}
