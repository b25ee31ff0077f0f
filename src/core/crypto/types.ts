import type { Brand, Bytes } from "../codec/index.ts";

/** The 32 bytes that an Ed25519 key pair is made from. */
export type SigningSeed = Brand<Bytes, "SigningSeed">;
/** The 32 bytes that an X-Wing key pair is made from; also its decapsulation key. */
export type KemSeed = Brand<Bytes, "KemSeed">;
/** 32 bytes for the envelope or for derivation. */
export type SymmetricKey = Brand<Bytes, "SymmetricKey">;

/** A source of random bytes. Only `client` passes the platform's. */
export type Random = (size: number) => Bytes;

/**
 * The primitives, twice implemented: `sodium` (libsodium in WebAssembly) and `noble` (pure JavaScript). Both
 * give the same bytes and accept the same bytes. Synchronous; sizes in bytes.
 */
export interface Crypto {
  readonly name: "sodium" | "noble";
  /** Ed25519 (RFC 8032): the public key (32) of a seed (32). */
  signingKey(seed: Uint8Array): Bytes;
  /** Ed25519: the signature (64) of `message` by a seed (32). */
  sign(seed: Uint8Array, message: Uint8Array): Bytes;
  /**
   * Whether a signature (64) is `publicKey`'s (32) by the one strict rule of §2: canonical A, A and R not of
   * small order, S < L, cofactorless comparison of bytes. Never throws.
   */
  verify(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean;
  /** X-Wing (draft-connolly-cfrg-xwing-kem): the encapsulation key (1216) of a seed (32). */
  kemKey(seed: Uint8Array): Bytes;
  /**
   * X-Wing: a shared secret (32) and its ciphertext (1120) to a public key (1216), from 64 given bytes. Throws
   * `PeerFault` `crypto.kem-key` where the key is none (see `isKemKey`).
   */
  encapsulate(publicKey: Uint8Array, randomness: Uint8Array): { readonly ciphertext: Bytes; readonly secret: Bytes };
  /**
   * X-Wing: the shared secret (32) in a ciphertext (1120). A ciphertext to another key gives another secret. Throws
   * `PeerFault` `crypto.kem-ciphertext` for one that nobody can have made honestly.
   */
  decapsulate(seed: Uint8Array, ciphertext: Uint8Array): Bytes;
  /** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): ciphertext ‖ tag (16). */
  aeadSeal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Bytes;
  /** The plaintext, or `undefined` where the tag does not hold. */
  aeadOpen(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Bytes | undefined;
  /** BLAKE2b (RFC 7693) of `length` 32 or 64, keyed where a key (1 to 64) is given. Throws for an empty key. */
  blake2b(message: Uint8Array, length: 32 | 64, key?: Uint8Array): Bytes;
  /** Argon2id (RFC 9106), one lane, to 32 bytes. `memory` in KiB. */
  argon2id(password: Uint8Array, salt: Uint8Array, memory: number, passes: number): Promise<Bytes>;
}
