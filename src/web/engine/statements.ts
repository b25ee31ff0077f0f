/* Statements as the page shows them, and how they are made. */
import {
  type CircleId,
  type Draft,
  type Found,
  type MemberId,
  type OrganizationId,
  type Recorded,
  type SayOptions,
  type Statement,
  type StatementHash,
  say,
  UsageError,
} from "../../client/index.ts";
import type { Book, Session } from "./session.ts";

/** An organization or member with the name that the circle knows it by; without one its id is shown. */
export type Named<Id extends string> = { readonly id: Id; readonly name: string | undefined };

/** One statement, plain. */
export type StatementView = {
  readonly hash: StatementHash;
  readonly circle: { readonly id: CircleId; readonly label: string };
  readonly position: number;
  /** Hours since 1970, stated by its author. */
  readonly hour: number;
  readonly organization: Named<OrganizationId>;
  readonly member: Named<MemberId>;
  /** The organization that carried it here from another circle. */
  readonly relayedBy?: Named<OrganizationId>;
  readonly audience: "circle" | "named";
  /** Made by this identity's organization. */
  readonly mine: boolean;
  readonly statement: Statement;
};

/** A statement with what was said of it. */
export type FoundView = StatementView & {
  readonly counts: boolean;
  readonly retracted: boolean;
  readonly positions: readonly StatementView[];
  readonly corrections: readonly StatementView[];
  readonly replies: readonly StatementView[];
};

export function organizationIn({ names }: Book, id: OrganizationId): Named<OrganizationId> {
  return { id, name: names().organizations.get(id) };
}

export function memberIn({ names }: Book, id: MemberId): Named<MemberId> {
  return { id, name: names().members.get(id) };
}

export function statementView(book: Book, recorded: Recorded): StatementView {
  const { circle } = book;
  const { relayedBy } = recorded;
  return {
    hash: recorded.hash,
    circle: { id: circle.id, label: circle.record().label },
    position: recorded.position,
    hour: recorded.hour,
    organization: organizationIn(book, recorded.organization),
    member: memberIn(book, recorded.member),
    audience: recorded.audience,
    mine: recorded.organization === circle.identity.read().organization.id,
    statement: recorded.statement,
    ...(relayedBy === undefined ? {} : { relayedBy: organizationIn(book, relayedBy) }),
  };
}

export function foundView(book: Book, found: Found): FoundView {
  const views = (all: readonly Recorded[]) => all.map((recorded) => statementView(book, recorded));
  return {
    ...statementView(book, found.recorded),
    counts: found.counts,
    retracted: found.retracted,
    positions: views(found.positions),
    corrections: views(found.corrections),
    replies: views(found.replies),
  };
}

/** Makes one statement in a circle and returns it as it now stands there. */
export async function sayOne(session: Session, book: Book, draft: Draft, options: SayOptions = {}): Promise<FoundView> {
  const { circle } = book;
  const [said] = await say(circle, [draft], options);
  await circle.settle();
  session.changed();
  const found = said === undefined ? undefined : book.index().byHash(said.hash);
  if (found === undefined) throw new UsageError("statement.void", "the circle does not count this statement");
  return foundView(book, found);
}

export function statementMethods(session: Session) {
  return {
    /** One statement with what was said of it; `undefined` where this device has none such. */
    show: async ({ circle, hash }: { circle: CircleId; hash: StatementHash }): Promise<FoundView | undefined> => {
      const book = await session.book(circle);
      const found = book.index().byHash(hash);
      return found === undefined ? undefined : foundView(book, found);
    },
    say: async ({ circle, draft, options }: { circle: CircleId; draft: Draft; options?: SayOptions }) =>
      sayOne(session, await session.book(circle), draft, options),
  };
}
