import { type CircleId, Corrupt, equal } from "../../core/codec/index.ts";
import {
  appendLeaves,
  emptyFrontier,
  entryLeaf,
  type NodeId,
  sealedHashOf,
  type TreeNode,
} from "../../core/log/index.ts";
import type { Store } from "./store.ts";

const corrupt = () => new Corrupt("store.corrupt", "the database does not hold the tree that its entries make");

/** How much was verified. */
export type Verified = { readonly circles: number; readonly entries: number };

async function verifyCircle(store: Store, circle: CircleId): Promise<number> {
  const row = await store.circle(circle);
  if (row === undefined || row.size < 1) throw corrupt();
  let frontier = emptyFrontier;
  while (frontier.size < row.size) {
    const rows = await store.entries(circle, frontier.size, row.size, 64);
    if (rows.length === 0) throw corrupt();
    const leaves = rows.map(({ header, sealed, sealedHash }) =>
      entryLeaf(
        header,
        sealedHashOf({
          header,
          ...(sealed === null ? {} : { sealed }),
          ...(sealedHash === null ? {} : { sealedHash }),
        }),
      ),
    );
    const start = frontier.size;
    const grown = appendLeaves(frontier, leaves);
    const made: readonly TreeNode[] = [
      ...leaves.map((hash, i) => ({ level: 0, index: start + i, hash })),
      ...grown.nodes,
    ];
    const read = await store.nodes(circle, made satisfies readonly NodeId[]);
    for (const { level, index, hash } of made) if (!equal(read(level, index), hash)) throw corrupt();
    frontier = grown.frontier;
  }
  const beyond = await store.entries(circle, row.size, row.size + 1, 1);
  if (beyond.length > 0) throw corrupt();
  return row.size;
}

/**
 * Hashes every entry of every circle anew and compares each node of every tree. Throws `Corrupt`
 * `store.corrupt` at the first that differs.
 */
export async function verifyStore(store: Store): Promise<Verified> {
  let circles = 0;
  let entries = 0;
  let after: CircleId | undefined;
  for (;;) {
    const page = await store.circles(after, 100);
    for (const circle of page) {
      try {
        entries += await verifyCircle(store, circle);
      } catch (error) {
        throw error instanceof Corrupt ? error : corrupt();
      }
      circles++;
    }
    after = page.at(-1);
    if (after === undefined) return { circles, entries };
  }
}
