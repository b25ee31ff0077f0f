import {
  type BodyOf,
  type CircleState,
  type Device,
  type OpenedEntry,
  type RosterBody,
  rosterBody,
  type Verified,
} from "../../core/circle/index.ts";
import {
  type BlobHash,
  type Bytes,
  type CircleId,
  concat,
  type DeviceId,
  decode,
  equal,
  PeerFault,
} from "../../core/codec/index.ts";
import {
  type Crypto,
  type EpochKeys,
  epochKeys,
  type KemSeed,
  open,
  unwrapKey,
  wrapKey,
  wrapSize,
} from "../../core/crypto/index.ts";
import { inner } from "../../core/log/index.ts";
import { committed, entryContext, holdSeed, type Keyring, keepsCommitment, linkContext } from "./keyring.ts";
import type { RawEntry } from "./raw.ts";

/** The link of a rotation lies beyond what was fetched: the new epoch's access key reads it. */
export class LinkNeeded extends Error {
  readonly keys: EpochKeys;

  constructor(keys: EpochKeys) {
    super("the link is not fetched yet");
    this.keys = keys;
  }
}

/** Wraps that this device made itself: they follow from the seed, and need not be made again to be compared. */
export type MadeWraps = { readonly seed: Bytes; readonly wraps: ReadonlyMap<DeviceId, Bytes> };

/** What judging a rotation needs to look at. */
export type RotationView = {
  readonly crypto: Crypto;
  readonly circle: CircleId;
  readonly state: CircleState;
  readonly ring: Keyring;
  readonly device: DeviceId;
  readonly kem: KemSeed;
  readonly raw: (position: number) => RawEntry | undefined;
  readonly blob: (hash: BlobHash) => Bytes | undefined;
  readonly made?: MadeWraps | undefined;
};

/** The body of a roster entry that opens under `key`; `undefined` where anything is wrong with it. */
export function peek(
  crypto: Crypto,
  circle: CircleId,
  raw: RawEntry | undefined,
  key: HeldRoster,
): RosterBody | undefined {
  if (raw?.sealed === undefined || raw.header.kind !== "roster" || key === undefined) return undefined;
  try {
    const plaintext = open(crypto, key, entryContext(circle, raw.header.epoch, 0), raw.sealed);
    return decode(rosterBody, decode(inner, plaintext).body);
  } catch {
    return undefined;
  }
}
type HeldRoster = EpochKeys["roster"] | undefined;

/**
 * Whether a rotation is what it says, as seen by a device that held the epoch before (§6 Rotation): the seed
 * in its own wrap keeps the commitment, every other wrap is the one that follows from the seed, and the
 * link is true. On success the new epoch is added to the ring. A device that is not wrapped to cannot
 * tell, and need not: it reads no further.
 */
export function judgeRotation(
  view: RotationView,
  entry: OpenedEntry & { readonly body: BodyOf<"rotate"> },
  devices: readonly Verified<Device>[],
): boolean {
  const { crypto, circle, state, ring } = view;
  const { acl, epoch: from } = entry.header;
  if (acl === undefined) return false;
  const own = devices.findIndex((device) => device.id === view.device);
  if (own < 0) return true;
  const parts = entry.body.wraps.map(view.blob);
  if (parts.some((part) => part === undefined)) return false;
  const wraps = concat(...(parts as Bytes[]));
  if (wraps.length !== devices.length * wrapSize) return false;
  const wrapAt = (i: number) => wraps.subarray(i * wrapSize, (i + 1) * wrapSize);
  const seed = unwrapKey(crypto, wrapAt(own), view.kem);
  if (seed === undefined) return false;
  const keys = epochKeys(crypto, seed, state.nonce, acl.epoch);
  if (!keepsCommitment(crypto, keys, entry.body.commitment)) return false;
  const linkEntry = view.raw(entry.position + 1);
  if (linkEntry === undefined) throw new LinkNeeded(keys);
  const place = { circle, number: acl.epoch };
  const made = view.made !== undefined && equal(view.made.seed, seed) ? view.made.wraps : undefined;
  for (const [i, device] of devices.entries()) {
    const expected = made?.get(device.id) ?? wrapKey(crypto, seed, device.keys.kem, { ...place, device: device.id });
    if (!equal(expected, wrapAt(i))) return false;
  }
  if (!linkIsTrue(view, linkEntry, keys, acl.epoch, from)) return false;
  holdSeed(crypto, ring, seed, state.nonce, acl.epoch);
  return true;
}

function linkIsTrue(view: RotationView, raw: RawEntry, keys: EpochKeys, epoch: number, from: number): boolean {
  const { crypto, circle, state, ring } = view;
  const body = raw.header.epoch === epoch ? peek(crypto, circle, raw, keys.roster) : undefined;
  const promised = state.epochs.at(-1)?.commitment;
  if (body?.kind !== "link" || promised === undefined || !equal(committed(body.roster), promised.roster)) return false;
  if (state.policy.history === "from-joining") return body.records === undefined;
  if (body.records === undefined) return false;
  try {
    const records = open(crypto, keys.records, linkContext(circle, epoch), body.records);
    return ring.get(from) !== undefined && equal(committed(records), promised.records);
  } catch {
    return false;
  }
}

/**
 * Walks back from the newest epoch that is held to genesis, by links and the `previous` of each rotation (§6): what
 * a joiner does, who never held the past seeds. Fills the ring and returns the positions of valid rotations.
 *
 * Throws `PeerFault` `circle.chain` where the chain is broken.
 */
export function followChain(
  crypto: Crypto,
  circle: CircleId,
  ring: Keyring,
  epoch: number,
  entries: readonly RawEntry[],
): ReadonlySet<number> {
  const broken = () => new PeerFault("circle.chain", "the circle's epochs do not lead back to its genesis");
  const begins = new Map<number, number>();
  for (const { header, position } of entries) if (header.acl !== undefined) begins.set(header.acl.epoch, position);
  const valid = new Set<number>();
  let number = epoch;
  while (number > 0) {
    const held = ring.get(number);
    const position = begins.get(number);
    if (held === undefined || position === undefined) throw broken();
    const link = peek(crypto, circle, entries[position + 1], held.roster);
    const from = entries[position]?.header.epoch ?? number;
    if (link?.kind !== "link" || from >= number) throw broken();
    const rotate = peek(crypto, circle, entries[position], link.roster as typeof held.roster);
    if (rotate?.kind !== "rotate" || !equal(committed(held.roster), rotate.commitment.roster)) throw broken();
    if (begins.get(from) !== rotate.previous) throw broken();
    valid.add(position);
    if (!ring.has(from)) ring.set(from, pastEpoch(crypto, circle, link, held, number));
    number = from;
  }
  return valid;
}

function pastEpoch(
  crypto: Crypto,
  circle: CircleId,
  link: BodyOf<"link">,
  held: { readonly records?: EpochKeys["records"] },
  epoch: number,
) {
  const roster = link.roster as EpochKeys["roster"];
  if (link.records === undefined || held.records === undefined) return { roster };
  try {
    const records = open(crypto, held.records, linkContext(circle, epoch), link.records) as EpochKeys["records"];
    return { roster, records };
  } catch {
    return { roster };
  }
}
