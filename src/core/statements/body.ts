/* How statements are carried: the bytes of one, and what makes them hold outside their circle (§7). */

import { certificate } from "../circle/format.ts";
import { certificateClaim } from "../circle/proofs.ts";
import { concat } from "../codec/bytes.ts";
import {
  type Bytes,
  bytes,
  type DeviceId,
  decode,
  encode,
  type Infer,
  optional,
  type PublicKey,
  record,
  type StatementHash,
  toId,
  utf8,
} from "../codec/index.ts";
import { domain } from "../crypto/domain.ts";
import { sha256 } from "../crypto/sha256.ts";
import type { SignatureClaim } from "../log/signed.ts";
import { type Statement, statement as statementShape } from "./format.ts";

/**
 * The body of a statement entry. A statement of the entry's own author needs nothing more; one that its
 * author lets be forwarded, and one relayed for another, carries the second signature and the certificate.
 */
export const statementBody = record({
  statement: [1, bytes(1, 57_344)],
  signature: [2, optional(bytes(64))],
  certificate: [3, optional(certificate)],
});
export type StatementBody = Infer<typeof statementBody>;

/** The canonical bytes of a statement. Throws `PeerFault` `codec.shape` where a field has the wrong form. */
export function encodeStatement(statement: Statement): Bytes {
  return encode(statementShape, statement);
}

/** The statement that `data` encode. Throws `PeerFault`; unknown fields are ignored, unknown kinds fail. */
export function decodeStatement(data: Uint8Array): Statement {
  return decode(statementShape, data);
}

/** The hash by which other statements refer to this one. */
export function statementHash(data: Uint8Array): StatementHash {
  return toId<StatementHash>(sha256(utf8("symbolon/statement-hash/v1"), data));
}

/** What the second signature covers: the canonical statement and nothing of circle, time or position. */
export function statementMessage(data: Uint8Array): Bytes {
  return concat(domain("statement"), data);
}

/**
 * The signatures that must hold for a statement to be believed without its circle: its device's, and its
 * organization's on the device. `organizationKey` is the organization's key as the roster has it; an organization that
 * it does not know has its first key, which is its id. A certificate by any other key is nobody's (attack 15).
 */
export function forwardingClaims(
  body: StatementBody,
  statement: Statement,
  organizationKey: PublicKey = statement.organization as string as PublicKey,
): readonly SignatureClaim[] | undefined {
  const { signature, certificate: certified } = body;
  if (signature === undefined || certified === undefined || certified.device !== statement.device) return undefined;
  if (certified.key !== organizationKey) return undefined;
  const key = statement.device as DeviceId as string as PublicKey;
  return [{ key, message: statementMessage(body.statement), signature }, certificateClaim(certified)];
}
