import type { DeviceId, MemberId, OrganizationId, PublicKey } from "../codec/index.ts";
import type { CircleState, Device, Interval, Member, Organization, Verified } from "./state.ts";

/** Whether `device` has authority in a log of `size` entries. */
export function wasActive(device: Device, size: number): boolean {
  return device.active.some((span) => span.from < size && (span.until === undefined || size <= span.until));
}

/** Whether `device` has authority now. */
export function isActive(device: Device): boolean {
  return device.active.length > 0 && device.active.at(-1)?.until === undefined;
}

/** The device of this id while it has authority; otherwise `undefined`. */
export function activeDevice(state: CircleState, id: DeviceId): Verified<Device> | undefined {
  const device = state.devices.get(id);
  return device !== undefined && isActive(device) ? (device as Verified<Device>) : undefined;
}

/** Devices with authority in a log of `size` entries, in the order of their ids. */
export function devicesAt(state: CircleState, size: number): readonly Verified<Device>[] {
  const found = [...state.devices.values()].filter((device) => wasActive(device, size));
  return sortDevices(found) as readonly Verified<Device>[];
}

/** Sorted by id, the order in which wraps are written. */
export function sortDevices<T extends { readonly id: DeviceId }>(devices: readonly T[]): readonly T[] {
  return [...devices].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The devices of one member. */
export function devicesOf(state: CircleState, member: MemberId): readonly Device[] {
  return [...state.devices.values()].filter((device) => device.member === member);
}

/** The members of one organization who are not removed. */
export function membersOf(state: CircleState, organization: OrganizationId): readonly Member[] {
  return [...state.members.values()].filter((m) => m.organization === organization && m.status !== "removed");
}

/** Organizations with a member who is not removed, in the order in which they joined. */
export function presentOrganizations(state: CircleState): readonly Organization[] {
  const present = new Set([...state.members.values()].filter((m) => m.status !== "removed").map((m) => m.organization));
  return [...state.organizations.values()].filter((o) => present.has(o.id)).sort((a, b) => a.since - b.since);
}

/** Organizations with a member who may act now, in the order in which they joined. */
export function activeOrganizations(state: CircleState): readonly Organization[] {
  const active = new Set([...state.members.values()].filter((m) => m.status === "active").map((m) => m.organization));
  return [...state.organizations.values()].filter((o) => active.has(o.id)).sort((a, b) => a.since - b.since);
}

/** Organizations that have a coordinator who may act. */
export function coordinatingOrganizations(state: CircleState): ReadonlySet<OrganizationId> {
  const coordinators = [...state.members.values()].filter((m) => m.role === "coordinator" && m.status === "active");
  return new Set(coordinators.map((m) => m.organization));
}

/** The reserve organizations: named by policy, or the first three that are not coordinators'. */
export function reserveOrganizations(state: CircleState): readonly OrganizationId[] {
  const coordinating = coordinatingOrganizations(state);
  const able = activeOrganizations(state).filter((o) => !coordinating.has(o.id));
  const named = state.policy.reserves;
  if (named !== undefined) return able.map((o) => o.id).filter((id) => named.includes(id));
  return able.slice(0, 3).map((o) => o.id);
}

/** Control keys of an organization's active devices, sorted; of coordinators alone where asked. */
export function controlKeys(state: CircleState, organization: OrganizationId, coordinatorsOnly: boolean): PublicKey[] {
  const keys: PublicKey[] = [];
  for (const device of state.devices.values()) {
    const member = state.members.get(device.member);
    if (member === undefined || member.organization !== organization || !isActive(device)) continue;
    if (member.status !== "active" || (coordinatorsOnly && member.role !== "coordinator")) continue;
    if (!coordinatorsOnly && member.role === "reader") continue;
    keys.push(device.keys.control);
  }
  return keys.sort();
}

/** `spans` with the open one ended at `position`. */
export function endedAt(spans: readonly Interval[], position: number): readonly Interval[] {
  return spans.map((span) => (span.until === undefined ? { from: span.from, until: position } : span));
}

/** `map` with `value` under `key`. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}
