import { activeOrganizations, withEntry } from "./members.ts";
import type { CircleState, Member } from "./state.ts";

/** Hours in a day, for windows that policy gives in days. */
export const hoursPerDay = 24;

/** The unit that quorums and log time count: organizations, or persons in an organization circle. */
export function voterOf(state: CircleState, member: Member): string {
  return state.policy.kind === "organization" ? member.id : member.organization;
}

function activeVoters(state: CircleState): readonly string[] {
  if (state.policy.kind === "network") return activeOrganizations(state).map((o) => o.id);
  return [...state.members.values()].filter((m) => m.status === "active").map((m) => m.id);
}

/**
 * The state after `member` stated `hour` in a roster entry (§5 log time): the running maximum of the
 * q-th latest hour of the active organizations, q = max(2, ⌊organizations / 3⌋ + 1); one who is
 * alone sets it. Fewer than q organizations cannot move it (attack 38).
 */
export function advanceLogTime(state: CircleState, member: Member, hour: number): CircleState {
  const voter = voterOf(state, member);
  const before = state.hours.get(voter) ?? 0;
  const hours = hour > before ? withEntry(state.hours, voter, hour) : state.hours;
  const voters = activeVoters(state);
  const q = voters.length <= 1 ? 1 : Math.max(2, Math.floor(voters.length / 3) + 1);
  const stated = voters.map((v) => hours.get(v) ?? 0).sort((a, b) => b - a);
  const logTime = Math.max(state.logTime, stated[q - 1] ?? 0);
  return { ...state, hours, logTime };
}

/** The length of one window now, in hours: zero until the circle has had three organizations. */
export function windowHours(state: CircleState): number {
  return state.grown ? state.policy.windowHours : 0;
}
