import { type Candidate, isNameOf } from "../../core/circle/index.ts";
import type { Circle } from "./circle.ts";
import { namesIn } from "./profiles.ts";

/** Candidates that wait for the circle. */
export function openCandidates(circle: Circle): readonly Candidate[] {
  return [...circle.state().candidates.values()].filter((candidate) => !candidate.admitted);
}

/** The names that a candidate came with; absent where no profile says them. */
export type CandidateNames = { readonly organization?: string; readonly member?: string };

/**
 * The names that a candidate came with: profiles are said before the roster knows the member. One that is not what the
 * request promised is not listened to, so that sponsors see what the circle will see.
 */
export function candidateNames(circle: Circle, candidate: Candidate): CandidateNames {
  const { request } = candidate;
  let organization = namesIn(circle).organizations.get(request.organization);
  let member: string | undefined;
  for (const { statement } of circle.statements()) {
    if (statement.kind !== "profile" || statement.device !== request.device.id) continue;
    const { name, salt } = statement;
    if (statement.member !== undefined) {
      if (isNameOf(request.memberName, salt, name)) member = name;
    } else if (isNameOf(request.organizationName, salt, name)) organization ??= name;
  }
  return {
    ...(organization === undefined ? {} : { organization }),
    ...(member === undefined ? {} : { member }),
  };
}
