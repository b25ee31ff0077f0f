/* Questions to vettors, and their answers beside each other. */
import {
  type CircleId,
  type Identifier,
  mayAct,
  type OrganizationId,
  type Recorded,
  type StatementHash,
  type StatementOf,
  separateWays,
  voiceOf,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import {
  type FoundView,
  foundView,
  type Named,
  organizationIn,
  type StatementView,
  statementView,
} from "../statements.ts";
import { settingOf } from "./assessment.ts";
import { meet } from "./cases.ts";
import { organizationNamed, type Show, type SubjectView, showing, subjectView } from "./subject.ts";

/** How the viewer hears an organization: by an own vouch, through others, or not at all. */
export type Hearing = "directly" | "through-others" | "not";

/** An organization that may be asked. */
export type VettorView = {
  readonly organization: Named<OrganizationId>;
  readonly hearing: Hearing;
  /** Without these nobody heard would lead to it. */
  readonly through: readonly Named<OrganizationId>[];
  /** It said something about this subject already. */
  readonly spoke: boolean;
};

export type InquiryView = StatementView & {
  readonly inquiry: StatementOf<"inquiry">;
  readonly about: SubjectView;
  /** The own organization answered it. */
  readonly answered: boolean;
  /** The deadline has passed. */
  readonly over: boolean;
};

export type AnswerView = FoundView & {
  readonly answer: StatementOf<"answer">;
  readonly hearing: Hearing;
  readonly through: readonly Named<OrganizationId>[];
  /** Its words are those of another one under the same inviter: together they are one source. */
  readonly sameSourceAs?: Named<OrganizationId>;
};

/** An own inquiry with its answers side by side. */
export type AskedView = InquiryView & {
  readonly answers: readonly AnswerView[];
  /** Some would vouch, and others would not. */
  readonly divided: boolean;
  /** All who answered are heard through these alone. */
  readonly bottleneck: readonly Named<OrganizationId>[];
  /** Organizations that answered and came in by one invitation. */
  readonly siblings: readonly {
    readonly inviter: Named<OrganizationId>;
    readonly of: readonly Named<OrganizationId>[];
  }[];
};

function inquiriesIn(book: Book): readonly Recorded<StatementOf<"inquiry">>[] {
  return book.circle
    .statements()
    .filter(
      (recorded) => recorded.statement.kind === "inquiry" && book.index().byHash(recorded.hash)?.counts === true,
    ) as Recorded<StatementOf<"inquiry">>[];
}

function answersIn(book: Book): ReadonlyMap<StatementHash, readonly FoundView[]> {
  const answers = new Map<StatementHash, FoundView[]>();
  for (const { statement, hash } of book.circle.statements()) {
    if (statement.kind !== "answer") continue;
    const found = book.index().byHash(hash);
    if (found?.counts !== true) continue;
    answers.set(statement.target, [...(answers.get(statement.target) ?? []), foundView(book, found)]);
  }
  return answers;
}

const today = (hour: number) => Math.floor(hour / 24);

export function inquiryMethods(session: Session) {
  const hearing = async () => {
    const { books, engine, viewer, now } = await settingOf(session);
    const voice = engine.voice({ viewer, now });
    const direct = new Set<string>();
    for (const book of books) {
      for (const { statement, organization, hash } of book.circle.statements()) {
        if (statement.kind !== "vouch" || organization !== viewer) continue;
        if (statement.amount > 0 && book.index().byHash(hash)?.counts === true) direct.add(statement.vouched);
        else direct.delete(statement.vouched);
      }
    }
    const named = (id: string) => organizationNamed(books, id);
    const of = (id: OrganizationId): Pick<VettorView, "hearing" | "through"> => {
      if (!(voiceOf(voice, id) > 0)) return { hearing: "not", through: [] };
      if (direct.has(id)) return { hearing: "directly", through: [] };
      return {
        hearing: "through-others",
        through: separateWays(voice, [id])
          .nearViewer.filter((one) => one !== id)
          .map(named),
      };
    };
    return { books, engine, viewer, now, voice, named, of };
  };

  const inquiryView = (
    { show, viewer, now }: { readonly show: Show; readonly viewer: OrganizationId; readonly now: number },
    book: Book,
    recorded: Recorded<StatementOf<"inquiry">>,
    answers: readonly FoundView[],
  ): InquiryView => ({
    ...statementView(book, recorded),
    inquiry: recorded.statement,
    about: subjectView(show, recorded.statement.subject),
    answered: answers.some(({ organization }) => organization.id === viewer),
    over: recorded.statement.deadline !== undefined && recorded.statement.deadline < today(now),
  });

  return {
    /** The other organizations of a circle, as vettors about a subject: those whom the viewer hears first. */
    vettors: async ({
      circle,
      identifiers,
    }: {
      readonly circle: CircleId;
      readonly identifiers: readonly Identifier[];
    }): Promise<readonly VettorView[]> => {
      const { viewer, of } = await hearing();
      const book = await session.book(circle);
      const spoke = new Set(
        book
          .index()
          .about(identifiers)
          .map(({ recorded }) => recorded.organization),
      );
      const members = [...book.circle.state().members.values()].filter(({ status }) => status === "active");
      const others = [...new Set(members.map(({ organization }) => organization))].filter((id) => id !== viewer);
      const order: readonly Hearing[] = ["directly", "through-others", "not"];
      return others
        .map((id) => ({ organization: organizationIn(book, id), ...of(id), spoke: spoke.has(id) }))
        .sort(
          (a, b) =>
            order.indexOf(a.hearing) - order.indexOf(b.hearing) ||
            (a.organization.name ?? a.organization.id).localeCompare(b.organization.name ?? b.organization.id),
        );
    },
    /** Inquiries of others that this organization can still answer, the newest first. */
    open: async (): Promise<readonly InquiryView[]> => {
      const found = await settingOf(session);
      const setting = { ...found, show: showing(found.books) };
      const views = setting.books.flatMap((book) => {
        if (!mayAct(book.circle)) return [];
        const answers = answersIn(book);
        return inquiriesIn(book)
          .filter(({ organization }) => organization !== setting.viewer)
          .map((recorded) => inquiryView(setting, book, recorded, answers.get(recorded.hash) ?? []));
      });
      return views.filter(({ answered, over }) => !answered && !over).sort((a, b) => b.hour - a.hour);
    },
    /** One inquiry of another organization; `undefined` where this device has none such. */
    show: async ({ circle, hash }: { readonly circle: CircleId; readonly hash: StatementHash }) => {
      const found = await settingOf(session);
      const setting = { ...found, show: showing(found.books) };
      const book = await session.book(circle);
      const recorded = inquiriesIn(book).find((one) => one.hash === hash);
      return recorded === undefined ? undefined : inquiryView(setting, book, recorded, answersIn(book).get(hash) ?? []);
    },
    /** What this organization asked about a subject, with the answers side by side; the newest first. */
    asked: async ({ identifiers }: { readonly identifiers: readonly Identifier[] }): Promise<readonly AskedView[]> => {
      const found = await hearing();
      const setting = { ...found, show: showing(found.books) };
      const { books, engine, viewer, now, voice, named, of } = setting;
      const views = books.flatMap((book) => {
        const answers = answersIn(book);
        return inquiriesIn(book)
          .filter((one) => one.organization === viewer && meet(one.statement.subject.identifiers, identifiers))
          .map((recorded): AskedView => {
            const given = answers.get(recorded.hash) ?? [];
            const { reasons } = engine.assess({ viewer, now, about: given.map(({ hash }) => hash), pathLimit: 1 });
            const authors = new Map(reasons.map((reason) => [reason.statement, reason.organization]));
            const hidden = new Map(reasons.map((reason) => [reason.statement, reason.hiddenBy]));
            const ids = [...new Set(given.map(({ organization }) => organization.id))];
            const vouch = given.map(({ statement }) =>
              statement.kind === "answer" ? statement.wouldVouch : undefined,
            );
            const ways = separateWays(voice, ids);
            const inviters = Map.groupBy(ids, (id) => engine.organization(id)?.invitedBy);
            return {
              ...inquiryView(setting, book, recorded, given),
              answers: given.map((one) => {
                const other = authors.get(hidden.get(one.hash) ?? "");
                return {
                  ...one,
                  answer: one.statement as StatementOf<"answer">,
                  ...of(one.organization.id),
                  ...(other === undefined ? {} : { sameSourceAs: named(other) }),
                };
              }),
              divided: vouch.includes(0) && vouch.some((amount) => amount !== undefined && amount > 0),
              bottleneck:
                ids.length > 1 && ways.count === 1
                  ? ways.nearViewer.filter((id) => !ids.includes(id as OrganizationId)).map(named)
                  : [],
              siblings: [...inviters].flatMap(([inviter, of]) =>
                inviter === undefined || inviter === viewer || of.length < 2
                  ? []
                  : [{ inviter: named(inviter), of: of.map(named) }],
              ),
            };
          });
      });
      return views.sort((a, b) => b.hour - a.hour);
    },
  };
}
