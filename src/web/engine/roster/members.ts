/* One member, one organization: what they are in the circle, and what can be done about them. */
import {
  type Circle,
  type CircleId,
  confirm,
  type DeviceId,
  hoursPerDay,
  isActive,
  type Member,
  type MemberId,
  marksItself,
  mayAct,
  mayVote,
  missedCheckIns,
  type OrganizationId,
  type Role,
  reinstate,
  remove,
  setRole,
  suspend,
  type Target,
  UsageError,
  unconfirmedDays,
  voterOf,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import { saysSomething } from "./marks.ts";
import { type MemberRow, memberRow, type OrganizationRow, organizationRow } from "./overview.ts";
import { acting, type MemberRef, memberRef, type Outcome, outcomeOf } from "./shared.ts";
import { type VouchView, vouchesBy, vouchesFor } from "./vouches.ts";

export type DeviceView = {
  readonly id: DeviceId;
  readonly active: boolean;
  readonly revoked: boolean;
  readonly thisOne: boolean;
  readonly lastHour?: number;
  /** The last hour until which its organization certified it. */
  readonly certifiedUntil: number;
};

/** What this device's member may do about somebody now. */
export type Powers = {
  /** At once and alone, or only with a second organization. */
  readonly suspend: "alone" | "together" | "no";
  readonly confirm: boolean;
  readonly reinstate: "alone" | "together" | "no";
  /** May propose to exclude, to give a role, to mark. */
  readonly propose: boolean;
  readonly markNow: boolean;
};

export type MemberView = MemberRow & {
  readonly inviter?: MemberRef;
  readonly invited: readonly MemberRef[];
  readonly sinceHour: number;
  readonly suspendedBy?: MemberRef;
  /** From this hour of the circle's time on one coordinator may end an unconfirmed suspension. */
  readonly lapses?: number;
  readonly devices: readonly DeviceView[];
  readonly statements: number;
  readonly powers: Powers;
};

export type OrganizationView = OrganizationRow & {
  readonly inviter?: { readonly id: OrganizationId; readonly name: string | undefined };
  readonly vouches: readonly VouchView[];
  readonly vouchedBy: readonly VouchView[];
  readonly powers: Pick<Powers, "propose" | "markNow">;
};

const noPowers: Powers = {
  suspend: "no",
  confirm: false,
  reinstate: "no",
  propose: false,
  markNow: false,
};

function powersOver(circle: Circle, member: Member): Powers {
  if (!mayAct(circle)) return noPowers;
  const state = circle.state();
  const me = circle.me();
  const { suspension } = member;
  const coordinator = me.role === "coordinator";
  const apart = voterOf(state, me) !== voterOf(state, member);
  const votes = mayVote(state, me);
  const otherThan = (id: MemberId) => {
    const other = state.members.get(id);
    return other !== undefined && voterOf(state, other) !== voterOf(state, me);
  };
  const lapsed = suspension !== undefined && state.logTime >= suspension.logTime + unconfirmedDays * hoursPerDay;
  const alone = coordinator && apart && suspension?.confirmed === false && (lapsed || suspension.by === me.id);
  return {
    suspend:
      member.status !== "active" || !apart
        ? "no"
        : member.role === "coordinator"
          ? votes
            ? "together"
            : "no"
          : coordinator
            ? "alone"
            : "no",
    confirm: coordinator && suspension?.confirmed === false && apart && otherThan(suspension.by),
    reinstate: member.status !== "suspended" ? "no" : alone ? "alone" : votes ? "together" : "no",
    propose: votes && member.status !== "removed",
    markNow: marksItself(state, me, { kind: "member", member: member.id }) && me.role !== "reader",
  };
}

function devicesOf({ circle }: Book, member: MemberId): readonly DeviceView[] {
  return [...circle.state().devices.values()]
    .filter((device) => device.member === member)
    .map((device) => {
      const lastHour = circle.ledger.lastWritten.get(device.id);
      return {
        id: device.id,
        active: isActive(device),
        revoked: device.revoked,
        thisOne: device.id === circle.device,
        certifiedUntil: device.certifiedUntil,
        ...(lastHour === undefined ? {} : { lastHour }),
      };
    });
}

function knownMember(circle: Circle, id: MemberId): Member {
  const found = circle.state().members.get(id);
  if (found === undefined) throw new UsageError("member.unknown", "there is no such member in the circle");
  return found;
}

function memberView(book: Book, member: Member): MemberView {
  const { circle } = book;
  const state = circle.state();
  const { suspension } = member;
  return {
    ...memberRow(book, member, new Set(missedCheckIns(circle))),
    invited: [...state.members.values()].filter((m) => m.inviter === member.id).map((m) => memberRef(book, m.id)),
    sinceHour: member.sinceLogTime,
    devices: devicesOf(book, member.id),
    statements: circle.statements().filter((s) => s.member === member.id && saysSomething(s.statement.kind)).length,
    powers: powersOver(circle, member),
    ...(member.inviter === undefined ? {} : { inviter: memberRef(book, member.inviter) }),
    ...(suspension === undefined
      ? {}
      : {
          suspendedBy: memberRef(book, suspension.by),
          lapses: suspension.logTime + unconfirmedDays * hoursPerDay,
        }),
  };
}

function organizationView(book: Book, id: OrganizationId): OrganizationView {
  const { circle } = book;
  const state = circle.state();
  const found = state.organizations.get(id);
  if (found === undefined) throw new UsageError("organization.unknown", "there is no such organization in the circle");
  const row = organizationRow(book, id);
  const me = mayAct(circle) ? circle.me() : undefined;
  const itself = me !== undefined && marksItself(state, me, { kind: "organization", organization: id });
  return {
    ...row,
    vouches: vouchesBy(book, id),
    vouchedBy: vouchesFor(book, id),
    powers: {
      propose: me !== undefined && mayVote(state, me) && row.status !== "removed",
      markNow: itself && me.role !== "reader",
    },
    ...(found.inviter === undefined
      ? {}
      : { inviter: { id: found.inviter, name: book.names().organizations.get(found.inviter) } }),
  };
}

type About = { readonly circle: CircleId; readonly member: MemberId };

export function memberMethods(session: Session) {
  return {
    member: async ({ circle, member }: About): Promise<MemberView> => {
      const book = await session.book(circle);
      return memberView(book, knownMember(book.circle, member));
    },
    organization: async ({ circle, organization }: { circle: CircleId; organization: OrganizationId }) =>
      organizationView(await session.book(circle), organization),
    suspend: ({ circle, member }: About): Promise<Outcome> =>
      acting(session, circle, async (book) => outcomeOf(await suspend(book.circle, member))),
    confirm: ({ circle, member }: About) => acting(session, circle, (book) => confirm(book.circle, member)),
    reinstate: ({ circle, member }: About): Promise<Outcome> =>
      acting(session, circle, async (book) => outcomeOf(await reinstate(book.circle, member))),
    exclude: ({ circle, target }: { circle: CircleId; target: Target }): Promise<Outcome> =>
      acting(session, circle, async (book) => outcomeOf(await remove(book.circle, target))),
    role: ({ circle, member, role }: About & { readonly role: Role }): Promise<Outcome> =>
      acting(session, circle, async (book) => outcomeOf(await setRole(book.circle, member, role))),
  };
}
