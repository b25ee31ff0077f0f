import { type CircleState, skip, type VoidReason } from "../../core/circle/index.ts";
import {
  type BlobHash,
  type Bytes,
  type CircleId,
  type DeviceId,
  equal,
  type PublicKey,
} from "../../core/codec/index.ts";
import { type Context, verifyClaim } from "../../core/crypto/index.ts";
import type { SignatureClaim } from "../../core/log/index.ts";
import type { DeviceSecrets } from "../identity/device.ts";
import { hourOf, type Platform } from "../platform.ts";
import { judgeSeen } from "./heads.ts";
import { entryContext, type Keyring } from "./keyring.ts";
import type { RawEntry } from "./raw.ts";
import type { VoidEntry } from "./recorded.ts";
import { logTree } from "./tree.ts";

/** What reading starts from. */
export type LedgerStart = {
  readonly platform: Platform;
  readonly circle: CircleId;
  readonly device: DeviceId;
  readonly secrets: DeviceSecrets;
  readonly hostKey: PublicKey;
};

/** What was verified already, in an earlier session: signatures below `size` are not checked again. */
export type Trusted = {
  readonly size: number;
  readonly forged: ReadonlySet<number>;
  readonly rotations: ReadonlySet<number>;
};

const nothingTrusted: Trusted = { size: 0, forged: new Set(), rotations: new Set() };

/** How far a log was read: what the readers of its two kinds of entries share. */
export function reading({ platform, circle, device, secrets, hostKey }: LedgerStart) {
  const { crypto } = platform;
  const tree = logTree();
  const ring: Keyring = new Map();
  const raws: RawEntry[] = [];
  const voids: VoidEntry[] = [];
  const hostKeys: PublicKey[] = [hostKey];
  const lastWritten = new Map<string, number>();
  const newestEpoch = new Map<string, number>();
  const contexts = new Map<number, Context>();
  let lastSeen: { readonly bytes: Bytes; readonly size: number } | undefined;

  const verify = (claim: SignatureClaim) => verifyClaim(crypto, claim);

  const made = {
    crypto,
    circle,
    device,
    secrets,
    tree,
    ring,
    raws,
    blobs: new Map<BlobHash, Bytes>(),
    voids,
    /** Positions whose author's signature does not hold. */
    forged: new Set<number>(),
    hostKeys,
    lastWritten,
    /** The newest epoch in which a device wrote: it had that epoch's keys. */
    newestEpoch,
    /** The replayed roster; `undefined` until genesis was read. */
    state: undefined as CircleState | undefined,
    trusted: nothingTrusted,
    /** The host's note of the head that is read towards. */
    head: new Uint8Array(0) as Bytes,
    verify,

    /** Notes an entry as void, in the order of the log: signatures are heard of in any. */
    reject({ position }: RawEntry, reason: VoidEntry["reason"]): void {
      voids.splice(voids.findLastIndex((before) => before.position < position) + 1, 0, { position, reason });
    },

    /** Goes on behind an entry that changes nothing in the roster; void where there is a reason. */
    passOver(raw: RawEntry, reason?: VoidReason): void {
      if (reason !== undefined) made.reject(raw, reason);
      if (made.state !== undefined) made.state = skip(made.state, raw.header, raw.sealedHash, { verify });
    },

    /** Notes when and in which epoch somebody wrote last. An hour that is yet to come is a lie that would keep a view fresh for ever (attack 25). */
    wrote(author: DeviceId, hour: number, epoch: number): void {
      newestEpoch.set(author, Math.max(epoch, newestEpoch.get(author) ?? 0));
      if (hour <= hourOf(platform) + 1) lastWritten.set(author, Math.max(hour, lastWritten.get(author) ?? 0));
    },

    /** The size that an author had seen; `undefined` where the entry is void by it. Throws `Contradiction`. */
    seenSize(raw: RawEntry, seen: Bytes): number | undefined {
      // What was written in one request names one head: it is in the own tree, and stays there.
      if (lastSeen !== undefined && raw.position >= lastSeen.size && equal(seen, lastSeen.bytes)) return lastSeen.size;
      const size = judgeSeen(crypto, circle, hostKeys, tree, raw.position, seen, made.head);
      if (size !== undefined && size > 0) lastSeen = { bytes: seen, size };
      return size;
    },

    /** The context of entries of an epoch and kind, the same object each time: what follows from it is kept with it. */
    contextOf(epoch: number, kind: 0 | 1): Context {
      const number = 2 * epoch + kind;
      const context = contexts.get(number) ?? entryContext(circle, epoch, kind);
      contexts.set(number, context);
      return context;
    },
  };
  return made;
}

export type Reading = ReturnType<typeof reading>;
