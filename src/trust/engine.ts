import { type OrganizationId, type StatementHash, UsageError } from "../core/codec/index.ts";
import type { Placed, Scope, StatementOf } from "../core/statements/index.ts";
import {
  type Assessment,
  assessWords,
  isLive,
  last,
  leaning,
  type Side,
  type Statements,
  wordsOn,
} from "./assess/index.ts";
import { type Constants, HOURS_PER_DAY, product } from "./constants.ts";
import { closedNodes, isVoid, type Organization, probationCaps } from "./organizations.ts";
import { drop, emptyGraph, passes, put, type Voice, walk } from "./voice/index.ts";
import { type Shares, sharesAt } from "./voice/shares.ts";

export type Question = {
  readonly viewer: OrganizationId;
  /** Hours since 1970. */
  readonly now: number;
  readonly scope?: Scope;
  /** The informer simulation: up to three organizations taken out. */
  readonly without?: readonly OrganizationId[];
  /** Where the subject is an organization: nobody is heard through it about itself. */
  readonly subject?: OrganizationId;
};

export type AssessQuestion = Question & {
  /** The statements about the subject, as the caller matched them. */
  readonly about: Iterable<StatementHash>;
  /** Ways listed per reason, 16 if absent. */
  readonly pathLimit?: number;
};

export type EngineOptions = { readonly probationDays?: number; readonly constants?: Constants };

/** Holds what was said and answers from it. All answers equal those of a new engine with the same contents, bit for bit. */
export type Engine = {
  /** Adds a statement; one that is held already changes nothing. */
  add(placed: Placed): void;
  /** Puts the organization in place of what was known of it. */
  setOrganization(organization: Organization): void;
  organization(id: OrganizationId): Organization | undefined;
  organizations(): readonly Organization[];
  statements(): ReadonlyMap<StatementHash, Placed>;
  voice(question: Question): Voice;
  assess(question: AssessQuestion): Assessment;
};

type Vouched = Placed<StatementOf<"vouch">>;
type Kept = { readonly key: string; readonly voice: Voice };

const VOICES_KEPT = 64;
const TIMES_KEPT = 4;

/** Throws `UsageError` where a question cannot be asked. */
function check({ now, without }: Question): void {
  if (!Number.isFinite(now)) throw new UsageError("trust.now", "now is a number of hours");
  if ((without?.length ?? 0) > 3) throw new UsageError("trust.without", "at most three organizations can be taken out");
}

/**
 * An engine over no statements.
 *
 * @example
 * const engine = createEngine();
 * for (const placed of statements) engine.add(placed);
 * engine.assess({ viewer, about, now }).opinion; // { belief, disbelief, uncertainty }
 */
export function createEngine(options: EngineOptions = {}): Engine {
  const constants = options.constants ?? product;
  const all = new Map<StatementHash, Placed>();
  const naming = new Map<StatementHash, Placed[]>();
  const organizations = new Map<string, Organization>();
  const vouches = new Map<OrganizationId, Map<OrganizationId, Vouched[]>>();
  const leaningOf = new Map<OrganizationId, Placed[]>();
  const flags = new Map<OrganizationId, Placed<StatementOf<"red-flag">>[]>();
  const graph = emptyGraph();
  let voices: Kept[] = [];
  let times: Shares[] = [];
  const counts = new Map<OrganizationId, Map<string, number>>();

  const stands = (placed: Placed): boolean =>
    !isVoid(organizations.get(placed.organization), placed.circle, placed.position) &&
    !(naming.get(placed.hash) ?? []).some(
      (one) =>
        one.statement.kind === "retraction" &&
        one.organization === placed.organization &&
        !isVoid(organizations.get(one.organization), one.circle, one.position),
    );

  /** An issuer whose row changed touches only the voices that reach it. */
  const touch = (issuer: OrganizationId) => {
    const index = graph.index.get(issuer);
    if (index === undefined) return;
    for (const shares of times) shares.forget(index);
    voices = voices.filter(({ voice }) => voice.viewerId !== issuer && !passes(voice, index));
  };

  const settle = (issuer: OrganizationId, vouched: OrganizationId) => {
    const standing = last((vouches.get(issuer)?.get(vouched) ?? []).filter(stands));
    if (standing === undefined) drop(graph, issuer, vouched);
    else {
      const { amount, role, expires, scopes } = standing.statement;
      const made = put(graph, {
        issuer,
        vouched,
        amount,
        role,
        hour: standing.hour,
        ...(expires === undefined ? {} : { endsHour: (expires + 1) * HOURS_PER_DAY }),
        ...(scopes === undefined ? {} : { scopes }),
      });
      // A last word that is void leaves no earlier one standing.
      if (!made) drop(graph, issuer, vouched);
    }
    touch(issuer);
  };

  const listed = <K, V>(map: Map<K, V[]>, key: K, value: V) => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  };

  const held: Statements = {
    all,
    organizations,
    naming,
    made(organization, side: Side, now) {
      const mine = counts.get(organization) ?? new Map<string, number>();
      const key = `${side} ${now}`;
      const known = mine.get(key);
      if (known !== undefined) return known;
      let count = 0;
      for (const placed of leaningOf.get(organization) ?? []) {
        if (leaning(placed.statement)?.side === side && isLive(placed, now) && stands(placed)) count++;
      }
      // Times go by: what was counted for past ones is not kept for ever.
      if (mine.size >= 16) mine.clear();
      mine.set(key, count);
      counts.set(organization, mine);
      return count;
    },
  };

  const add = (placed: Placed) => {
    if (all.has(placed.hash)) return;
    all.set(placed.hash, placed);
    const { statement, organization } = placed;
    if ("target" in statement) {
      listed(naming, statement.target, placed);
      const target = all.get(statement.target);
      if (
        target?.statement.kind === "vouch" &&
        statement.kind === "retraction" &&
        target.organization === organization
      ) {
        settle(organization, target.statement.vouched);
      }
    }
    if (statement.kind === "vouch") {
      const row = vouches.get(organization) ?? new Map<OrganizationId, Vouched[]>();
      vouches.set(organization, row);
      listed(row, statement.vouched, placed as Vouched);
      settle(organization, statement.vouched);
    }
    if (statement.kind === "red-flag") {
      const organizationNamed = statement.subject.identifiers.some((one) => one.kind === "organization");
      if (organizationNamed) listed(flags, organization, placed as Placed<StatementOf<"red-flag">>);
    }
    if (leaning(statement) !== undefined) listed(leaningOf, organization, placed);
    counts.delete(organization);
  };

  const closedFor = ({ viewer, now, without, subject }: Question): Set<string> => {
    const closed = closedNodes(organizations.values());
    for (const flag of flags.get(viewer) ?? []) {
      if (!isLive(flag, now) || !stands(flag)) continue;
      for (const { kind, value } of flag.statement.subject.identifiers) if (kind === "organization") closed.add(value);
    }
    for (const id of without ?? []) closed.add(id);
    if (subject !== undefined) closed.add(subject);
    return closed;
  };

  const voice = (question: Question): Voice => {
    check(question);
    const { viewer, now, scope } = question;
    const closed = closedFor(question);
    const caps = probationCaps(organizations.values(), now, options.probationDays ?? 0);
    const key = [viewer, now, scope ?? "", [...closed].sort().join(), [...caps.keys()].sort().join()].join(" ");
    const known = voices.find((one) => one.key === key);
    if (known !== undefined) return known.voice;
    let shares = times.find((one) => one.now === now && one.scope === scope);
    if (shares === undefined) {
      shares = sharesAt(graph, now, constants.vouchHalfLife, scope);
      times = [shares, ...times].slice(0, TIMES_KEPT);
    }
    const found = walk(graph, viewer, { now, closed, caps, shares, ...(scope === undefined ? {} : { scope }) });
    voices = [{ key, voice: found }, ...voices].slice(0, VOICES_KEPT);
    return found;
  };

  return {
    add,
    setOrganization(organization) {
      const before = organizations.get(organization.id);
      organizations.set(organization.id, organization);
      counts.clear();
      if (JSON.stringify(before?.marks ?? []) === JSON.stringify(organization.marks ?? [])) return;
      for (const vouched of vouches.get(organization.id)?.keys() ?? []) settle(organization.id, vouched);
    },
    organization: (id) => organizations.get(id),
    organizations: () => [...organizations.values()],
    statements: () => all,
    voice,
    assess(question) {
      const heard = voice(question);
      const { words, beside } = wordsOn(question.about, held, question.now);
      // Neither those taken out nor the subject itself speak here, not even as the viewer's own words.
      const mute = new Set<string>([
        ...(question.without ?? []),
        ...(question.subject === undefined ? [] : [question.subject]),
      ]);
      const speaking = words.filter((word) => !mute.has(word.reporter));
      return assessWords(speaking, heard, question.now, {
        constants,
        beside,
        ...(question.pathLimit === undefined ? {} : { pathLimit: question.pathLimit }),
      });
    },
  };
}
