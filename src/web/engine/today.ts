/* What waits for this person, across all circles. */
import {
  admissible,
  arrivals,
  type Circle,
  type CircleId,
  carries,
  concerned,
  isOwnDevice,
  mayAct,
  mayVote,
  missedCheckIns,
  openCandidates,
  openProposals,
  PeerFault,
  Refused,
  type StatementHash,
  voterOf,
} from "../../client/index.ts";
import type { Book, Session } from "./session.ts";

type WaitingKind =
  | "arrived"
  | "device-asks"
  | "sponsor"
  | "admit"
  | "vote"
  | "carry-out"
  | "answer"
  | "sign"
  | "review"
  | "check-in-missed"
  | "rotation-owed";

/** Something that waits, and where it is dealt with. */
export type Waiting = {
  readonly kind: WaitingKind;
  readonly circle: CircleId;
  readonly label: string;
  readonly count: number;
};

type Count = readonly [kind: WaitingKind, count: number];

/** Decisions are looked at again from this many days before their review. */
const reviewDays = 7;

function rosterWaits(circle: Circle): readonly Count[] {
  const state = circle.state();
  const me = circle.me();
  const voter = voterOf(state, me);
  const isCoordinator = me.role === "coordinator";
  const candidates = openCandidates(circle);
  const proposals = openProposals(circle);
  const unheard = candidates.filter(
    (one) =>
      admissible(state, one) !== "yes" &&
      one.request.organization !== me.organization &&
      !one.sponsors.includes(voter) &&
      !one.objections.some((objection) => objection.voter === voter),
  );
  const toVote = proposals.filter(
    ({ proposal, approvals }) => !approvals.includes(voter) && !concerned(state, proposal.change).has(voter),
  );
  return [
    ["sponsor", unheard.length],
    ["vote", mayVote(state, me) ? toVote.length : 0],
    ["carry-out", proposals.filter((open) => carries(state, open, isCoordinator)).length],
    ["admit", isCoordinator ? candidates.filter((one) => admissible(state, one) === "yes").length : 0],
    ["check-in-missed", isCoordinator ? missedCheckIns(circle).length : 0],
    ["rotation-owed", isCoordinator ? state.owed.length : 0],
  ];
}

function statementWaits({ circle, index }: Book): readonly Count[] {
  const today = Math.floor(circle.platform.now() / 86_400_000);
  const { organization, id } = circle.me();
  const mine = circle.statements().filter((one) => one.organization === organization);
  const answered = new Set<StatementHash>(
    mine.flatMap(({ statement }) => (statement.kind === "answer" ? [statement.target] : [])),
  );
  const counted = circle.statements().flatMap((one) => {
    const found = index().byHash(one.hash);
    return found?.counts === true ? [found] : [];
  });
  const open = counted.filter(
    ({ recorded: { statement, hash, organization: asker } }) =>
      statement.kind === "inquiry" &&
      asker !== organization &&
      !answered.has(hash) &&
      (statement.deadline ?? today) >= today,
  );
  const decisions = counted.filter(
    ({ recorded }) => recorded.statement.kind === "decision" && recorded.organization === organization,
  );
  const unsigned = decisions.filter(
    ({ recorded, positions }) => recorded.member !== id && !positions.some((position) => position.member === id),
  );
  const due = decisions.filter(
    ({ recorded: { statement } }) =>
      statement.kind === "decision" && statement.review !== undefined && statement.review <= today + reviewDays,
  );
  return [
    ["answer", open.length],
    ["sign", unsigned.length],
    ["review", due.length],
  ];
}

/** Who answered an invitation. Asks the host; nothing where it does not answer. */
async function mailboxWaits(circle: Circle): Promise<readonly Count[]> {
  if (circle.record().invites.length === 0) return [];
  try {
    const found = await arrivals(circle);
    const devices = found.filter((one) => isOwnDevice(circle, one)).length;
    return [
      ["arrived", found.length - devices],
      ["device-asks", devices],
    ];
  } catch (error) {
    if (error instanceof Refused) return [];
    // Somebody else had the link, or sent what does not hold: the view of invitations says which.
    if (error instanceof PeerFault) return [["arrived", 1]];
    throw error;
  }
}

export function todayMethods(session: Session) {
  return {
    waiting: async (): Promise<readonly Waiting[]> => {
      const books = (await session.books()).filter(({ circle }) => mayAct(circle));
      const all = await Promise.all(
        books.map(async (book) => {
          const { circle } = book;
          const counts = [...(await mailboxWaits(circle)), ...rosterWaits(circle), ...statementWaits(book)];
          return counts.map(([kind, count]) => ({ kind, circle: circle.id, label: circle.record().label, count }));
        }),
      );
      return all.flat().filter(({ count }) => count > 0);
    },
  };
}
