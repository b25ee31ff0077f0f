/** Coordinating a circle: who is in it and comes in, what is decided together, how its log stands. */
import type { Session } from "../session.ts";
import { candidateMethods } from "./candidates.ts";
import { invitationMethods } from "./invitations.ts";
import { logMethods } from "./log.ts";
import { markMethods } from "./marks.ts";
import { memberMethods } from "./members.ts";
import { overviewMethods } from "./overview.ts";
import { proposalMethods } from "./proposals.ts";
import { trustMethods } from "./trust.ts";

export function rosterMethods(session: Session) {
  return {
    roster: overviewMethods(session),
    invitations: invitationMethods(session),
    candidates: candidateMethods(session),
    members: memberMethods(session),
    marks: markMethods(session),
    proposals: proposalMethods(session),
    trust: trustMethods(session),
    log: logMethods(session),
  };
}
