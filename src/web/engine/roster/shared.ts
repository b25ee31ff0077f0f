/* What all views of a circle's roster are made of. */
import {
  type Circle,
  type CircleId,
  type Done,
  hoursPerDay,
  type Mark,
  type MarkKind,
  type Member,
  type MemberId,
  marksOn,
  type OrganizationId,
  type Role,
  type Target,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import { memberIn, type Named, organizationIn } from "../statements.ts";

/** How trust in somebody ended. */
export type MarkView = { readonly as: MarkKind; readonly from: number; readonly position: number };

/** A member with their organization. */
export type MemberRef = Named<MemberId> & { readonly organization: Named<OrganizationId> };

/** A whole organization, or one member of it. */
export type TargetView =
  | ({ readonly kind: "member" } & MemberRef)
  | ({ readonly kind: "organization" } & Named<OrganizationId>);

/** Whose eyes these are, and what their role lets them do. */
export type Viewer = {
  readonly member: MemberId;
  readonly organization: OrganizationId;
  readonly role: Role;
  readonly status: Member["status"];
};

/** The member that this device acts, or acted, for; `undefined` where the circle does not know the device. */
export function ownMember(circle: Circle): Member | undefined {
  const state = circle.state();
  const device = state.devices.get(circle.device);
  return device === undefined ? undefined : state.members.get(device.member);
}

export function viewerOf(circle: Circle): Viewer | undefined {
  const own = ownMember(circle);
  return own === undefined
    ? undefined
    : { member: own.id, organization: own.organization, role: own.role, status: own.status };
}

const markView = ({ as, from, position }: Mark): MarkView => ({ as, from, position });

export const marksOf = (circle: Circle, organization: OrganizationId, member?: MemberId): readonly MarkView[] =>
  marksOn(circle.state(), organization, member).map(markView);

export function memberRef(book: Book, id: MemberId): MemberRef {
  const organization = book.circle.state().members.get(id)?.organization ?? (id as string as OrganizationId);
  return { ...memberIn(book, id), organization: organizationIn(book, organization) };
}

export function targetView(book: Book, target: Target): TargetView {
  return target.kind === "member"
    ? { kind: "member", ...memberRef(book, target.member) }
    : { kind: "organization", ...organizationIn(book, target.organization) };
}

/** Who voted: an organization, or a person where persons are counted. */
export function voterIn(book: Book, voter: string): Named<string> {
  const { organizations, members } = book.names();
  return { id: voter, name: organizations.get(voter as OrganizationId) ?? members.get(voter as MemberId) };
}

/** A waiting time of the circle: until which hour of its own time, and whether that is reached. */
export type Waiting = { readonly until: number; readonly over: boolean };

export function waitingUntil(circle: Circle, until: number): Waiting {
  return { until, over: circle.state().logTime >= until };
}

/** The last hour of an organization's or member's probation, while it lasts. */
export function probationUntil(circle: Circle, since: { readonly sinceLogTime: number; readonly founder: boolean }) {
  const { policy, logTime } = circle.state();
  const until = since.sinceLogTime + policy.probationDays * hoursPerDay;
  return since.founder || logTime >= until ? undefined : until;
}

/** What an act came to: done at once, or before the others. */
export type Outcome = { readonly done: boolean };
export const outcomeOf = ({ done }: Done): Outcome => ({ done });

/** Acts on the newest state of a circle, and lets the page show what came of it. */
export async function acting<T>(session: Session, id: CircleId, act: (book: Book) => Promise<T>): Promise<T> {
  const book = await session.book(id);
  await book.circle.sync();
  try {
    return await act(book);
  } finally {
    await book.circle.settle();
    session.changed();
  }
}
