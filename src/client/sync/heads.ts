import { type Bytes, type CircleId, equal, HostFault, type PublicKey } from "../../core/codec/index.ts";
import { type Crypto, verifyClaim } from "../../core/crypto/index.ts";
import { type Checkpoint, checkpointClaim, parseCheckpoint } from "../../core/log/index.ts";
import type { LogTree } from "./tree.ts";

/** A head taken: the host's note and what it says. */
export type Head = { readonly size: number; readonly root: Bytes; readonly checkpoint: Bytes };

/** Two notes by the host that contradict each other: the proof that it shows different logs to different people. */
export class Contradiction extends HostFault {
  readonly proof: readonly [Bytes, Bytes];

  constructor(first: Bytes, second: Bytes) {
    super(
      "host.contradiction",
      "the host signed two heads that contradict each other: the circle is read-only, move it",
    );
    this.proof = [first, second];
  }
}

/**
 * A checkpoint that the host's key signed. Throws `HostFault` `host.checkpoint` where it is none.
 */
export function readHead(crypto: Crypto, circle: CircleId, hostKey: PublicKey, bytes: Bytes): Checkpoint {
  let valid = false;
  let checkpoint: Checkpoint | undefined;
  try {
    checkpoint = parseCheckpoint(bytes);
    valid = verifyClaim(crypto, checkpointClaim(checkpoint, circle, hostKey));
  } catch {
    valid = false;
  }
  if (checkpoint === undefined || !valid) {
    throw new HostFault("host.checkpoint", "the host's checkpoint is not signed by its key: this may be another host");
  }
  return checkpoint;
}

/**
 * Judges the `seen` of an entry at `position` against the own tree (§5). Its signature is verified only where
 * its root differs: a member may write nonsense there, and then the entry is void; but if the host signed
 * it, these are two heads that contradict each other.
 *
 * Returns the size seen, or `undefined` where the entry is void. Throws `Contradiction`.
 */
export function judgeSeen(
  crypto: Crypto,
  circle: CircleId,
  hostKeys: readonly PublicKey[],
  tree: LogTree,
  position: number,
  seen: Bytes,
  ownHead: Bytes,
): number | undefined {
  if (seen.length === 0) return position === 0 ? 0 : undefined;
  let checkpoint: Checkpoint;
  try {
    checkpoint = parseCheckpoint(seen);
  } catch {
    return undefined;
  }
  if (position === 0 || checkpoint.size > position || checkpoint.size === 0) return undefined;
  if (equal(checkpoint.root, tree.rootAt(checkpoint.size))) return checkpoint.size;
  const signed = hostKeys.some((key) => {
    try {
      return verifyClaim(crypto, checkpointClaim(checkpoint, circle, key));
    } catch {
      return false;
    }
  });
  if (signed) throw new Contradiction(ownHead, seen);
  return undefined;
}
