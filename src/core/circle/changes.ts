import { idBytes, type PublicKey } from "../codec/index.ts";
import { admitCandidate } from "./admission.ts";
import type { Judge, Outcome } from "./entry.ts";
import type { BodyOf, Change, Target } from "./format.ts";
import { hoursPerDay, voterOf } from "./logtime.ts";
import { devicesOf, endedAt, withEntry } from "./members.ts";
import { orgKeyMessage } from "./proofs.ts";
import { targeted } from "./quorum.ts";
import type { CircleState, Device, Member } from "./state.ts";

/** Where and by whom a change is made. */
export type ChangeContext = {
  readonly position: number;
  readonly by: Member;
  /** Whether a quorum carries it, or one acts alone. */
  readonly carried: boolean;
  readonly judge: Pick<Judge, "verify">;
};

/** Days after which a suspension that nobody confirmed may be ended by one coordinator. */
export const unconfirmedDays = 14;

function withMembers(state: CircleState, members: readonly Member[]): CircleState {
  const next = new Map(state.members);
  for (const member of members) next.set(member.id, member);
  return { ...state, members: next };
}

function withDevices(state: CircleState, devices: readonly Device[]): CircleState {
  const next = new Map(state.devices);
  for (const device of devices) next.set(device.id, device);
  return { ...state, devices: next };
}

function endAuthority(state: CircleState, members: readonly Member[], position: number, forGood: boolean): CircleState {
  const devices = members
    .flatMap((member) => devicesOf(state, member.id))
    .map((device) => ({ ...device, active: endedAt(device.active, position), revoked: device.revoked || forGood }));
  return withDevices(state, devices);
}

function remove(state: CircleState, target: Target, { position }: ChangeContext): Outcome {
  const members = targeted(state, target);
  if (members.length === 0) return "unknown";
  const gone = members.map(({ suspension: _, ...member }) => ({ ...member, status: "removed" as const }));
  return withMembers(endAuthority(state, members, position, true), gone);
}

function suspend(state: CircleState, id: Member["id"], { position, by, carried }: ChangeContext): Outcome {
  const member = state.members.get(id);
  if (member?.status !== "active") return "unknown";
  if (voterOf(state, member) === voterOf(state, by)) return "concerned";
  if (!carried) {
    if (member.role === "coordinator") return "quorum";
    const open = [...state.members.values()].some((m) => m.suspension?.by === by.id && !m.suspension.confirmed);
    if (open) return "cap";
  }
  const suspension = { by: by.id, position, logTime: state.logTime, confirmed: false };
  return withMembers(endAuthority(state, [member], position, false), [{ ...member, status: "suspended", suspension }]);
}

function reinstate(state: CircleState, id: Member["id"], { position, by, carried }: ChangeContext): Outcome {
  const member = state.members.get(id);
  if (member?.status !== "suspended" || member.suspension === undefined) return "unknown";
  const { suspension, ...rest } = member;
  const lapsed = state.logTime >= suspension.logTime + unconfirmedDays * hoursPerDay;
  if (!carried && (suspension.confirmed || !(lapsed || suspension.by === by.id))) return "quorum";
  if (!carried && voterOf(state, member) === voterOf(state, by)) return "concerned";
  const devices = devicesOf(state, id)
    .filter((device) => !device.revoked)
    .map((device) => ({ ...device, active: [...device.active, { from: position }] }));
  return withMembers(withDevices(state, devices), [{ ...rest, status: "active" }]);
}

function role(state: CircleState, change: Extract<Change, { kind: "role" }>): Outcome {
  const member = state.members.get(change.member);
  if (member === undefined || member.status === "removed") return "unknown";
  if (member.role === change.role) return "duplicate";
  return withMembers(state, [{ ...member, role: change.role }]);
}

type OrgKey = NonNullable<BodyOf<"org-key">["orgKey"]>;

/** A new key for an organization: proved held, and signed by the old one unless the quorum decides. */
export function replaceOrgKey(state: CircleState, orgKey: OrgKey, { carried, judge }: ChangeContext): Outcome {
  const organization = state.organizations.get(orgKey.organization);
  if (organization === undefined) return "unknown";
  const taken = [...state.organizations.values()].some((o) => o.key === orgKey.key || (o.id as string) === orgKey.key);
  if (taken) return "duplicate";
  const message = orgKeyMessage(state.circle, idBytes(orgKey.organization), idBytes(orgKey.key));
  if (!judge.verify({ key: orgKey.key, message, signature: orgKey.proof })) return "proof";
  if (!carried) {
    const { signature } = orgKey;
    if (signature === undefined || !judge.verify({ key: organization.key, message, signature })) return "proof";
  }
  const key: PublicKey = orgKey.key;
  return { ...state, organizations: withEntry(state.organizations, organization.id, { ...organization, key }) };
}

type MarkBody = NonNullable<BodyOf<"mark">["mark"]>;

/** How trust in an organization or member ends (§6): for all, from a position on, or for what is new. */
export function setMark(state: CircleState, mark: MarkBody, { position }: ChangeContext): Outcome {
  const { target } = mark;
  const known =
    target.kind === "member" ? state.members.has(target.member) : state.organizations.has(target.organization);
  if (!known) return "unknown";
  if ((mark.as === "duress") !== (mark.since !== undefined)) return "malformed";
  if (mark.since !== undefined && mark.since > position) return "malformed";
  const from = mark.as === "compromised" ? 0 : (mark.since ?? position);
  return { ...state, marks: [...state.marks, { as: mark.as, position, from, target }] };
}

/** The state with a change made, or why it cannot be. Whether it is carried is for the caller to judge. */
export function applyChange(state: CircleState, change: Change, context: ChangeContext): Outcome {
  switch (change.kind) {
    case "remove":
      return remove(state, change.target, context);
    case "suspend":
      return suspend(state, change.member, context);
    case "reinstate":
      return reinstate(state, change.member, context);
    case "admit":
      return admitCandidate(state, change.candidate, context.position);
    case "role":
      return role(state, change);
    case "policy":
      if (change.policy.kind !== state.policy.kind || change.policy.quorum < 1) return "policy";
      return { ...state, policy: change.policy };
    case "host":
      return { ...state, host: change.host };
    case "org-key":
      return replaceOrgKey(state, change.orgKey, context);
    case "mark":
      return setMark(state, change.mark, context);
    case "keys":
      return state;
  }
}
