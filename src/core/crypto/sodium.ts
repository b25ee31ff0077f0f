/* The fast implementation: libsodium in WebAssembly, with Argon2id by hash-wasm, which libsodium's small build lacks. */
import { argon2id } from "hash-wasm";
import { type Bytes, equal, UsageError } from "../codec/index.ts";
import { requireKemCiphertext, requireKemKey } from "./kem.ts";
import type { Crypto } from "./types.ts";

/** The part of libsodium-wrappers that is used; its own declarations promise functions that are not there. */
type Sodium = {
  readonly ready: Promise<void>;
  crypto_sign_seed_keypair(seed: Uint8Array): { publicKey: Uint8Array; privateKey: Uint8Array };
  crypto_sign_detached(message: Uint8Array, privateKey: Uint8Array): Uint8Array;
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  crypto_kem_xwing_seed_keypair(seed: Uint8Array): { publicKey: Uint8Array; privateKey: Uint8Array };
  crypto_kem_xwing_enc_deterministic(
    publicKey: Uint8Array,
    seed: Uint8Array,
  ): { ciphertext: Uint8Array; sharedSecret: Uint8Array };
  crypto_kem_xwing_dec(ciphertext: Uint8Array, privateKey: Uint8Array): Uint8Array;
  crypto_aead_xchacha20poly1305_ietf_encrypt(
    message: Uint8Array,
    aad: Uint8Array,
    secretNonce: null,
    nonce: Uint8Array,
    key: Uint8Array,
  ): Uint8Array;
  crypto_aead_xchacha20poly1305_ietf_decrypt(
    secretNonce: null,
    ciphertext: Uint8Array,
    aad: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ): Uint8Array;
  crypto_generichash(length: number, message: Uint8Array, key: Uint8Array | null): Uint8Array;
};

/** The implementation on libsodium. Rejects where WebAssembly may not run. */
export async function loadSodium(): Promise<Crypto> {
  const module = (await import("libsodium-wrappers")) as unknown as { default: Sodium };
  const sodium = module.default;
  await sodium.ready;
  // An Ed25519 private key of libsodium is seed ‖ public key: expanding the seed costs as much as a signature, so it is kept.
  const expanded = new WeakMap<Uint8Array, Uint8Array>();
  const privateKey = (seed: Uint8Array): Uint8Array => {
    let key = expanded.get(seed);
    // A caller may have wiped the array, or filled it anew.
    if (key === undefined || !equal(key.subarray(0, 32), seed)) {
      key = sodium.crypto_sign_seed_keypair(seed).privateKey;
      expanded.set(seed, key);
    }
    return key;
  };
  return {
    name: "sodium",
    signingKey: (seed) => sodium.crypto_sign_seed_keypair(seed).publicKey as Bytes,
    sign: (seed, message) => sodium.crypto_sign_detached(message, privateKey(seed)) as Bytes,
    verify: (publicKey, signature, message) => {
      if (publicKey.length !== 32 || signature.length !== 64) return false;
      return sodium.crypto_sign_verify_detached(signature, message, publicKey);
    },
    kemKey: (seed) => sodium.crypto_kem_xwing_seed_keypair(seed).publicKey as Bytes,
    encapsulate: (publicKey, randomness) => {
      requireKemKey(publicKey);
      const { ciphertext, sharedSecret } = sodium.crypto_kem_xwing_enc_deterministic(publicKey, randomness);
      return { ciphertext: ciphertext as Bytes, secret: sharedSecret as Bytes };
    },
    decapsulate: (seed, ciphertext) => {
      requireKemCiphertext(ciphertext);
      return sodium.crypto_kem_xwing_dec(ciphertext, seed) as Bytes;
    },
    aeadSeal: (key, nonce, aad, plaintext) =>
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, aad, null, nonce, key) as Bytes,
    aeadOpen: (key, nonce, aad, ciphertext) => {
      try {
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, aad, nonce, key) as Bytes;
      } catch {
        return undefined;
      }
    },
    blake2b: (message, length, key) => {
      // libsodium takes an empty key for none, and would derive without a secret.
      if (key?.length === 0) throw new UsageError("crypto.empty-key", "a key is 1 to 64 bytes");
      return sodium.crypto_generichash(length, message, key ?? null) as Bytes;
    },
    argon2id: async (password, salt, memory, passes) =>
      (await argon2id({
        password,
        salt,
        memorySize: memory,
        iterations: passes,
        parallelism: 1,
        hashLength: 32,
        outputType: "binary",
      })) as Bytes,
  };
}
