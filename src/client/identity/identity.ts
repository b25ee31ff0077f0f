import {
  type Bytes,
  Corrupt,
  decode,
  encode,
  equal,
  type OrganizationId,
  toId,
  UsageError,
} from "../../core/codec/index.ts";
import {
  derive,
  deriveVaultKey,
  type KdfParameters,
  kdfFloors,
  newVaultHead,
  openVault,
  readVault,
  requireNotBelow,
  type SymmetricKey,
  sealVault,
  type VaultHead,
} from "../../core/crypto/index.ts";
import type { Platform } from "../platform.ts";
import { memoryStorage, type Storage } from "../storage/storage.ts";
import { type CircleRecord, type IdentityRecord, identityRecord } from "./format.ts";

const vaultName = "identity.vault";
const identityVersion = 1;
const none = new Uint8Array(0);
const identityLimits = { size: 16 * 1024 * 1024, depth: 12 };

/** An unlocked identity: who this device acts for, and its circles. Every change is written before it counts. */
export type Identity = {
  readonly platform: Platform;
  readonly storage: Storage;
  /** The contents as they are now. */
  read(): IdentityRecord;
  /** Replaces the contents and writes the vault anew. */
  update(change: (before: IdentityRecord) => IdentityRecord): Promise<void>;
  /** A key for what else is kept on this device. */
  readonly cacheKey: SymmetricKey;
  /** The vault's file as it is now, to carry elsewhere. */
  export(): Promise<Bytes>;
};

/** What a new identity is made with. */
export type NewIdentity = {
  readonly phrase: string;
  readonly organization: string;
  readonly member: string;
  readonly parameters?: KdfParameters;
  /** To act for an organization whose key is held elsewhere, or already exists: its key's seed (32 bytes). */
  readonly organizationSeed?: Bytes;
};

function unlocked(
  platform: Platform,
  storage: Storage,
  key: SymmetricKey,
  head: VaultHead,
  first: IdentityRecord,
  file: Uint8Array | undefined,
): Identity {
  let contents = first;
  let written = file;
  let writing: Promise<void> = Promise.resolve();
  const fileOf = (record: IdentityRecord) =>
    sealVault(platform.crypto, platform.random, key, head, encode(identityRecord, record));
  return {
    platform,
    storage,
    cacheKey: derive(platform.crypto, key, "cache", none, 0),
    read: () => contents,
    update: (change) => {
      // One after the other: two changes at once must not lose either.
      writing = writing
        .catch(() => undefined)
        .then(async () => {
          const next = change(contents);
          const bytes = fileOf(next);
          await requireUnchanged(storage, written);
          await storage.write(vaultName, bytes);
          written = bytes;
          contents = next;
        });
      return writing;
    },
    export: async () => fileOf(contents),
  };
}

/** Throws `UsageError` where another program wrote the vault meanwhile: what it wrote must not be lost. */
async function requireUnchanged(storage: Storage, known: Uint8Array | undefined): Promise<void> {
  const there = await storage.read(vaultName);
  const same = there === undefined || known === undefined ? there === known : equal(there, known);
  if (!same)
    throw new UsageError("identity.changed", "another program changed this identity meanwhile: run this again");
}

/** Whether the storage holds an identity. */
export async function hasIdentity(storage: Storage): Promise<boolean> {
  return (await storage.read(vaultName)) !== undefined;
}

/**
 * A new identity, written to `storage`. The phrase should be one of `generatePhrase`.
 *
 * Throws `UsageError` `identity.exists` where there is one: it is never overwritten.
 */
export async function createIdentity(platform: Platform, storage: Storage, given: NewIdentity): Promise<Identity> {
  if (await hasIdentity(storage)) throw new UsageError("identity.exists", "there is an identity here already");
  if (given.organization.trim() === "" || given.member.trim() === "") {
    throw new UsageError("identity.names", "an identity needs the organization's name and the member's");
  }
  const { crypto, random } = platform;
  const parameters = given.parameters ?? kdfFloors.argon2id;
  const head = newVaultHead(random, parameters);
  const key = await deriveVaultKey(crypto, given.phrase, head.salt, parameters);
  const seed = given.organizationSeed ?? random(32);
  const contents: IdentityRecord = {
    version: identityVersion,
    organization: {
      id: toId<OrganizationId>(crypto.signingKey(seed)),
      name: given.organization.trim().normalize("NFC"),
      salt: random(32),
      seed,
    },
    member: { name: given.member.trim().normalize("NFC") },
    circles: [],
  };
  const identity = unlocked(platform, storage, key, head, contents, undefined);
  await identity.update((record) => record);
  return identity;
}

/**
 * The identity in `storage`, unlocked.
 *
 * Throws `UsageError` `identity.none` where there is none, `vault.locked` where the phrase is wrong or the vault was
 * changed, `Corrupt` where the file is no vault, or written by a newer version.
 */
export async function openIdentity(platform: Platform, storage: Storage, phrase: string): Promise<Identity> {
  const file = await storage.read(vaultName);
  if (file === undefined) throw new UsageError("identity.none", "there is no identity here: make one with init");
  const { head, envelope } = readVault(file);
  const key = await deriveVaultKey(platform.crypto, phrase, head.salt, head.parameters);
  const contents = decode(identityRecord, openVault(platform.crypto, key, head, envelope), identityLimits);
  if (contents.version !== identityVersion) {
    throw new Corrupt("identity.version", "this identity was written by a newer version: update this one");
  }
  return unlocked(platform, storage, key, head, contents, file);
}

/**
 * Brings an exported identity file to `storage`, where there is none.
 *
 * Throws `UsageError` `identity.exists`, and what `openIdentity` throws.
 */
export async function importIdentity(
  platform: Platform,
  storage: Storage,
  file: Uint8Array,
  phrase: string,
): Promise<Identity> {
  if (await hasIdentity(storage)) throw new UsageError("identity.exists", "there is an identity here already");
  const { head, envelope } = readVault(file);
  const key = await deriveVaultKey(platform.crypto, phrase, head.salt, head.parameters);
  openVault(platform.crypto, key, head, envelope);
  await storage.write(vaultName, file);
  return openIdentity(platform, storage, phrase);
}

/** Writes the vault under a new phrase, never with weaker parameters than it has (attack 7). */
export async function changePhrase(identity: Identity, phrase: string, parameters?: KdfParameters): Promise<Identity> {
  const { platform, storage } = identity;
  const file = await storage.read(vaultName);
  const before = readVault(file ?? (await identity.export())).head.parameters;
  const next = parameters ?? before;
  requireNotBelow(next, before);
  const head = newVaultHead(platform.random, next);
  const key = await deriveVaultKey(platform.crypto, phrase, head.salt, next);
  const fresh = unlocked(platform, storage, key, head, identity.read(), file);
  await fresh.update((record) => record);
  return fresh;
}

/** The same identity on storage of its own, in memory: what happens to it changes nothing on the device. */
export function identityApart(identity: Identity, platform: Platform = identity.platform): Identity {
  let contents = identity.read();
  return {
    ...identity,
    platform,
    storage: memoryStorage(),
    read: () => contents,
    update: async (change) => {
      contents = change(contents);
    },
  };
}

/** The record of one circle with `change` made to it. */
export function withCircle(
  record: IdentityRecord,
  circle: CircleRecord["circle"],
  change: (before: CircleRecord) => CircleRecord,
): IdentityRecord {
  return { ...record, circles: record.circles.map((c) => (c.circle === circle ? change(c) : c)) };
}
