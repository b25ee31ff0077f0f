/* What is held about a subject, and what it comes to: the sentence first, then its reasons. */
import {
  type Assessed,
  type Assessment,
  assess,
  type Burst,
  bursts,
  type Engine,
  type Found,
  holdings,
  type Identifier,
  type Likelihood,
  type OrganizationId,
  type Statement,
  type StatementHash,
  voiceOf,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import { type FoundView, foundView, type Named } from "../statements.ts";
import { type Picture, pictureOf } from "./picture.ts";
import { organizationNamed, saysSomething } from "./subject.ts";

/** One organization's word, and how it comes to be heard. */
export type ReasonView = {
  readonly hash: StatementHash;
  readonly organization: Named<OrganizationId>;
  readonly side: "for" | "against";
  /** The viewer's own word. */
  readonly own: boolean;
  /** It is one source with this one, which is counted in its place. */
  readonly sameSourceAs?: Named<OrganizationId>;
  /** The organizations in between, for each way; an empty one is a vouch of the viewer's own. */
  readonly ways: readonly (readonly Named<OrganizationId>[])[];
};

/** What the assessment would be without one organization. */
export type ChangeView = {
  readonly without: Named<OrganizationId>;
  readonly before: Likelihood;
  readonly after: Likelihood;
};

/** Warnings that came together from organizations with one root (attack 41). */
export type BurstView = {
  readonly root: Named<OrganizationId>;
  readonly organizations: readonly Named<OrganizationId>[];
  readonly fromHour: number;
  readonly toHour: number;
};

export type Beside = {
  readonly kind: Assessment["beside"][number]["kind"];
  readonly organization: Named<OrganizationId>;
};

/** A statement, and whether anybody whom the viewer trusts vouches for its author. */
export type HeldView = FoundView & { readonly heard: boolean };

export type AssessmentView = {
  readonly sentence: string;
  /** Nobody who is trusted said anything: unknown is not bad. */
  readonly unknown: boolean;
  /** Both sides weigh: no sum hides the smaller one. */
  readonly divided: boolean;
  readonly dissent: number;
  /** By how many ways that share no organization the others are heard. */
  readonly ways: number;
  readonly reasons: readonly ReasonView[];
  readonly beside: readonly Beside[];
};

export type CheckView = {
  readonly now: AssessmentView;
  /** The same as if the organizations taken out were not there. */
  readonly simulated?: AssessmentView;
  readonly without: readonly Named<OrganizationId>[];
  readonly changes: readonly ChangeView[];
  readonly bursts: readonly BurstView[];
  readonly picture: Picture;
  /** Statements on the subject, the newest first. */
  readonly held: readonly HeldView[];
  /** Vouches for it, where it is an organization. */
  readonly vouches: readonly HeldView[];
  /** How many older ones are not shown. */
  readonly more: number;
};

export type CheckQuestion = {
  readonly identifiers: readonly Identifier[];
  /** The informer simulation: at most three. */
  readonly without?: readonly OrganizationId[];
  readonly language: string;
};

const mostShown = 100;
const mostChanges = 3;

/** Bursts are looked for among all statements: once for what an engine holds. */
const burstsOf = new WeakMap<Engine, { readonly hour: number; readonly found: readonly Burst[] }>();

function allBursts(engine: Engine, hour: number): readonly Burst[] {
  const known = burstsOf.get(engine);
  if (known?.hour === hour) return known.found;
  const found = bursts(engine, hour);
  burstsOf.set(engine, { hour, found });
  return found;
}

type Setting = {
  readonly books: readonly Book[];
  readonly engine: Engine;
  readonly viewer: OrganizationId;
  /** Hours since 1970. */
  readonly now: number;
};

export async function settingOf(session: Session): Promise<Setting> {
  const identity = session.identity();
  const [books, engine] = await Promise.all([session.books(), session.engine()]);
  const now = Math.floor(identity.platform.now() / 3_600_000);
  return { books, engine, viewer: identity.read().organization.id, now };
}

function assessmentView({ books, viewer }: Setting, { sentence, said, assessment }: Assessed): AssessmentView {
  const named = (id: string) => organizationNamed(books, id);
  const authors = new Map(assessment.reasons.map((reason) => [reason.statement, reason.organization]));
  const counted = new Set(
    assessment.reasons.filter(({ amount }) => amount > 0).map(({ organization }) => organization),
  );
  const shown = new Set<string>();
  // What an organization says twice is one word of it: its strongest is the reason.
  const reasons = assessment.reasons.filter(({ amount, organization }) => {
    if (amount === 0 && (counted.has(organization) || shown.has(organization))) return false;
    shown.add(organization);
    return true;
  });
  return {
    sentence,
    unknown: assessment.abstain,
    divided: said.kind === "known" && said.divided,
    dissent: said.kind === "known" ? said.dissent : 0,
    ways: said.kind === "known" ? said.ways : 0,
    reasons: reasons.map((reason) => ({
      hash: reason.statement as StatementHash,
      organization: named(reason.organization),
      side: reason.side,
      own: reason.organization === viewer,
      ways: reason.paths.map(({ organizations }) => organizations.slice(1, -1).map(named)),
      ...(reason.hiddenBy === undefined ? {} : { sameSourceAs: named(authors.get(reason.hiddenBy) ?? "") }),
    })),
    beside: [...new Map(assessment.beside.map((one) => [`${one.kind} ${one.organization}`, one])).values()].map(
      ({ kind, organization }) => ({ kind, organization: named(organization) }),
    ),
  };
}

/** Cases and inquiries only ask: they are no word on anybody. */
const isWord = (statement: Statement) => statement.kind === "tip" || saysSomething(statement);

const newestFirst = (a: HeldView, b: HeldView) => b.hour - a.hour || b.position - a.position;

/** Everything that the circles hold about a subject, and what it comes to for this viewer. */
export async function check(session: Session, question: CheckQuestion): Promise<CheckView> {
  const setting = await settingOf(session);
  const { books, engine, viewer, now } = setting;
  const { identifiers, without = [] } = question;
  const held = books.map((book) => {
    const { found, vouches } = holdings(book.circle, identifiers, book.index());
    return { book, vouches, found: found.filter(({ recorded }) => isWord(recorded.statement)) };
  });
  const about = [...new Set(held.flatMap(({ found }) => found.map(({ recorded }) => recorded.hash)))];
  const language = question.language === "vi" ? "vi" : "en";
  const subject = identifiers.find(({ kind }) => kind === "organization")?.value as OrganizationId | undefined;
  const asked = { language, ...(subject === undefined ? {} : { subject }) } as const;
  const identity = session.identity();
  const before = assess(identity, engine, about, asked);
  const after = without.length === 0 ? undefined : assess(identity, engine, about, { ...asked, without });
  const voice = engine.voice({ viewer, now, ...(subject === undefined ? {} : { subject }) });
  const named = (id: string) => organizationNamed(books, id);
  const views = (book: Book, found: readonly Found[]) =>
    found.map((one) => ({ ...foundView(book, one), heard: voiceOf(voice, one.recorded.organization) > 0 }));
  const all = held.flatMap(({ book, found }) => views(book, found)).sort(newestFirst);
  const keys = new Set(identifiers.map(({ kind, value }) => `${kind} ${value}`));
  return {
    now: assessmentView(setting, before),
    ...(after === undefined ? {} : { simulated: assessmentView(setting, after) }),
    without: without.map(named),
    changes: before.changes
      .filter((change) => change.likelihoodBefore !== change.likelihoodAfter)
      .slice(0, mostChanges)
      .map((change) => ({
        without: named(change.without[0] ?? ""),
        before: change.likelihoodBefore,
        after: change.likelihoodAfter,
      })),
    bursts: allBursts(engine, now)
      .filter(({ identifier }) => keys.has(identifier))
      .map(({ root, organizations, fromHour, toHour }) => ({
        root: named(root),
        organizations: organizations.map(named),
        fromHour,
        toHour,
      })),
    picture: pictureOf(
      [before, after].flatMap((one) => (one === undefined ? [] : [one.assessment])),
      viewer,
      named,
    ),
    held: all.slice(0, mostShown),
    vouches: held.flatMap(({ book, vouches }) => views(book, vouches)),
    more: Math.max(0, all.length - mostShown),
  };
}
