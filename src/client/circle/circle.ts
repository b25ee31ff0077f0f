import { activeDevice, type CircleState, currentEpoch, type Member } from "../../core/circle/index.ts";
import {
  type Bytes,
  type CircleId,
  Corrupt,
  type DeviceId,
  HostFault,
  type MemberId,
  Refused,
  UsageError,
} from "../../core/codec/index.ts";
import type { Entry, StandingKind } from "../../core/log/index.ts";
import { type DeviceSecrets, deviceSecrets, publicKeys } from "../identity/device.ts";
import type { CircleRecord } from "../identity/format.ts";
import { type Identity, withCircle } from "../identity/identity.ts";
import type { Platform } from "../platform.ts";
import { logCache } from "../sync/cache.ts";
import { Contradiction, type Head } from "../sync/heads.ts";
import { holdSeed, newestAccess } from "../sync/keyring.ts";
import { type Ledger, ledger } from "../sync/ledger.ts";
import type { Recorded } from "../sync/recorded.ts";
import { type SyncOptions, type SyncTarget, synchronize, unlawfullyMissing } from "../sync/sync.ts";
import { type HostClient, hostClient } from "../transport/host.ts";
import type { RequestKey } from "../transport/http.ts";
import { dropErased, loadCache, writeNote } from "./local.ts";
import { notFollowed, openAt } from "./moveFollow.ts";
import { confirmWhole, givesBack } from "./restore.ts";
import { accept } from "./welcome.ts";

/** An open circle: what this device has verified of it, and the means to add to it. */
export type Circle = {
  readonly id: CircleId;
  readonly platform: Platform;
  readonly identity: Identity;
  readonly host: HostClient;
  readonly ledger: Ledger;
  readonly device: DeviceId;
  readonly secrets: DeviceSecrets;
  /** What the vault keeps of it. */
  record(): CircleRecord;
  /** The roster as far as it was read. Throws `UsageError` `circle.unread` before the first synchronization. */
  state(): CircleState;
  /** The last head taken from the host. */
  head(): Head | undefined;
  /** How the circle stands at its host, as the last synchronization heard. */
  standing(): StandingKind;
  /** This device's own member. Throws `UsageError` `circle.ended` where its authority has ended. */
  me(): Member;
  /** Signs requests with the newest epoch's access key. */
  access(): RequestKey;
  /** Fetches, verifies and reads what is new. */
  sync(options?: SyncOptions): Promise<void>;
  /** Resolves when every signature is checked, and notes that on this device. */
  settle(): Promise<void>;
  /** Statements that were verified and count or not, in the order of the log. */
  statements(): readonly Recorded[];
  /** Changes what the vault keeps of it. */
  keep(change: (before: CircleRecord) => CircleRecord): Promise<void>;
};

/** The record of a circle by its id, or by a label or the beginning of its id. Throws `UsageError` `circle.unknown`. */
export function findCircle(identity: Identity, name: string): CircleRecord {
  const { circles } = identity.read();
  const found = circles.filter((c) => c.circle === name || c.label === name);
  const [only] = found.length > 0 ? found : circles.filter((c) => c.circle.startsWith(name));
  const several =
    found.length > 1 || (found.length === 0 && circles.filter((c) => c.circle.startsWith(name)).length > 1);
  if (only === undefined || several) {
    throw new UsageError("circle.unknown", "no circle, or more than one, has this name: see circle list");
  }
  return only;
}

/**
 * Opens a circle from what this device has of it; nothing is fetched yet. A local copy that is damaged is
 * thrown away and fetched again.
 *
 * Throws `UsageError` `circle.waiting` while the admission is still awaited. With `stays` it is read at the host that its
 * record names, also where the circle has chosen another.
 */
export async function openCircle(identity: Identity, id: CircleId, stays = false): Promise<Circle> {
  const { platform } = identity;
  const read = (): CircleRecord => {
    const found = identity.read().circles.find((c) => c.circle === id);
    if (found === undefined) throw new UsageError("circle.unknown", "this identity has no such circle");
    return found;
  };
  const first = read();
  if (first.seeds.length === 0 || first.nonce === undefined) {
    throw new UsageError("circle.waiting", "the admission is still awaited: compare safety words, then try again");
  }
  const secrets = deviceSecrets(platform.crypto, first.deviceSeed);
  const device = publicKeys(platform.crypto, secrets).id;
  let host = hostClient(platform, { address: first.address, key: first.hostKey }, id);
  const cache = logCache(identity, id);
  let log = freshLedger();
  let head: Head | undefined = first.head;
  let standing: StandingKind = "open";
  let syncing: Promise<void> = Promise.resolve();

  function freshLedger(): Ledger {
    const made = ledger({ platform, circle: id, device, secrets, hostKey: host.endpoint.key });
    const { nonce, seeds, pastRecords = [] } = read();
    for (const { epoch, seed } of seeds) holdSeed(platform.crypto, made.ring, seed, nonce as Bytes, epoch);
    made.pastRecords = new Map(pastRecords.map(({ epoch, key }) => [epoch, key]));
    return made;
  }

  const target = (): SyncTarget => {
    const { promised } = read();
    return {
      platform,
      host,
      ledger: log,
      known: head,
      heard: (said) => {
        standing = said;
      },
      onEntries: (entries: readonly Entry[]) => cache.append(entries),
      ...(promised === undefined ? {} : { promised }),
    };
  };

  async function readCache(): Promise<void> {
    log = freshLedger();
    if (await loadCache({ identity, cache, ledger: log, known: head, record: read() })) return;
    await cache.clear();
    log = freshLedger();
  }
  await readCache();

  /**
   * Where a rotation passed this device by (it was added meanwhile), the seed waits in its mailbox (§6). What was read
   * is read again, with the keys of epochs between.
   */
  async function takeWelcome(): Promise<boolean> {
    const { state } = log;
    if (state === undefined || activeDevice(state, device) === undefined || log.ring.has(currentEpoch(state)))
      return false;
    try {
      if (!(await accept(identity, id))) return false;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
    await readCache();
    head = read().head;
    return true;
  }

  async function syncNow(options: SyncOptions): Promise<void> {
    const record = read();
    if (record.hostFault !== undefined)
      throw new HostFault("host.contradiction", "the host contradicted itself: the circle is read-only, move it");
    try {
      try {
        head = (await synchronize(target(), options)) ?? head;
      } catch (error) {
        if (!(await givesBack(circle, error))) throw error;
        head = (await synchronize(target(), options)) ?? head;
      }
      if (await takeWelcome()) head = (await synchronize(target(), options)) ?? head;
      await followMove(options);
    } catch (error) {
      if (error instanceof Contradiction) {
        const [a, b] = error.proof;
        await circle.keep((before) => ({ ...before, hostFault: [a, b] }));
      }
      throw error;
    }
    // Secret keys are the roster's, or nothing is signed with them (attack 2).
    if (log.state?.devices.has(device) === false) {
      throw new Corrupt("identity.keys", "the circle does not know the keys of this vault: use the right copy");
    }
    if (record.promised !== undefined && log.next < record.promised.size) {
      throw new HostFault("host.stale", "the host shows less than the welcome was made from: it withholds entries");
    }
    if (unlawfullyMissing(log).length > 0) {
      throw new HostFault("host.missing", "the host misses statements that nobody erased");
    }
    await dropErased({ cache, ledger: log });
    await keepProgress();
    if (standing === "restored") await confirmWhole(circle);
  }

  /** Where the circle has chosen another host (§10), and that host has it, this device goes there. */
  async function followMove(options: SyncOptions): Promise<void> {
    const chosen = log.state?.host;
    if (stays || chosen === undefined || chosen.key === host.endpoint.key) return;
    const there = await openAt(platform, chosen, { id, access: circle.access() });
    if (there === undefined) return;
    const before = host;
    host = there;
    try {
      head = (await synchronize(target(), options)) ?? head;
    } catch (error) {
      host = before;
      throw notFollowed(error);
    }
    await circle.keep((record) => ({ ...record, address: chosen.address, hostKey: chosen.key }));
  }

  /** What a later session starts from: head, and the seeds of epochs that began meanwhile. */
  async function keepProgress(): Promise<void> {
    const seeds = [...log.ring].flatMap(([epoch, { seed }]) => (seed === undefined ? [] : [{ epoch, seed }]));
    seeds.sort((a, b) => a.epoch - b.epoch);
    const before = read();
    const same = before.head?.size === head?.size && before.seeds.length === seeds.length;
    if (same && before.promised === undefined) return;
    await circle.keep(({ promised: _, ...record }) => ({ ...record, seeds, ...(head === undefined ? {} : { head }) }));
  }

  const circle: Circle = {
    id,
    platform,
    identity,
    get host() {
      return host;
    },
    get ledger() {
      return log;
    },
    device,
    secrets,
    record: read,
    state: () => {
      const { state } = log;
      if (state === undefined)
        throw new UsageError("circle.unread", "nothing of this circle is here yet: synchronize first");
      return state;
    },
    head: () => head,
    standing: () => standing,
    me: () => {
      const state = circle.state();
      const found = activeDevice(state, device);
      const member = found === undefined ? undefined : state.members.get(found.member as MemberId);
      if (member === undefined) throw new UsageError("circle.ended", "this device may no longer act in the circle");
      return member;
    },
    access: () => {
      const newest = newestAccess(log.ring);
      if (newest === undefined) throw new UsageError("circle.no-key", "this device holds no key of the circle");
      return { seed: newest.seed };
    },
    sync: (options = {}) => {
      syncing = syncing.catch(() => undefined).then(() => syncNow(options));
      return syncing;
    },
    settle: async () => {
      await log.settle();
      await writeNote({ cache, ledger: log });
    },
    statements: () => log.statements(),
    keep: (change) => identity.update((record) => withCircle(record, id, change)),
  };
  return circle;
}
