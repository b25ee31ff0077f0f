import { beforeAll, describe, expect, it } from "vitest";
import { withCircle } from "../../src/client/identity/identity.ts";
import { memoryStorage, openCircle, openIdentity, type Storage, say, tick } from "../../src/client/index.ts";
import { concat } from "../../src/core/codec/index.ts";
import { deriveVaultKey, openVault, readVault } from "../../src/core/crypto/index.ts";
import { codeOf, fingerprint, type Scene, scene } from "../kit/attack.ts";
import { testPhrase } from "../kit/members.ts";

let stage: Scene;
let vaultOfA: Uint8Array<ArrayBuffer>;
let vaultOfB: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  stage = await scene({ others: 1 });
  vaultOfA = await stage.a.identity.export();
  vaultOfB = await (stage.others[0] as Scene["a"]).identity.export();
});

async function holding(name: string, bytes: Uint8Array): Promise<Storage> {
  const storage = memoryStorage();
  await storage.write(name, bytes);
  return storage;
}
const vault = "identity.vault";
const opened = async (file: Uint8Array) => openIdentity(stage.platform, await holding(vault, file), testPhrase);

describe("attack 2: stored private keys are replaced", () => {
  it("an envelope under another vault's head does not open: the head is its context", async () => {
    const [a, b] = [readVault(vaultOfA), readVault(vaultOfB)];
    const headOfA = vaultOfA.subarray(0, vaultOfA.length - a.envelope.length);
    const error = await codeOf(() => opened(concat(headOfA, b.envelope)));
    expect(error?.code).toBe("vault.locked");
    // Nor under the right key, where only the head is another.
    const { crypto } = stage.platform;
    const key = await deriveVaultKey(crypto, testPhrase, a.head.salt, a.head.parameters);
    expect(openVault(crypto, key, a.head, a.envelope).length).toBeGreaterThan(0);
    expect((await codeOf(() => openVault(crypto, key, b.head, a.envelope)))?.code).toBe("vault.locked");
  });

  it("another sealed file in the vault's place does not open: each is bound to its purpose", async () => {
    const { a } = stage;
    const note = (await a.identity.storage.read(`${a.id.slice(0, 32)}.note`)) as Uint8Array;
    const { envelope } = readVault(vaultOfA);
    const head = vaultOfA.subarray(0, vaultOfA.length - envelope.length);
    expect((await codeOf(() => opened(concat(head, note))))?.code).toBe("vault.locked");
    // And the reverse: the vault's envelope is no note, so every signature is checked anew.
    await a.identity.storage.write(`${a.id.slice(0, 32)}.note`, envelope);
    const again = await openCircle(a.identity, a.id);
    await again.settle();
    expect(fingerprint(again)).toBe(fingerprint(a));
  });

  it("keys that are not the roster's sign nothing: the circle does not know them", async () => {
    const { a, evil, platform } = stage;
    const swapped = await opened(vaultOfA);
    await swapped.update((record) =>
      withCircle(record, a.id, (before) => ({ ...before, deviceSeed: platform.random(32) })),
    );
    const circle = await openCircle(swapped, a.id);
    const before = await evil.entries(a.id);
    const acts = [() => circle.sync(), () => say(circle, [{ kind: "check-in", tlp: "TLP:AMBER" }]), () => tick(circle)];
    const codes = [];
    for (const act of acts) codes.push((await codeOf(act))?.code);
    expect(codes).toEqual(["identity.keys", "circle.ended", "circle.ended"]);
    expect(await evil.entries(a.id)).toEqual(before);
    await a.sync();
    expect(a.ledger.voids).toEqual([]);
  });
});
