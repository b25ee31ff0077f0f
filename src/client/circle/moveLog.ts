/* The log of a circle as it goes to another host or into a file: entries as received, and the blobs that they list (§10). */
import {
  type BlobHash,
  type Bytes,
  concat,
  decodeCborSequence,
  encode,
  encodeCbor,
  HostFault,
  Refused,
  toHex,
  UsageError,
} from "../../core/codec/index.ts";
import { sha256 } from "../../core/crypto/index.ts";
import { entry } from "../../core/log/index.ts";
import { entryOf } from "../sync/raw.ts";
import type { HostClient } from "../transport/host.ts";
import type { Circle } from "./circle.ts";
import { keyAt, nextPage, shownAt, wrapsOf } from "./restore.ts";

/** Blobs by their hash. */
export type Blobs = ReadonlyMap<string, Bytes>;

/** A file of entries and blobs: far more than a circle of thousands of entries with attachments. */
const exportLimits = { size: 2 ** 31, depth: 8 };

/** Hashes of the blobs that entries list which were not erased, each once. */
function listed({ ledger }: Circle): readonly BlobHash[] {
  return [...new Set(ledger.raws.flatMap(({ header, sealed }) => (sealed === undefined ? [] : header.blobs)))];
}

/**
 * The blobs that a circle's entries list: from `given`, made again from what this device holds, or from the host. What
 * none of them has is left out.
 */
export async function* blobsOf(circle: Circle, given: Blobs = new Map()): AsyncGenerator<Bytes> {
  const made = wrapsOf(circle, circle.ledger.raws);
  let answers = true;
  for (const hash of listed(circle)) {
    let bytes = given.get(hash) ?? made.get(hash);
    if (bytes === undefined && answers) {
      try {
        bytes = await circle.host.getBlob(hash, circle.access());
      } catch (error) {
        if (!(error instanceof Refused) && !(error instanceof HostFault)) throw error;
        // Where the host is gone it is not asked for every blob anew.
        answers = !(error instanceof Refused && error.code === "host.unreachable");
      }
    }
    if (bytes !== undefined) yield bytes;
  }
}

/**
 * The log as it was received, entry by entry, as a CBOR sequence (RFC 8742), and behind it, where asked for, every blob
 * that it lists, as a byte string: ciphertext from which a circle moves where its host is lost.
 */
export async function exportLog(circle: Circle, withBlobs = false): Promise<Bytes> {
  const items = circle.ledger.raws.map((raw) => encode(entry, entryOf(raw)));
  if (withBlobs) for await (const bytes of blobsOf(circle)) items.push(encodeCbor(bytes));
  return concat(...items);
}

/** The blobs of an exported log. Throws `UsageError` `export.malformed` where it is none. */
export function blobsIn(file: Uint8Array): Blobs {
  try {
    const items = decodeCborSequence(file, exportLimits);
    const blobs = items.filter((item): item is Bytes => item instanceof Uint8Array);
    return new Map(blobs.map((bytes) => [toHex(sha256(bytes)), bytes]));
  } catch {
    throw new UsageError("export.malformed", "this is no exported log, or it was cut off");
  }
}

/**
 * Brings a circle's log to another host, from where an earlier attempt or another member stopped. `token` is asked for
 * by hosts that do so of founders.
 *
 * Throws `HostFault` `move.differs` where that host holds another log, `Refused` where it will not have this one.
 */
export async function bringLog(circle: Circle, there: HostClient, token?: string): Promise<void> {
  const { ledger, secrets } = circle;
  const before = await shownAt(circle, there);
  if (before?.same === false) throw differs();
  for (let from = before?.size ?? 0; from < ledger.raws.length; ) {
    const raws = nextPage(ledger.raws, from);
    const { size } = await there.restore({ from, entries: raws.map(entryOf) }, { seed: secrets.control }, token);
    if (size < from + raws.length) {
      throw new HostFault("host.lost", "the host said that it took this and does not have it: try again");
    }
    from = size;
  }
  if ((await shownAt(circle, there))?.same !== true) throw differs();
}

/** Sends the blobs that the log lists to another host that has it. */
export async function bringBlobs(circle: Circle, there: HostClient, given: Blobs): Promise<void> {
  const key = keyAt(circle, circle.ledger.raws.length) ?? circle.access();
  for await (const bytes of blobsOf(circle, given)) await there.putBlob(bytes, key);
}

const differs = () =>
  new HostFault(
    "move.differs",
    "the new host holds another log of this circle: choose another host, and compare heads",
  );
