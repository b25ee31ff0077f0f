/* What is before the circle: changes that no single person makes. */
import {
  approvalsNeeded,
  approve,
  type Change,
  type Circle,
  type CircleId,
  carries,
  concerned,
  execute,
  type MarkKind,
  type MemberId,
  mayAct,
  mayVote,
  needsRotation,
  type OpenProposal,
  type OrganizationId,
  openProposals,
  type Policy,
  proposalWindow,
  type Role,
  setPolicy,
  veto,
  voterOf,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import { type Named, organizationIn } from "../statements.ts";
import {
  acting,
  type MemberRef,
  memberRef,
  type Outcome,
  outcomeOf,
  type TargetView,
  targetView,
  voterIn,
  type Waiting,
  waitingUntil,
} from "./shared.ts";

/** One rule of the policy that would become another. */
export type RuleChange = { readonly rule: keyof Policy; readonly from: RuleValue; readonly to: RuleValue };
/** The value of a rule; of reserves, how many there are. */
export type RuleValue = string | number | undefined;

/** What would change. */
export type ChangeView =
  | { readonly kind: "remove"; readonly target: TargetView }
  | { readonly kind: "suspend" | "reinstate"; readonly member: MemberRef }
  | { readonly kind: "role"; readonly member: MemberRef; readonly role: Role }
  | { readonly kind: "policy"; readonly rules: readonly RuleChange[] }
  | { readonly kind: "mark"; readonly target: TargetView; readonly as: MarkKind; readonly since?: number }
  | { readonly kind: "org-key"; readonly organization: Named<OrganizationId> }
  | { readonly kind: "host"; readonly address: string }
  | { readonly kind: "keys" | "admit" };

/** What this member may do with a proposal now. */
export type Vote = {
  readonly approve: boolean;
  readonly veto: boolean;
  readonly execute: boolean;
  /** It concerns this member or their organization, who therefore has no say. */
  readonly concerned: boolean;
  readonly approved: boolean;
};

export type ProposalView = {
  readonly id: string;
  readonly change: ChangeView;
  readonly by: MemberRef;
  readonly approvals: readonly Named<string>[];
  readonly needed: number;
  readonly concerned: readonly Named<string>[];
  readonly vetoed: boolean;
  readonly waiting: Waiting;
  readonly mine: Vote;
};

const ruleValue = (value: Policy[keyof Policy]): RuleValue => (typeof value === "object" ? value.length : value);

function ruleChanges(from: Policy, to: Policy): readonly RuleChange[] {
  const rules = new Set([...Object.keys(from), ...Object.keys(to)] as (keyof Policy)[]);
  return [...rules]
    .map((rule) => ({ rule, from: ruleValue(from[rule]), to: ruleValue(to[rule]) }))
    .filter((change) => JSON.stringify(from[change.rule]) !== JSON.stringify(to[change.rule]));
}

export function changeView(book: Book, change: Change): ChangeView {
  switch (change.kind) {
    case "remove":
      return { kind: change.kind, target: targetView(book, change.target) };
    case "suspend":
    case "reinstate":
      return { kind: change.kind, member: memberRef(book, change.member) };
    case "role":
      return { kind: change.kind, member: memberRef(book, change.member), role: change.role };
    case "policy":
      return { kind: change.kind, rules: ruleChanges(book.circle.state().policy, change.policy) };
    case "host":
      return { kind: change.kind, address: change.host.address };
    case "mark": {
      const { target, as, since } = change.mark;
      return {
        kind: change.kind,
        target: targetView(book, target),
        as,
        ...(since === undefined ? {} : { since }),
      };
    }
    case "org-key":
      return { kind: change.kind, organization: organizationIn(book, change.orgKey.organization) };
    case "admit":
    case "keys":
      return { kind: change.kind };
  }
}

/** What this device's member may do with an open proposal now. */
export function voteOn(circle: Circle, open: OpenProposal): Vote {
  if (!mayAct(circle)) return { approve: false, veto: false, execute: false, concerned: false, approved: false };
  const state = circle.state();
  const me = circle.me();
  const voter = voterOf(state, me);
  const coordinator = me.role === "coordinator";
  const isConcerned = concerned(state, open.proposal.change).has(voter);
  const approved = open.approvals.includes(voter);
  const votes = mayVote(state, me) && !isConcerned;
  return {
    approve: votes && !approved,
    veto: votes && (!open.vetoed || approved),
    execute: (coordinator || (mayVote(state, me) && !needsRotation(open))) && carries(state, open, coordinator),
    concerned: isConcerned,
    approved,
  };
}

function proposalView(book: Book, open: OpenProposal): ProposalView {
  const { circle } = book;
  const state = circle.state();
  const { change } = open.proposal;
  return {
    id: open.id,
    change: changeView(book, change),
    by: memberRef(book, open.by as MemberId),
    approvals: open.approvals.map((voter) => voterIn(book, voter)),
    needed: approvalsNeeded(state, change, open.vetoed),
    concerned: [...concerned(state, change)].map((voter) => voterIn(book, voter)),
    vetoed: open.vetoed,
    waiting: waitingUntil(circle, open.logTime + proposalWindow(state, change, open.vetoed)),
    mine: voteOn(circle, open),
  };
}

type About = { readonly circle: CircleId; readonly id: string };

export function proposalMethods(session: Session) {
  return {
    list: async ({ circle }: { circle: CircleId }): Promise<readonly ProposalView[]> => {
      const book = await session.book(circle);
      return openProposals(book.circle).map((open) => proposalView(book, open));
    },
    approve: ({ circle, id }: About) => acting(session, circle, (book) => approve(book.circle, id)),
    veto: ({ circle, id }: About) => acting(session, circle, (book) => veto(book.circle, id)),
    /** Carries out what has the approvals and the time that it needs. */
    execute: ({ circle, id }: About) => acting(session, circle, (book) => execute(book.circle, id)),
    /** Puts other rules before the circle. */
    policy: ({ circle, policy }: { circle: CircleId; policy: Policy }): Promise<Outcome> =>
      acting(session, circle, async (book) => outcomeOf(await setPolicy(book.circle, policy))),
  };
}
