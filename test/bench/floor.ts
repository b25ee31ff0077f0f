/* What opening and verifying a circle's statements must cost at the least: the bare primitives over the same bytes. */
import { createRequire } from "node:module";
import type { Circle } from "../../src/client/index.ts";
import { entryContext } from "../../src/client/sync/keyring.ts";
import { concat, decode, encodeCbor, idBytes, utf8 } from "../../src/core/codec/index.ts";
import { open, sha256 } from "../../src/core/crypto/index.ts";
import { entryMessage, inner } from "../../src/core/log/index.ts";
import { readAudience } from "../../src/core/statements/index.ts";

type Sodium = {
  readonly ready: Promise<void>;
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  crypto_aead_xchacha20poly1305_ietf_decrypt(
    secretNonce: null,
    ciphertext: Uint8Array,
    aad: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ): Uint8Array;
};

type Item = {
  readonly ciphertext: Uint8Array;
  readonly aad: Uint8Array;
  readonly nonce: Uint8Array;
  readonly key: Uint8Array;
  readonly author: Uint8Array;
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
};

/** The inputs of every decryption and verification of the statements in an open circle, derived beforehand. */
function itemsOf(circle: Circle): Item[] {
  const { crypto } = circle.platform;
  const items: Item[] = [];
  for (const { header, sealed } of circle.ledger.raws) {
    const records = circle.ledger.ring.get(header.epoch)?.records;
    if (header.kind !== "statement" || sealed === undefined || records === undefined) continue;
    const { epoch } = header;
    const context = entryContext(circle.id, epoch, 1);
    const aad = encodeCbor(["symbolon/entry/v1", 1, context.circle as Uint8Array<ArrayBuffer>, epoch, 1, false]);
    const nonce = sealed.slice(1, 25);
    const key = crypto.blake2b(concat(utf8("symbolon/envelope/v1"), nonce, sha256(aad)), 64, records).slice(0, 32);
    const read = readAudience(
      crypto,
      { circle: circle.id, epoch },
      circle.secrets.kem,
      open(crypto, records, context, sealed),
    );
    if (read === "for-others") continue;
    const said = decode(inner, read.inner);
    const message = entryMessage(header, said);
    const { signature } = said;
    items.push({ ciphertext: sealed.slice(57), aad, nonce, key, author: idBytes(said.author), signature, message });
  }
  return items;
}

/**
 * What opens and, unless told otherwise, verifies every statement of `circle` with libsodium, bare, in one thread;
 * it returns how many it was. To be timed.
 */
export async function bareLibsodium(
  circle: Circle,
  { verifying = true }: { readonly verifying?: boolean } = {},
): Promise<() => number> {
  const items = itemsOf(circle);
  const sodium = createRequire(import.meta.url)("libsodium-wrappers") as Sodium;
  await sodium.ready;
  return () => {
    for (const { ciphertext, aad, nonce, key, author, signature, message } of items) {
      sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, aad, nonce, key);
      if (verifying && !sodium.crypto_sign_verify_detached(signature, message, author))
        throw new Error("a signature does not hold");
    }
    return items.length;
  };
}
