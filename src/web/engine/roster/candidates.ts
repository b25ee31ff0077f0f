/* Candidates before the circle: who stands behind them, who objects, when they may be admitted. */
import {
  admissible,
  admissionsLeft,
  admit,
  type Candidate,
  type CircleId,
  candidateBytes,
  candidateNames,
  mayAct,
  type Objection,
  type OrganizationId,
  object,
  openCandidates,
  type Recorded,
  type Role,
  resembling,
  type StatementHash,
  say,
  sponsor,
  sponsorsNeeded,
  voterOf,
  windowHours,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import { type Named, organizationIn } from "../statements.ts";
import { acting, type MemberRef, memberRef, voterIn, type Waiting, waitingUntil } from "./shared.ts";

export type ObjectionView = {
  readonly by: Named<string>;
  readonly reason: Objection;
  /** What they said beside it. */
  readonly text?: string;
};

export type CandidateView = {
  readonly id: string;
  readonly organization: Named<OrganizationId>;
  /** As they call themselves; absent where no profile says it. */
  readonly member?: string;
  /** Whether their organization is new to the circle. */
  readonly isNew: boolean;
  readonly resembles?: Named<OrganizationId>;
  readonly role: Role;
  readonly invitedBy: MemberRef;
  readonly sponsors: readonly Named<string>[];
  readonly needed: number;
  readonly objections: readonly ObjectionView[];
  readonly waiting: Waiting;
  /** `yes`, or what is in the way. */
  readonly answer: ReturnType<typeof admissible>;
  readonly probationDays: number;
  /** What this member may do now. */
  readonly mine: { readonly sponsor: boolean; readonly object: boolean; readonly admit: boolean };
};

export type CandidatesView = {
  readonly candidates: readonly CandidateView[];
  /** How many more may be admitted within 30 days. */
  readonly admissionsLeft: number;
};

function voiceIn({ circle }: Book, candidate: Candidate): CandidateView["mine"] {
  if (!mayAct(circle)) return { sponsor: false, object: false, admit: false };
  const state = circle.state();
  const me = circle.me();
  const voter = voterOf(state, me);
  const apart = state.policy.kind === "organization" || me.organization !== candidate.request.organization;
  const objects = candidate.objections.some((objection) => objection.voter === voter);
  return {
    sponsor: apart && !objects && !candidate.sponsors.includes(voter),
    object: apart && !objects,
    admit: me.role === "coordinator" && admissible(state, candidate) === "yes",
  };
}

/** What a voter said of a candidate: their last word on the profile that the candidate came with. */
function saidBy(book: Book, profile: Recorded | undefined, voter: string): string | undefined {
  const positions = profile === undefined ? [] : (book.index().byHash(profile.hash)?.positions ?? []);
  return positions.findLast((said) => said.organization === voter || said.member === voter)?.statement.text;
}

function candidateView(book: Book, candidate: Candidate): CandidateView {
  const { circle } = book;
  const state = circle.state();
  const names = candidateNames(circle, candidate);
  const { organization } = candidate.request;
  const alike = names.organization === undefined ? undefined : resembling(circle, organization, names.organization);
  return {
    id: candidate.id,
    organization: { id: organization, name: names.organization },
    isNew: !state.organizations.has(organization),
    role: candidate.invite.role,
    invitedBy: memberRef(book, candidate.invite.by),
    sponsors: candidate.sponsors.map((voter) => voterIn(book, voter)),
    needed: sponsorsNeeded(state, candidate),
    objections: candidate.objections.map(({ voter, reason }) => {
      const text = saidBy(book, names.profile, voter);
      return { by: voterIn(book, voter), reason, ...(text === undefined ? {} : { text }) };
    }),
    waiting: waitingUntil(circle, candidate.logTime + windowHours(state)),
    answer: admissible(state, candidate),
    probationDays: state.policy.probationDays,
    mine: voiceIn(book, candidate),
    ...(names.member === undefined ? {} : { member: names.member }),
    ...(alike === undefined ? {} : { resembles: organizationIn(book, alike) }),
  };
}

/** Says more than the reason: a position on the candidate's own profile, which the objection names. */
async function explain({ circle }: Book, id: string, text: string): Promise<StatementHash | undefined> {
  const candidate = openCandidates(circle).find((one) => one.id === id);
  const profile = candidate === undefined ? undefined : candidateNames(circle, candidate).profile;
  if (profile === undefined) return undefined;
  const draft = { kind: "position", tlp: "TLP:AMBER", target: profile.hash, opinion: "strongly-disagree" } as const;
  const [said] = await say(circle, [{ ...draft, text: text.normalize("NFC") }]);
  return said?.hash;
}

type About = { readonly circle: CircleId; readonly id: string };
export type Objecting = About & {
  readonly reason: Objection;
  /** More about it, for the circle to read; empty for nothing. */
  readonly text: string;
};

export function candidateMethods(session: Session) {
  return {
    list: async ({ circle }: { circle: CircleId }): Promise<CandidatesView> => {
      const book = await session.book(circle);
      return {
        candidates: openCandidates(book.circle).map((candidate) => candidateView(book, candidate)),
        admissionsLeft: admissionsLeft(book.circle.state()),
      };
    },
    sponsor: ({ circle, id }: About) =>
      acting(session, circle, (book) => sponsor(book.circle, candidateBytes(book.circle, id))),
    object: ({ circle, id, reason, text }: Objecting) =>
      acting(session, circle, async (book) => {
        const statement = text.trim() === "" ? undefined : await explain(book, id, text.trim());
        await object(book.circle, candidateBytes(book.circle, id), reason, statement);
      }),
    admit: ({ circle, id }: About) =>
      acting(session, circle, (book) => admit(book.circle, candidateBytes(book.circle, id))),
  };
}
