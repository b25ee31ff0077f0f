import type { Brand, Bytes, CircleId, DeviceId, MemberId, OrganizationId, PublicKey } from "../codec/index.ts";
import type { Acl, ControlSignature } from "../log/format.ts";
import type { Commitment, DeviceKeys, JoinRequest, MarkKind, Objection, Proposal, Role, Target } from "./format.ts";
import type { Policy } from "./policy.ts";

/**
 * A value that replay of the roster, rooted in genesis, has vouched for. What encrypts to a key, or
 * acts on a right, takes this and never raw bytes (attack 1).
 */
export type Verified<T> = Brand<T, "Verified">;

/** A stretch of authority: given by the entry at `from`, ended by the entry at `until`. */
export type Interval = { readonly from: number; readonly until?: number };

export type Device = {
  readonly id: DeviceId;
  readonly member: MemberId;
  readonly keys: DeviceKeys;
  /** When it had authority; the last one is open while it has. */
  readonly active: readonly Interval[];
  /** Shown after admission; judged then only. */
  readonly certifiedUntil: number;
  /** Ended for good, by another device of its member or with its member. */
  readonly revoked: boolean;
};

export type Suspension = {
  readonly by: MemberId;
  readonly position: number;
  readonly logTime: number;
  readonly confirmed: boolean;
};

export type Member = {
  readonly id: MemberId;
  readonly organization: OrganizationId;
  readonly role: Role;
  /** Salted hash of the member's name. */
  readonly name: Bytes;
  readonly status: "active" | "suspended" | "removed";
  readonly suspension?: Suspension;
  /** Who invited them; recorded for good. Absent for founders. */
  readonly inviter?: MemberId;
  readonly since: number;
  readonly sinceLogTime: number;
};

export type Mark = {
  readonly as: MarkKind;
  readonly position: number;
  /** First position whose statements no longer count: 0 for `compromised`, given for `duress`. */
  readonly from: number;
};

export type Organization = {
  readonly id: OrganizationId;
  /** The current key; certificates are checked against it. */
  readonly key: PublicKey;
  /** Salted hash of its name. */
  readonly name: Bytes;
  readonly since: number;
  readonly sinceLogTime: number;
  /** The organization whose member invited its first member. */
  readonly inviter?: OrganizationId;
};

export type Invite = {
  readonly key: PublicKey;
  readonly by: MemberId;
  readonly position: number;
  readonly organization?: OrganizationId;
  readonly role: Role;
  readonly expires: number;
  /** Set where the invitation is for a further device of this member. */
  readonly member?: MemberId;
  readonly used: boolean;
};

export type Candidate = {
  /** SHA-256 of the request, hexadecimal. */
  readonly id: string;
  readonly request: JoinRequest;
  readonly invite: Invite;
  readonly position: number;
  readonly logTime: number;
  /** Who sponsors and who objects: organizations, or members in an organization circle. */
  readonly sponsors: readonly string[];
  readonly objections: readonly { readonly voter: string; readonly reason: Objection }[];
  readonly admitted: boolean;
};

export type OpenProposal = {
  /** Hash of the proposal, hexadecimal. */
  readonly id: string;
  readonly proposal: Proposal;
  readonly by: MemberId;
  readonly position: number;
  readonly logTime: number;
  /** Who approved: organizations, or members in an organization circle. The proposer is among them. */
  readonly approvals: readonly string[];
  /** Control keys' signatures on the keys it leaves: what its executor shows the host. */
  readonly signatures: readonly ControlSignature[];
  readonly vetoed: boolean;
  readonly executed: boolean;
};

export type Epoch = {
  readonly number: number;
  /** Where it begins: the position of its rotation; 0 for genesis. */
  readonly position: number;
  /** The epoch before it in the chain of valid rotations. */
  readonly from?: number;
  readonly commitment: Commitment;
};

export type Erased = {
  /** Position of the erase entry. */
  readonly by: number;
  /** Log time at which a hold began; absent: erased at once. */
  readonly pendingSince?: number;
  /** The keys that signed it, of a held one. */
  readonly signers: readonly PublicKey[];
};

/** Everything the roster says, up to and without `position`. Never changed in place. */
export type CircleState = {
  readonly circle: CircleId;
  readonly nonce: Bytes;
  readonly suite: number;
  readonly policy: Policy;
  readonly host: { readonly key: PublicKey; readonly address: string };
  readonly position: number;
  readonly organizations: ReadonlyMap<OrganizationId, Organization>;
  readonly members: ReadonlyMap<MemberId, Member>;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  readonly marks: readonly (Mark & { readonly target: Target })[];
  readonly invites: ReadonlyMap<PublicKey, Invite>;
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly proposals: ReadonlyMap<string, OpenProposal>;
  /** Valid epochs, oldest first; the last is the current one. */
  readonly epochs: readonly Epoch[];
  /** What the host enforces now: the last acl in the log, also where its entry is void. */
  readonly acl: Acl;
  /** A rotation whose link has not come yet. */
  readonly linkDue?: { readonly author: DeviceId; readonly position: number };
  /** The latest hour that each organization (or person) stated in a roster entry. */
  readonly hours: ReadonlyMap<string, number>;
  readonly logTime: number;
  /** The circle has had three organizations: windows and sponsors hold from then on. */
  readonly grown: boolean;
  /** Log times of admissions. */
  readonly admissions: readonly number[];
  /** Devices that hold the current seed though their authority ended: a rotation is owed. */
  readonly owed: readonly DeviceId[];
  /** Statements lawfully erased, or on hold to be: position to state. */
  readonly erased: ReadonlyMap<number, Erased>;
};
