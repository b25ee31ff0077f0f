import type { Cbor } from "../codec/index.ts";
import { type Bytes, concat, idBytes, type PublicKey, u64be } from "../codec/index.ts";
import { domain, tupleBytes } from "./domain.ts";
import type { Crypto, SigningSeed, SymmetricKey } from "./types.ts";

/** What a key may be derived for; each purpose gives a key that is used for nothing else. */
export type DerivePurpose =
  | "roster"
  | "records"
  | "access"
  | "signing"
  | "kem"
  | "control"
  | "append"
  | "mailbox"
  | "invite"
  | "erase-token"
  | "cache"
  | "sketch"
  | "wrap"
  | "content";

/**
 * A key (32 bytes) derived from `key` (32 bytes) for one purpose (§2): BLAKE2b-256 keyed with `key` over
 * domain ‖ `salt` ‖ u64be `number`. `salt` is the genesis nonce for what belongs to a circle.
 */
export function derive<T extends Bytes = SymmetricKey>(
  crypto: Crypto,
  key: Uint8Array,
  purpose: DerivePurpose,
  salt: Uint8Array,
  number: number,
): T {
  return crypto.blake2b(concat(domain(purpose), salt, u64be(number)), 32, key) as T;
}

/** A signature (64 bytes) over a domain and values, in the one form that every signature of ours has (§3). */
export function signTuple(crypto: Crypto, seed: SigningSeed, purpose: string, items: readonly Cbor[]): Bytes {
  return crypto.sign(seed, tupleBytes(purpose, items));
}

/** The keys of one epoch, from its seed (32 bytes): R_n, K_n and the access key pair A_n (§2). */
export type EpochKeys = {
  readonly roster: SymmetricKey;
  readonly records: SymmetricKey;
  readonly access: SigningSeed;
};

/** The keys of epoch `number` of the circle whose genesis holds `nonce`. */
export function epochKeys(crypto: Crypto, seed: Uint8Array, nonce: Uint8Array, number: number): EpochKeys {
  return {
    roster: derive(crypto, seed, "roster", nonce, number),
    records: derive(crypto, seed, "records", nonce, number),
    access: derive<SigningSeed>(crypto, seed, "access", nonce, number),
  };
}

/** Whether `signature` is that of the key `key` over `message`, by the strict rule. */
export function verifyClaim(
  crypto: Crypto,
  claim: { readonly key: PublicKey; readonly message: Uint8Array; readonly signature: Uint8Array },
): boolean {
  return crypto.verify(idBytes(claim.key), claim.signature, claim.message);
}
