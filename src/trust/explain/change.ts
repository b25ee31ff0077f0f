import type { OrganizationId, StatementHash } from "../../core/codec/index.ts";
import type { Assessment } from "../assess/index.ts";
import type { AssessQuestion, Engine } from "../engine.ts";
import { projected } from "../opinion/index.ts";
import type { Mark } from "../organizations.ts";
import { type Likelihood, likelihood } from "./sentence.ts";

export type Simulated = {
  readonly without: readonly OrganizationId[];
  readonly before: Assessment;
  readonly after: Assessment;
  readonly likelihoodBefore: Likelihood;
  readonly likelihoodAfter: Likelihood;
  /** After less before, of the projected probability. */
  readonly shift: number;
};

function compare(without: readonly OrganizationId[], before: Assessment, after: Assessment): Simulated {
  const [p, q] = [projected(before.opinion), projected(after.opinion)];
  return { without, before, after, likelihoodBefore: likelihood(p), likelihoodAfter: likelihood(q), shift: q - p };
}

/**
 * The informer simulation: the result if these organizations (at most three) were not there. Throws
 * `UsageError` for more.
 */
export function simulate(engine: Engine, question: AssessQuestion, without: readonly OrganizationId[]): Simulated {
  const about = [...question.about];
  const before = engine.assess({ ...question, about });
  return compare(without, before, engine.assess({ ...question, about, without }));
}

/** Whom an assessment leans on: reporters that count, and those who introduce them on the listed ways. */
export function leansOn(assessment: Assessment, viewer: OrganizationId): OrganizationId[] {
  const found = new Set<string>();
  for (const reason of assessment.reasons) {
    if (reason.amount === 0) continue;
    for (const path of reason.paths) for (const id of path.organizations) found.add(id);
    found.add(reason.organization);
  }
  found.delete(viewer);
  return [...found].sort() as OrganizationId[];
}

/** What would change it: each organization it leans on taken out alone, the greatest shift first. */
export function whatWouldChange(engine: Engine, question: AssessQuestion, limit = 8): Simulated[] {
  const about = [...question.about];
  const before = engine.assess({ ...question, about });
  return leansOn(before, question.viewer)
    .map((id) => compare([id], before, engine.assess({ ...question, about, without: [id] })))
    .sort(
      (a, b) => Math.abs(b.shift) - Math.abs(a.shift) || ((a.without[0] as string) < (b.without[0] as string) ? -1 : 1),
    )
    .slice(0, limit);
}

export type Decision = {
  readonly decision: StatementHash;
  /** As the caller matched the decision's subject. */
  readonly question: AssessQuestion;
};

/**
 * For a mark on an organization: the decisions whose assessment it changes, before and after. The
 * engine holds after the call what it held before.
 */
export function revocationImpact(
  engine: Engine,
  id: OrganizationId,
  mark: Mark,
  decisions: readonly Decision[],
): (Simulated & { readonly decision: StatementHash })[] {
  const asked = decisions.map(({ decision, question }) => ({
    decision,
    question: { ...question, about: [...question.about] },
  }));
  const assess = () => asked.map(({ question }) => engine.assess({ ...question, pathLimit: Number.POSITIVE_INFINITY }));
  const known = engine.organization(id);
  const before = assess();
  let after: Assessment[] = [];
  try {
    engine.setOrganization({ ...known, id, marks: [...(known?.marks ?? []), mark] });
    after = assess();
  } finally {
    engine.setOrganization(known ?? { id });
  }
  return asked.flatMap(({ decision, question }, at) => {
    const [was, is] = [before[at] as Assessment, after[at] as Assessment];
    const leaned = leansOn(was, question.viewer).includes(id) || (question.viewer as string) === id;
    const moved = was.evidence.for !== is.evidence.for || was.evidence.against !== is.evidence.against;
    return leaned || moved ? [{ decision, ...compare([id], was, is) }] : [];
  });
}
