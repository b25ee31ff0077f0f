/*
 * A host that was restored from a backup (§10) takes back from its clients what it lost: entries as received, under
 * the head that it signed over them. It is believed only as far as that goes: what it still withholds when it has
 * everything back is withheld, and the alarm is the same as ever (attacks 23, 25).
 */
import { activeDevice, currentEpoch } from "../../core/circle/index.ts";
import { type Bytes, concat, equal, HostFault, type PublicKey, Refused, toHex, toId } from "../../core/codec/index.ts";
import { sha256, wrapKey } from "../../core/crypto/index.ts";
import {
  type Acl,
  type ErasureWitness,
  groupOf,
  type RestoreRequest,
  type StandingKind,
} from "../../core/log/index.ts";
import { Contradiction, type Head, readHead } from "../sync/heads.ts";
import { entryOf, type RawEntry } from "../sync/raw.ts";
import type { HostClient } from "../transport/host.ts";
import type { RequestKey } from "../transport/http.ts";
import type { Circle } from "./circle.ts";

/** What one request gives back at most: entries, and bytes, well below what a host takes at once. */
const mostEntries = 64;
const mostBytes = 512 * 1024;

/** Devices in one blob of wraps (§6). */
const partSize = 512;

/** Access keys tried at a host that knows none of the newer ones: it lost so many rotations at most. */
const mostTried = 16;

/** Refusals that a host gives whose roster is older than this device's keys, as one that was set back. */
const strange = new Set(["host.unauthorized", "host.forbidden", "host.stale"]);

const waits = () =>
  new Refused(
    "host.restoring",
    "the host was restored from a backup and waits for members who have what it lost: try again later",
    503,
  );

const publicOf = ({ platform }: Circle, key: RequestKey) => toId<PublicKey>(platform.crypto.signingKey(key.seed));

/** Keys that a host may know which was set back: the control key, then access keys, the newest first. */
function keysKnown(circle: Circle): readonly RequestKey[] {
  const held = [...circle.ledger.ring].sort(([a], [b]) => b - a);
  const access = held.flatMap(([, epoch]) => (epoch.access === undefined ? [] : [{ seed: epoch.access }]));
  return [{ seed: circle.secrets.control }, ...access.slice(0, mostTried)];
}

/** The acl that a log of `size` entries leaves in force. */
function aclAt({ ledger }: Circle, size: number): Acl | undefined {
  return ledger.raws.slice(0, size).findLast((raw) => raw.header.acl !== undefined)?.header.acl;
}

/** The key that counts for the most in a log of `size` entries. */
export function keyAt(circle: Circle, size: number): RequestKey | undefined {
  const acl = aclAt(circle, size);
  const control = { seed: circle.secrets.control };
  if (acl === undefined || groupOf(acl, publicOf(circle, control)) !== undefined) return control;
  const epochs = [...circle.ledger.ring].sort(([a], [b]) => b - a);
  const seed = epochs.find(([number, { access }]) => number <= acl.epoch && access !== undefined)?.[1].access;
  return seed === undefined ? undefined : { seed };
}

/** What a host shows of a circle: its head, how the circle stands there, and whether its log begins this device's or goes on from it. */
export type Shown = {
  readonly size: number;
  readonly note: Bytes;
  readonly standing: StandingKind;
  readonly same: boolean;
};

/** What a host shows to the first of this device's keys that it knows; `undefined` where it knows none. */
export async function shownAt(circle: Circle, host: HostClient): Promise<Shown | undefined> {
  const { platform, ledger, id } = circle;
  for (const key of keysKnown(circle)) {
    try {
      const { checkpoint: note, standing = "open" } = await host.entries(key, 0, { limit: 0 });
      const { size, root } = readHead(platform.crypto, id, host.endpoint.key, note);
      return { size, note, standing, same: size > ledger.tree.size || equal(ledger.tree.rootAt(size), root) };
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== "host.unauthorized") throw error;
    }
  }
  return undefined;
}

/**
 * Called where a synchronization failed: whether the host says that it was restored, and has now been given back
 * what this device has and it lacks. Otherwise the failure stands.
 *
 * Throws `Refused` `host.restoring` where this device cannot give it back, `Contradiction`, and what requests throw.
 */
export async function givesBack(circle: Circle, failure: unknown): Promise<boolean> {
  const head = circle.head();
  const code = failure instanceof Refused || failure instanceof HostFault ? failure.code : "";
  if (!strange.has(code) || head === undefined) return false;
  const there = await shownAt(circle, circle.host);
  if (there?.same === false) throw new Contradiction(head.checkpoint, there.note);
  if (there?.standing !== "restored" || there.size >= head.size) return false;
  if (circle.ledger.raws.length < head.size) throw waits();
  for (let from = there.size; from < head.size; ) {
    const key = keyAt(circle, from);
    if (key === undefined) throw waits();
    const raws = nextPage(circle.ledger.raws.slice(0, head.size), from);
    const { size } = await circle.host.restore(requestFor(circle, head, from, raws), key);
    if (size < from + raws.length) return false;
    await giveWraps(circle, raws, size);
    from = size;
  }
  return true;
}

/** Entries from a position on that go into one request. */
export function nextPage(raws: readonly RawEntry[], from: number): readonly RawEntry[] {
  let bytes = 0;
  const page: RawEntry[] = [];
  for (const raw of raws.slice(from, from + mostEntries)) {
    bytes += raw.headerBytes.length + (raw.sealed?.length ?? 0);
    if (page.length > 0 && bytes > mostBytes) break;
    page.push(raw);
  }
  return page;
}

function requestFor(circle: Circle, head: Head, from: number, raws: readonly RawEntry[]): RestoreRequest {
  const { tree } = circle.ledger;
  const erased = raws.flatMap((raw) => (raw.sealed === undefined ? [witnessOf(circle, head, raw.position)] : []));
  return {
    from,
    entries: raws.map(entryOf),
    cover: { checkpoint: head.checkpoint, proof: tree.consistency(from + raws.length, head.size) },
    ...(erased.length === 0 ? {} : { erased }),
  };
}

/** The entry that erased the statement at a position, at once: what was held first, a host cannot tell from what was cancelled. */
function witnessOf({ ledger }: Circle, head: Head, at: number): ErasureWitness {
  const erased = ledger.state?.erased.get(at);
  const found = erased?.pendingSince === undefined ? ledger.raws[erased?.by ?? head.size] : undefined;
  if (found === undefined) throw waits();
  const { position } = found;
  return { position, entry: entryOf(found), proof: ledger.tree.inclusion(position, head.size) };
}

/** Blobs of wraps that entries list, by hash: as they were fetched, or made again from the seed that is held (§6). */
export function wrapsOf({ platform, ledger, id }: Circle, raws: readonly RawEntry[]): ReadonlyMap<string, Bytes> {
  const found = new Map<string, Bytes>();
  for (const { header, position } of raws) {
    const devices = ledger.wrapped.get(position);
    const seed = ledger.ring.get(header.acl?.epoch ?? -1)?.seed;
    if (header.acl === undefined || devices === undefined || seed === undefined) continue;
    const number = header.acl.epoch;
    for (let at = 0; at < devices.length; at += partSize) {
      const wraps = devices
        .slice(at, at + partSize)
        .map((device) => wrapKey(platform.crypto, seed, device.keys.kem, { circle: id, number, device: device.id }));
      const part = concat(...wraps);
      const hash = toHex(sha256(part));
      if (header.blobs.some((listed) => listed === hash)) found.set(hash, part);
    }
  }
  for (const { header } of raws) {
    for (const hash of header.blobs) {
      const bytes = ledger.blobs.get(hash);
      if (bytes !== undefined) found.set(hash, bytes);
    }
  }
  return found;
}

/** Sends the wraps of rotations that were given back. Where this device's key no longer writes, another's will. */
async function giveWraps(circle: Circle, raws: readonly RawEntry[], size: number): Promise<void> {
  const key = keyAt(circle, size);
  if (key === undefined) return;
  for (const bytes of wrapsOf(circle, raws).values()) {
    try {
      await circle.host.putBlob(bytes, key);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return;
    }
  }
}

/** Tells a restored host, with a control key, that this device has no more of the log than the host now has. */
export async function confirmWhole(circle: Circle): Promise<void> {
  const head = circle.head();
  const control = { seed: circle.secrets.control };
  const { state } = circle.ledger;
  if (head === undefined || state === undefined || activeDevice(state, circle.device) === undefined) return;
  if (!circle.ledger.ring.has(currentEpoch(state)) || groupOf(state.acl, publicOf(circle, control)) === undefined)
    return;
  const cover = { checkpoint: head.checkpoint, proof: [] };
  try {
    await circle.host.restore({ from: head.size, entries: [], cover }, control);
  } catch (error) {
    // It is asked again with every synchronization.
    if (!(error instanceof Refused)) throw error;
  }
}
