/* What people type for whom and what: names, and beginnings of ids. */
import {
  type Circle,
  called,
  type DeviceId,
  type MemberId,
  type Names,
  namesIn,
  type OrganizationId,
  type Recorded,
  type Target,
  UsageError,
} from "../client/index.ts";

/** Ids are shown by so many digits; so many, at least, must be typed. */
export const shownDigits = 8;
const leastDigits = 4;

export const short = (id: string) => id.slice(0, shownDigits);

function only<T>(found: readonly T[], code: string, what: string): T {
  const [first] = found;
  if (first === undefined) {
    throw new UsageError(`${code}.unknown`, `no ${what} has this name, and no id begins like this: see circle show`);
  }
  if (found.length > 1) {
    throw new UsageError(`${code}.ambiguous`, `more than one ${what} is called this: write the beginning of its id`);
  }
  return first;
}

/** An organization of the circle by its name or the beginning of its id. Throws `UsageError`. */
export function organizationNamed(circle: Circle, text: string, names: Names = namesIn(circle)): OrganizationId {
  const plain = text.replace(/^org(?:anization)?:/i, "");
  return only(called(circle.state().organizations.keys(), names.organizations, plain), "organization", "organization");
}

/** A member of the circle, likewise. */
export function memberNamed(circle: Circle, text: string, names: Names = namesIn(circle)): MemberId {
  const plain = text.replace(/^member:/i, "");
  return only(called(circle.state().members.keys(), names.members, plain), "member", "member");
}

/** An organization or a member; `org:` or `member:` in front says which where both are called this. */
export function targetNamed(circle: Circle, text: string): Target {
  const names = namesIn(circle);
  const state = circle.state();
  if (/^member:/i.test(text)) return { kind: "member", member: memberNamed(circle, text, names) };
  if (/^org(?:anization)?:/i.test(text)) {
    return { kind: "organization", organization: organizationNamed(circle, text, names) };
  }
  const organizations = called(state.organizations.keys(), names.organizations, text);
  const members = called(state.members.keys(), names.members, text);
  if (organizations.length > 0 && members.length > 0) {
    throw new UsageError("target.ambiguous", "an organization and a member are called this: write org:… or member:…");
  }
  if (members.length > 0) return { kind: "member", member: only(members, "member", "member") };
  return { kind: "organization", organization: only(organizations, "organization", "organization or member") };
}

/** A device of this member by the beginning of its id. */
export function ownDeviceNamed(circle: Circle, text: string): DeviceId {
  const me = circle.me().id;
  const own = [...circle.state().devices.values()].filter((device) => device.member === me).map((device) => device.id);
  const start = text.trim().toLowerCase();
  const found = start.length < leastDigits ? [] : own.filter((id) => id.startsWith(start));
  const [device] = found;
  if (device === undefined || found.length > 1) {
    throw new UsageError("device.unknown", "no device of yours, or more than one, begins like this: see device list");
  }
  return device;
}

/** A statement by the beginning of its hash. */
export function statementNamed(circle: Circle, text: string): Recorded {
  const start = text.trim().toLowerCase();
  const found = start.length < leastDigits ? [] : circle.statements().filter((s) => s.hash.startsWith(start));
  const [recorded] = found;
  if (recorded === undefined || found.some((other) => other.hash !== recorded.hash)) {
    throw new UsageError("statement.unknown", "no statement, or more than one, begins like this: see check");
  }
  return recorded;
}

/** How an organization is shown: its name, or the beginning of its id. */
export function organizationShown(names: Names, id: OrganizationId | string): string {
  return names.organizations.get(id as OrganizationId) ?? `organization ${short(id)}`;
}

/** How a member is shown. */
export function memberShown(names: Names, id: MemberId): string {
  return names.members.get(id) ?? `member ${short(id)}`;
}

/** An organization, for programs. */
export function organizationJson(names: Names, id: OrganizationId | string) {
  return { id, name: names.organizations.get(id as OrganizationId) ?? null };
}

/** A member, for programs. */
export function memberJson(names: Names, id: MemberId) {
  return { id, name: names.members.get(id) ?? null };
}
