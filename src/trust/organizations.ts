import type { CircleId, OrganizationId } from "../core/codec/index.ts";
import { HOURS_PER_DAY, PROBATION_CAP } from "./constants.ts";

/** How trust in an organization ended (protocol.md §6), at a position of a circle's log. */
export type Mark = {
  readonly kind: "retired" | "compromised" | "under-duress";
  readonly circle: CircleId;
  readonly position: number;
};

/** What the roster says of an organization, as far as trust asks. */
export type Organization = {
  readonly id: OrganizationId;
  /** Who invited it; founders have none. */
  readonly invitedBy?: OrganizationId;
  readonly suspended?: boolean;
  /** Hours since 1970. Absent: a founder, never on probation. */
  readonly admittedHour?: number;
  readonly marks?: readonly Mark[];
};

/** Whether what stands at this place of a log is void by a mark of its author. */
export function isVoid(author: Organization | undefined, circle: CircleId, position: number): boolean {
  for (const mark of author?.marks ?? []) {
    if (mark.kind === "compromised") return true;
    // `retired`: what was said stands, nothing new does. `under duress`: the same, from p on.
    if (mark.circle === circle && position >= mark.position) return true;
  }
  return false;
}

/** Organizations through which nothing is heard, whatever anybody vouches. */
export function closedNodes(organizations: Iterable<Organization>): Set<string> {
  const closed = new Set<string>();
  for (const { id, suspended, marks } of organizations) {
    if (suspended === true || marks?.some((mark) => mark.kind === "compromised")) closed.add(id);
  }
  return closed;
}

/** Those still on probation at `now` (hours), with the most voice each can carry. */
export function probationCaps(organizations: Iterable<Organization>, now: number, days: number): Map<string, number> {
  const caps = new Map<string, number>();
  for (const { id, admittedHour } of organizations) {
    if (admittedHour !== undefined && now < admittedHour + days * HOURS_PER_DAY) caps.set(id, PROBATION_CAP);
  }
  return caps;
}
