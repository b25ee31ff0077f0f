/* Statements as the page shows them, and how they are made. */
import {
  type CircleId,
  type Draft,
  erase,
  type Found,
  fold,
  forward,
  isForwardable,
  type MemberId,
  mayAct,
  type OrganizationId,
  type Recorded,
  readAttachment,
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

/** What a list of statements is narrowed to. */
export type Filter = {
  readonly kind?: Statement["kind"];
  /** Words that must stand in it, in any order, whatever their marks and case. */
  readonly words?: string;
  readonly mine?: boolean;
};

const pageSize = 50;
/** What says nothing to read. */
const silent: ReadonlySet<Statement["kind"]> = new Set(["check-in", "profile"]);

/** Everything in a statement that is text, folded for finding. */
function wordsOf({ statement, organization, member }: StatementView): string {
  const texts: string[] = [organization.name ?? "", member.name ?? ""];
  const visit = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value))
      Object.values(value).forEach(visit);
  };
  visit(statement);
  return fold(texts.join(" "));
}

const containsAll = (text: string, words: readonly string[]) => words.every((word) => text.includes(word));

export function statementMethods(session: Session) {
  return {
    /** A page of statements, the newest first, and how many there are. */
    list: async ({ kind, words, mine = false, from = 0 }: Filter & { readonly from?: number }) => {
      const wanted = fold(words ?? "")
        .split(/\s+/)
        .filter(Boolean);
      const all = (await session.books())
        .flatMap((book) => book.circle.statements().map((recorded) => ({ book, recorded })))
        .filter(({ recorded: { statement } }) =>
          kind === undefined ? !silent.has(statement.kind) : statement.kind === kind,
        )
        .map(({ book, recorded }) => ({ book, recorded, view: statementView(book, recorded) }))
        .filter(({ view }) => !mine || view.mine)
        .filter(({ view }) => wanted.length === 0 || containsAll(wordsOf(view), wanted))
        .sort((a, b) => b.recorded.hour - a.recorded.hour || b.recorded.position - a.recorded.position);
      const page = all.slice(from, from + pageSize).flatMap(({ book, recorded }) => {
        const found = book.index().byHash(recorded.hash);
        return found === undefined ? [] : [foundView(book, found)];
      });
      return { total: all.length, page, next: from + pageSize < all.length ? from + pageSize : undefined };
    },
    /** Erases what this device said, at once; what others said is held for seven days (§5). */
    erase: async ({ circle, position }: { circle: CircleId; position: number }): Promise<"erased" | "held"> => {
      const outcome = await erase((await session.book(circle)).circle, position);
      session.changed();
      return outcome;
    },
    /** An attachment, fetched and decrypted; what it is called and said to be stands in its statement. */
    attachment: async ({ circle, hash, number }: { circle: CircleId; hash: StatementHash; number: number }) => {
      const book = await session.book(circle);
      const attachment = book.index().byHash(hash)?.recorded.statement.attachments?.[number];
      if (attachment === undefined) throw new UsageError("statement.unknown", "this device has no such attachment");
      return readAttachment(book.circle, attachment);
    },
    /** Circles into which a statement may be carried by this device. */
    destinations: async ({ circle, hash }: { circle: CircleId; hash: StatementHash }) => {
      const recorded = (await session.book(circle)).index().byHash(hash)?.recorded;
      if (recorded === undefined || !isForwardable(recorded)) return [];
      return (await session.books())
        .filter((book) => book.circle.id !== circle && mayAct(book.circle))
        .map((book) => ({ id: book.circle.id, label: book.circle.record().label }));
    },
    forward: async ({ circle, hash, to }: { circle: CircleId; hash: StatementHash; to: CircleId }): Promise<number> => {
      const [from, into] = await Promise.all([session.book(circle), session.book(to)]);
      const count = await forward(from.circle, hash, into.circle);
      session.changed();
      return count;
    },
    /** Guides that no later one replaces. */
    guides: async (): Promise<readonly FoundView[]> => {
      const found = (await session.books()).flatMap((book) =>
        book.circle
          .statements()
          .filter(({ statement }) => statement.kind === "guide")
          .flatMap(({ hash }) => {
            const one = book.index().byHash(hash);
            return one === undefined || !one.counts ? [] : [foundView(book, one)];
          }),
      );
      const replaced = new Set(
        found.map(({ statement }) => (statement.kind === "guide" ? statement.replaces : undefined)),
      );
      return found.filter(({ hash }) => !replaced.has(hash));
    },
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
