import { membersOf } from "../../core/circle/index.ts";
import type { OrganizationId, StatementHash } from "../../core/codec/index.ts";
import type { Scope } from "../../core/statements/index.ts";
import {
  type Assessment,
  createEngine,
  type Engine,
  type Language,
  type Mark,
  type Organization,
  type Sentence,
  say as sayWords,
  sentenceOf,
  whatWouldChange,
} from "../../trust/index.ts";
import type { Identity } from "../identity/identity.ts";
import { hourOf } from "../platform.ts";
import type { Circle } from "./circle.ts";

const trustMarks = { retired: "retired", compromised: "compromised", duress: "under-duress" } as const;

/** What one circle's roster says of an organization, joined to what other circles said before. */
function organizationIn(circle: Circle, id: OrganizationId, before: Organization | undefined): Organization {
  const state = circle.state();
  const found = state.organizations.get(id);
  const members = [...state.members.values()].filter((m) => m.organization === id && m.status !== "removed");
  const suspended = members.length > 0 && members.every((m) => m.status === "suspended");
  const marks: Mark[] = state.marks
    .filter(({ target }) => target.kind === "organization" && target.organization === id)
    .map(({ as, from }) => ({ kind: trustMarks[as], circle: circle.id, position: from }));
  const invitedBy = before?.invitedBy ?? found?.inviter;
  const admitted = found?.inviter === undefined ? undefined : found.sinceLogTime;
  // The latest admission counts: the hours of a circle that somebody founded for the purpose prove nothing.
  const hours = [before?.admittedHour, admitted].filter((hour) => hour !== undefined);
  const admittedHour = hours.length === 0 ? undefined : Math.max(...hours);
  return {
    id,
    marks: [...(before?.marks ?? []), ...marks],
    ...(invitedBy === undefined ? {} : { invitedBy }),
    ...(suspended || before?.suspended === true ? { suspended: true } : {}),
    ...(admittedHour === undefined ? {} : { admittedHour }),
  };
}

/**
 * Everything that circles hold, ready to be assessed from a viewer's own point of view (§7: an assessment joins
 * the circles the viewer is in). Statements of members in whom trust ended are left out; marks on whole
 * organizations are the engine's to judge.
 */
export function engineOf(circles: readonly Circle[]): Engine {
  const days = Math.max(0, ...circles.map((circle) => circle.state().policy.probationDays));
  const engine = createEngine({ probationDays: days });
  for (const circle of circles) {
    const state = circle.state();
    for (const id of state.organizations.keys())
      engine.setOrganization(organizationIn(circle, id, engine.organization(id)));
    for (const recorded of circle.statements()) {
      const { member, position } = recorded;
      const ended = state.marks.some(
        (mark) => mark.target.kind === "member" && mark.target.member === member && position >= mark.from,
      );
      // Who is here speaks for itself: an old word of theirs, carried back from elsewhere, must not become their last.
      const carriedBack = recorded.relayedBy !== undefined && membersOf(state, recorded.organization).length > 0;
      if (!ended && !carriedBack) engine.add(recorded);
    }
  }
  return engine;
}

export type AssessOptions = {
  readonly scope?: Scope;
  /** The informer simulation: up to three organizations taken out. */
  readonly without?: readonly OrganizationId[];
  /** Where the subject is an organization. */
  readonly subject?: OrganizationId;
  readonly language?: Language;
};

/** An assessment in words, its reasons, and what would change it. */
export type Assessed = {
  readonly sentence: string;
  /** What the sentence says, in no language. */
  readonly said: Sentence;
  readonly assessment: Assessment;
  /** Without each of these organizations the result moves; the greatest shift first. */
  readonly changes: ReturnType<typeof whatWouldChange>;
};

/**
 * What `about` comes to for the identity's organization: the sentence first, then reasons, then numbers.
 *
 * Throws `UsageError` `trust.without` for more than three organizations taken out.
 *
 * @example
 * const { found } = lookup(circle, "0912 345 678");
 * assess(identity, engineOf([circle]), found.map((f) => f.recorded.hash)).sentence;
 */
export function assess(
  identity: Identity,
  engine: Engine,
  about: readonly StatementHash[],
  options: AssessOptions = {},
): Assessed {
  const { language = "en", ...asked } = options;
  const question = { viewer: identity.read().organization.id, now: hourOf(identity.platform), ...asked, about };
  const assessment = engine.assess(question);
  const said = sentenceOf(assessment, engine.voice(question));
  return {
    sentence: sayWords(said, language),
    said,
    assessment,
    changes: asked.without === undefined ? whatWouldChange(engine, question) : [],
  };
}
