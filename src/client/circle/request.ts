/* The join request as it lies in the mailbox of an invitation (§8): sealed under a key from the invitation's secret. */
import { signedRequest } from "../../core/circle/index.ts";
import {
  type Bytes,
  bytes,
  type CircleId,
  decode,
  encode,
  type Infer,
  idBytes,
  list,
  record,
} from "../../core/codec/index.ts";
import { type Context, type Crypto, open, type SymmetricKey, seal } from "../../core/crypto/index.ts";
import type { Platform } from "../platform.ts";

const joining = record({
  signed: [1, signedRequest],
  profiles: [2, list(bytes(1, 16_384), 4)],
});

/** What a joiner asks with: the signed request, and the profiles that names it. */
export type Joining = Infer<typeof joining>;

const contextOf = (circle: CircleId): Context => ({ purpose: "mailbox", circle: idBytes(circle), epoch: 0, kind: 1 });

/** A request sealed for the inviter. */
export function sealRequest({ crypto, random }: Platform, key: SymmetricKey, circle: CircleId, asked: Joining): Bytes {
  return seal(crypto, random, key, contextOf(circle), encode(joining, asked));
}

/** The request in a mailbox. Throws `PeerFault` where it does not open, or is none. */
export function openRequest(crypto: Crypto, key: SymmetricKey, circle: CircleId, sealed: Bytes): Joining {
  return decode(joining, open(crypto, key, contextOf(circle), sealed));
}
