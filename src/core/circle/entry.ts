import type { Bytes, DeviceId } from "../codec/index.ts";
import type { Acl, Header } from "../log/format.ts";
import type { SignatureClaim } from "../log/signed.ts";
import type { BodyOf, RosterBody } from "./format.ts";
import type { CircleState, Device, Member, Verified } from "./state.ts";

/** A roster entry whose envelope opened and whose author's signature was verified. */
export type OpenedEntry = {
  readonly position: number;
  readonly header: Header;
  /** SHA-256 of what the entry seals; 32 bytes. */
  readonly sealedHash: Bytes;
  readonly author: DeviceId;
  /** Size of the head that its author had seen. */
  readonly seenSize: number;
  readonly hour: number;
  readonly body: RosterBody;
};

/** What replay cannot know from the roster alone. */
export type Judge = {
  /** Whether a signature is valid, by the strict rule of §2. */
  readonly verify: (claim: SignatureClaim) => boolean;
  /**
   * Whether a rotation gives every device of `devices` what its commitment promises: the seed matches,
   * all wraps are the ones that follow from it, and its link is true. Who lacks the seed answers by the
   * chain of `previous` (§6 Rotation).
   */
  readonly rotation: (
    entry: OpenedEntry & { readonly body: BodyOf<"rotate"> },
    devices: readonly Verified<Device>[],
  ) => boolean;
  /** The header of an earlier entry. */
  readonly header: (position: number) => Header | undefined;
};

/** Who acts: a device with authority at this position, and its member. */
export type Author = { readonly device: Device; readonly member: Member };

/** One act at its place: the state before it, with log time moved, and all that it may look at. */
export type Act<B> = {
  readonly state: CircleState;
  readonly author: Author;
  readonly body: B;
  readonly entry: OpenedEntry;
  readonly judge: Judge;
  /** The host's acl before this entry. */
  readonly aclBefore: Acl;
};

/** Why an entry is void: a constant, shown to people in their language. */
export type VoidReason =
  | "unopened"
  | "malformed"
  | "signature"
  | "author"
  | "role"
  | "epoch"
  | "seen"
  | "acl"
  | "unknown"
  | "duplicate"
  | "expired"
  | "proof"
  | "cap"
  | "sponsors"
  | "window"
  | "quorum"
  | "concerned"
  | "rotation"
  | "policy"
  | "standing"
  | "erased";

/** The state after an act, or why it is void. */
export type Outcome = CircleState | VoidReason;
