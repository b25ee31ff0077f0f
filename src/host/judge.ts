/*
 * What the host enforces of an append: the format, the epoch, the acl and the erasure rules of `core/log`, and
 * quotas. A judgment changes nothing; it says what would be stored and what the circle would then be.
 */
import {
  type BlobHash,
  type Bytes,
  type CircleId,
  encode,
  idBytes,
  PeerFault,
  type PublicKey,
  toHex,
} from "../core/codec/index.ts";
import {
  acl as aclShape,
  appendLeaves,
  checkAcl,
  checkCancel,
  checkErasure,
  decodeHeader,
  type Entry,
  entryLeaf,
  entryVersion,
  groupOf,
  type Header,
  type SignatureClaim,
  sealedHashOf,
} from "../core/log/index.ts";
import type { CircleState } from "./circles.ts";
import type { Limits, Verify } from "./options.ts";
import { Problem } from "./problem.ts";
import type { Append, Dropped, Held, NewAcl, NewEntry, PlacedRow, Store } from "./store/index.ts";

/** An entry that was sent, decoded and hashed once. */
export type Sent = {
  readonly header: Header;
  readonly headerBytes: Bytes;
  readonly sealed: Bytes;
  readonly sealedHash: Bytes;
  readonly hash: Bytes;
  /** The hash in hexadecimal: made once, looked up often. */
  readonly name: string;
};

/** Entries of one request, to be stored together or not at all. */
export type Batch = {
  readonly circle: CircleId;
  /** Whose signature the request carries. */
  readonly key: PublicKey;
  readonly entries: readonly Sent[];
  readonly bytes: number;
};

/** What a batch would change, and the circle after it. */
export type Judgment = { readonly state: CircleState; readonly change: Append };

export type Judge = {
  readonly store: Store;
  readonly verify: Verify;
  readonly limits: Limits;
  readonly now: () => number;
};

/** Reads an entry that was sent to `circle`. Throws `Problem` or `PeerFault` where the format does not allow it. */
export function receive(entry: Entry, circle: CircleId, limits: Limits): Sent {
  const { header: headerBytes, sealed } = entry;
  if (sealed === undefined || entry.sealedHash !== undefined) throw new Problem("malformed");
  if (headerBytes.length + sealed.length > limits.entryBytes) throw new Problem("too-large");
  const header = decodeHeader(headerBytes);
  if (header.version !== entryVersion) throw new Problem("unknown-version");
  if (header.circle !== circle) throw new Problem("malformed");
  const sealedHash = sealedHashOf(entry);
  const hash = entryLeaf(headerBytes, sealedHash);
  return { header, headerBytes, sealed, sealedHash, hash, name: toHex(hash) };
}

/** Whether every signature holds. */
export async function allValid(verify: Verify, claims: readonly SignatureClaim[]): Promise<boolean> {
  const checks = claims.map(({ key, signature, message }) => verify(idBytes(key), signature, message));
  return (await Promise.all(checks)).every((valid) => valid);
}

export type Orders = {
  readonly drops: readonly Dropped[];
  readonly holds: readonly Held[];
  readonly cancels: readonly number[];
};
export const noOrders: Orders = { drops: [], holds: [], cancels: [] };

/** What an entry orders to be erased, held or kept. Throws `Problem` or `PeerFault` `log.erasure`. */
export async function judgeOrders(judge: Judge, state: CircleState, header: Header, position: number): Promise<Orders> {
  const { store, verify, limits, now } = judge;
  const { circle, acl } = state;
  if (header.erases !== undefined) {
    const rows = await store.entriesAt(
      circle,
      header.erases.map((erasure) => erasure.position),
    );
    const targets = new Map(rows.map((row) => [row.position, { row, header: decodeHeader(row.header) }]));
    const { atOnce, held, claims } = checkErasure(acl, header, (at) => targets.get(at)?.header);
    if (!(await allValid(verify, claims))) throw new Problem("erase-refused");
    const due = Math.floor(now() / 3_600_000) + limits.holdHours;
    return {
      drops: atOnce.flatMap((at) => dropOf(targets.get(at)?.row)),
      holds: held.map((target) => ({ position, target, due })),
      cancels: [],
    };
  }
  if (header.cancels !== undefined) {
    const [rows, held] = await Promise.all([
      store.entriesAt(circle, header.cancels),
      store.held(circle, header.cancels),
    ]);
    const signers = new Map(
      rows.map((row) => [row.position, decodeHeader(row.header).signatures?.map(({ key }) => key) ?? []]),
    );
    const claims = checkCancel(acl, header, (at) => (held.has(at) ? signers.get(at) : undefined));
    if (!(await allValid(verify, claims))) throw new Problem("erase-refused");
    return { drops: [], holds: [], cancels: header.cancels };
  }
  return noOrders;
}

/** How an entry's bytes are dropped; nothing where they are gone already. */
export function dropOf(row: PlacedRow | undefined): readonly Dropped[] {
  if (row?.sealed === null || row === undefined) return [];
  const entry = { header: row.header, sealed: row.sealed };
  return [{ position: row.position, sealedHash: sealedHashOf(entry) }];
}

/**
 * Judges a batch against the state of its circle. Within it the epoch follows the acls that it carries.
 * Throws `Problem` or `PeerFault` where anything is not allowed; then nothing of it is.
 */
export async function judgeBatch(judge: Judge, state: CircleState, batch: Batch): Promise<Judgment> {
  const { verify, limits } = judge;
  const position = state.frontier.size;
  const control = groupOf(state.acl, batch.key) !== undefined;
  if (!control) await checkAppender(judge, state, batch.key);

  let { acl } = state;
  const acls: NewAcl[] = [];
  let orders = noOrders;
  for (const [i, { header, sealedHash }] of batch.entries.entries()) {
    if (header.acl !== undefined) {
      if (!control) throw new Problem("forbidden");
      // Compared first: who was overtaken is to read again, not to be told of wrong signatures.
      if (header.acl.accessVersion <= acl.accessVersion) throw new Problem("acl-conflict");
      const claims = checkAcl(acl, header, sealedHash);
      if (!(await allValid(verify, claims))) throw new Problem("acl-refused");
      acl = header.acl;
      requireLink(batch.entries[i + 1]?.header, acl.epoch);
      const { epoch, accessVersion, access } = acl;
      acls.push({ position: position + i, epoch, accessVersion, access, acl: encode(aclShape, acl) });
      continue;
    }
    if (header.epoch !== acl.epoch) throw new Problem("stale-epoch");
    if (header.erases !== undefined || header.cancels !== undefined) {
      const more = await judgeOrders(judge, { ...state, acl }, header, position + i);
      orders = {
        drops: [...orders.drops, ...more.drops],
        holds: [...orders.holds, ...more.holds],
        cancels: [...orders.cancels, ...more.cancels],
      };
    }
  }

  const bytes = control ? 0 : batch.bytes;
  const controlBytes = control ? batch.bytes : 0;
  if (state.bytes + bytes > limits.circleBytes && !control) throw new Problem("quota");
  if (state.controlBytes + controlBytes > limits.controlBytes && control) throw new Problem("quota");

  const grown = appendLeaves(
    state.frontier,
    batch.entries.map(({ hash }) => hash),
  );
  return {
    state: {
      ...state,
      acl,
      frontier: grown.frontier,
      erasures: state.erasures + orders.drops.length,
      bytes: state.bytes + bytes,
      controlBytes: state.controlBytes + controlBytes,
    },
    change: {
      circle: state.circle,
      position,
      entries: batch.entries.map(newEntry),
      nodes: grown.nodes,
      known: [],
      acls,
      ...orders,
      bytes,
      controlBytes,
    },
  };
}

/**
 * A rotation and its link share one request, side by side (§6): alone it would lock everybody out of an epoch that
 * nobody can follow. Throws `Problem` `acl-refused`.
 */
function requireLink(next: Header | undefined, epoch: number): void {
  if (next?.kind !== "roster" || next.acl !== undefined || next.epoch !== epoch) throw new Problem("acl-refused");
}

function newEntry({ hash, headerBytes, sealed, header }: Sent): NewEntry {
  return { hash, header: headerBytes, sealed, sealedHash: null, blobs: header.blobs as readonly BlobHash[] };
}

/** Whether a key that is no control key may append: the epoch's own, or under flood each device's. */
async function checkAppender(judge: Judge, { circle, acl }: CircleState, key: PublicKey): Promise<void> {
  if (acl.append === undefined ? key === acl.access : acl.append.includes(key)) return;
  if (key === acl.access) throw new Problem("forbidden");
  if ((await judge.store.access(circle, key)) !== undefined) throw new Problem("stale-epoch");
  throw new Problem("unauthorized");
}

/** Throws `Problem` `unauthorized` for a key that never had to do with the circle: it learns nothing of what is stored. */
export async function checkKnown({ store }: Judge, { circle, acl }: CircleState, key: PublicKey): Promise<void> {
  if (key === acl.access || groupOf(acl, key) !== undefined || acl.append?.includes(key) === true) return;
  if ((await store.access(circle, key)) === undefined) throw new Problem("unauthorized");
}

/** Judges the first entry of a circle. Throws `Problem` or `PeerFault`. */
export async function judgeGenesis(judge: Judge, circle: CircleId, sent: Sent): Promise<Judgment> {
  const { header, sealedHash } = sent;
  const { acl } = header;
  const claims = checkAcl(undefined, header, sealedHash);
  if (acl === undefined || header.blobs.length > 0 || header.erases !== undefined || header.cancels !== undefined) {
    throw new PeerFault("log.acl", "a circle begins with an acl and nothing else");
  }
  if (!(await allValid(judge.verify, claims))) throw new Problem("acl-refused");
  const grown = appendLeaves({ size: 0, hashes: [] }, [sent.hash]);
  const bytes = sent.headerBytes.length + sent.sealed.length;
  const { epoch, accessVersion, access } = acl;
  return {
    state: {
      circle,
      acl,
      frontier: grown.frontier,
      erasures: 0,
      known: 0,
      bytes: 0,
      controlBytes: bytes,
      standing: { kind: "open" },
    },
    change: {
      circle,
      position: 0,
      entries: [newEntry(sent)],
      nodes: grown.nodes,
      known: [],
      acls: [{ position: 0, epoch, accessVersion, access, acl: encode(aclShape, acl) }],
      ...noOrders,
      bytes: 0,
      controlBytes: bytes,
    },
  };
}

/** Whether no two entries of a batch are the same. */
export function allDifferent(entries: readonly Sent[]): boolean {
  return new Set(entries.map(({ name }) => name)).size === entries.length;
}
