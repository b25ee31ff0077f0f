import { type MemberId, type OrganizationId, type PublicKey, toHex } from "../codec/index.ts";
import type { Act, Author, Judge, Outcome, VoidReason } from "./entry.ts";
import type { BodyOf, JoinRequest, SignedRequest } from "./format.ts";
import { hoursPerDay, voterOf, windowHours } from "./logtime.ts";
import {
  activeDevice,
  activeOrganizations,
  devicesOf,
  endedAt,
  isActive,
  presentOrganizations,
  withEntry,
} from "./members.ts";
import { type CheckedRequest, checkRequest } from "./proofs.ts";
import { eligible } from "./quorum.ts";
import type { Candidate, CircleState, Invite, Member } from "./state.ts";

/** Devices that one member may have at a time. */
export const mostDevices = 8;

/** `invite`: a coordinator's; for a further device, its own member's. Never gives the role of coordinator. */
export function invite({ state, author, body, entry }: Act<BodyOf<"invite">>): Outcome {
  if (state.invites.has(body.inviteKey)) return "duplicate";
  if (body.expires <= state.logTime) return "expired";
  if (body.member !== undefined) {
    if (body.member !== author.member.id) return "role";
  } else {
    if (author.member.role !== "coordinator") return "role";
    if (body.role === "coordinator") return "role";
    if (admissionsLeft(state) === 0) return "cap";
    if (body.organization !== undefined && !isPresent(state, body.organization)) return "unknown";
    if (state.policy.kind === "organization" && body.organization === undefined) return "policy";
  }
  const made: Invite = {
    key: body.inviteKey,
    by: author.member.id,
    position: entry.position,
    role: body.member === undefined ? body.role : author.member.role,
    expires: body.expires,
    used: false,
    ...(body.organization === undefined ? {} : { organization: body.organization }),
    ...(body.member === undefined ? {} : { member: body.member }),
  };
  return { ...state, invites: withEntry(state.invites, made.key, made) };
}

/** How many more may be admitted now: policy's cap less the admissions of the last 30 days of log time. */
export function admissionsLeft(state: CircleState): number {
  const since = state.logTime - 30 * hoursPerDay;
  return Math.max(0, state.policy.admissionsPer30Days - state.admissions.filter((at) => at > since).length);
}

function isPresent(state: CircleState, organization: OrganizationId): boolean {
  return presentOrganizations(state).some((o) => o.id === organization);
}

/** A request that fits an open invitation of `author`, or why it does not. */
function openRequest(
  state: CircleState,
  author: Author,
  signed: SignedRequest,
  judge: Judge,
): { readonly checked: CheckedRequest; readonly invite: Invite } | VoidReason {
  const checked = checkRequest(state.circle, signed, judge.verify);
  if (checked === undefined) return "proof";
  const { request } = checked;
  const opened = state.invites.get(request.inviteKey);
  if (opened === undefined || opened.by !== author.member.id) return "unknown";
  if (opened.used) return "duplicate";
  if (request.expires !== opened.expires || state.logTime > opened.expires) return "expired";
  if (request.certificate.validUntil < state.logTime) return "expired";
  if (!keysAreNew(state, request)) return "duplicate";
  const known = state.organizations.get(request.organization);
  if (known === undefined) {
    if (opened.organization !== undefined || (request.certificate.key as string) !== request.organization)
      return "proof";
  } else {
    const invited = opened.member === undefined ? opened.organization : author.member.organization;
    if (invited !== request.organization || request.certificate.key !== known.key) return "proof";
  }
  return { checked, invite: opened };
}

function keysAreNew(state: CircleState, { device }: JoinRequest): boolean {
  const fresh = new Set<string>([device.id, device.control, device.append, device.mailbox]);
  for (const { keys } of state.devices.values()) {
    if ([keys.id, keys.control, keys.append, keys.mailbox].some((key) => fresh.has(key))) return false;
  }
  return true;
}

function used(state: CircleState, invitation: Invite): CircleState {
  return { ...state, invites: withEntry(state.invites, invitation.key, { ...invitation, used: true }) };
}

/** `candidate`: by who invited, with a join request whose proofs hold. */
export function candidate({ state, author, body, entry, judge }: Act<BodyOf<"candidate">>): Outcome {
  const open = openRequest(state, author, body.request, judge);
  if (typeof open === "string") return open;
  if (open.invite.member !== undefined) return "role";
  const made: Candidate = {
    id: open.checked.id,
    request: open.checked.request,
    invite: open.invite,
    position: entry.position,
    logTime: state.logTime,
    sponsors: [],
    objections: [],
    admitted: false,
  };
  return { ...used(state, open.invite), candidates: withEntry(state.candidates, made.id, made) };
}

function underConsideration(state: CircleState, id: Uint8Array): Candidate | undefined {
  const found = state.candidates.get(toHex(id));
  return found?.admitted === false ? found : undefined;
}

/** Whether `voter` stands apart from the candidate: not of the candidate's own organization. */
function isApart(state: CircleState, member: Member, candidate: Candidate): boolean {
  return state.policy.kind === "organization" || member.organization !== candidate.request.organization;
}

/** `sponsor`: any member, once per organization, not the candidate's own. */
export function sponsor({ state, author, body }: Act<BodyOf<"sponsor">>): Outcome {
  const found = underConsideration(state, body.candidate);
  if (found === undefined) return "unknown";
  const voter = voterOf(state, author.member);
  if (!isApart(state, author.member, found)) return "concerned";
  if (found.sponsors.includes(voter) || found.objections.some((o) => o.voter === voter)) return "duplicate";
  const sponsors = [...found.sponsors, voter];
  return { ...state, candidates: withEntry(state.candidates, found.id, { ...found, sponsors }) };
}

/** `object`: any member, once per organization; raises the sponsors needed by one, and takes back an own sponsorship. */
export function object({ state, author, body }: Act<BodyOf<"object">>): Outcome {
  const found = underConsideration(state, body.candidate);
  if (found === undefined) return "unknown";
  const voter = voterOf(state, author.member);
  if (!isApart(state, author.member, found)) return "concerned";
  if (found.objections.some((o) => o.voter === voter)) return "duplicate";
  const objections = [...found.objections, { voter, reason: body.reason }];
  const sponsors = found.sponsors.filter((s) => s !== voter);
  return { ...state, candidates: withEntry(state.candidates, found.id, { ...found, sponsors, objections }) };
}

/**
 * How many sponsors a candidate needs (§6 Admission): min(policy, those active beside the candidate's
 * own), none until the circle has grown; one more for each objection, capped at those who neither object
 * nor are concerned; an objection is never answered by nobody.
 */
export function sponsorsNeeded(state: CircleState, candidate: Candidate): number {
  const others =
    state.policy.kind === "organization"
      ? [...state.members.values()].filter((m) => m.status === "active").map((m) => m.id as string)
      : activeOrganizations(state)
          .map((o) => o.id as string)
          .filter((id) => id !== candidate.request.organization);
  const base = state.grown ? Math.min(state.policy.sponsors, others.length) : 0;
  const present = new Set(eligible(state));
  const objectors = new Set(candidate.objections.map((o) => o.voter).filter((voter) => present.has(voter)));
  if (objectors.size === 0) return base;
  const able = others.filter((voter) => !objectors.has(voter)).length;
  return Math.max(1, Math.min(base + objectors.size, able));
}

/** Whether a candidate may be admitted now, or why not. */
export function admissible(state: CircleState, candidate: Candidate): "yes" | VoidReason {
  if (candidate.admitted) return "duplicate";
  if (admissionsLeft(state) === 0) return "cap";
  if (candidate.request.certificate.validUntil < state.logTime) return "expired";
  // Who was removed since sponsors nobody any more.
  const sponsors = eligible(state).filter((voter) => candidate.sponsors.includes(voter));
  if (sponsors.length < sponsorsNeeded(state, candidate)) return "sponsors";
  if (state.logTime < candidate.logTime + windowHours(state)) return "window";
  if (!keysAreNew(state, candidate.request)) return "duplicate";
  return "yes";
}

/** `admit`: a coordinator's; with `history: from-joining` only inside a rotation. */
export function admit({ state, author, body, entry }: Act<BodyOf<"admit">>): Outcome {
  if (author.member.role !== "coordinator") return "role";
  if (state.policy.history === "from-joining") return "policy";
  return admitCandidate(state, body.candidate, entry.position);
}

/** The state with a candidate as a member, or why that cannot be. */
export function admitCandidate(state: CircleState, id: Uint8Array, position: number): Outcome {
  const found = underConsideration(state, id);
  if (found === undefined) return "unknown";
  const answer = admissible(state, found);
  if (answer !== "yes") return answer;
  const { request } = found;
  const inviter = state.members.get(found.invite.by);
  const memberId = request.device.id as string as MemberId;
  const organizations = state.organizations.has(request.organization)
    ? state.organizations
    : withEntry(state.organizations, request.organization, {
        id: request.organization,
        key: request.organization as string as PublicKey,
        name: request.organizationName,
        since: position,
        sinceLogTime: state.logTime,
        ...(inviter === undefined ? {} : { inviter: inviter.organization }),
      });
  const members = withEntry(state.members, memberId, {
    id: memberId,
    organization: request.organization,
    role: found.invite.role,
    name: request.memberName,
    status: "active",
    inviter: found.invite.by,
    since: position,
    sinceLogTime: state.logTime,
  });
  const next = addDevice({ ...state, organizations, members }, request, memberId, position);
  const candidates = withEntry(next.candidates, found.id, { ...found, admitted: true });
  const units = state.policy.kind === "organization" ? members.size : presentOrganizations(next).length;
  return { ...next, candidates, admissions: [...state.admissions, state.logTime], grown: state.grown || units >= 3 };
}

function addDevice(state: CircleState, request: JoinRequest, member: MemberId, position: number): CircleState {
  const devices = withEntry(state.devices, request.device.id, {
    id: request.device.id,
    member,
    keys: request.device,
    active: [{ from: position }],
    certifiedUntil: request.certificate.validUntil,
    revoked: false,
  });
  return { ...state, devices };
}

/** `device-add`: a member's old device vouches for a new one of the same member. */
export function deviceAdd({ state, author, body, entry, judge }: Act<BodyOf<"device-add">>): Outcome {
  const open = openRequest(state, author, body.request, judge);
  if (typeof open === "string") return open;
  const { request } = open.checked;
  if (open.invite.member !== author.member.id) return "role";
  if (request.organization !== author.member.organization) return "proof";
  // Else one member's devices could outgrow what a rotation and a list of keys can hold (attack 36).
  if (devicesOf(state, author.member.id).filter(isActive).length >= mostDevices) return "cap";
  return addDevice(used(state, open.invite), request, author.member.id, entry.position);
}

/** `device-revoke`: by another device of the same member; authority ends here, a rotation is owed. */
export function deviceRevoke({ state, author, body, entry }: Act<BodyOf<"device-revoke">>): Outcome {
  const device = activeDevice(state, body.device);
  if (device === undefined) return "unknown";
  if (device.member !== author.member.id || device.id === author.device.id) return "role";
  const active = endedAt(device.active, entry.position);
  const devices = withEntry(state.devices, device.id, { ...device, active, revoked: true });
  return { ...state, devices, owed: [...state.owed, device.id] };
}
