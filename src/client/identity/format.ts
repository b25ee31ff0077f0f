import { certificate } from "../../core/circle/index.ts";
import {
  bytes,
  type CircleId,
  type Infer,
  id,
  list,
  type OrganizationId,
  optional,
  type PublicKey,
  record,
  text,
  uint,
} from "../../core/codec/index.ts";

/** An organization's signing key and name, where this device holds them. */
const organization = record({
  id: [1, id<OrganizationId>()],
  name: [2, text(256)],
  salt: [3, bytes(32)],
  /** Absent on devices that do not issue certificates. */
  seed: [4, optional(bytes(32))],
});

/** An invitation that this device gave out: the secret stays until the candidate is admitted. */
export const heldInvite = record({
  secret: [1, bytes(16)],
  key: [2, id<PublicKey>()],
  expires: [3, uint()],
});
export type HeldInvite = Infer<typeof heldInvite>;

/** What a device keeps of a circle beside the log (§2 Vault). */
export const circleRecord = record({
  circle: [1, id<CircleId>()],
  /** What its owner calls it; never leaves the device. */
  label: [2, text(256)],
  address: [3, text(512)],
  hostKey: [4, id<PublicKey>()],
  /** The device's keys in this circle are derived from it. */
  deviceSeed: [5, bytes(32)],
  certificate: [6, certificate],
  /** Genesis nonce; absent until the circle could be read. */
  nonce: [7, optional(bytes(32))],
  seeds: [8, list(record({ epoch: [1, uint()], seed: [2, bytes(32)] }), 65_536)],
  /** The last head taken: its size, root and the host's note. */
  head: [9, optional(record({ size: [1, uint()], root: [2, bytes(32)], checkpoint: [3, bytes(1, 1024)] }))],
  invites: [10, list(heldInvite, 1024)],
  /** Waiting to be admitted: the invitation's secret. */
  joining: [11, optional(bytes(16))],
  /** The digest of the roster that the welcome promised, at its size. */
  promised: [12, optional(record({ size: [1, uint()], digest: [2, bytes(32)] }))],
  memberSalt: [13, bytes(32)],
  /** A contradiction that the host signed: both notes are kept as proof. */
  hostFault: [14, optional(list(bytes(1, 1024), 2, 2))],
  /** Names that came with the welcome. */
  profiles: [15, optional(list(bytes(1, 16_384), 2048))],
  /** Keys of records from before this device's time, given by an older device of the same member. */
  pastRecords: [16, optional(list(record({ epoch: [1, uint()], key: [2, bytes(32)] }), 65_536))],
});
export type CircleRecord = Infer<typeof circleRecord>;

/** What a vault holds. */
export const identityRecord = record({
  version: [1, uint(255)],
  organization: [2, organization],
  member: [3, record({ name: [1, text(256)] })],
  circles: [4, list(circleRecord, 1024)],
});
export type IdentityRecord = Infer<typeof identityRecord>;
