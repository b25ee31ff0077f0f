import { beforeAll, describe, expect, it } from "vitest";
import { changePhrase, type Identity, memoryStorage, openIdentity, type Platform } from "../../src/client/index.ts";
import { concat, encode, utf8 } from "../../src/core/codec/index.ts";
import {
  deriveVaultKey,
  type KdfParameters,
  kdfFloors,
  kdfParameters,
  newVaultHead,
  readVault,
  requireNotBelow,
} from "../../src/core/crypto/index.ts";
import { codeOf, implementations } from "../kit/attack.ts";
import { newMember, testPhrase, testPlatform } from "../kit/members.ts";

const { argon2id, pbkdf2 } = kdfFloors;
const weak: readonly KdfParameters[] = [
  { ...pbkdf2, passes: 599_999 },
  { ...pbkdf2, passes: 1 },
  { ...pbkdf2, passes: 0 },
  { ...argon2id, memory: argon2id.memory - 1 },
  { ...argon2id, passes: 2 },
  { ...argon2id, memory: 8, passes: 1 },
];
const costly: readonly KdfParameters[] = [
  { ...pbkdf2, passes: 2 ** 40 },
  { ...argon2id, memory: 2 ** 32 },
  { ...argon2id, passes: 2 ** 32 },
  { ...pbkdf2, memory: 1 },
];

describe.each(implementations)("attack 7: a weakened key derivation (%s)", (name) => {
  let platform: Platform;
  let identity: Identity;
  let file: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    platform = await testPlatform(undefined, name);
    identity = await newMember("Newsroom A", platform);
    file = await identity.export();
  });

  /** The vault's file with other parameters in its head. */
  function withParameters(parameters: KdfParameters) {
    const { head, envelope } = readVault(file);
    const encoded = encode(kdfParameters, parameters);
    return concat(utf8("symbolon-vault"), Uint8Array.of(1, encoded.length), encoded, head.salt, envelope);
  }
  async function opening(bytes: Uint8Array) {
    const storage = memoryStorage();
    await storage.write("identity.vault", bytes);
    return codeOf(() => openIdentity(platform, storage, testPhrase));
  }

  it.each([...weak, ...costly])("a vault that asks for %o is not even tried", async (parameters) => {
    const error = await opening(withParameters(parameters));
    expect([error?.name, error?.code]).toEqual(["Corrupt", "vault.damaged"]);
    await expect(deriveVaultKey(platform.crypto, testPhrase, new Uint8Array(16), parameters)).rejects.toMatchObject({
      code: "vault.parameters",
    });
    expect((await codeOf(() => newVaultHead(platform.random, parameters)))?.code).toBe("vault.parameters");
  });

  it("parameters within bounds that are not the vault's own do not open it: they are authenticated", async () => {
    expect((await opening(withParameters({ ...pbkdf2, passes: 600_001 })))?.code).toBe("vault.locked");
    expect(await opening(withParameters(pbkdf2))).toBeUndefined();
  });

  it("another salt does not open it", async () => {
    const { envelope } = readVault(file);
    const at = file.length - envelope.length - 1;
    const other = file.slice();
    other[at] = (other[at] as number) ^ 1;
    expect((await opening(other))?.code).toBe("vault.locked");
  });

  it("a change of phrase never lowers the parameters, nor goes back from Argon2id", async () => {
    const before = await identity.storage.read("identity.vault");
    const harder = { ...pbkdf2, passes: 600_002 };
    const raised = await changePhrase(identity, testPhrase, harder);
    const after = await raised.storage.read("identity.vault");
    expect(after).not.toEqual(before);
    for (const lower of [pbkdf2, { ...pbkdf2, passes: 1 }]) {
      expect((await codeOf(() => changePhrase(raised, "other words", lower)))?.code).toBe("vault.weaker");
    }
    expect(await raised.storage.read("identity.vault")).toEqual(after);
    expect((await codeOf(() => requireNotBelow(pbkdf2, argon2id)))?.code).toBe("vault.weaker");
    expect(await codeOf(() => requireNotBelow(argon2id, pbkdf2))).toBeUndefined();
  });
});
