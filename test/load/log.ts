/* A whole log as its host gives it out, with every hash made again from the bytes. */
import type { Circle } from "../../src/client/index.ts";
import { readHead } from "../../src/client/sync/heads.ts";
import { type EntryHash, equal, idBytes } from "../../src/core/codec/index.ts";
import { appendLeaves, emptyFrontier, entryHash, treeRoot } from "../../src/core/log/index.ts";

export type WholeLog = {
  /** Leaf hashes, in the order of the log. */
  readonly hashes: readonly EntryHash[];
  /** Whether they make the tree of the host's signed head. */
  readonly isVerified: boolean;
};

/** Reads a log page by page, past every cache of the client. */
export async function readLog(circle: Circle): Promise<WholeLog> {
  const hashes: EntryHash[] = [];
  for (;;) {
    const page = await circle.host.entries(circle.access(), hashes.length);
    for (const entry of page.entries) hashes.push(entryHash(entry));
    const head = readHead(circle.platform.crypto, circle.id, circle.host.endpoint.key, page.checkpoint);
    if (hashes.length < head.size && page.entries.length > 0) continue;
    const root = treeRoot(appendLeaves(emptyFrontier, hashes.map(idBytes)).frontier);
    return { hashes, isVerified: head.size === hashes.length && equal(root, head.root) };
  }
}
