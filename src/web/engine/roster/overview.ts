/* A circle at a glance: who is in it, who has not been heard of, what is owed. */
import {
  type Circle,
  type CircleId,
  currentEpoch,
  type DeviceId,
  isActive,
  type Member,
  type MemberId,
  missedCheckIns,
  type OrganizationId,
  type Policy,
  reserveOrganizations,
  rotate,
  type VoidEntry,
} from "../../../client/index.ts";
import { type CircleView, circleView } from "../circles.ts";
import type { Book, Session } from "../session.ts";
import { type Named, organizationIn } from "../statements.ts";
import {
  acting,
  type MarkView,
  type MemberRef,
  marksOf,
  memberRef,
  ownMember,
  probationUntil,
  type Viewer,
  viewerOf,
} from "./shared.ts";

/** A member in a list. */
export type MemberRow = MemberRef & {
  readonly role: Member["role"];
  readonly status: Member["status"];
  /** Whether a second coordinator stands behind the suspension. */
  readonly confirmed?: boolean;
  readonly marks: readonly MarkView[];
  /** The last hour in which anything came from them. */
  readonly lastHour?: number;
  /** Nothing came for the check-in interval: perhaps detained. */
  readonly missed: boolean;
  readonly mine: boolean;
};

export type OrganizationRow = Named<OrganizationId> & {
  readonly status: Member["status"];
  readonly reserve: boolean;
  readonly mine: boolean;
  readonly marks: readonly MarkView[];
  /** Until this hour its voice is capped. */
  readonly probationUntil?: number;
  readonly members: readonly MemberRow[];
};

/** A device of somebody. */
export type DeviceRef = { readonly id: DeviceId; readonly member: MemberRef };

export type RosterView = {
  readonly circle: CircleView;
  readonly me: Viewer | undefined;
  readonly logTime: number;
  readonly organizations: readonly OrganizationRow[];
  readonly policy: Policy;
  readonly reserves: readonly Named<OrganizationId>[];
  /** Revoked devices that still hold the current key: a rotation is owed. */
  readonly owed: readonly DeviceRef[];
  /** Devices that may act and have written nothing in this epoch: perhaps they do not have its keys yet. */
  readonly behind: readonly DeviceRef[];
  readonly voids: readonly VoidEntry[];
};

/** The last hour in which anything came from a member. */
export function lastHourOf(circle: Circle, member: MemberId): number | undefined {
  const hours = [...circle.state().devices.values()].flatMap((device) =>
    device.member === member ? (circle.ledger.lastWritten.get(device.id) ?? []) : [],
  );
  return hours.length === 0 ? undefined : Math.max(...hours);
}

export function memberRow(book: Book, member: Member, missed: ReadonlySet<MemberId>): MemberRow {
  const { circle } = book;
  const lastHour = lastHourOf(circle, member.id);
  return {
    ...memberRef(book, member.id),
    role: member.role,
    status: member.status,
    marks: marksOf(circle, member.organization, member.id),
    missed: missed.has(member.id),
    mine: ownMember(circle)?.id === member.id,
    ...(member.suspension === undefined ? {} : { confirmed: member.suspension.confirmed }),
    ...(lastHour === undefined ? {} : { lastHour }),
  };
}

/** An organization stands as the best of its members does. */
function standing(members: readonly Pick<Member, "status">[]): Member["status"] {
  const of = (status: Member["status"]) => members.some((member) => member.status === status);
  return of("active") ? "active" : of("suspended") ? "suspended" : "removed";
}

export function organizationRow(book: Book, id: OrganizationId): OrganizationRow {
  const { circle } = book;
  const state = circle.state();
  const missed = new Set(missedCheckIns(circle));
  const members = [...state.members.values()].filter((member) => member.organization === id);
  const found = state.organizations.get(id);
  const until =
    found === undefined
      ? undefined
      : probationUntil(circle, { sinceLogTime: found.sinceLogTime, founder: found.inviter === undefined });
  return {
    ...organizationIn(book, id),
    status: standing(members),
    reserve: reserveOrganizations(state).includes(id),
    mine: ownMember(circle)?.organization === id,
    marks: marksOf(circle, id),
    members: members.map((member) => memberRow(book, member, missed)),
    ...(until === undefined ? {} : { probationUntil: until }),
  };
}

function devicesWhere(book: Book, is: (id: DeviceId) => boolean): readonly DeviceRef[] {
  return [...book.circle.state().devices.values()]
    .filter((device) => is(device.id))
    .map((device) => ({ id: device.id, member: memberRef(book, device.member) }));
}

/** Devices that may act and from which nothing has come in the current epoch. */
function behind(book: Book): readonly DeviceRef[] {
  const { circle } = book;
  const state = circle.state();
  const epoch = currentEpoch(state);
  return devicesWhere(book, (id) => {
    const device = state.devices.get(id);
    const reached = id === circle.device || (circle.ledger.newestEpoch.get(id) ?? -1) >= epoch;
    return device !== undefined && isActive(device) && !reached;
  });
}

function rosterView(book: Book): RosterView {
  const { circle } = book;
  const state = circle.state();
  return {
    circle: circleView(book),
    me: viewerOf(circle),
    logTime: state.logTime,
    organizations: [...state.organizations.keys()].map((id) => organizationRow(book, id)),
    policy: state.policy,
    reserves: reserveOrganizations(state).map((id) => organizationIn(book, id)),
    owed: devicesWhere(book, (id) => state.owed.includes(id)),
    behind: behind(book),
    voids: circle.ledger.voids,
  };
}

export function overviewMethods(session: Session) {
  return {
    show: async ({ circle }: { circle: CircleId }): Promise<RosterView> => rosterView(await session.book(circle)),
    /** Begins a new epoch: new keys for everybody who may read. */
    rotate: ({ circle }: { circle: CircleId }) => acting(session, circle, (book) => rotate(book.circle)),
  };
}
