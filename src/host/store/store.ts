/*
 * What a host needs of a database, the same on every engine and held to one conformance suite
 * (`test/host/store`). Nothing here needs an interactive transaction: every change is one atomic batch.
 */
import type { BlobHash, Bytes, CircleId, PublicKey } from "../../core/codec/index.ts";
import type { NodeId, NodeReader, TreeNode } from "../../core/log/index.ts";
import type { Notify } from "./engine.ts";

/** How a circle stands at this host: a number of `standings`, the hour since when, and the keys that count for it. */
export type StandingRow = {
  readonly standing: number;
  readonly standingHour: number;
  /** 32 bytes each. */
  readonly standingKeys: Bytes | null;
};

/** What is kept of a circle as a whole. */
export type CircleRow = StandingRow & {
  readonly size: number;
  readonly accessVersion: number;
  /** The acl in force, as CBOR. */
  readonly acl: Bytes;
  readonly erasures: number;
  /** Entries before this position are found by `positions`; the others by `hashes`. */
  readonly known: number;
  /** Bytes held for members, and for control keys. */
  readonly bytes: number;
  readonly controlBytes: number;
};

/** An entry as it is stored: `sealed` is null once erased, and `sealedHash` is null before. */
export type EntryRow = {
  readonly header: Bytes;
  readonly sealed: Bytes | null;
  readonly sealedHash: Bytes | null;
};

export type PlacedRow = EntryRow & { readonly position: number };

export type NewEntry = {
  /** Leaf hash. */
  readonly hash: Bytes;
  readonly header: Bytes;
  /** Null only where a log is taken over in which it was erased. */
  readonly sealed: Bytes | null;
  readonly sealedHash: Bytes | null;
  readonly blobs: readonly BlobHash[];
};

/** An acl that comes into force, with the position of the entry that carries it. */
export type NewAcl = {
  readonly position: number;
  readonly epoch: number;
  readonly accessVersion: number;
  readonly access: PublicKey;
  readonly acl: Bytes;
};

/** A statement whose bytes are dropped. */
export type Dropped = { readonly position: number; readonly sealedHash: Bytes };

export type Held = { readonly position: number; readonly target: number; readonly due: number };

/** Everything that one append changes. All of it happens, or nothing. */
export type Append = {
  readonly circle: CircleId;
  /** The size that the change was worked out for: where the first entry goes. */
  readonly position: number;
  readonly entries: readonly NewEntry[];
  /** Perfect subtrees that the entries complete. */
  readonly nodes: readonly TreeNode[];
  /** Leaf hashes to be indexed: every entry from the circle's `known` to the last of this append, or none. */
  readonly known: readonly Bytes[];
  readonly acls: readonly NewAcl[];
  readonly drops: readonly Dropped[];
  readonly holds: readonly Held[];
  /** Positions of erase entries whose holds end. */
  readonly cancels: readonly number[];
  readonly bytes: number;
  readonly controlBytes: number;
};

export type MailboxRow = {
  /** Seconds since 1970. */
  readonly expires: number;
  readonly request: Bytes | null;
  readonly contested: boolean;
  readonly welcome: Bytes | null;
};

/** The access key of an epoch: where the epoch began, and where it ended, if it did. */
export type AccessRow = { readonly epoch: number; readonly began: number; readonly ended: number | null };

export type Store = {
  readonly circle: (circle: CircleId) => Promise<CircleRow | undefined>;
  /** Every circle, for checks; in the order of ids, after `after`. */
  readonly circles: (after: CircleId | undefined, limit: number) => Promise<readonly CircleId[]>;

  /** Founds a circle with its first entry, open or otherwise. Throws `StoreError` `taken` where it exists. `hour` since 1970. */
  readonly found: (append: Append, hour: number, standing?: StandingRow) => Promise<void>;
  readonly setStanding: (circle: CircleId, standing: StandingRow) => Promise<void>;
  /** Gives every circle that stands as `from` says another standing. Returns how many had it. */
  readonly setStandings: (from: number, to: StandingRow) => Promise<number>;
  /** How many entries may wait to be indexed; see `Append.known`. */
  readonly indexBehind: number;
  /** Appends. Throws `StoreError`: `taken` where the position or an entry is, or the circle has left, `missing` where a listed blob is not held. */
  readonly append: (append: Append) => Promise<void>;
  /** Leaf hashes of the entries from `from` up to, not including, `to`. */
  readonly hashes: (circle: CircleId, from: number, to: number) => Promise<readonly Bytes[]>;
  /** Positions of those entries before the circle's `known` that are stored, by leaf hash in hexadecimal. */
  readonly positions: (circle: CircleId, hashes: readonly Bytes[]) => Promise<ReadonlyMap<string, number>>;
  /** Entries from `from` up to, not including, `to`; at most `limit`. */
  readonly entries: (circle: CircleId, from: number, to: number, limit: number) => Promise<readonly EntryRow[]>;
  readonly entriesAt: (circle: CircleId, positions: readonly number[]) => Promise<readonly PlacedRow[]>;
  /** Entries that began an epoch at or after `epoch`, in order. */
  readonly epochs: (circle: CircleId, epoch: number, limit: number) => Promise<readonly EntryRow[]>;
  /** A reader of the `wanted` subtrees. It throws for any other, and for those that do not exist. */
  readonly nodes: (circle: CircleId, wanted: readonly NodeId[]) => Promise<NodeReader>;
  /** The latest epoch whose access key `key` was. */
  readonly access: (circle: CircleId, key: PublicKey) => Promise<AccessRow | undefined>;

  /** Keeps a blob and counts it, unless it is there. `hour` since 1970. */
  readonly putBlob: (circle: CircleId, hash: BlobHash, bytes: Bytes, hour: number, control: boolean) => Promise<void>;
  /** Makes a place for each blob that is not held, so that entries can list it before it comes. `hour` since 1970. */
  readonly expectBlobs: (circle: CircleId, hashes: readonly BlobHash[], hour: number) => Promise<void>;
  readonly blob: (circle: CircleId, hash: BlobHash) => Promise<Bytes | undefined>;
  readonly hasBlob: (circle: CircleId, hash: BlobHash) => Promise<boolean>;
  /** Whether an entry that began an epoch lists the blob. */
  readonly isWrap: (circle: CircleId, hash: BlobHash) => Promise<boolean>;

  readonly mailbox: (circle: CircleId, key: PublicKey) => Promise<MailboxRow | undefined>;
  readonly mailboxCount: (circle: CircleId) => Promise<number>;
  /** Opens a mailbox, or moves the expiry of one that is open at `now` (both in seconds since 1970). */
  readonly openMailbox: (circle: CircleId, key: PublicKey, expires: number, now: number) => Promise<void>;
  /** Writes the request where none is; where another is, notes that it is contested. Returns the mailbox after it. */
  readonly writeRequest: (circle: CircleId, key: PublicKey, request: Bytes) => Promise<MailboxRow | undefined>;
  /** Writes the welcome where none is. Returns the mailbox after it. */
  readonly writeWelcome: (circle: CircleId, key: PublicKey, welcome: Bytes) => Promise<MailboxRow | undefined>;
  readonly deleteMailbox: (circle: CircleId, key: PublicKey) => Promise<void>;

  /** Which of these erase entries still hold something. */
  readonly held: (circle: CircleId, positions: readonly number[]) => Promise<ReadonlySet<number>>;
  /** Holds that are due by `hour`, at most `limit`; of restored circles none: what they lost may have cancelled them. */
  readonly due: (hour: number, limit: number) => Promise<readonly (Held & { readonly circle: CircleId })[]>;
  /** Drops statements' bytes, the blobs that only they list, and their holds. */
  readonly drop: (circle: CircleId, drops: readonly Dropped[]) => Promise<void>;
  /** Drops blobs uploaded before `hour` that no entry lists, but of restored circles. Returns how many. */
  readonly sweepBlobs: (hour: number) => Promise<number>;
  /** Drops mailboxes that expired before `time` (seconds since 1970). */
  readonly sweepMailboxes: (time: number) => Promise<void>;

  /** The engine's. */
  readonly notify: Notify | undefined;
  readonly tidy: () => Promise<void>;
  readonly close: () => Promise<void>;
};
