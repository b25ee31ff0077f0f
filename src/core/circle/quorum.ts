import type { MemberId, OrganizationId } from "../codec/index.ts";
import type { Change, Target } from "./format.ts";
import { voterOf, windowHours } from "./logtime.ts";
import { presentOrganizations, reserveOrganizations } from "./members.ts";
import type { CircleState, Member, OpenProposal } from "./state.ts";

/** Organizations, or persons in an organization circle, whom a change concerns: they neither approve nor veto it. */
export function concerned(state: CircleState, change: Change): ReadonlySet<string> {
  const voters = new Set<string>();
  const addMember = (id: MemberId) => {
    const member = state.members.get(id);
    if (member !== undefined) voters.add(voterOf(state, member));
  };
  const addOrganization = (id: OrganizationId) => {
    if (state.policy.kind === "network") voters.add(id);
    else for (const member of state.members.values()) if (member.organization === id) voters.add(member.id);
  };
  const addTarget = (target: Target) => {
    if (target.kind === "member") addMember(target.member);
    else addOrganization(target.organization);
  };
  switch (change.kind) {
    case "remove":
      addTarget(change.target);
      break;
    case "mark":
      addTarget(change.mark.target);
      break;
    case "suspend":
    case "reinstate":
    case "role":
      addMember(change.member);
      break;
    case "org-key":
      addOrganization(change.orgKey.organization);
      break;
    case "admit":
    case "policy":
    case "host":
    case "keys":
      break;
  }
  return voters;
}

/** Members whom a target names, removed ones left out. */
export function targeted(state: CircleState, target: Target): readonly Member[] {
  return [...state.members.values()].filter(
    (m) =>
      m.status !== "removed" &&
      (target.kind === "member" ? m.id === target.member : m.organization === target.organization),
  );
}

/** Whether a change is directed against somebody who is a coordinator now. */
export function againstCoordinator(state: CircleState, change: Change): boolean {
  const members =
    change.kind === "remove"
      ? targeted(state, change.target)
      : change.kind === "mark"
        ? targeted(state, change.mark.target)
        : change.kind === "suspend" || change.kind === "role"
          ? targeted(state, { kind: "member", member: change.member })
          : change.kind === "org-key"
            ? targeted(state, { kind: "organization", organization: change.orgKey.organization })
            : [];
  return members.some((m) => m.role === "coordinator");
}

/** Everyone whom a quorum counts: not removed; suspended ones are included, so that nobody becomes "all" by suspending (attack 31). */
export function eligible(state: CircleState): readonly string[] {
  if (state.policy.kind === "network") return presentOrganizations(state).map((o) => o.id);
  return [...state.members.values()].filter((m) => m.status !== "removed").map((m) => m.id);
}

/**
 * How many approvals a change needs (§6 Quorum): min(policy, those not removed and not concerned), at
 * least 1; one more after a veto, capped the same way. Against a coordinator never below 2, also
 * where there are not 2 to be had: then it does not carry.
 */
export function approvalsNeeded(state: CircleState, change: Change, vetoed: boolean): number {
  const left = concerned(state, change);
  const able = eligible(state).filter((voter) => !left.has(voter)).length;
  const asked = change.kind === "suspend" ? 2 : state.policy.quorum;
  const needed = Math.max(1, Math.min(asked + (vetoed ? 1 : 0), able));
  return againstCoordinator(state, change) ? Math.max(2, needed) : needed;
}

/** Hours of log time between a proposal and its execution. Suspension and duress cannot wait. */
export function proposalWindow(state: CircleState, change: Change, vetoed: boolean): number {
  if (change.kind === "suspend" || change.kind === "keys") return 0;
  if (change.kind === "mark" && change.mark.as === "duress") return 0;
  return windowHours(state) * (vetoed ? 2 : 1);
}

/** Whether `member` may propose, approve or veto: a coordinator, or a contributor of a reserve organization. */
export function mayVote(state: CircleState, member: Member): boolean {
  if (member.role === "coordinator") return true;
  return member.role === "contributor" && reserveOrganizations(state).includes(member.organization);
}

/** Whether an open proposal has what it needs now. `coordinator`: whether one executes it. */
export function carries(state: CircleState, open: OpenProposal, coordinator: boolean): boolean {
  const { change } = open.proposal;
  const left = concerned(state, change);
  const needed = approvalsNeeded(state, change, open.vetoed);
  // Who was removed since has no voice any more, also not by an approval from before.
  const approvals = eligible(state).filter((voter) => open.approvals.includes(voter) && !left.has(voter)).length;
  if (approvals < needed || (needed === 1 && !coordinator)) return false;
  return state.logTime >= open.logTime + proposalWindow(state, change, open.vetoed);
}
