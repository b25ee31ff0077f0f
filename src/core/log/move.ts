/* Which host a circle chooses (§10), in the clear: a host has to know whose log it takes, and when one has left it. */
import {
  type Bytes,
  type CircleId,
  equal,
  type Infer,
  id,
  idBytes,
  list,
  PeerFault,
  type PublicKey,
  record,
} from "../codec/index.ts";
import { tupleBytes } from "../crypto/domain.ts";
import { countGroups } from "./acl.ts";
import { type Acl, controlSignature } from "./format.ts";
import type { SignatureClaim } from "./signed.ts";

/** What control keys have agreed on: the host that serves the circle from now on. */
export const moveOrder = record({
  /** The host's checkpoint key. */
  host: [1, id<PublicKey>()],
  /** Approvals of one proposal, over `moveMessage`. */
  signatures: [2, list(controlSignature, 256, 1)],
});
export type MoveOrder = Infer<typeof moveOrder>;

const refused = () => new PeerFault("log.move", "the move lacks the signatures of enough control keys");

/** What each approval of a move signs: the circle, the proposal's hash (32 bytes) and the checkpoint key of the host chosen. */
export function moveMessage(circle: CircleId, proposal: Uint8Array, host: PublicKey): Bytes {
  return tupleBytes("move", [idBytes(circle), proposal as Bytes, idBytes(host)]);
}

/**
 * Judges an order by the acl in force: approvals of one proposal from at least `need` groups. Returns the
 * signatures that must all be valid. Throws `PeerFault` `log.move` or `log.acl`.
 */
export function checkMove(acl: Acl, circle: CircleId, { host, signatures }: MoveOrder): readonly SignatureClaim[] {
  const proposal = signatures[0]?.proposal;
  if (proposal === undefined) throw refused();
  if (!signatures.every((one) => one.proposal !== undefined && equal(one.proposal, proposal))) throw refused();
  const keys = signatures.map(({ key }) => key);
  if (countGroups(acl, keys) < acl.need) throw refused();
  const message = moveMessage(circle, proposal, host);
  return signatures.map(({ key, signature }) => ({ key, message, signature }));
}
