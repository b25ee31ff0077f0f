/* From a phrase to the key of the vault (§2). Floors and ceilings are the client's, whatever a file says (attack 7). */
import { type Bytes, Corrupt, type Infer, oneOf, record, uint, utf8 } from "../codec/index.ts";
import type { Crypto, SymmetricKey } from "./types.ts";

export const kdfs = { argon2id: 1, pbkdf2: 2 } as const;

/** What a vault's key was derived with. `memory` in KiB (Argon2id alone), `passes` or iterations. */
export const kdfParameters = record({
  kdf: [1, oneOf(kdfs)],
  memory: [2, uint()],
  passes: [3, uint()],
});
export type KdfParameters = Infer<typeof kdfParameters>;

/** The floor per KDF, which is also what new vaults use. */
export const kdfFloors = {
  argon2id: { kdf: "argon2id", memory: 64 * 1024, passes: 3 },
  pbkdf2: { kdf: "pbkdf2", memory: 0, passes: 600_000 },
} as const satisfies Record<keyof typeof kdfs, KdfParameters>;

// Past these a file that somebody changed could keep a device busy for hours.
const ceilings = {
  argon2id: { memory: 1024 * 1024, passes: 16 },
  pbkdf2: { memory: 0, passes: 20_000_000 },
} as const;

/** Whether parameters stand between floor and ceiling. */
export function parametersAreSound({ kdf, memory, passes }: KdfParameters): boolean {
  const floor = kdfFloors[kdf];
  const ceiling = ceilings[kdf];
  return memory >= floor.memory && memory <= ceiling.memory && passes >= floor.passes && passes <= ceiling.passes;
}

/** Whether `next` asks for no less work than `before`: from Argon2id, which costs memory too, there is no way back to PBKDF2. */
export function parametersNotBelow(next: KdfParameters, before: KdfParameters): boolean {
  if (next.kdf !== before.kdf) return next.kdf === "argon2id";
  return next.memory >= before.memory && next.passes >= before.passes;
}

/**
 * The vault key (32 bytes) of a phrase, by Argon2id (RFC 9106) or PBKDF2-HMAC-SHA-256 (RFC 8018), with a salt of
 * 16 bytes. The phrase is taken in NFKC, so that keyboards do not differ.
 *
 * Throws `Corrupt` `vault.parameters` where the parameters are out of bounds.
 */
export async function deriveVaultKey(
  crypto: Crypto,
  phrase: string,
  salt: Uint8Array,
  parameters: KdfParameters,
): Promise<SymmetricKey> {
  if (!parametersAreSound(parameters)) {
    throw new Corrupt("vault.parameters", "the vault asks for a key derivation outside the bounds of this client");
  }
  const password = utf8(phrase.normalize("NFKC").trim().replaceAll(/\s+/g, " "));
  const { kdf, memory, passes } = parameters;
  if (kdf === "argon2id") return (await crypto.argon2id(password, salt, memory, passes)) as SymmetricKey;
  const key = await globalThis.crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const bits = await globalThis.crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt: salt as Bytes, iterations: passes },
    key,
    256,
  );
  return new Uint8Array(bits) as SymmetricKey;
}
