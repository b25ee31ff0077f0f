/* Cases of the own organization: what is decided about whom, how far it has come, and who signed. */
import {
  type CircleId,
  type Found,
  type Identifier,
  type MemberId,
  mayAct,
  type Recorded,
  type StatementHash,
  type StatementOf,
  signedBySecond,
  UsageError,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import { type FoundView, foundView, memberIn, type Named, sayOne } from "../statements.ts";
import { type Show, type SubjectView, showing, subjectView } from "./subject.ts";

export type GroundworkItem = { readonly item: string; readonly done: boolean; readonly note?: string | undefined };

/** A decision, and whether a second member stands behind it (§7). */
export type DecisionView = FoundView & {
  readonly decision: StatementOf<"decision">;
  readonly signed: boolean;
  /** Colleagues who signed, and who said that they do not agree. */
  readonly signers: readonly Named<MemberId>[];
  readonly opposed: readonly Named<MemberId>[];
  /** Made by the member who looks at it: another one has to sign. */
  readonly byMe: boolean;
};

export type CaseView = {
  readonly circle: { readonly id: CircleId; readonly label: string };
  /** Of the statement that opened it: its name for good. */
  readonly hash: StatementHash;
  readonly openedHour: number;
  readonly changedHour: number;
  readonly opener: Named<MemberId>;
  readonly about: SubjectView;
  readonly statement: StatementOf<"case">;
  readonly groundwork: readonly GroundworkItem[];
  readonly decision?: DecisionView;
  /** Decisions before the last. */
  readonly earlier: readonly DecisionView[];
};

/** A circle of the own organization, in which cases live. */
export type OwnCircle = { readonly id: CircleId; readonly label: string; readonly members: number };

type FoundOf<K extends "case" | "decision"> = Found & { readonly recorded: Recorded<StatementOf<K>> };

/** All statements about a case: the last counts. */
export type Chain = { readonly first: FoundOf<"case">; readonly last: FoundOf<"case"> };

const keyOf = ({ kind, value }: Identifier) => `${kind} ${value}`;

/** Whether two lists of identifiers have one in common. */
export function meet(a: readonly Identifier[], b: readonly Identifier[]): boolean {
  const keys = new Set(a.map(keyOf));
  return b.some((one) => keys.has(keyOf(one)));
}

/**
 * Cases as they stand, the last opened first. A later case statement on a subject that shares an identifier is the
 * same case changed (§7: of several statements about one thing the last counts).
 */
export function chainsOf(found: readonly FoundOf<"case">[]): readonly Chain[] {
  const chains: Chain[] = [];
  for (const one of found) {
    const identifiers = one.recorded.statement.subject.identifiers;
    const at = chains.findIndex(({ last }) => meet(last.recorded.statement.subject.identifiers, identifiers));
    const before = chains[at];
    if (before === undefined) chains.push({ first: one, last: one });
    else chains[at] = { first: before.first, last: one };
  }
  return chains.reverse();
}

function standing<K extends "case" | "decision">(book: Book, kind: K): readonly FoundOf<K>[] {
  return book.circle
    .statements()
    .filter((recorded) => recorded.statement.kind === kind)
    .flatMap(({ hash }) => book.index().byHash(hash) ?? [])
    .filter((found) => found.counts) as FoundOf<K>[];
}

function decisionView(book: Book, found: FoundOf<"decision">): DecisionView {
  const { recorded, positions } = found;
  const colleagues = positions.filter(
    ({ organization, member }) => organization === recorded.organization && member !== recorded.member,
  );
  // Of one member's words on it the last counts.
  const last = new Map(colleagues.map((position) => [position.member, position.statement]));
  const who = (...opinions: readonly string[]) =>
    [...last].flatMap(([member, said]) =>
      said.kind === "position" && opinions.includes(said.opinion) ? [memberIn(book, member)] : [],
    );
  return {
    ...foundView(book, found),
    decision: recorded.statement,
    signed: signedBySecond(found) === true,
    signers: who("strongly-agree"),
    opposed: who("disagree", "strongly-disagree"),
    byMe: mayAct(book.circle) && book.circle.me().id === recorded.member,
  };
}

function caseView(show: Show, book: Book, { first, last }: Chain): CaseView {
  const { statement } = last.recorded;
  const decisions = standing(book, "decision")
    .filter(
      ({ recorded }) =>
        recorded.position > first.recorded.position &&
        meet(recorded.statement.subject.identifiers, statement.subject.identifiers),
    )
    .map((one) => decisionView(book, one))
    .reverse();
  const [decision, ...earlier] = decisions;
  return {
    circle: { id: book.circle.id, label: book.circle.record().label },
    hash: first.recorded.hash,
    openedHour: first.recorded.hour,
    changedHour: last.recorded.hour,
    opener: memberIn(book, first.recorded.member),
    about: subjectView(show, statement.subject),
    statement,
    groundwork: statement.groundwork ?? [],
    ...(decision === undefined ? {} : { decision }),
    earlier,
  };
}

const isOwn = ({ circle }: Book) => circle.state().policy.kind === "organization";

/** The case that a statement of its chain names. Throws `UsageError` `case.unknown`. */
export async function findCase(session: Session, { circle, hash }: CaseId): Promise<{ book: Book; view: CaseView }> {
  const book = await session.book(circle);
  const found = standing(book, "case");
  const asked = found.find(({ recorded }) => recorded.hash === hash);
  const chain = chainsOf(found).find(
    ({ first, last }) =>
      first.recorded.hash === hash ||
      (asked !== undefined &&
        meet(last.recorded.statement.subject.identifiers, asked.recorded.statement.subject.identifiers)),
  );
  if (chain === undefined) throw new UsageError("case.unknown", "there is no such case: it may have been taken back");
  return { book, view: caseView(showing(await session.books()), book, chain) };
}

export type CaseId = { readonly circle: CircleId; readonly hash: StatementHash };

/** What of a case may be changed; its groundwork item by item, so that two who tick at once keep both ticks. */
export type CaseChange = Partial<
  Pick<StatementOf<"case">, "subject" | "purpose" | "access" | "deadline" | "pap" | "text">
> & { readonly groundwork?: readonly GroundworkItem[] };

/** The groundwork with changed items put in their places, and new ones at the end. */
export function mergeGroundwork(
  before: readonly GroundworkItem[],
  changed: readonly GroundworkItem[],
): readonly GroundworkItem[] {
  const byItem = new Map(changed.map((one) => [one.item, one]));
  const kept = before.map((one) => byItem.get(one.item) ?? one);
  const known = new Set(before.map(({ item }) => item));
  return [...kept, ...changed.filter(({ item }) => !known.has(item))];
}

export function caseMethods(session: Session) {
  return {
    /** The circles in which cases can live, and the host where one more would be founded. */
    own: async (): Promise<{ readonly circles: readonly OwnCircle[]; readonly address?: string }> => {
      const books = await session.books();
      const circles = books
        .filter((book) => isOwn(book) && mayAct(book.circle))
        .map(({ circle }) => {
          const members = [...circle.state().members.values()].filter((member) => member.status === "active").length;
          return { id: circle.id, label: circle.record().label, members };
        });
      const address = books[0]?.circle.record().address;
      return { circles, ...(address === undefined ? {} : { address }) };
    },
    list: async (): Promise<readonly CaseView[]> => {
      const books = await session.books();
      const show = showing(books);
      const views = books
        .filter(isOwn)
        .flatMap((book) => chainsOf(standing(book, "case")).map((chain) => caseView(show, book, chain)));
      return views.sort((a, b) => b.changedHour - a.changedHour);
    },
    show: async (id: CaseId): Promise<CaseView> => (await findCase(session, id)).view,
    /** Says the case anew with what changed; what a colleague changed meanwhile stays. */
    change: async ({ change, ...id }: CaseId & { readonly change: CaseChange }): Promise<void> => {
      const { book, view } = await findCase(session, id);
      const { id: _, organization: __, device: ___, ...before } = view.statement;
      const { groundwork = [], ...rest } = change;
      const merged = mergeGroundwork(view.groundwork, groundwork);
      await sayOne(session, book, {
        ...before,
        ...rest,
        ...(merged.length === 0 ? {} : { groundwork: [...merged] }),
      });
    },
  };
}
