import {
  type Bytes,
  bytes,
  type CircleId,
  decode,
  encode,
  fromBase64Url,
  type Infer,
  id,
  idBytes,
  type PublicKey,
  record,
  text,
  toBase64Url,
  UsageError,
} from "../../core/codec/index.ts";
import { type Crypto, derive, type SigningSeed, type SymmetricKey, sha256 } from "../../core/crypto/index.ts";

/** What an invitation's link carries, in the fragment, which browsers do not send (§8). */
export const invitation = record({
  address: [1, text(512)],
  /** SHA-256 of the host's key. */
  hostHash: [2, bytes(32)],
  circle: [3, id<CircleId>()],
  secret: [4, bytes(16)],
  /** SHA-256 of the inviter's device key. */
  inviter: [5, bytes(32)],
  expires: [6, bytes(4)],
});
export type Invitation = Infer<typeof invitation>;

const marker = "#join=";

/** The link of an invitation. */
export function invitationLink(given: Invitation): string {
  return `${given.address.replace(/\/$/, "")}/${marker}${toBase64Url(encode(invitation, given))}`;
}

/** The invitation in a link, or in its part behind `#join=`. Throws `UsageError` `invitation.malformed`. */
export function readInvitation(link: string): Invitation {
  const code = link.trim().slice(link.trim().indexOf(marker) < 0 ? 0 : link.trim().indexOf(marker) + marker.length);
  const data = fromBase64Url(code);
  try {
    if (data !== undefined) return decode(invitation, data);
  } catch {
    // Told below, like every other way in which a link can be wrong.
  }
  throw new UsageError("invitation.malformed", "this is no invitation link, or it was cut off: copy it whole");
}

/** What follows from an invitation's secret: the key that signs, and the key that seals the request. */
export function invitationKeys(
  crypto: Crypto,
  circle: CircleId,
  secret: Uint8Array,
): {
  readonly seed: SigningSeed;
  readonly sealing: SymmetricKey;
} {
  return {
    seed: derive<SigningSeed>(crypto, secret, "invite", idBytes(circle), 0),
    sealing: derive(crypto, secret, "mailbox", idBytes(circle), 0),
  };
}

/** SHA-256 of a key, as a link carries it. */
export function keyHash(key: PublicKey | Bytes | string): Bytes {
  return sha256(typeof key === "string" ? idBytes(key as PublicKey) : key);
}
