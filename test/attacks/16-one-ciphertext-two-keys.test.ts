import { beforeAll, describe, expect, it } from "vitest";
import { type Bytes, concat, encodeCbor, u32be, utf8 } from "../../src/core/codec/index.ts";
import {
  type Context,
  type Crypto,
  loadCrypto,
  open,
  type SymmetricKey,
  seal,
  sha256,
  suite,
} from "../../src/core/crypto/index.ts";
import { codeOf, implementations } from "../kit/attack.ts";
import { forBothKeys } from "../kit/two-keys.ts";

describe.each(implementations)("attack 16: one ciphertext, two keys, two meanings (%s)", (name) => {
  let crypto: Crypto;
  beforeAll(async () => {
    crypto = await loadCrypto(name);
  });
  const random = (size: number) => globalThis.crypto.getRandomValues(new Uint8Array(size));

  it("plain XChaCha20-Poly1305 opens it under both: the attack is real", () => {
    const [key, other, nonce] = [random(32), random(32), random(24)] as const;
    const aad = utf8("about somebody");
    const ciphertext = forBothKeys([key, other], nonce, aad, new Uint8Array(256));
    const [read, shown] = [
      crypto.aeadOpen(key, nonce, aad, ciphertext),
      crypto.aeadOpen(other, nonce, aad, ciphertext),
    ];
    expect(read).toBeDefined();
    expect(shown?.subarray(0, 224)).toEqual(new Uint8Array(224));
    expect(read).not.toEqual(shown);
  });

  it("in an envelope it opens under the key that it is committed to or under none, though both tags hold", async () => {
    const context: Context = { purpose: "content", circle: new Uint8Array(32), epoch: 0, kind: 1 };
    const aad = encodeCbor(["symbolon/content/v1", suite, context.circle as Bytes, 0, 1, false]);
    const nonce = random(24);
    const keys = [random(32), random(32)] as [SymmetricKey, SymmetricKey];
    const derived = keys.map((key) =>
      crypto.blake2b(concat(utf8("symbolon/envelope/v1"), nonce, sha256(aad)), 64, key),
    );
    const [first, second] = derived.map((out) => ({
      encryption: out.subarray(0, 32),
      commitment: out.subarray(32),
    })) as [Part, Part];
    // What the second key opens is padded as it has to be: 252 bytes, and their length.
    const plaintext = concat(u32be(252), utf8("a lie, for one reader alone"), new Uint8Array(225));
    const ciphertext = forBothKeys([first.encryption, second.encryption], nonce, aad, plaintext);
    for (const { encryption } of [first, second])
      expect(crypto.aeadOpen(encryption, nonce, aad, ciphertext)).toBeDefined();
    const envelope = (commitment: Uint8Array) => concat(Uint8Array.of(suite), nonce, commitment, ciphertext);
    // Committed to the first key, the second reader gets nothing; only its own commitment would have opened it.
    expect((await codeOf(() => open(crypto, keys[1], context, envelope(first.commitment))))?.code).toBe(
      "envelope.unopened",
    );
    expect(open(crypto, keys[1], context, envelope(second.commitment)).length).toBe(252);
    expect((await codeOf(() => open(crypto, keys[0], context, envelope(second.commitment))))?.code).toBe(
      "envelope.unopened",
    );
  });

  it("a wrong commitment is refused before anything is decrypted", async () => {
    const key = random(32) as SymmetricKey;
    const context: Context = { purpose: "content", circle: new Uint8Array(0), epoch: 0, kind: 0 };
    const sealed = seal(crypto, random, key, context, utf8("plain"));
    let opened = 0;
    const counting: Crypto = {
      ...crypto,
      aeadOpen: (...given) => {
        opened++;
        return crypto.aeadOpen(...given);
      },
    };
    for (let at = 25; at < 57; at++) {
      const wrong = sealed.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect((await codeOf(() => open(counting, key, context, wrong)))?.code).toBe("envelope.unopened");
    }
    expect(opened).toBe(0);
    open(counting, key, context, sealed);
    expect(opened).toBe(1);
  });
});
type Part = { readonly encryption: Uint8Array; readonly commitment: Uint8Array };
