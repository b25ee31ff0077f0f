import type { OrganizationId, PublicKey } from "../codec/index.ts";
import type { KeysAfter } from "./format.ts";
import {
  activeOrganizations,
  controlKeys,
  coordinatingOrganizations,
  devicesOf,
  membersOf,
  reserveOrganizations,
} from "./members.ts";
import type { CircleState } from "./state.ts";

/** The control keys, reserve keys and need that `state` asks the host to enforce. */
export function expectedKeys(state: CircleState, keysVersion: number): KeysAfter {
  const person = state.policy.kind === "organization";
  const coordinating = coordinatingOrganizations(state);
  const control = activeOrganizations(state)
    .filter((o) => coordinating.has(o.id))
    .flatMap((o) => (person ? personGroups(state, o.id) : [controlKeys(state, o.id, true)]));
  const reserve = reserveOrganizations(state)
    .map((id) => controlKeys(state, id, false))
    .filter((group) => group.length > 0);
  const groups = control.length + reserve.length;
  return { keysVersion, control, reserve, need: Math.max(1, Math.min(state.policy.quorum, groups)) };
}

/** Where persons are counted, the devices of one person are one voice, too: a group each, in the order of their first keys. */
function personGroups(state: CircleState, organization: OrganizationId): PublicKey[][] {
  const keys = new Set(controlKeys(state, organization, true));
  return membersOf(state, organization)
    .map((member) => devicesOf(state, member.id).map((device) => device.keys.control))
    .map((group) => group.filter((key) => keys.has(key)).sort())
    .filter((group) => group.length > 0)
    .sort((a, b) => ((a[0] as PublicKey) < (b[0] as PublicKey) ? -1 : 1));
}

/** Whether every key of a set still is a control key of an active device: nobody is brought back by an old vote. */
export function keysAreHeld(state: CircleState, keys: KeysAfter): boolean {
  const held = new Set(activeOrganizations(state).flatMap((o) => controlKeys(state, o.id, false)));
  return [...keys.control, ...keys.reserve].every((group) => group.every((key) => held.has(key)));
}
