/* What named recipients alone can read (§7 Audience): wraps of a content key, then the envelope, author inside. */
import { type Bytes, concat, PeerFault, UsageError } from "../codec/index.ts";
import { domain } from "./domain.ts";
import { type Context, open, seal } from "./envelope.ts";
import { kemCiphertextSize } from "./kem.ts";
import { sha256 } from "./sha256.ts";
import type { Crypto, KemSeed, Random, SymmetricKey } from "./types.ts";
import { wrapSize } from "./wraps.ts";

/** How many wraps there may be: the rest are decoys, so that the number of recipients is told in steps alone. */
export const recipientSlots = [4, 8, 16, 32] as const;

/** Where the content is said. */
export type NamedPlace = { readonly circle: Uint8Array; readonly epoch: number };

// As in a rotation's wraps, a shared secret encrypts one key; the domain keeps the two from being taken for each other.
const nonce = new Uint8Array(24);
const purpose = domain("recipient");

function contextOf({ circle, epoch }: NamedPlace, wraps: Uint8Array): Context {
  // The hash of the wraps makes moving a recipient in or out break the envelope.
  return { purpose: "content", circle, epoch, kind: 0, extra: sha256(wraps) };
}

function wrapTo(crypto: Crypto, random: Random, key: Uint8Array, publicKey: Uint8Array): Bytes {
  const { ciphertext, secret } = crypto.encapsulate(publicKey, random(64));
  return concat(ciphertext, crypto.aeadSeal(secret, nonce, purpose, key));
}

/** Fisher–Yates; 32 random bits against at most 32 places leave no bias that could be seen. */
function shuffle<T>(items: readonly T[], random: Random): readonly T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const draw = random(4);
    const j = new DataView(draw.buffer, draw.byteOffset, 4).getUint32(0) % (i + 1);
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

/**
 * `plaintext` for the devices with these X-Wing public keys (1216 bytes each, 1 to 32 of them): `u8 slots ‖ wraps
 * (1168 bytes each) ‖ envelope`. Decoys are wraps to keys that nobody has: random bytes would be told from ML-KEM's.
 *
 * Throws `UsageError` `recipients.number`, `PeerFault` `crypto.kem-key`.
 */
export function sealNamed(
  crypto: Crypto,
  random: Random,
  recipients: readonly Uint8Array[],
  place: NamedPlace,
  plaintext: Uint8Array,
): Bytes {
  const slots = recipientSlots.find((number) => number >= recipients.length);
  if (slots === undefined || recipients.length === 0) {
    throw new UsageError("recipients.number", "name 1 to 32 devices, or tell the whole circle");
  }
  const key = random(32) as SymmetricKey;
  const real = recipients.map((publicKey) => wrapTo(crypto, random, key, publicKey));
  const decoys = Array.from({ length: slots - real.length }, () =>
    wrapTo(crypto, random, random(32), crypto.kemKey(random(32))),
  );
  const wraps = concat(...shuffle([...real, ...decoys], random));
  return concat(Uint8Array.of(slots), wraps, seal(crypto, random, key, contextOf(place, wraps), plaintext));
}

function keyIn(crypto: Crypto, seed: KemSeed, wrap: Uint8Array): SymmetricKey | undefined {
  try {
    const secret = crypto.decapsulate(seed, wrap.subarray(0, kemCiphertextSize));
    return crypto.aeadOpen(secret, nonce, purpose, wrap.subarray(kemCiphertextSize)) as SymmetricKey | undefined;
  } catch {
    return undefined;
  }
}

/**
 * The plaintext, for a device among the recipients; `undefined` for everybody else.
 *
 * Throws `PeerFault` `recipients.malformed` for what `sealNamed` does not make, `envelope.unopened` where a wrap is
 * this device's but the envelope does not open.
 */
export function openNamed(crypto: Crypto, seed: KemSeed, place: NamedPlace, sealed: Uint8Array): Bytes | undefined {
  const slots = sealed[0] ?? 0;
  const end = 1 + slots * wrapSize;
  if (!recipientSlots.some((number) => number === slots) || sealed.length <= end) {
    throw new PeerFault("recipients.malformed", "the list of recipients is malformed");
  }
  const wraps = sealed.subarray(1, end);
  for (let at = 0; at < wraps.length; at += wrapSize) {
    const key = keyIn(crypto, seed, wraps.subarray(at, at + wrapSize));
    if (key !== undefined) return open(crypto, key, contextOf(place, wraps), sealed.subarray(end));
  }
  return undefined;
}
