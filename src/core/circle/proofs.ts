import { type Bytes, type CircleId, decode, equal, idBytes, type PublicKey, toHex, utf8 } from "../codec/index.ts";
import { tupleBytes } from "../crypto/domain.ts";
import { isKemKey } from "../crypto/kem.ts";
import { sha256 } from "../crypto/sha256.ts";
import type { SignatureClaim } from "../log/signed.ts";
import {
  type Certificate,
  type JoinRequest,
  joinRequest,
  type Proposal,
  proposal as proposalShape,
  roles,
  type SignedRequest,
} from "./format.ts";

/** What an organization signs for a device of its own: nothing in it names a circle, so it links the device across them. */
export function certificateMessage(certificate: Omit<Certificate, "signature">): Bytes {
  const { key, device, role, validUntil } = certificate;
  return tupleBytes("certificate", [idBytes(key), idBytes(device), roles[role], validUntil]);
}

/** The signature that makes a certificate hold. */
export function certificateClaim(certificate: Certificate): SignatureClaim {
  return { key: certificate.key, message: certificateMessage(certificate), signature: certificate.signature };
}

/** SHA-256 (32 bytes) of a join request as sent: the candidate's id. */
export function requestHash(request: Uint8Array): Bytes {
  return sha256(request);
}

/** What the invite key and the new device's key both sign. */
export function joinMessage(circle: CircleId, request: Uint8Array): Bytes {
  return tupleBytes("join", [idBytes(circle), requestHash(request)]);
}

/** What the current and the new organization key sign when one replaces the other. */
export function orgKeyMessage(circle: CircleId, organization: Uint8Array, key: Uint8Array): Bytes {
  return tupleBytes("org-key", [idBytes(circle), organization as Bytes, key as Bytes]);
}

/** The 32 bytes that safety words are made of (§8): both sides compute them, by voice they are compared. */
export function safetyHash(circle: CircleId, inviteKey: PublicKey, request: Uint8Array): Bytes {
  return sha256(utf8("symbolon/safety/v1"), idBytes(circle), idBytes(inviteKey), requestHash(request));
}

/** The same over a head, for two members who compare what they see. */
export function headHash(size: number, root: Uint8Array): Bytes {
  return sha256(tupleBytes("safety", [size, root as Bytes]));
}

/** Salted hash (32 bytes) of a name, all that the roster holds of it; the salt is in the profile. */
export function nameHash(salt: Uint8Array, name: string): Bytes {
  return sha256(tupleBytes("name", [salt as Bytes, name.normalize("NFC")]));
}

/** Id of a proposal: what control keys approve. */
export function proposalHash(circle: CircleId, proposal: Uint8Array): Bytes {
  return sha256(tupleBytes("proposal", [idBytes(circle), proposal as Bytes]));
}

/** The proposal that `bytes` encode. Throws `PeerFault`. */
export function decodeProposal(bytes: Uint8Array): Proposal {
  return decode(proposalShape, bytes);
}

/** A join request whose proofs hold, with its id. */
export type CheckedRequest = { readonly id: string; readonly request: JoinRequest };

/**
 * The join request in `signed`, if everything in it is proved: held by who has the invitation's secret, by
 * who has the device's key, and certified by the organization it claims (attack 11). Whether that
 * organization's key is the right one, and the times, are judged by the roster.
 */
export function checkRequest(
  circle: CircleId,
  signed: SignedRequest,
  verify: (claim: SignatureClaim) => boolean,
): CheckedRequest | undefined {
  let request: JoinRequest;
  try {
    request = decode(joinRequest, signed.request);
  } catch {
    return undefined;
  }
  const message = joinMessage(circle, signed.request);
  const { certificate, device } = request;
  const keys = [device.id, device.control, device.append, device.mailbox, request.inviteKey, request.organization];
  if (new Set<string>(keys).size !== keys.length || certificate.device !== device.id) return undefined;
  // A key that nothing can be wrapped to would stop every later rotation (attack 36).
  if (!isKemKey(device.kem)) return undefined;
  const proved =
    verify({ key: request.inviteKey, message, signature: signed.inviteSignature }) &&
    verify({ key: device.id as string as PublicKey, message, signature: signed.deviceSignature }) &&
    verify(certificateClaim(certificate));
  return proved ? { id: toHex(requestHash(signed.request)), request } : undefined;
}

/** Whether a name and salt are those that the roster holds the hash of. */
export function isNameOf(hash: Uint8Array, salt: Uint8Array, name: string): boolean {
  return equal(hash, nameHash(salt, name));
}
