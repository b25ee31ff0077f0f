/* Reading on where a void rotation has moved the host to an epoch that nobody follows (§2 Repair). */
import { activeDevice, currentEpoch } from "../../core/circle/index.ts";
import { type Bytes, type PublicKey, Refused, toId } from "../../core/codec/index.ts";
import { type EpochKeys, epochKeys, type SigningSeed, unwrapKey, wrapSize } from "../../core/crypto/index.ts";
import { groupOf } from "../../core/log/index.ts";
import type { RequestKey } from "../transport/http.ts";
import { keepsCommitment, newestAccess } from "./keyring.ts";
import { type RawEntry, readRaw } from "./raw.ts";
import { peek } from "./rotations.ts";
import type { SyncTarget } from "./sync.ts";

type Target = Pick<SyncTarget, "platform" | "host" | "ledger">;

/** Whether the host asks for another access key than that of the newest epoch, though this device may read that one. */
export function isCutOff({ platform, ledger }: Pick<SyncTarget, "platform" | "ledger">): boolean {
  const { state } = ledger;
  const access = newestAccess(ledger.ring);
  if (state === undefined || access === undefined || activeDevice(state, ledger.device) === undefined) return false;
  return ledger.ring.has(currentEpoch(state)) && publicOf(platform, access.seed) !== state.acl.access;
}

const publicOf = ({ crypto }: Target["platform"], seed: SigningSeed) => toId<PublicKey>(crypto.signingKey(seed));

/**
 * The key that reads the most of the log now: the newest epoch's; where this device is cut off a control key, or the
 * access key of a later epoch, found in its wrap. Such a key gives nothing else: its epoch is not held unless its
 * rotation is judged valid.
 */
export async function readingKey(target: Target): Promise<RequestKey> {
  const { ledger, platform } = target;
  const access = newestAccess(ledger.ring);
  if (access === undefined) throw new Refused("circle.no-key", "this device holds no key of the circle", 0);
  const acl = ledger.state?.acl;
  if (acl === undefined || !isCutOff(target)) return { seed: access.seed };
  const { control } = ledger.secrets;
  if (groupOf(acl, publicOf(platform, control)) !== undefined) return { seed: control };
  const found = await laterKeys(target, { seed: access.seed }, acl.epoch);
  ledger.borrowed = found?.access ?? ledger.borrowed;
  return { seed: ledger.borrowed ?? access.seed };
}

/** The keys of the last epoch, from `first` on, whose seed is in a wrap for this device. */
async function laterKeys({ host, ledger, platform }: Target, key: RequestKey, first: number) {
  let found: EpochKeys | undefined;
  for (let epoch = first; ; ) {
    const { entries } = await host.epochs(key, epoch);
    for (const entry of entries) {
      const raw = readRaw(entry, 0);
      const number = raw.header.acl?.epoch ?? 0;
      if (number < epoch) return found; // The host goes round in circles.
      epoch = number + 1;
      found = (await keysIn({ host, ledger, platform }, key, raw)) ?? found;
    }
    if (entries.length === 0) return found;
  }
}

async function keysIn(target: Target, key: RequestKey, raw: RawEntry): Promise<EpochKeys | undefined> {
  const { ledger, platform, host } = target;
  const { acl, blobs, epoch } = raw.header;
  const body = peek(platform.crypto, ledger.circle, raw, ledger.ring.get(epoch)?.roster);
  if (acl === undefined || body?.kind !== "rotate" || ledger.state === undefined) return undefined;
  for (const hash of blobs) {
    const wraps = await host.getBlob(hash, key).catch(() => new Uint8Array(0) as Bytes);
    for (let at = 0; at + wrapSize <= wraps.length; at += wrapSize) {
      const seed = unwrapKey(platform.crypto, wraps.subarray(at, at + wrapSize), ledger.secrets.kem);
      if (seed === undefined) continue;
      const keys = epochKeys(platform.crypto, seed, ledger.state.nonce, acl.epoch);
      if (keepsCommitment(platform.crypto, keys, body.commitment)) return keys;
    }
  }
  return undefined;
}
