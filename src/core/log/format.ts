import {
  type BlobHash,
  bytes,
  type CircleId,
  type Infer,
  id,
  list,
  oneOf,
  optional,
  type PublicKey,
  record,
  uint,
} from "../codec/index.ts";

/** The version of entry that this code writes and reads; a host refuses any other. */
export const entryVersion = 1;

export const entryKinds = { roster: 0, statement: 1 } as const;
export type EntryKind = keyof typeof entryKinds;

/** Keys of one organization each: a group counts once, whichever of its keys signed. */
const groups = list(list(id<PublicKey>(), 64, 1), 256);

/** What the host enforces, in the clear (§2 Control keys). */
export const acl = record({
  /** The epoch that this acl begins. */
  epoch: [1, uint()],
  /** One more with every change of `control`, `reserve` or `need`. */
  keysVersion: [2, uint()],
  /** One more with every acl. */
  accessVersion: [3, uint()],
  /** The key that reads and appends in this epoch. */
  access: [4, id<PublicKey>()],
  /** Under flood: the keys that append instead of the shared one. */
  append: [5, optional(list(id<PublicKey>(), 4096, 1))],
  control: [6, groups],
  reserve: [7, groups],
  /** How many groups a change of keys needs. */
  need: [8, uint(255)],
});
export type Acl = Infer<typeof acl>;

/**
 * A control key's signature on what the host enforces. With `proposal` it is an approval of a change
 * of keys, made beforehand; without, it is the executor's on this very acl or erasure.
 */
export const controlSignature = record({
  key: [1, id<PublicKey>()],
  proposal: [2, optional(bytes(32))],
  signature: [3, bytes(64)],
});
export type ControlSignature = Infer<typeof controlSignature>;

/** An order to drop the bytes of the statement at `position`. */
export const erasure = record({
  position: [1, uint()],
  /** The author's token; SHA-256(`symbolon/erase/v1` ‖ token) is in the statement's header. */
  token: [2, optional(bytes(32))],
});
export type Erasure = Infer<typeof erasure>;

/** The part of an entry that the host reads. */
export const header = record({
  version: [1, uint(255)],
  circle: [2, id<CircleId>()],
  /** The epoch whose key seals the entry; of an entry with an acl, the one it starts from. */
  epoch: [3, uint()],
  kind: [4, oneOf(entryKinds)],
  blobs: [5, list(id<BlobHash>(), 64 * 16)],
  eraseHash: [6, optional(bytes(32))],
  acl: [7, optional(acl)],
  signatures: [8, optional(list(controlSignature, 256))],
  erases: [9, optional(list(erasure, 64, 1))],
  /** Positions of pending erase entries that this entry stops. */
  cancels: [10, optional(list(uint(), 64, 1))],
});
export type Header = Infer<typeof header>;

/** An entry as it travels and is stored. Without `sealed` it was erased, and `sealedHash` stands for it. */
export const entry = record({
  header: [1, bytes(1, 65_536)],
  sealed: [2, optional(bytes(1, 65_536))],
  sealedHash: [3, optional(bytes(32))],
});
export type Entry = Infer<typeof entry>;
