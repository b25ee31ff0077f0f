import type { DeviceId, MemberId, OrganizationId } from "../codec/index.ts";
import type { VoidReason } from "./entry.ts";
import { activeDevice } from "./members.ts";
import { currentEpoch } from "./replay.ts";
import type { CircleState, Mark, Member } from "./state.ts";

/** The marks that touch a member or their organization. */
export function marksOn(state: CircleState, organization: OrganizationId, member?: MemberId): readonly Mark[] {
  return state.marks.filter(({ target }) =>
    target.kind === "organization" ? target.organization === organization : target.member === member,
  );
}

/**
 * Whether a statement made at `position` still counts (§6 How trust ends): `compromised` voids all,
 * `duress` what came from its position on, `retired` lets stand what was there before.
 */
export function counts(
  state: CircleState,
  statement: { readonly organization: OrganizationId; readonly member: MemberId; readonly position: number },
): boolean {
  return marksOn(state, statement.organization, statement.member).every((mark) => statement.position < mark.from);
}

/** Who may make a statement now, in the epoch its header names; or why it is void. */
export function speaker(
  state: CircleState,
  author: DeviceId,
  header: { readonly epoch: number },
  seenSize: number,
): Member | VoidReason {
  const device = activeDevice(state, author);
  const member = device === undefined ? undefined : state.members.get(device.member);
  if (member === undefined) return "author";
  if (header.epoch !== currentEpoch(state)) return "epoch";
  if (seenSize > state.position) return "seen";
  return member;
}
