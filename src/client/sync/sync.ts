import { rosterDigest } from "../../core/circle/index.ts";
import { type BlobHash, type Bytes, equal, HostFault, PeerFault } from "../../core/codec/index.ts";
import type { SigningSeed } from "../../core/crypto/index.ts";
import type { Checkpoint, Entry, StandingKind } from "../../core/log/index.ts";
import type { Platform } from "../platform.ts";
import type { HostClient, Page } from "../transport/host.ts";
import type { RequestKey } from "../transport/http.ts";
import { proveFork } from "./fork.ts";
import { Contradiction, type Head, readHead } from "./heads.ts";
import { newestAccess } from "./keyring.ts";
import type { Ledger } from "./ledger.ts";
import { leafOf, type RawEntry, readRaw } from "./raw.ts";
import { isCutOff, readingKey } from "./repair.ts";
import { followChain, LinkNeeded } from "./rotations.ts";

/** How far long work has come. */
export type Progress = {
  readonly phase: "fetch" | "open" | "verify";
  readonly done: number;
  readonly total: number;
};

export type SyncOptions = {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** The access key of an epoch that this device has just begun, and has not read yet. */
  readonly access?: RequestKey;
  /** Seconds that the host may hold the request until something comes. */
  readonly wait?: number;
};

/** What pulling needs: where from, into what, and what to do with what was verified. */
export type SyncTarget = {
  readonly platform: Platform;
  readonly host: HostClient;
  readonly ledger: Ledger;
  /** The head that this device took last. */
  readonly known: Head | undefined;
  /** The roster that the welcome promised at a size: the own replay must come to the same (§8). */
  readonly promised?: { readonly size: number; readonly digest: Bytes };
  /** Called with how the circle stands at the host, by each of its pages. */
  readonly heard: (standing: StandingKind) => void;
  /** Called with entries once the host's signed head covers them. */
  readonly onEntries: (entries: readonly Entry[]) => Promise<void>;
};

const staleRetries = 3;
/** Entries read before the page gets its turn, and signatures that were checked meanwhile are heard. */
const readAtOnce = 4096;

function wrongTree(): HostFault {
  return new HostFault(
    "host.tree",
    "the entries are not those of the host's signed head: one was dropped, moved or changed",
  );
}

/** Fetches what is new and verifies it against the host's signed head; only then is it kept. */
async function pull(
  target: SyncTarget,
  head: Head | undefined,
  options: SyncOptions,
  given?: RequestKey,
): Promise<Head | undefined> {
  const { ledger, host, platform } = target;
  const { tree } = ledger;
  const key = given ?? (await readingKey(target));
  for (let attempt = 0; ; attempt++) {
    const start = tree.size;
    const fetched: Entry[] = [];
    const raws: RawEntry[] = [];
    let last: { page: Page; checkpoint: Checkpoint } | undefined;
    const ask = (from: number) =>
      host.entries(key, from, {
        ...(options.wait === undefined || from > start ? {} : { wait: options.wait }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    let asked = ask(start);
    asked.catch(() => undefined);
    try {
      do {
        options.signal?.throwIfAborted();
        const page = await asked;
        const checkpoint = readHead(platform.crypto, ledger.circle, host.endpoint.key, page.checkpoint);
        target.heard(page.standing ?? "open");
        const reached = tree.size + page.entries.length;
        if (page.entries.length > 0 && reached < checkpoint.size) {
          // The next page comes while this one is hashed. Where this one is refused, nobody waits for the next.
          asked = ask(reached);
          asked.catch(() => undefined);
        }
        const fresh = page.entries.map((entry, i) => readRaw(entry, tree.size + i));
        if (checkpoint.size < tree.size + fresh.length) {
          if (fresh.length > 0) throw wrongTree();
          judgeSmaller(target, checkpoint, page.checkpoint, head);
          last = { page, checkpoint };
          break;
        }
        if (fresh.length === 0 && checkpoint.size > tree.size) throw wrongTree();
        tree.append(fresh.map(leafOf));
        for (const entry of page.entries) fetched.push(entry);
        for (const raw of fresh) raws.push(raw);
        if (reached < checkpoint.size) for (const raw of fresh) ledger.prepare(raw);
        last = { page, checkpoint };
        options.onProgress?.({ phase: "fetch", done: tree.size, total: checkpoint.size });
      } while (tree.size < last.checkpoint.size);
      if (last.checkpoint.size === tree.size) {
        requireRoot(target, last.checkpoint, last.page.checkpoint, head, start);
      } else {
        // A smaller head that is consistent: perhaps another process of the same host lags. Retry, then alarm (§5).
        if (attempt >= staleRetries) {
          throw new HostFault(
            "host.stale",
            "the host shows an older head than it showed before: it was set back, or withholds entries",
          );
        }
        tree.truncate(start);
        await platform.sleep(250 * 2 ** attempt);
        continue;
      }
      if (fetched.length > 0) await target.onEntries(fetched);
    } catch (error) {
      tree.truncate(start);
      const own = head ?? target.known;
      if (error instanceof HostFault && error.code === "host.tree" && own !== undefined)
        await proveFork(target, key, own);
      throw error;
    }
    for (const raw of raws) ledger.raws.push(raw);
    ledger.setHead(last.page.checkpoint);
    return { size: last.checkpoint.size, root: last.checkpoint.root, checkpoint: last.page.checkpoint };
  }
}

function judgeSmaller(target: SyncTarget, checkpoint: Checkpoint, note: Bytes, head: Head | undefined): void {
  const own = head ?? target.known;
  if (checkpoint.size === 0 || !equal(target.ledger.tree.rootAt(checkpoint.size), checkpoint.root)) {
    if (own !== undefined) throw new Contradiction(own.checkpoint, note);
    throw wrongTree();
  }
}

function requireRoot(
  target: SyncTarget,
  checkpoint: Checkpoint,
  note: Bytes,
  head: Head | undefined,
  start: number,
): void {
  const { tree } = target.ledger;
  const own = head ?? target.known;
  if (!equal(tree.rootAt(checkpoint.size), checkpoint.root)) {
    if (checkpoint.size === start && own !== undefined) throw new Contradiction(own.checkpoint, note);
    throw wrongTree();
  }
  // What this device took in an earlier session must be in the history of what it is shown now (attack 23).
  const before = target.known;
  if (before === undefined) return;
  if (before.size > checkpoint.size) {
    throw new HostFault(
      "host.stale",
      "the host shows an older head than it showed before: it was set back, or withholds entries",
    );
  }
  if (!equal(tree.rootAt(before.size), before.root)) throw new Contradiction(before.checkpoint, note);
}

async function fetchWraps(target: SyncTarget, raw: RawEntry): Promise<void> {
  const access = newestAccess(target.ledger.ring);
  if (raw.header.acl === undefined || raw.position === 0 || access === undefined) return;
  for (const hash of raw.header.blobs) {
    if (target.ledger.blobs.has(hash)) continue;
    target.ledger.blobs.set(hash, await target.host.getBlob(hash as BlobHash, { seed: access.seed }));
  }
}

/**
 * Brings the ledger up to the host's head: fetch, verify against the signed head, read entry by entry; over
 * a rotation it goes on with the new epoch's key. Signatures of statements are checked behind it.
 *
 * Returns the head. Throws `HostFault`, `Contradiction`, `Refused`; what was kept stays kept.
 */
export async function synchronize(target: SyncTarget, options: SyncOptions = {}): Promise<Head | undefined> {
  // Written beside the reading, and waited for in the end.
  let writing: Promise<void> = Promise.resolve();
  const onEntries = async (entries: readonly Entry[]) => {
    writing = writing.then(() => target.onEntries(entries));
    writing.catch(() => undefined);
  };
  let head: Head | undefined;
  try {
    head = await readOn({ ...target, onEntries }, options);
  } catch (error) {
    await writing.catch(() => undefined);
    throw error;
  }
  await writing;
  return head;
}

async function readOn(target: SyncTarget, options: SyncOptions): Promise<Head | undefined> {
  const { ledger, platform } = target;
  let head = await pull(target, undefined, options, options.access);
  let pulledWith: SigningSeed | undefined = options.access?.seed;
  knowPast(target);
  for (;;) {
    const keyBefore = newestAccess(ledger.ring)?.epoch;
    const aclBefore = ledger.state?.acl;
    while (ledger.next < ledger.raws.length) {
      const raw = ledger.raws[ledger.next] as RawEntry;
      // A rotation that this device has judged before, or whose seed it was given, needs no wraps.
      if (raw.header.acl !== undefined && !ledger.ring.has(raw.header.acl.epoch)) await fetchWraps(target, raw);
      try {
        ledger.read(raw);
      } catch (error) {
        if (!(error instanceof LinkNeeded)) throw error;
        // Its keys are held when the rotation was judged, not before; until then its access key reads on.
        pulledWith = error.keys.access;
        ledger.borrowed = pulledWith;
        head = (await pull(target, head, options, { seed: pulledWith })) ?? head;
        // Without a link behind it a rotation is neither true nor void: what comes next decides, and stops nobody (attack 36).
        if (ledger.raws[raw.position + 1] === undefined) return head;
        await fetchWraps(target, raw);
        ledger.read(raw);
      }
      keepsPromise(target);
      if (ledger.state === undefined)
        throw new HostFault("circle.genesis", "the log does not begin with this circle's genesis");
      if (ledger.next % readAtOnce === 0) {
        options.onProgress?.({ phase: "open", done: ledger.next, total: ledger.raws.length });
        options.signal?.throwIfAborted();
        await platform.sleep(0);
      }
    }
    const newest = newestAccess(ledger.ring);
    const withIt = newest !== undefined && pulledWith !== undefined && equal(newest.seed, pulledWith);
    const readsAll = newest?.epoch === keyBefore || withIt;
    if (readsAll && (ledger.state?.acl === aclBefore || !isCutOff(target))) return head;
    pulledWith = undefined;
    head = (await pull(target, head, options)) ?? head;
  }
}

/** Before the first entry is read: epochs from before this device's time, by the chain that leads back from its own. */
function knowPast({ ledger, platform }: SyncTarget): void {
  const newest = newestAccess(ledger.ring);
  if (ledger.next > 0 || newest === undefined || ledger.raws.length === 0) return;
  ledger.knowRotations(followChain(platform.crypto, ledger.circle, ledger.ring, newest.epoch, ledger.raws));
}

function keepsPromise({ ledger, promised }: SyncTarget): void {
  if (promised === undefined || ledger.next !== promised.size || ledger.state === undefined) return;
  if (!equal(rosterDigest(ledger.state), promised.digest)) {
    throw new PeerFault(
      "circle.digest",
      "the roster is not the one that the welcome promised: compare heads with who invited you",
    );
  }
}

/** Positions whose bytes are missing though no erase entry covers them (§5). */
export function unlawfullyMissing(ledger: Ledger): readonly number[] {
  const erased = ledger.state?.erased;
  return [...ledger.missing].filter((position) => erased?.has(position) !== true);
}
