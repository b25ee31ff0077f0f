import { describe, expect, it } from "vitest";
import { concat, utf8 } from "../../../src/core/codec/index.ts";
import {
  deriveVaultKey,
  type KdfParameters,
  kdfFloors,
  newVaultHead,
  openVault,
  readVault,
  requireNotBelow,
  type SymmetricKey,
  sealVault,
} from "../../../src/core/crypto/index.ts";
import { flipBit, implementations, noble, random, sodium } from "./support.ts";

const key = new Uint8Array(32).fill(8) as SymmetricKey;
const contents = utf8("identity, device keys, last checkpoint");
const head = newVaultHead(random, kdfFloors.argon2id);
const outOfBounds: readonly KdfParameters[] = [
  { ...kdfFloors.argon2id, memory: 65_535 },
  { ...kdfFloors.argon2id, passes: 2 },
  { ...kdfFloors.argon2id, memory: 10 * 1024 * 1024 },
  { ...kdfFloors.argon2id, passes: 1000 },
  { ...kdfFloors.pbkdf2, passes: 599_999 },
  { ...kdfFloors.pbkdf2, passes: 2 ** 40 },
  { ...kdfFloors.pbkdf2, memory: 1 },
];

describe.each(implementations)("a vault's file, $name", ({ crypto, other }) => {
  it("comes back under its key, with either implementation", () => {
    const file = sealVault(crypto, random, key, head, contents);
    const read = readVault(file);
    expect(read.head).toEqual(head);
    expect(openVault(crypto, key, read.head, read.envelope)).toEqual(contents);
    expect(openVault(other, key, read.head, read.envelope)).toEqual(contents);
  });

  it("does not open with any bit changed, head included, or cut short (attacks 2, 7)", () => {
    const file = sealVault(crypto, random, key, head, contents);
    const opens = (changed: Uint8Array) => {
      const read = readVault(changed);
      return openVault(crypto, key, read.head, read.envelope);
    };
    const refusal = expect.objectContaining({ code: expect.stringMatching(/^vault\.(damaged|locked)$/) });
    for (let bit = 0; bit < file.length * 8; bit += bit < 400 ? 1 : 13) {
      expect(() => opens(flipBit(file, bit))).toThrow(refusal);
    }
    for (let length = 0; length < file.length; length += 7) {
      expect(() => opens(file.subarray(0, length))).toThrow(refusal);
    }
    expect(() => opens(concat(file, Uint8Array.of(0)))).toThrow(refusal);
  });

  it("answers a wrong key and a changed vault with the same error (attack 3)", () => {
    const { head: read, envelope } = readVault(sealVault(crypto, random, key, head, contents));
    const locked = expect.objectContaining({ name: "UsageError", code: "vault.locked" });
    expect(() => openVault(crypto, flipBit(key, 1) as SymmetricKey, read, envelope)).toThrow(locked);
    expect(() => openVault(crypto, key, read, flipBit(envelope, 700))).toThrow(locked);
    expect(() => openVault(crypto, key, { ...read, salt: random(16) }, envelope)).toThrow(locked);
  });

  it("has another nonce and, with a new head, another salt each time", () => {
    const files = [1, 2].map(() => sealVault(crypto, random, key, head, contents));
    expect(files[0]).not.toEqual(files[1]);
    expect(newVaultHead(random, kdfFloors.argon2id).salt).not.toEqual(head.salt);
  });
});

describe("key derivation", () => {
  it("is refused below its floor and above its ceiling, when written and when read (attack 7)", async () => {
    for (const parameters of outOfBounds) {
      expect(() => newVaultHead(random, parameters)).toThrow(expect.objectContaining({ code: "vault.parameters" }));
      await expect(deriveVaultKey(sodium, "phrase", new Uint8Array(16), parameters)).rejects.toThrow(
        expect.objectContaining({ code: "vault.parameters" }),
      );
      const file = sealVault(sodium, random, key, { parameters, salt: new Uint8Array(16) }, contents);
      expect(() => readVault(file)).toThrow(expect.objectContaining({ name: "Corrupt", code: "vault.damaged" }));
    }
  });

  it("is never rewritten with less work than before", () => {
    const more = { ...kdfFloors.argon2id, passes: 4 };
    expect(() => requireNotBelow(kdfFloors.argon2id, more)).toThrow(expect.objectContaining({ code: "vault.weaker" }));
    expect(() => requireNotBelow({ ...more, memory: 65_536 }, { ...more, memory: 131_072 })).toThrow();
    requireNotBelow(more, kdfFloors.argon2id);
    requireNotBelow(more, more);
  });

  it("gives the same key in both implementations, whatever the spaces and the spelling of letters", async () => {
    const salt = new Uint8Array(16).fill(3);
    const key = await deriveVaultKey(sodium, "abacus caf\u00e9 zoom", salt, kdfFloors.argon2id);
    expect(await deriveVaultKey(noble, " abacus  cafe\u0301 zoom\n", salt, kdfFloors.argon2id)).toEqual(key);
    expect(await deriveVaultKey(sodium, "abacus cafe zoom", salt, kdfFloors.argon2id)).not.toEqual(key);
  });

  it("by PBKDF2 is RFC 8018's", async () => {
    const salt = new Uint8Array(16).fill(3);
    const { pbkdf2Sync } = await import("node:crypto");
    const expected = pbkdf2Sync("abacus zoom", salt, 600_000, 32, "sha256");
    expect(await deriveVaultKey(noble, "abacus zoom", salt, kdfFloors.pbkdf2)).toEqual(new Uint8Array(expected));
  });
});
