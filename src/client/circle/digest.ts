import { rosterDigest } from "../../core/circle/index.ts";
import { type Bytes, concat, utf8 } from "../../core/codec/index.ts";
import { sha256 } from "../../core/crypto/index.ts";
import type { Circle } from "./circle.ts";

/**
 * SHA-256 (32 bytes) of all that replay came to: the roster, the root of the tree, and the hash of every
 * statement that counts for this device. Two devices of the same rights come to the same.
 */
export function wholeDigest(circle: Circle): Bytes {
  const state = circle.state();
  const hashes = circle.statements().map((s) => utf8(`${s.position}:${s.hash}`));
  return sha256(
    utf8("symbolon/whole/v1"),
    rosterDigest(state),
    circle.ledger.tree.rootAt(state.position),
    concat(...hashes),
  );
}
