/*
 * Taking over a part of a log that was written before: the tail that a restored host lost, or the log of a circle that
 * moves here (§10). The same rules as for an append, judged in order, but for who may send it: that is the caller's.
 */
import { type BlobHash, type CircleId, encode, PeerFault, toHex } from "../core/codec/index.ts";
import {
  acl as aclShape,
  appendLeaves,
  checkAcl,
  decodeHeader,
  type Entry,
  entryLeaf,
  entryVersion,
  sealedHashOf,
} from "../core/log/index.ts";
import type { CircleState } from "./circles.ts";
import { allValid, type Judge, type Judgment, judgeOrders, noOrders, type Sent } from "./judge.ts";
import type { Limits } from "./options.ts";
import { Problem } from "./problem.ts";
import type { NewAcl, NewEntry } from "./store/index.ts";

/** An entry of an older log; `sealed` is null where it was erased. */
export type Taken = Omit<Sent, "sealed"> & { readonly sealed: Sent["sealed"] | null };

/** Reads an entry of `circle`, whole or erased. Throws `Problem` or `PeerFault` where the format does not allow it. */
export function receiveTaken(entry: Entry, circle: CircleId, limits: Limits): Taken {
  const { header: headerBytes, sealed } = entry;
  if (headerBytes.length + (sealed?.length ?? 0) > limits.entryBytes) throw new Problem("too-large");
  const header = decodeHeader(headerBytes);
  if (header.version !== entryVersion) throw new Problem("unknown-version");
  if (header.circle !== circle) throw new Problem("malformed");
  // Only statements are ever erased (§5).
  if (sealed === undefined && header.kind !== "statement") throw new Problem("malformed");
  const sealedHash = sealedHashOf(entry);
  const hash = entryLeaf(headerBytes, sealedHash);
  return { header, headerBytes, sealed: sealed ?? null, sealedHash, hash, name: toHex(hash) };
}

const bytesOf = ({ headerBytes, sealed }: Taken) => headerBytes.length + (sealed?.length ?? 0);

/** The entries in runs, each to be stored before the next is judged: what orders an erasure finds what it erases. */
export function runsToStore(entries: readonly Taken[]): readonly (readonly Taken[])[] {
  const runs: Taken[][] = [];
  for (const entry of entries) {
    const orders = entry.header.erases !== undefined || entry.header.cancels !== undefined;
    const last = runs.at(-1);
    if (last === undefined || orders) runs.push([entry]);
    else last.push(entry);
  }
  return runs;
}

/** Judges a run against the state of its circle. Throws `Problem` or `PeerFault`; then nothing of it is to be stored. */
export async function judgeRun(judge: Judge, state: CircleState, run: readonly Taken[]): Promise<Judgment> {
  const position = state.frontier.size;
  let { acl } = state;
  let orders = noOrders;
  const acls: NewAcl[] = [];
  for (const [i, { header, sealedHash }] of run.entries()) {
    if (header.acl !== undefined) {
      if (!(await allValid(judge.verify, checkAcl(acl, header, sealedHash))))
        throw new PeerFault("log.acl", "signature");
      acl = header.acl;
      const { epoch, accessVersion, access } = acl;
      acls.push({ position: position + i, epoch, accessVersion, access, acl: encode(aclShape, acl) });
      continue;
    }
    if (header.epoch !== acl.epoch) throw new Problem("restore-refused");
    if (header.erases !== undefined || header.cancels !== undefined) {
      orders = await judgeOrders(judge, { ...state, acl }, header, position + i);
    }
  }
  const bytes = run.reduce((sum, entry) => sum + bytesOf(entry), 0);
  if (state.bytes + bytes > judge.limits.circleBytes) throw new Problem("quota");
  const grown = appendLeaves(
    state.frontier,
    run.map(({ hash }) => hash),
  );
  return {
    state: {
      ...state,
      acl,
      frontier: grown.frontier,
      erasures: state.erasures + orders.drops.length,
      bytes: state.bytes + bytes,
    },
    change: {
      circle: state.circle,
      position,
      entries: run.map(newEntry),
      nodes: grown.nodes,
      known: [],
      acls,
      ...orders,
      bytes,
      controlBytes: 0,
    },
  };
}

function newEntry({ hash, headerBytes, header, sealed, sealedHash }: Taken): NewEntry {
  // The blobs of an erased statement went with it.
  const blobs = sealed === null ? [] : (header.blobs as readonly BlobHash[]);
  return { hash, header: headerBytes, sealed, sealedHash: sealed === null ? sealedHash : null, blobs };
}
