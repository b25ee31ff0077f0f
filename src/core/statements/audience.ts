/* Who can read a statement entry (§7 Audience): everybody in the circle, or named devices alone. */

import { UsageError } from "../codec/errors.ts";
import { idBytes, toId } from "../codec/ids.ts";
import {
  type Bytes,
  bytes,
  type CircleId,
  compare,
  type DeviceId,
  decode,
  encode,
  list,
  optional,
  PeerFault,
  record,
} from "../codec/index.ts";
import {
  type Context,
  type Crypto,
  type KemSeed,
  open,
  type Random,
  type SymmetricKey,
  seal,
  unwrapKey,
  wrapKey,
  wrapSize,
} from "../crypto/index.ts";

/** The plaintext of a statement entry: what is sealed inside in the clear, or wraps and a second envelope. */
const sealedStatement = record({
  inner: [1, optional(bytes(1, 65_536))],
  wraps: [2, optional(list(bytes(wrapSize), 32, 4))],
  envelope: [3, optional(bytes(1, 65_536))],
});

/** Numbers of wraps that there may be: who counts them learns no more. */
const sizes = [4, 8, 16, 32] as const;

const wrong = () => new PeerFault("statement.sealed", "the statement is not sealed as the format says");

const contentContext = (circle: CircleId, epoch: number): Context => ({
  purpose: "content",
  circle: idBytes(circle),
  epoch,
  kind: 1,
});

/** A device that may read: its id and X-Wing key, as the roster has them. */
export type Recipient = { readonly id: DeviceId; readonly keys: { readonly kem: Bytes } };

/** The plaintext for everybody in the circle. */
export function forCircle(inner: Bytes): Bytes {
  return encode(sealedStatement, { inner });
}

/**
 * The plaintext for named devices: a fresh key wrapped to each, filled up with wraps to nobody, and the
 * inner bytes under that key. Throws `UsageError` for none or more than 32.
 */
export function forNamed(
  crypto: Crypto,
  random: Random,
  place: { readonly circle: CircleId; readonly epoch: number },
  recipients: readonly Recipient[],
  inner: Bytes,
): Bytes {
  const size = sizes.find((s) => s >= recipients.length);
  if (recipients.length === 0 || size === undefined) {
    throw new UsageError("statement.recipients", "name at least one and at most 32 devices");
  }
  const key = random(32) as SymmetricKey;
  const { circle, epoch: number } = place;
  const wraps = recipients.map(({ id, keys }) => wrapKey(crypto, key, keys.kem, { circle, number, device: id }));
  while (wraps.length < size) {
    // Made like the others, to a key that nobody keeps: bytes at random would show as such.
    const nobody = toId<DeviceId>(random(32));
    wraps.push(wrapKey(crypto, random(32), crypto.kemKey(random(32)), { circle, number, device: nobody }));
  }
  wraps.sort(compare);
  const envelope = seal(crypto, random, key, contentContext(circle, place.epoch), inner);
  return encode(sealedStatement, { wraps, envelope });
}

/** What a device finds in a statement entry: the inner bytes and for whom they are, or nothing that is for it. */
export function readAudience(
  crypto: Crypto,
  place: { readonly circle: CircleId; readonly epoch: number },
  kem: KemSeed,
  plaintext: Uint8Array,
): { readonly audience: "circle" | "named"; readonly inner: Bytes } | "for-others" {
  const { inner, wraps, envelope } = decode(sealedStatement, plaintext);
  if (inner !== undefined && wraps === undefined && envelope === undefined) return { audience: "circle", inner };
  if (inner !== undefined || wraps === undefined || envelope === undefined) throw wrong();
  for (const wrap of wraps) {
    const key = unwrapKey(crypto, wrap, kem);
    if (key !== undefined) {
      return { audience: "named", inner: open(crypto, key, contentContext(place.circle, place.epoch), envelope) };
    }
  }
  return "for-others";
}
