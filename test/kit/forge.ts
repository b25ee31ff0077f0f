/* What a member who breaks the rules would send; no client of ours does. */
import { currentPlace, type HeaderExtras, type Place, sealedEntry } from "../../src/client/circle/write.ts";
import type { Circle } from "../../src/client/index.ts";
import { hourOf } from "../../src/client/platform.ts";
import { commitmentOf, type HeldEpoch, linkContext } from "../../src/client/sync/keyring.ts";
import {
  type BodyOf,
  type Commitment,
  type RosterBody,
  rosterBody,
  rotationDevices,
} from "../../src/core/circle/index.ts";
import { type Bytes, concat, type DeviceId, encode, type PublicKey, toId } from "../../src/core/codec/index.ts";
import { epochKeys, type SigningSeed, seal, sha256, wrapKey } from "../../src/core/crypto/index.ts";
import { accessMessage, type Entry, type EntryKind, entryMessage, inner } from "../../src/core/log/index.ts";
import { forCircle, type StatementBody, statementBody } from "../../src/core/statements/index.ts";

/** What of an entry its forger chooses; the rest is as `by` would honestly have it. */
export type Forgery = {
  readonly place?: Partial<Place>;
  readonly author?: DeviceId;
  readonly signing?: SigningSeed;
  readonly seen?: Bytes;
  readonly hour?: number;
  /** The circle or epoch or kind that the signature is made for, where it is not the entry's. */
  readonly signedFor?: Partial<{ circle: Circle["id"]; epoch: number; kind: EntryKind }>;
  readonly header?: HeaderExtras;
  /** Another signature (64 bytes), from the right one. */
  readonly signature?: (right: Bytes) => Bytes;
};

function forgedInner(by: Circle, place: Place, kind: EntryKind, body: Bytes, forgery: Forgery): Bytes {
  const seen = forgery.seen ?? by.head()?.checkpoint ?? new Uint8Array(0);
  const hour = forgery.hour ?? hourOf(by.platform);
  const message = entryMessage({ circle: by.id, epoch: place.epoch, kind, ...forgery.signedFor }, { seen, hour, body });
  const right = by.platform.crypto.sign(forgery.signing ?? by.secrets.signing, message);
  const signature = forgery.signature?.(right) ?? right;
  return encode(inner, { author: forgery.author ?? by.device, seen, hour, body, signature });
}

/** A roster entry as a member who breaks the rules would make it; no client of ours does. */
export function forgeRoster(by: Circle, body: RosterBody | Bytes, forgery: Forgery = {}): Entry {
  const place = { ...currentPlace(by, "roster"), ...forgery.place };
  const bytes = body instanceof Uint8Array ? body : encode(rosterBody, body);
  return sealedEntry(by, place, "roster", forgedInner(by, place, "roster", bytes, forgery), forgery.header);
}

/** A statement entry, the same way. */
export function forgeStatement(by: Circle, body: StatementBody | Bytes, forgery: Forgery = {}): Entry {
  const place = { ...currentPlace(by, "statement"), ...forgery.place };
  const bytes = body instanceof Uint8Array ? body : encode(statementBody, body);
  const plaintext = forCircle(forgedInner(by, place, "statement", bytes, forgery));
  return sealedEntry(by, place, "statement", plaintext, forgery.header);
}

/** Sends entries past all of one's own checks. Returns their positions. */
export async function post(by: Circle, ...entries: readonly Entry[]): Promise<readonly number[]> {
  const { positions } = await by.host.append(entries, by.access());
  return positions;
}

/** What of a rotation its forger changes; the rest is as it has to be. */
export type RotationForgery = {
  /** The wraps of `seed`, in the order of the devices' ids. */
  readonly wraps?: (wraps: readonly Bytes[], seed: Bytes) => readonly Bytes[];
  readonly commitment?: (commitment: Commitment) => Commitment;
  readonly link?: (link: BodyOf<"link">) => RosterBody;
  readonly rotate?: (body: BodyOf<"rotate">) => RosterBody;
};

/** Makes a rotation that breaks the rules and sends it, past all of one's own checks. Returns its position and seed. */
export async function postRotation(
  by: Circle,
  forgery: RotationForgery = {},
): Promise<{ position: number; seed: Bytes }> {
  const { crypto, random } = by.platform;
  const state = by.state();
  const epoch = state.acl.epoch + 1;
  const seed = random(32);
  const keys = epochKeys(crypto, seed, state.nonce, epoch);
  const place = { circle: by.id, number: epoch };
  const devices = rotationDevices(state, state, undefined, by.head()?.size ?? 0);
  const honest = devices.map((d) => wrapKey(crypto, seed, d.keys.kem, { ...place, device: d.id }));
  const wraps = [await by.host.putBlob(concat(...(forgery.wraps?.(honest, seed) ?? honest)), by.access())];
  const trueCommitment = commitmentOf(crypto, keys);
  const commitment = forgery.commitment?.(trueCommitment) ?? trueCommitment;
  const body = { kind: "rotate", previous: state.epochs.at(-1)?.position ?? 0, commitment, wraps } as const;
  const { append: _, ...before } = state.acl;
  const acl = { ...before, epoch, accessVersion: state.acl.accessVersion + 1, access: commitment.access };
  const now = currentPlace(by, "roster");
  const plaintext = forgedInner(by, now, "roster", encode(rosterBody, forgery.rotate?.(body) ?? body), {});
  const rotate = sealedEntry(by, now, "roster", plaintext, (sealed) => {
    const key = toId<PublicKey>(crypto.signingKey(by.secrets.control));
    const signature = crypto.sign(by.secrets.control, accessMessage(by.id, acl, sha256(sealed)));
    return { acl, blobs: wraps, signatures: [{ key, signature }] };
  });
  const held = by.ledger.ring.get(now.epoch) as HeldEpoch;
  const records = seal(crypto, random, keys.records, linkContext(by.id, epoch), held.records as Bytes);
  const link = { kind: "link", roster: held.roster, records } as const;
  const second = forgeRoster(by, forgery.link?.(link) ?? link, { place: { epoch, key: keys.roster } });
  const { positions } = await by.host.append([rotate, second], { seed: by.secrets.control });
  return { position: positions[0] as number, seed };
}
