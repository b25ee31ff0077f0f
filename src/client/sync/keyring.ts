import type { Commitment } from "../../core/circle/index.ts";
import { type Bytes, type CircleId, equal, idBytes, type PublicKey, toId, utf8 } from "../../core/codec/index.ts";
import {
  type Context,
  type Crypto,
  type EpochKeys,
  epochKeys,
  type SigningSeed,
  type SymmetricKey,
  sha256,
} from "../../core/crypto/index.ts";

/** What a device holds of one epoch: all of it with the seed, parts of it by links. */
export type HeldEpoch = {
  readonly roster: SymmetricKey;
  readonly records?: SymmetricKey;
  readonly access?: SigningSeed;
  readonly seed?: Bytes;
};

/** The epochs that a device can read, by number. */
export type Keyring = Map<number, HeldEpoch>;

const commitmentDomain = utf8("symbolon/commitment/v1");

/** What a commitment says of one key: SHA-256 (32 bytes) of domain ‖ key. */
export function committed(key: Uint8Array): Bytes {
  return sha256(commitmentDomain, key);
}

/** The commitment to the keys of an epoch (§6). */
export function commitmentOf(crypto: Crypto, keys: EpochKeys): Commitment {
  return {
    roster: committed(keys.roster),
    records: committed(keys.records),
    access: toId<PublicKey>(crypto.signingKey(keys.access)),
  };
}

/** Whether keys are those that a commitment promised. */
export function keepsCommitment(crypto: Crypto, keys: EpochKeys, promised: Commitment): boolean {
  const own = commitmentOf(crypto, keys);
  return equal(own.roster, promised.roster) && equal(own.records, promised.records) && own.access === promised.access;
}

/** Adds the epoch of a seed to the ring, and returns its keys. */
export function holdSeed(crypto: Crypto, ring: Keyring, seed: Bytes, nonce: Uint8Array, epoch: number): EpochKeys {
  const keys = epochKeys(crypto, seed, nonce, epoch);
  ring.set(epoch, { ...keys, seed });
  return keys;
}

/** The context of an entry's envelope: kind and epoch as its clear header says (§3). */
export function entryContext(circle: CircleId, epoch: number, kind: 0 | 1): Context {
  return { purpose: "entry", circle: idBytes(circle), epoch, kind };
}

/** The context of K of the epoch before, sealed under K of `epoch`. */
export function linkContext(circle: CircleId, epoch: number): Context {
  return { purpose: "link", circle: idBytes(circle), epoch, kind: 0 };
}

/** The newest epoch whose requests this device can sign. */
export function newestAccess(ring: Keyring): { readonly epoch: number; readonly seed: SigningSeed } | undefined {
  let newest: { epoch: number; seed: SigningSeed } | undefined;
  for (const [epoch, { access }] of ring) {
    if (access !== undefined && (newest === undefined || epoch > newest.epoch)) newest = { epoch, seed: access };
  }
  return newest;
}
