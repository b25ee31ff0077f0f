/* A circle's roster as people and programs see it. */
import {
  admissible,
  approvalsNeeded,
  type Candidate,
  type Change,
  type Circle,
  candidateNames,
  carries,
  checkInDue,
  isActive,
  isFresh,
  type MemberId,
  missedCheckIns,
  type Names,
  namesIn,
  type OpenProposal,
  openCandidates,
  openProposals,
  proposalWindow,
  reserveOrganizations,
  sponsorsNeeded,
  summaryOf,
  type Target,
  windowHours,
} from "../client/index.ts";
import { isoHour, showHour } from "./dates.ts";
import { memberJson, memberShown, organizationJson, organizationShown, short } from "./names.ts";
import { policyText } from "./policy.ts";
import { statementJson, statementText } from "./statement.ts";
import { blocks, bold, lines, many, wrap } from "./text.ts";

const targetShown = (names: Names, target: Target) =>
  target.kind === "member" ? memberShown(names, target.member) : organizationShown(names, target.organization);

/** A change in words. */
export function changeShown(names: Names, change: Change): string {
  switch (change.kind) {
    case "remove":
      return `remove ${targetShown(names, change.target)}`;
    case "suspend":
    case "reinstate":
      return `${change.kind} ${memberShown(names, change.member)}`;
    case "role":
      return `make ${memberShown(names, change.member)} a ${change.role}`;
    case "policy":
      return "change the policy";
    case "host":
      return `move to the host ${change.host.address}`;
    case "mark":
      return `mark ${targetShown(names, change.mark.target)} as ${change.mark.as}`;
    case "org-key":
      return `replace the key of ${organizationShown(names, change.orgKey.organization)}`;
    case "admit":
      return "admit a candidate";
    case "keys":
      return "bring the control keys up to date";
  }
}

const voterShown = (names: Names, voter: string) =>
  names.organizations.get(voter as never) ?? names.members.get(voter as never) ?? short(voter);

function windowShown(circle: Circle, end: number): string {
  const { logTime } = circle.state();
  return logTime >= end ? "waiting time over" : `waits until ${showHour(end)} of the log's time`;
}

/** An open proposal, for programs. */
export function proposalJson(circle: Circle, names: Names, open: OpenProposal) {
  const state = circle.state();
  const { change } = open.proposal;
  return {
    id: open.id,
    change: changeShown(names, change),
    kind: change.kind,
    by: memberJson(names, open.by),
    approvals: open.approvals.map((voter) => voterShown(names, voter)),
    needed: approvalsNeeded(state, change, open.vetoed),
    vetoed: open.vetoed,
    carries: carries(state, open, circle.me().role === "coordinator"),
    windowEnds: isoHour(open.logTime + proposalWindow(state, change, open.vetoed)),
  };
}

/** An open proposal, as text. */
export function proposalText(circle: Circle, names: Names, open: OpenProposal): string {
  const state = circle.state();
  const { change } = open.proposal;
  const end = open.logTime + proposalWindow(state, change, open.vetoed);
  const approvals = open.approvals.map((voter) => voterShown(names, voter)).join(", ");
  const ready = carries(state, open, true) ? "can be carried out" : windowShown(circle, end);
  return lines(
    wrap(`${bold(changeShown(names, change))}  [${short(open.id)}]`, "  ", "    "),
    wrap(
      `proposed by ${memberShown(names, open.by)}; approved by ${approvals || "nobody"} (${approvalsNeeded(state, change, open.vetoed)} needed)${open.vetoed ? "; vetoed" : ""}; ${ready}`,
      "    ",
    ),
  );
}

/** A candidate before the circle, for programs. */
export function candidateJson(circle: Circle, names: Names, candidate: Candidate) {
  const state = circle.state();
  return {
    id: candidate.id,
    organization: organizationJson(names, candidate.request.organization),
    role: candidate.invite.role,
    invitedBy: memberJson(names, candidate.invite.by),
    sponsors: candidate.sponsors.map((voter) => voterShown(names, voter)),
    needed: sponsorsNeeded(state, candidate),
    objections: candidate.objections.map(({ voter, reason }) => ({ by: voterShown(names, voter), reason })),
    admissible: admissible(state, candidate),
    windowEnds: isoHour(candidate.logTime + windowHours(state)),
  };
}

function candidateShown(circle: Circle, candidate: Candidate): string {
  const { organization, member } = candidateNames(circle, candidate);
  return `${member ?? "a new member"} of ${organization ?? `organization ${short(candidate.request.organization)}`}`;
}

/** A candidate before the circle, as text. */
export function candidateText(circle: Circle, names: Names, candidate: Candidate): string {
  const state = circle.state();
  const sponsors = candidate.sponsors.map((voter) => voterShown(names, voter)).join(", ");
  const objections = candidate.objections.map(({ voter, reason }) => `${voterShown(names, voter)} objects (${reason})`);
  const ready =
    admissible(state, candidate) === "yes"
      ? "can be admitted"
      : windowShown(circle, candidate.logTime + windowHours(state));
  return lines(
    wrap(`${bold(candidateShown(circle, candidate))}  [${short(candidate.id)}]`, "  ", "    "),
    wrap(
      [
        `as ${candidate.invite.role}, invited by ${memberShown(names, candidate.invite.by)}`,
        `sponsors: ${sponsors || "none"} (${sponsorsNeeded(state, candidate)} needed)`,
        ...objections,
        ready,
      ].join("; "),
      "    ",
    ),
  );
}

function ownRole(circle: Circle): string | undefined {
  try {
    return circle.me().role;
  } catch {
    return undefined;
  }
}

/** A circle for programs. */
export function circleJson(circle: Circle, statements = false) {
  const state = circle.state();
  const names = namesIn(circle);
  const head = summaryOf(circle);
  const role = ownRole(circle);
  const missed = new Set<MemberId>(missedCheckIns(circle));
  return {
    circle: circle.id,
    label: circle.record().label,
    address: circle.record().address,
    hostKey: circle.record().hostKey,
    standing: circle.standing(),
    role: role ?? null,
    fresh: isFresh(circle),
    checkInDue: role !== undefined && checkInDue(circle),
    rotationOwed: state.owed.length > 0,
    entries: state.position,
    epoch: state.acl.epoch,
    voids: circle.ledger.voids,
    headWords: head.words,
    logTime: isoHour(state.logTime),
    policy: state.policy,
    organizations: [...state.organizations.values()].map((o) => ({ ...organizationJson(names, o.id), since: o.since })),
    reserves: reserveOrganizations(state).map((id) => organizationJson(names, id)),
    members: [...state.members.values()].map((m) => ({
      ...memberJson(names, m.id),
      organization: organizationJson(names, m.organization),
      role: m.role,
      status: m.status,
      inviter: m.inviter === undefined ? null : memberJson(names, m.inviter),
      devices: [...state.devices.values()].filter((d) => d.member === m.id && isActive(d)).length,
      checkInMissed: missed.has(m.id),
    })),
    marks: state.marks.map(({ as, from, target }) => ({ target: targetShown(names, target), as, from })),
    candidates: openCandidates(circle).map((c) => candidateJson(circle, names, c)),
    proposals: role === undefined ? [] : openProposals(circle).map((p) => proposalJson(circle, names, p)),
    ...(statements ? { statements: circle.statements().map((s) => statementJson(names, s)) } : {}),
  };
}

/** A circle as text. */
export function circleText(circle: Circle, statements = false): string {
  const state = circle.state();
  const names = namesIn(circle);
  const missed = new Set<MemberId>(missedCheckIns(circle));
  const heading = (title: string, rows: readonly string[]) => rows.length > 0 && lines(bold(title), ...rows);
  const members = [...state.members.values()].map((m) => {
    const notes = [
      m.role,
      m.status === "active" ? undefined : m.status,
      m.suspension === undefined ? undefined : m.suspension.confirmed ? "confirmed" : "not confirmed yet",
      m.inviter === undefined ? "founder" : `invited by ${memberShown(names, m.inviter)}`,
      missed.has(m.id) ? "CHECK-IN MISSED" : undefined,
    ].filter((note) => note !== undefined);
    const who = `${memberShown(names, m.id)}, ${organizationShown(names, m.organization)}`;
    return wrap(`${who}: ${notes.join(", ")} [${short(m.id)}]`, "  ", "    ");
  });
  return blocks(
    lines(
      bold(`${circle.record().label}  [${short(circle.id)}]`),
      wrap(`at ${circle.record().address}; you are ${ownRole(circle) ?? "no longer a member"}`, "  "),
      wrap(
        `${many(state.position, "entry", "entries")}, epoch ${state.acl.epoch}, ${many(circle.ledger.voids.length, "void entry", "void entries")}; log time ${showHour(state.logTime)}`,
        "  ",
      ),
      wrap(`head: ${summaryOf(circle).words.join(" ")}`, "  ", "    "),
    ),
    heading("Members", members),
    heading(
      "Trust ended",
      state.marks.map(({ as, from, target }) =>
        wrap(`${targetShown(names, target)}: ${as}, from position ${from}`, "  "),
      ),
    ),
    heading(
      "Candidates",
      openCandidates(circle).map((c) => candidateText(circle, names, c)),
    ),
    heading(
      "Proposals",
      openProposals(circle).map((p) => proposalText(circle, names, p)),
    ),
    lines(bold("Policy"), policyText(state.policy)),
    statements &&
      heading(
        "Statements",
        circle.statements().map((s) => statementText(names, s)),
      ),
  );
}
