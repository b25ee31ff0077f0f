import { type NodeId, type NodeReader, nodeHash } from "../../core/log/index.ts";

/*
 * Of the tree only every fourth level is stored: 64 entries then bring 4 rows with them, not 63. A subtree of
 * a level between is made of at most eight stored ones.
 */

const kept = 4;

/** Whether a subtree above the leaves is stored. */
export function isKept({ level }: NodeId): boolean {
  return level % kept === 0;
}

/** The stored subtrees that make up a node: `count` of them at `level`, from `first` on. */
export function keptUnder({ level, index }: NodeId): {
  readonly level: number;
  readonly first: number;
  readonly count: number;
} {
  const below = level % kept;
  const count = 2 ** below;
  return { level: level - below, first: index * count, count };
}

/** A reader of any node through one of stored ones. */
export function readThrough(read: NodeReader): NodeReader {
  const node: NodeReader = (level, index) =>
    level % kept === 0 ? read(level, index) : nodeHash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
  return node;
}
