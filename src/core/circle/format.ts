import {
  type BlobHash,
  bytes,
  type DeviceId,
  type Infer,
  id,
  list,
  type MemberId,
  type OrganizationId,
  oneOf,
  optional,
  type PublicKey,
  record,
  type StatementHash,
  text,
  uint,
  union,
} from "../codec/index.ts";
import { controlSignature } from "../log/format.ts";
import { policy } from "./policy.ts";

/** Hours since 1970; the upper bound is the year 9999. */
export const hour = uint(70_389_528);

export const roles = { reader: 1, contributor: 2, coordinator: 3 } as const;
export type Role = keyof typeof roles;

/** An organization's word that a device acts for it. Signed over tuple domain `certificate`. */
export const certificate = record({
  /** The organization's key at the time; its first one is its id. */
  key: [1, id<PublicKey>()],
  device: [2, id<DeviceId>()],
  role: [3, oneOf(roles)],
  validUntil: [4, hour],
  signature: [5, bytes(64)],
});
export type Certificate = Infer<typeof certificate>;

/** The public keys of a device (§2): each for one purpose. */
export const deviceKeys = record({
  /** Ed25519: signs entries; its bytes are the device's id. */
  id: [1, id<DeviceId>()],
  /** X-Wing: epoch seeds and content keys are wrapped to it. */
  kem: [2, bytes(1216)],
  control: [3, id<PublicKey>()],
  append: [4, id<PublicKey>()],
  mailbox: [5, id<PublicKey>()],
});
export type DeviceKeys = Infer<typeof deviceKeys>;

/** What an invited device asks with; sealed to the invitation's secret in the mailbox, in the clear in the roster. */
export const joinRequest = record({
  inviteKey: [1, id<PublicKey>()],
  expires: [2, hour],
  /** The organization's id: its first key. */
  organization: [3, id<OrganizationId>()],
  /** Salted hash of the organization's name. */
  organizationName: [4, bytes(32)],
  /** Salted hash of the member's name. */
  memberName: [5, bytes(32)],
  device: [6, deviceKeys],
  certificate: [7, certificate],
});
export type JoinRequest = Infer<typeof joinRequest>;

/** A join request with its two proofs, over tuple domain `join`. */
export const signedRequest = record({
  request: [1, bytes(1, 8192)],
  inviteSignature: [2, bytes(64)],
  deviceSignature: [3, bytes(64)],
});
export type SignedRequest = Infer<typeof signedRequest>;

export const founder = record({
  organization: [1, id<OrganizationId>()],
  organizationName: [2, bytes(32)],
  memberName: [3, bytes(32)],
  device: [4, deviceKeys],
  certificate: [5, certificate],
});
export type Founder = Infer<typeof founder>;

/** H(R) ‖ H(K) and the access key of an epoch: what its rotation promises. */
export const commitment = record({
  roster: [1, bytes(32)],
  records: [2, bytes(32)],
  access: [3, id<PublicKey>()],
});
export type Commitment = Infer<typeof commitment>;

/** A whole organization, or one member of it. */
export const target = union({
  organization: [1, record({ organization: [1, id<OrganizationId>()] })],
  member: [2, record({ member: [1, id<MemberId>()] })],
});
export type Target = Infer<typeof target>;

/** How trust ends (§6 `mark`). */
export const marks = { retired: 1, compromised: 2, duress: 3 } as const;
export type MarkKind = keyof typeof marks;

const mark = record({
  target: [1, target],
  as: [2, oneOf(marks)],
  /** For `duress`: the first position that no longer counts. */
  since: [3, optional(uint())],
});

const orgKey = record({
  organization: [1, id<OrganizationId>()],
  key: [2, id<PublicKey>()],
  /** By the new key, over tuple domain `org-key`: it is held. */
  proof: [3, bytes(64)],
  /** By the current key, over the same; absent where the quorum decides. */
  signature: [4, optional(bytes(64))],
});

const hostPlace = record({ key: [1, id<PublicKey>()], address: [2, text(512)] });

/** What can be changed by a rotation or a quorum act. */
export const change = union({
  remove: [1, record({ target: [1, target] })],
  suspend: [2, record({ member: [1, id<MemberId>()] })],
  reinstate: [3, record({ member: [1, id<MemberId>()] })],
  admit: [4, record({ candidate: [1, bytes(32)] })],
  role: [5, record({ member: [1, id<MemberId>()], role: [2, oneOf(roles)] })],
  policy: [6, record({ policy: [1, policy] })],
  host: [7, record({ host: [1, hostPlace] })],
  "org-key": [8, record({ orgKey: [1, orgKey] })],
  mark: [9, record({ mark: [1, mark] })],
  /** Nothing but control and reserve keys brought up to date. */
  keys: [10, record({})],
});
export type Change = Infer<typeof change>;
export type ChangeKind = Change["kind"];

/** The keys that a change leaves, as the host will enforce them. */
export const keysAfter = record({
  keysVersion: [1, uint()],
  control: [2, list(list(id<PublicKey>(), 64, 1), 256)],
  reserve: [3, list(list(id<PublicKey>(), 64, 1), 256)],
  need: [4, uint(255)],
});
export type KeysAfter = Infer<typeof keysAfter>;

/** What is voted on. Its hash, over tuple domain `proposal`, is its id and is what control keys sign. */
export const proposal = record({
  nonce: [1, bytes(16)],
  change: [2, change],
  keys: [3, optional(keysAfter)],
});
export type Proposal = Infer<typeof proposal>;

/** Why a candidate is objected to; a statement may say more. */
export const objections = { identity: 1, safety: 2, conflict: 3, unknown: 4, other: 5 } as const;
export type Objection = keyof typeof objections;

const byProposal = record({ proposal: [1, bytes(32)] });
const candidateId = bytes(32);

/** Every body of a roster entry (§6), sealed inside its entry. */
export const rosterBody = union({
  genesis: [
    1,
    record({
      nonce: [1, bytes(32)],
      suite: [2, uint(255)],
      policy: [3, policy],
      founders: [4, list(founder, 16, 1)],
      host: [5, hostPlace],
      commitment: [6, commitment],
    }),
  ],
  invite: [
    2,
    record({
      inviteKey: [1, id<PublicKey>()],
      /** The organization that the invited will act for; absent: a new one. */
      organization: [2, optional(id<OrganizationId>())],
      role: [3, oneOf(roles)],
      expires: [4, hour],
      /** For a further device: the member it belongs to. */
      member: [5, optional(id<MemberId>())],
    }),
  ],
  candidate: [3, record({ request: [1, signedRequest] })],
  sponsor: [4, record({ candidate: [1, candidateId] })],
  object: [
    5,
    record({
      candidate: [1, candidateId],
      reason: [2, oneOf(objections)],
      statement: [3, optional(id<StatementHash>())],
    }),
  ],
  admit: [6, record({ candidate: [1, candidateId] })],
  "device-add": [7, record({ request: [1, signedRequest] })],
  "device-revoke": [8, record({ device: [1, id<DeviceId>()] })],
  "org-key": [9, record({ proposal: [1, optional(bytes(32))], orgKey: [2, optional(orgKey)] })],
  rotate: [
    10,
    record({
      /** Position of the last valid rotation (0: genesis); who lacks a past seed follows this chain. */
      previous: [1, uint()],
      change: [2, optional(change)],
      proposal: [3, optional(bytes(32))],
      commitment: [4, commitment],
      wraps: [5, list(id<BlobHash>(), 64)],
    }),
  ],
  link: [
    11,
    record({
      /** R of the epoch before. */
      roster: [1, bytes(32)],
      /** K of the epoch before, sealed under this epoch's K; only with `history: full`. */
      records: [2, optional(bytes(1, 1024))],
    }),
  ],
  confirm: [12, record({ member: [1, id<MemberId>()] })],
  reinstate: [13, record({ member: [1, id<MemberId>()] })],
  mark: [14, record({ proposal: [1, optional(bytes(32))], mark: [2, optional(mark)] })],
  role: [15, byProposal],
  policy: [16, byProposal],
  host: [17, byProposal],
  erase: [18, record({ positions: [1, list(uint(), 64)], cancels: [2, optional(list(uint(), 64))] })],
  propose: [19, record({ proposal: [1, bytes(1, 32_768)], signature: [2, optional(controlSignature)] })],
  approve: [20, record({ proposal: [1, bytes(32)], signature: [2, optional(controlSignature)] })],
  veto: [21, record({ proposal: [1, bytes(32)] })],
  tick: [22, record({})],
});
export type RosterBody = Infer<typeof rosterBody>;
export type RosterKind = RosterBody["kind"];
export type BodyOf<K extends RosterKind> = Extract<RosterBody, { kind: K }>;
