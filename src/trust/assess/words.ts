import type { OrganizationId, StatementHash } from "../../core/codec/index.ts";
import type { Placed, Statement, StatementOf, StixOpinion } from "../../core/statements/index.ts";
import { CLOCK_SKEW_HOURS, HOURS_PER_DAY } from "../constants.ts";
import { isVoid, type Organization } from "../organizations.ts";
import type { Side, Word } from "./evidence.ts";
import { strengthOf } from "./strength.ts";

type Leaning = { readonly side: Side; readonly strength: number };

/** What stands beside the words and does not change their sum. */
export type Beside = {
  readonly kind: "correction" | "reply" | "retracted" | "changed-mind" | "unjudged" | "expired" | "void";
  readonly statement: StatementHash;
  readonly organization: OrganizationId;
};

export type WordsOn = { readonly words: readonly Word[]; readonly beside: readonly Beside[] };

/** The statements that a viewer holds, as the words are found in them. */
export type Statements = {
  readonly all: ReadonlyMap<StatementHash, Placed>;
  readonly organizations: ReadonlyMap<string, Organization>;
  /** Statements that name another: positions, corrections, retractions, replies. */
  readonly naming: ReadonlyMap<StatementHash, readonly Placed[]>;
  /** Live statements of an organization for or against anything, at `now`. */
  made(organization: OrganizationId, side: Side, now: number): number;
};

const opinions: Readonly<Record<StixOpinion, number>> = {
  "strongly-disagree": -1,
  disagree: -0.5,
  neutral: 0,
  agree: 0.5,
  "strongly-agree": 1,
};

/** Which way a statement about a subject leans; undefined: it bears no evidence. */
export function leaning(statement: Statement): Leaning | undefined {
  const strength = strengthOf(statement.evidence, statement.grade);
  switch (statement.kind) {
    case "attestation":
      return { side: "for", strength };
    case "red-flag":
      return { side: "against", strength };
    case "tip":
      if (statement.verdict === "unverified") return undefined;
      return { side: statement.verdict === "authentic" ? "for" : "against", strength };
    case "answer":
      return statement.wouldVouch
        ? { side: "for", strength: (strength * Math.min(120, statement.wouldVouch)) / 120 }
        : undefined;
    case "decision":
      if (statement.verdict === "not-now") return undefined;
      if (statement.verdict === "no") return { side: "against", strength };
      return { side: "for", strength: statement.verdict === "yes" ? strength : strength / 2 };
    default:
      return undefined;
  }
}

/** A position is evidence of its own author: it leans as its target does, or against it, and scales nothing. */
function ofPosition(position: StatementOf<"position">, target: Statement): Leaning | undefined {
  const on = leaning(target);
  const opinion = opinions[position.opinion];
  if (on === undefined || opinion === 0) return undefined;
  const other: Side = on.side === "for" ? "against" : "for";
  const strength = strengthOf(position.evidence, position.grade) * Math.abs(opinion);
  return { side: opinion > 0 ? on.side : other, strength };
}

/** Whether a statement counts at `now` (hours): neither expired nor stated in the future. `expires` is its last day. */
export function isLive(placed: Placed, now: number): boolean {
  if (!(placed.hour <= now + CLOCK_SKEW_HOURS)) return false;
  const { expires } = placed.statement;
  return expires === undefined || now < (expires + 1) * HOURS_PER_DAY;
}

/** Order of statements: by position within a circle; between circles by hour. Ties by hash, so that input order is nothing. */
export function later(a: Placed, b: Placed): boolean {
  if (a.circle === b.circle && a.position !== b.position) return a.position > b.position;
  return a.hour !== b.hour ? a.hour > b.hour : a.hash > b.hash;
}

/** The last of several: in each circle by position, then between circles. */
export function last<P extends Placed>(list: readonly P[]): P | undefined {
  const perCircle = new Map<string, P>();
  for (const one of list) {
    const known = perCircle.get(one.circle);
    if (known === undefined || later(one, known)) perCircle.set(one.circle, one);
  }
  let found: P | undefined;
  for (const one of perCircle.values()) if (found === undefined || later(one, found)) found = one;
  return found;
}

/** Texts that differ in case, marks of spacing and punctuation only are one text. */
export function textKey(text: string | undefined): string | undefined {
  const folded = text
    ?.normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{P}\p{Z}\s]+/gu, " ")
    .trim();
  return folded === undefined || folded === "" ? undefined : folded;
}

/** All that a statement says in its author's own words: of an answer also what it answers. */
function wordsOf(statement: Statement): string | undefined {
  return statement.kind === "answer" ? [...statement.answers, statement.text ?? ""].join("\n") : statement.text;
}

function eventHour(placed: Placed): number {
  const { eventDay } = placed.statement;
  return eventDay === undefined ? placed.hour : Math.min(placed.hour, eventDay * HOURS_PER_DAY);
}

type Leaned = Leaning & { readonly placed: Placed };

/**
 * The words on a subject that `about` (the caller's match) bears: each organization's last word decides
 * its side, the strongest on that side counts, and what it said before is shown beside.
 */
export function wordsOn(about: Iterable<StatementHash>, held: Statements, now: number): WordsOn {
  const beside: Beside[] = [];
  const aside = (kind: Beside["kind"], placed: Placed) =>
    beside.push({ kind, statement: placed.hash, organization: placed.organization });
  const byOrganization = new Map<OrganizationId, Leaned[]>();
  const retracted = (placed: Placed) =>
    (held.naming.get(placed.hash) ?? []).some(
      (one) =>
        one.statement.kind === "retraction" &&
        one.organization === placed.organization &&
        !isVoid(held.organizations.get(one.organization), one.circle, one.position),
    );
  const take = (placed: Placed, leans: Leaning | undefined) => {
    if (isVoid(held.organizations.get(placed.organization), placed.circle, placed.position))
      return aside("void", placed);
    if (retracted(placed)) return aside("retracted", placed);
    if (!isLive(placed, now)) return aside("expired", placed);
    if (leans === undefined) return aside("unjudged", placed);
    const list = byOrganization.get(placed.organization) ?? [];
    list.push({ ...leans, placed });
    byOrganization.set(placed.organization, list);
    return undefined;
  };

  for (const hash of [...new Set(about)].sort()) {
    const placed = held.all.get(hash);
    if (placed === undefined) continue;
    take(placed, leaning(placed.statement));
    const positions = new Map<OrganizationId, Placed<StatementOf<"position">>[]>();
    for (const one of held.naming.get(hash) ?? []) {
      if (one.statement.kind === "correction" || one.statement.kind === "reply") aside(one.statement.kind, one);
      if (one.statement.kind !== "position") continue;
      const list = positions.get(one.organization) ?? [];
      list.push(one as Placed<StatementOf<"position">>);
      positions.set(one.organization, list);
    }
    for (const list of positions.values()) {
      const standing = last(list) as Placed<StatementOf<"position">>;
      // On words that no longer stand there is nothing to agree with.
      const stands = !retracted(placed) && isLive(placed, now);
      if (stands) take(standing, ofPosition(standing.statement, placed.statement));
    }
  }

  const words: Word[] = [];
  for (const [organization, list] of byOrganization) {
    const final = last(list.map((one) => one.placed)) as Placed;
    const { side } = list.find((one) => one.placed === final) as Leaned;
    const inviter = held.organizations.get(organization)?.invitedBy;
    for (const { placed, side: leans, strength } of list) {
      if (leans !== side) {
        aside("changed-mind", placed);
        continue;
      }
      const text = textKey(wordsOf(placed.statement));
      words.push({
        key: placed.hash,
        reporter: organization,
        side,
        strength,
        hour: eventHour(placed),
        made: Math.max(1, held.made(organization, side, now)),
        ...(text !== undefined && inviter !== undefined ? { source: `${inviter} ${text}` } : {}),
      });
    }
  }
  words.sort((a, b) => (a.key < b.key ? -1 : 1));
  beside.sort((a, b) => (`${a.statement}${a.kind}` < `${b.statement}${b.kind}` ? -1 : 1));
  return { words, beside };
}
