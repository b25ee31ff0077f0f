import { type Candidate, isNameOf } from "../../core/circle/index.ts";
import type { StatementOf } from "../../core/statements/index.ts";
import type { Recorded } from "../sync/recorded.ts";
import type { Circle } from "./circle.ts";
import { namesIn } from "./profiles.ts";

/** Candidates that wait for the circle. */
export function openCandidates(circle: Circle): readonly Candidate[] {
  return [...circle.state().candidates.values()].filter((candidate) => !candidate.admitted);
}

/** How a candidate is called, from the profiles that they came with; absent where none says it. */
export type CandidateNames = {
  readonly organization?: string;
  readonly member?: string;
  /** The profile of the person: what others say of the candidate refers to it. */
  readonly profile?: Recorded;
};

/**
 * The names that a candidate came with: profiles are said before the roster knows the member. One that is not what the
 * request promised is not listened to, so that sponsors see what the circle will see.
 */
export function candidateNames(circle: Circle, candidate: Candidate): CandidateNames {
  const { request } = candidate;
  let organization = namesIn(circle).organizations.get(request.organization);
  let profile: Recorded<StatementOf<"profile">> | undefined;
  for (const recorded of circle.statements()) {
    const { statement } = recorded;
    if (statement.kind !== "profile" || statement.device !== request.device.id) continue;
    const { name, salt } = statement;
    if (statement.member !== undefined) {
      if (isNameOf(request.memberName, salt, name)) profile = recorded as Recorded<typeof statement>;
    } else if (isNameOf(request.organizationName, salt, name)) organization ??= name;
  }
  return {
    ...(organization === undefined ? {} : { organization }),
    ...(profile === undefined ? {} : { member: profile.statement.name, profile }),
  };
}
