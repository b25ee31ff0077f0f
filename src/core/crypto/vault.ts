/* The vault's file (§2): `symbolon-vault ‖ version ‖ parameters ‖ salt16 ‖ envelope`; the head is its context. */
import { type Bytes, Corrupt, concat, decode, encode, equal, PeerFault, UsageError, utf8 } from "../codec/index.ts";
import { type Context, open, seal } from "./envelope.ts";
import { type KdfParameters, kdfParameters, parametersAreSound, parametersNotBelow } from "./kdf.ts";
import type { Crypto, Random, SymmetricKey } from "./types.ts";

const magic = utf8("symbolon-vault");
const version = 1;
const saltSize = 16;

/** What stands in the clear before the envelope. */
export type VaultHead = {
  readonly parameters: KdfParameters;
  /** 16 bytes. */
  readonly salt: Bytes;
};

const damaged = () => new Corrupt("vault.damaged", "this is no vault, or it is damaged: use a copy");

/** One error for a wrong phrase and for a vault that was changed: telling them apart would help who guesses. */
const locked = () => new UsageError("vault.locked", "the phrase is wrong, or the vault was changed");

function headBytes({ parameters, salt }: VaultHead): Bytes {
  const encoded = encode(kdfParameters, parameters);
  return concat(magic, Uint8Array.of(version, encoded.length), encoded, salt);
}

function contextOf(head: Bytes): Context {
  return { purpose: "vault", circle: new Uint8Array(0), epoch: 0, kind: 0, extra: head };
}

/** A head for a new vault. Throws `UsageError` where the parameters are out of bounds. */
export function newVaultHead(random: Random, parameters: KdfParameters): VaultHead {
  if (!parametersAreSound(parameters)) {
    throw new UsageError("vault.parameters", "key derivation parameters are out of bounds");
  }
  return { parameters, salt: random(saltSize) };
}

/** The file of `contents` under the key that was derived with `head`. */
export function sealVault(crypto: Crypto, random: Random, key: SymmetricKey, head: VaultHead, contents: Bytes): Bytes {
  const clear = headBytes(head);
  return concat(clear, seal(crypto, random, key, contextOf(clear), contents));
}

/**
 * Head and envelope of a vault's file. Throws `Corrupt` `vault.damaged` where it is none, or of another version, or
 * asks for parameters out of bounds.
 */
export function readVault(file: Uint8Array): { readonly head: VaultHead; readonly envelope: Bytes } {
  const at = magic.length;
  const length = file[at + 1];
  if (!equal(file.subarray(0, at), magic) || file[at] !== version || length === undefined) throw damaged();
  const end = at + 2 + length;
  const salt = file.slice(end, end + saltSize) as Bytes;
  if (salt.length !== saltSize) throw damaged();
  try {
    const parameters = decode(kdfParameters, file.subarray(at + 2, end));
    if (!parametersAreSound(parameters)) throw damaged();
    return { head: { parameters, salt }, envelope: file.slice(end + saltSize) as Bytes };
  } catch (error) {
    if (error instanceof PeerFault) throw damaged();
    throw error;
  }
}

/** What a vault holds. Throws `UsageError` `vault.locked` where the key, the head or the envelope is not the right one. */
export function openVault(crypto: Crypto, key: SymmetricKey, head: VaultHead, envelope: Uint8Array): Bytes {
  try {
    return open(crypto, key, contextOf(headBytes(head)), envelope);
  } catch {
    throw locked();
  }
}

/** Throws `UsageError` where a vault would be rewritten with weaker parameters than it has (attack 7). */
export function requireNotBelow(next: KdfParameters, before: KdfParameters): void {
  if (!parametersNotBelow(next, before)) {
    throw new UsageError("vault.weaker", "a vault is only rewritten with parameters that are not below its own");
  }
}
