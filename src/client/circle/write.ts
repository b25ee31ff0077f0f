import { currentEpoch, type RosterBody, rosterBody, type VoidReason } from "../../core/circle/index.ts";
import { type Bytes, encode, HostFault, Refused, toId, UsageError } from "../../core/codec/index.ts";
import { type SigningSeed, type SymmetricKey, seal } from "../../core/crypto/index.ts";
import {
  type Entry,
  type EntryKind,
  entryHash,
  entryKinds,
  entryMessage,
  entryVersion,
  type Header,
  inner,
  makeEntry,
} from "../../core/log/index.ts";
import { hourOf } from "../platform.ts";
import { entryContext } from "../sync/keyring.ts";
import { leafOf } from "../sync/raw.ts";
import type { Circle } from "./circle.ts";

/** Where an entry is made: its epoch and the key that seals it. */
export type Place = { readonly epoch: number; readonly key: SymmetricKey };

const resealings = 4;

/** The epoch that is current, and its key for a kind of entry. */
export function currentPlace(circle: Circle, kind: EntryKind): Place {
  const epoch = currentEpoch(circle.state());
  const held = circle.ledger.ring.get(epoch);
  const key = kind === "roster" ? held?.roster : held?.records;
  if (key === undefined) throw new UsageError("circle.ended", "this device may no longer act in the circle");
  return { epoch, key };
}

/** The inner bytes of an entry by this device, signed (§5) together with the `eraseHash` that its header will hold. */
export function signedInner(circle: Circle, epoch: number, kind: EntryKind, body: Bytes, eraseHash?: Bytes): Bytes {
  circle.me(); // Keys that the roster does not know, or no longer, sign nothing (attack 2).
  const seen = circle.head()?.checkpoint ?? new Uint8Array(0);
  const hour = hourOf(circle.platform);
  const message = entryMessage({ circle: circle.id, epoch, kind, eraseHash }, { seen, hour, body });
  const signature = circle.platform.crypto.sign(circle.secrets.signing, message);
  return encode(inner, { author: circle.device, seen, hour, body, signature });
}

/** What of a header the maker of an entry chooses. */
export type HeaderExtras = Partial<Pick<Header, "blobs" | "eraseHash" | "acl" | "signatures" | "erases" | "cancels">>;

/** `plaintext` sealed for a place, under a header whose signatures may cover what is sealed. */
export function sealedEntry(
  circle: Circle,
  place: Place,
  kind: EntryKind,
  plaintext: Bytes,
  extras: HeaderExtras | ((sealed: Bytes) => HeaderExtras) = {},
): Entry {
  const { crypto, random } = circle.platform;
  const sealed = seal(crypto, random, place.key, entryContext(circle.id, place.epoch, entryKinds[kind]), plaintext);
  const chosen = typeof extras === "function" ? extras(sealed) : extras;
  const header: Header = {
    version: entryVersion,
    circle: circle.id,
    epoch: place.epoch,
    kind,
    ...chosen,
    blobs: chosen.blobs ?? [],
  };
  return makeEntry(header, sealed);
}

/** A roster entry by this device. */
export function rosterEntry(circle: Circle, place: Place, body: RosterBody, extras: HeaderExtras = {}): Entry {
  const plaintext = signedInner(circle, place.epoch, "roster", encode(rosterBody, body));
  return sealedEntry(circle, place, "roster", plaintext, extras);
}

/**
 * Sends entries and reads them back. Where the epoch has changed meanwhile they are sealed anew: `make` is
 * called again after a synchronization. Returns the positions.
 *
 * Throws what the host refuses, and `UsageError` `circle.void.<reason>` where the circle's rules make one void.
 */
export async function appendMade(
  circle: Circle,
  make: () => readonly Entry[],
  key?: { seed: SigningSeed },
): Promise<readonly number[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      const entries = make();
      const { positions } = await circle.host.append(entries, key ?? circle.access());
      await circle.sync();
      requireStored(circle, entries, positions);
      requireCounted(circle, positions);
      return positions;
    } catch (error) {
      const moved =
        error instanceof Refused && (error.code === "host.stale-epoch" || error.code === "host.unauthorized");
      if (!moved || attempt >= resealings) throw error;
      const before = currentEpoch(circle.state());
      await circle.sync();
      if (currentEpoch(circle.state()) === before && error.code === "host.unauthorized") throw error;
    }
  }
}

const sentences: Partial<Record<VoidReason, string>> = {
  role: "your role in the circle does not allow this",
  window: "the waiting time has not passed yet: see circle show",
  quorum: "not enough organizations have approved yet: see circle show",
  sponsors: "not enough sponsors yet: see candidates",
  concerned: "whom an act concerns cannot decide on it",
  cap: "the circle's limit is reached: wait, or change the policy",
  duplicate: "this was done already",
  expired: "this has expired",
  unknown: "there is no such thing in the circle",
  policy: "the circle's policy does not allow this",
};

/** Throws `HostFault` `host.lost` where an entry is not in the verified log at the position that the host named. */
export function requireStored(circle: Circle, entries: readonly Entry[], positions: readonly number[]): void {
  const stored = entries.every((entry, i) => {
    const raw = circle.ledger.raws[positions[i] ?? -1];
    return raw !== undefined && toId(leafOf(raw)) === entryHash(entry);
  });
  if (!stored) throw new HostFault("host.lost", "the host said that it took this and does not show it: write it again");
}

/** Throws `UsageError` where one of `positions` came out void. */
export function requireCounted(circle: Circle, positions: readonly number[]): void {
  for (const position of positions) {
    const found = circle.ledger.voids.find((v) => v.position === position);
    if (found === undefined) continue;
    const sentence = sentences[found.reason as VoidReason] ?? "the circle's rules do not allow this";
    throw new UsageError(`circle.void.${found.reason}`, sentence);
  }
}

/** Appends one roster entry by this device. Returns its position. */
export async function act(circle: Circle, body: RosterBody, extras: HeaderExtras = {}): Promise<number> {
  requireFresh(circle, body);
  const [position] = await appendMade(circle, () => [
    rosterEntry(circle, currentPlace(circle, "roster"), body, extras),
  ]);
  return position as number;
}

/** The newest hour that others wrote, by their own word; `undefined` where there is nobody else. */
export function newestOfOthers(circle: Circle): number | undefined {
  const state = circle.state();
  const own = state.devices.get(circle.device)?.member;
  let newest: number | undefined;
  for (const device of state.devices.values()) {
    const member = state.members.get(device.member);
    if (device.member === own || member?.status !== "active") continue;
    newest = Math.max(newest ?? 0, circle.ledger.lastWritten.get(device.id) ?? member.sinceLogTime);
  }
  return newest;
}

/**
 * Whether the view is fresh (§5 Freshness): somebody else wrote within the check-in interval. If not, the host
 * may be withholding, perhaps a revocation (attack 25).
 */
export function isFresh(circle: Circle): boolean {
  const newest = newestOfOthers(circle);
  return newest === undefined || hourOf(circle.platform) - newest <= 24 * circle.state().policy.checkInDays;
}

/** Acts that end one's own authority, or only tell the time, are allowed also on a stale view. */
const always: ReadonlySet<RosterBody["kind"]> = new Set(["tick", "device-revoke", "mark"]);

export function requireFresh(circle: Circle, body: Pick<RosterBody, "kind">): void {
  if (always.has(body.kind) || isFresh(circle)) return;
  throw new UsageError(
    "circle.not-fresh",
    "nothing new has come for longer than the check-in interval: the host may be withholding; ask others by another way",
  );
}
