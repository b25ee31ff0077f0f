/* Who is meant: what was typed, read as identifiers, and how common the names beside them are. */
import {
  called,
  commonness,
  type Doubt,
  displayIdentifier,
  type Identifier,
  indexNames,
  type Note,
  type OrganizationId,
  parseField,
  type Statement,
  type Subject,
  similarNames,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import type { Named } from "../statements.ts";

/** An identifier as it is kept, and as it is shown. */
export type ShownIdentifier = { readonly identifier: Identifier; readonly shown: string };

/** One reading of what was typed. */
export type Reading = ShownIdentifier & {
  readonly input: string;
  /** False: the text may mean this, among others; the person has to choose. */
  readonly sure: boolean;
  readonly notes: readonly Note[];
};

/** How many people share a name: about one in so many; absent where nothing is known of such names. */
export type NameView = { readonly name: string; readonly oneIn?: number };

/** What a text was understood as. */
export type SubjectReading = {
  readonly readings: readonly Reading[];
  readonly doubts: readonly Doubt[];
  /** Characters at the end that were not looked at. */
  readonly unread: number;
  readonly names: readonly NameView[];
};

/** A subject with its identifiers as they are shown. */
export type SubjectView = { readonly subject: Subject; readonly identifiers: readonly ShownIdentifier[] };

/** Somebody of a close name under other identifiers: perhaps a namesake. */
export type SimilarView = {
  readonly about: SubjectView;
  readonly statements: number;
  /** Red flags among them. */
  readonly warnings: number;
};

/** Whether a statement says something about its subject; cases and inquiries only ask. */
export function saysSomething(statement: Statement): statement is Extract<Statement, { readonly subject: Subject }> {
  return "subject" in statement && statement.kind !== "case" && statement.kind !== "inquiry";
}

/** An organization by the name that any open circle knows it by. */
export function organizationNamed(books: readonly Book[], id: string): Named<OrganizationId> {
  const known = books.map((book) => book.names().organizations.get(id as OrganizationId));
  return { id: id as OrganizationId, name: known.find((name) => name !== undefined) };
}

/** How identifiers are shown: organizations by their names. */
export type Show = (identifier: Identifier) => ShownIdentifier;

export function showing(books: readonly Book[]): Show {
  return (identifier) => {
    const name = identifier.kind === "organization" ? organizationNamed(books, identifier.value).name : undefined;
    return { identifier, shown: name ?? displayIdentifier(identifier) };
  };
}

export function subjectView(show: Show, subject: Subject): SubjectView {
  return { subject, identifiers: subject.identifiers.map(show) };
}

/** Organizations of the circles that the whole text names, as readings of it. */
function organizationReadings(books: readonly Book[], show: Show, text: string): readonly Reading[] {
  const ids = books.flatMap(({ circle, names }) =>
    called(circle.state().organizations.keys(), names().organizations, text),
  );
  const found = [...new Set(ids)];
  return found.map((id) => ({
    ...show({ kind: "organization", value: id }),
    input: text,
    sure: found.length === 1,
    notes: [],
  }));
}

export function readingMethods(session: Session) {
  return {
    /** What a text means, and how common the names are. A text without any identifier is itself read as a name. */
    read: async ({ text, names = [] }: { text: string; names?: readonly string[] }): Promise<SubjectReading> => {
      const books = await session.books();
      const show = showing(books);
      const { understood, doubts, unread } = parseField(text);
      const organizations = text.trim() === "" ? [] : organizationReadings(books, show, text.trim());
      const readings = understood.map(({ identifier, input, sure, notes }) => ({
        ...show(identifier),
        input,
        sure,
        notes,
      }));
      const bare = understood.length === 0 && organizations.length === 0 && /^[^\n]{2,256}$/.test(text.trim());
      const given = names.map((name) => name.trim()).filter((name) => name !== "");
      return {
        readings: [...organizations, ...readings],
        doubts,
        unread,
        names: [...(bare ? [text.trim()] : []), ...given].map((name) => {
          const known = commonness(name);
          return known === undefined ? { name } : { name, oneIn: known.oneIn };
        }),
      };
    },
    /** A subject as it is shown. */
    shown: async ({ subject }: { subject: Subject }) => subjectView(showing(await session.books()), subject),
    organization: async ({ id }: { id: OrganizationId }) => organizationNamed(await session.books(), id),
    /** Statements about people of a similar name under other identifiers: to compare, never to conclude from. */
    similar: async ({ names, except }: { names: readonly string[]; except: readonly Identifier[] }) => {
      const books = await session.books();
      const show = showing(books);
      const found = new Map<string, SimilarView>();
      for (const book of books) {
        const known = new Set(
          book
            .index()
            .about(except)
            .map(({ recorded }) => recorded.hash),
        );
        const index = book.once(indexNames);
        for (const hash of names.flatMap((name) => similarNames(index, name))) {
          const one = known.has(hash) ? undefined : book.index().byHash(hash);
          if (one?.counts !== true || !saysSomething(one.recorded.statement)) continue;
          known.add(hash);
          const about = subjectView(show, one.recorded.statement.subject);
          const key = about.identifiers.map(({ shown }) => shown).join();
          const before = found.get(key) ?? { about, statements: 0, warnings: 0 };
          const warnings = before.warnings + (one.recorded.statement.kind === "red-flag" ? 1 : 0);
          found.set(key, { about: before.about, statements: before.statements + 1, warnings });
        }
      }
      return [...found.values()];
    },
  };
}
