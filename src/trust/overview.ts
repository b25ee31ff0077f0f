import type { OrganizationId, StatementHash } from "../core/codec/index.ts";
import { isLive } from "./assess/index.ts";
import type { Engine, Question } from "./engine.ts";
import { separateWays } from "./independence/index.ts";
import type { Organization } from "./organizations.ts";
import { reached, voiceOf } from "./voice/index.ts";

export type Hanging = {
  readonly organization: OrganizationId;
  /** Voice of others that is lost without it. */
  readonly lost: number;
  /** Organizations that nobody else leads to. */
  readonly alone: readonly string[];
};

export type Burst = {
  /** Kind and value of the identifier. */
  readonly identifier: string;
  readonly root: OrganizationId;
  readonly organizations: readonly OrganizationId[];
  readonly statements: readonly StatementHash[];
  readonly fromHour: number;
  readonly toHour: number;
};

export type Overview = {
  /** On whom most trust hangs, the most first. */
  readonly hanging: readonly Hanging[];
  /** Ways from the viewer to everybody else that share no organization, and the smallest cuts. */
  readonly branches: { readonly count: number; readonly nearViewer: readonly string[] };
  readonly bursts: readonly Burst[];
  /** Known organizations that no chain of vouches reaches: without voice. */
  readonly unreachable: readonly OrganizationId[];
};

const BURST_HOURS = 72;
const BURST_SIZE = 3;

/** Who invited whom, up to the first: the root of an organization's branch of the tree. */
export function rootOf(id: OrganizationId, organizations: ReadonlyMap<string, Organization>): OrganizationId {
  const seen = new Set<string>();
  let root = id;
  for (
    let at: OrganizationId | undefined = id;
    at !== undefined && !seen.has(at);
    at = organizations.get(at)?.invitedBy
  ) {
    seen.add(at);
    root = at;
  }
  return root;
}

/** Red flags on one identifier, within three days, from three or more organizations invited by one (or itself among them). */
export function bursts(engine: Engine, now: number): Burst[] {
  const known = new Map<string, Organization>(engine.organizations().map((one) => [one.id, one]));
  const groups = new Map<string, { hour: number; organization: OrganizationId; hash: StatementHash }[]>();
  for (const placed of engine.statements().values()) {
    if (placed.statement.kind !== "red-flag" || !isLive(placed, now)) continue;
    const root = known.get(placed.organization)?.invitedBy ?? placed.organization;
    for (const { kind, value } of placed.statement.subject.identifiers) {
      const key = JSON.stringify([`${kind} ${value}`, root]);
      const list = groups.get(key) ?? [];
      list.push({ hour: placed.hour, organization: placed.organization, hash: placed.hash });
      groups.set(key, list);
    }
  }
  const found: Burst[] = [];
  for (const [key, list] of groups) {
    const [identifier, root] = JSON.parse(key) as [string, OrganizationId];
    list.sort((a, b) => a.hour - b.hour || (a.hash < b.hash ? -1 : 1));
    let best: typeof list = [];
    for (let from = 0, to = 0; to < list.length; to++) {
      while ((list[to]?.hour as number) - (list[from]?.hour as number) > BURST_HOURS) from++;
      const part = list.slice(from, to + 1);
      if (new Set(part.map((one) => one.organization)).size > new Set(best.map((one) => one.organization)).size)
        best = part;
    }
    const organizations = [...new Set(best.map((one) => one.organization))].sort();
    if (organizations.length < BURST_SIZE) continue;
    found.push({
      identifier,
      root,
      organizations,
      statements: best.map((one) => one.hash).sort(),
      fromHour: best[0]?.hour as number,
      toHour: best.at(-1)?.hour as number,
    });
  }
  return found.sort(
    (a, b) => b.organizations.length - a.organizations.length || (a.identifier < b.identifier ? -1 : 1),
  );
}

/** What a coordinator of `question.viewer` looks at: where trust is thin, and where something is odd. */
export function overview(engine: Engine, question: Question, limit = 8): Overview {
  const voice = engine.voice(question);
  const ids = reached(voice);
  const candidates = [...ids]
    .sort((a, b) => voiceOf(voice, b) - voiceOf(voice, a) || (a < b ? -1 : 1))
    .slice(0, 4 * limit);
  const hanging = candidates.map((id): Hanging => {
    const without = engine.voice({ ...question, without: [id as OrganizationId] });
    let lost = 0;
    const alone: string[] = [];
    for (const other of ids) {
      if (other === id) continue;
      const left = voiceOf(without, other);
      lost += Math.max(0, voiceOf(voice, other) - left);
      if (left === 0) alone.push(other);
    }
    return { organization: id as OrganizationId, lost, alone };
  });
  hanging.sort((a, b) => b.lost - a.lost || (a.organization < b.organization ? -1 : 1));
  const { count, nearViewer } = separateWays(voice, ids);
  return {
    hanging: hanging.slice(0, limit).filter((one) => one.lost > 0),
    branches: { count, nearViewer },
    bursts: bursts(engine, question.now),
    unreachable: engine
      .organizations()
      .map((one) => one.id)
      .filter((id) => id !== question.viewer && voiceOf(voice, id) === 0)
      .sort(),
  };
}
