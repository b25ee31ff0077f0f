/* How trust in somebody ends, and what that changes: asked before it is done. */
import {
  type Circle,
  type CircleId,
  type Engine,
  hoursPerDay,
  identifiersOf,
  type MarkKind,
  type MemberId,
  mark,
  type OrganizationId,
  positionSince,
  type Recorded,
  revocationImpact,
  type Statement,
  type Target,
  type TrustMark,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import { type StatementView, statementView } from "../statements.ts";
import { lastHourOf } from "./overview.ts";
import { acting, type MemberRef, memberRef, type Outcome, outcomeOf } from "./shared.ts";

export type Marking = {
  readonly circle: CircleId;
  readonly target: Target;
  readonly as: MarkKind;
  /** For `duress`: the first position that no longer counts. */
  readonly since?: number;
};

/** What a mark would change. */
export type Impact = {
  /** Statements of theirs that would no longer count. */
  readonly statements: readonly StatementView[];
  /** Decisions that leaned on them. */
  readonly decisions: readonly StatementView[];
  /** Members whom they brought in, in the time that no longer counts: to be looked at again. */
  readonly invited: readonly MemberRef[];
  /** How many devices they added in that time. */
  readonly devices: number;
};

const trustMarks: Readonly<Record<MarkKind, TrustMark["kind"]>> = {
  retired: "retired",
  compromised: "compromised",
  duress: "under-duress",
};

const isOf = (target: Target, one: { readonly member: MemberId; readonly organization: OrganizationId }) =>
  target.kind === "member" ? one.member === target.member : one.organization === target.organization;

/** The first position that would no longer count. */
function firstVoid(circle: Circle, { as, since }: Marking): number {
  return as === "compromised" ? 0 : as === "duress" ? (since ?? circle.state().position) : circle.state().position;
}

/** Names and signs of life assert nothing that anybody could have leaned on. */
export const saysSomething = (kind: Statement["kind"]) => kind !== "check-in" && kind !== "profile";

type Decided = { readonly book: Book; readonly recorded: Recorded; readonly about: readonly Recorded[] };

/** Every decision of the circles that are open, with what is held about its subject. */
function decisions(books: readonly Book[]): readonly Decided[] {
  return books.flatMap((book) =>
    book.circle.statements().flatMap((recorded) => {
      if (recorded.statement.kind !== "decision") return [];
      const identifiers = identifiersOf(recorded.statement);
      const about = books.flatMap((other) =>
        other
          .index()
          .about(identifiers)
          .map((found) => found.recorded),
      );
      return [{ book, recorded, about: about.filter((one) => one.hash !== recorded.hash) }];
    }),
  );
}

/** Decisions whose assessment a mark on an organization would change, as its own organization sees it. */
function leaningOn(
  engine: Engine,
  now: number,
  organization: OrganizationId,
  trustMark: TrustMark,
  all: readonly Decided[],
) {
  const asked = all.map(({ recorded, about }) => ({
    decision: recorded.hash,
    question: { viewer: recorded.organization, now, about: about.map((one) => one.hash) },
  }));
  const touched = new Set(revocationImpact(engine, organization, trustMark, asked).map(({ decision }) => decision));
  return all.filter(({ recorded }) => touched.has(recorded.hash));
}

async function impactOf(session: Session, marking: Marking): Promise<Impact> {
  const book = await session.book(marking.circle);
  const { circle } = book;
  const { target, as } = marking;
  const state = circle.state();
  const from = firstVoid(circle, marking);
  const voided = circle
    .statements()
    .filter((one) => isOf(target, one) && one.position >= from && saysSomething(one.statement.kind));
  const gone = new Set(voided.map((one) => one.hash));
  const all = decisions(await session.books());
  const now = Math.floor(circle.platform.now() / 3_600_000);
  const trustMark = { kind: trustMarks[as], circle: circle.id, position: from };
  // A mark on a member voids statements; one on an organization also who is heard through it.
  const touched =
    target.kind === "member"
      ? all.filter(({ about }) => about.some((one) => gone.has(one.hash)))
      : leaningOn(await session.engine(), now, target.organization, trustMark, all);
  const members = [...state.members.values()];
  const marked = new Set(
    members.filter((m) => isOf(target, { member: m.id, organization: m.organization })).map((m) => m.id),
  );
  return {
    statements: voided.map((one) => statementView(book, one)),
    decisions: touched.map((one) => statementView(one.book, one.recorded)),
    invited:
      as === "retired"
        ? []
        : members
            .filter(
              (m) => m.inviter !== undefined && marked.has(m.inviter) && m.since >= from && m.status !== "removed",
            )
            .map((m) => memberRef(book, m.id)),
    devices:
      as === "retired"
        ? 0
        : [...state.devices.values()].filter((d) => {
            const added = d.active[0]?.from ?? 0;
            const first = state.members.get(d.member)?.since ?? 0;
            return marked.has(d.member) && added > first && added >= from;
          }).length,
  };
}

export function markMethods(session: Session) {
  return {
    /** The position that a moment comes to: the first that no longer counts. Without a day: since they were last heard of. */
    since: async ({ circle: id, target, day }: { circle: CircleId; target: Target; day?: number }): Promise<number> => {
      const { circle } = await session.book(id);
      if (day !== undefined) return positionSince(circle, day * hoursPerDay);
      const state = circle.state();
      const members = [...state.members.values()].filter((m) =>
        isOf(target, { member: m.id, organization: m.organization }),
      );
      const last = Math.max(...members.map((m) => lastHourOf(circle, m.id) ?? m.sinceLogTime));
      return positionSince(circle, last + 1);
    },
    impact: (marking: Marking): Promise<Impact> => impactOf(session, marking),
    mark: ({ circle, target, as, since }: Marking): Promise<Outcome> =>
      acting(session, circle, async (book) => outcomeOf(await mark(book.circle, target, as, since))),
  };
}
