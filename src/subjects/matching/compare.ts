import type { Identifier, Subject } from "../../core/statements/format.ts";
import type { IdentifierKind } from "../../core/statements/vocabulary.ts";
import { sameIdentifier } from "../identifiers/key.ts";
import { commonness } from "../names/commonness.ts";
import { compareNames, compatible, type NameComparison } from "../names/compare.ts";
import { fold } from "../text/fold.ts";

export type Verdict = "same" | "cannot tell" | "different";

export type MatchReason = {
  readonly code:
    | "identifier-shared"
    | "identifier-shared-weak"
    | "names-agree"
    | "names-conflict"
    | "name-common"
    | "name-missing"
    | "birth-year-agrees"
    | "birth-year-near"
    | "birth-year-conflicts"
    | "place-agrees"
    | "place-conflicts"
    | "employer-agrees"
    | "employer-conflicts"
    | "qualifiers-agree"
    | "judged-same"
    | "judged-different"
    | "judged-unsure"
    | "judgments-disagree";
  readonly speaks: "for" | "against" | "neither";
  readonly sentence: string;
};

export type Match = {
  readonly verdict: Verdict;
  /** 0 … 1, to rank by; not a probability. */
  readonly score: number;
  readonly reasons: readonly MatchReason[];
};

/** Kinds that belong to many people at once, or to none: they support, and never decide. */
const weakKinds: ReadonlySet<IdentifierKind> = new Set(["domain", "url", "document", "onion"]);

/** The closest pair of names of two subjects; `undefined` if one has none. */
function closestNames(a: Subject, b: Subject): NameComparison | undefined {
  let best: NameComparison | undefined;
  for (const x of namesOf(a)) {
    for (const y of namesOf(b)) {
      const found = compareNames(x, y);
      if (!best || found.score > best.score) best = found;
    }
  }
  return best;
}

/** The names of a subject: its own, or those seen beside its identifiers. */
export function namesOf(subject: Subject): readonly string[] {
  if (subject.names && subject.names.length > 0) return subject.names;
  return subject.identifiers.flatMap((i) => (i.nameSeen === undefined ? [] : [i.nameSeen])).slice(0, 16);
}

/**
 * Whether two subjects are one. *Same* needs an identifier of one holder that both have, or a name with birth year,
 * place and employer all agreeing (attack 42: never a name alone, nor a name and a year); *different* needs names or
 * birth years that exclude each other, and no shared identifier; everything else is *cannot tell*.
 *
 * @example
 * const phone = { kind: "phone", value: "+84381234567" } as const;
 * compareSubjects({ identifiers: [phone] }, { identifiers: [phone] }).verdict; // "same"
 */
export function compareSubjects(a: Subject, b: Subject): Match {
  const reasons: MatchReason[] = [];
  const add = (code: MatchReason["code"], speaks: MatchReason["speaks"], sentence: string) =>
    reasons.push({ code, speaks, sentence });
  const shared = a.identifiers.filter((x) => b.identifiers.some((y) => sameIdentifier(x, y)));
  const strong = shared.filter((x) => !weakKinds.has(x.kind));
  for (const x of strong) add("identifier-shared", "for", `Both have the same ${kindName(x)}.`);
  for (const x of shared)
    if (weakKinds.has(x.kind))
      add("identifier-shared-weak", "neither", `Both have the same ${kindName(x)}, which many people can share.`);

  const names = closestNames(a, b);
  const namesConflict = names !== undefined && names.score < compatible;
  if (names === undefined) add("name-missing", "neither", "One of them has no name here.");
  else if (namesConflict) add("names-conflict", "against", "Their names differ.");
  else {
    add("names-agree", "for", "Their names agree. A name alone never shows that two people are one.");
    const known = namesOf(a)
      .map(commonness)
      .find((c) => c !== undefined);
    if (known) add("name-common", "neither", known.sentence);
  }
  const { agree, conflict } = qualifiers(a, b, add);
  const yearConflict = reasons.some((r) => r.code === "birth-year-conflicts");

  let verdict: Verdict;
  let score: number;
  if (strong.length > 0) {
    // A number or account changes hands, or is shared: what speaks against is not overruled by it.
    verdict = namesConflict || yearConflict ? "cannot tell" : "same";
    score = verdict === "same" ? Math.min(1, 0.95 + 0.02 * (strong.length - 1)) : 0.6;
  } else if (namesConflict || yearConflict) {
    verdict = "different";
    score = Math.min(0.3, (names?.score ?? 0.5) * 0.4 + 0.05 * agree);
  } else if (names !== undefined && names.score >= 0.9 && agree >= 3 && conflict === 0) {
    verdict = "same";
    score = 0.9;
    add("qualifiers-agree", "for", "Name, birth year, place and employer all agree.");
  } else {
    verdict = "cannot tell";
    score = Math.max(
      0,
      Math.min(0.85, (names?.score ?? 0.3) * 0.55 + 0.1 * agree - 0.08 * conflict + (shared.length > 0 ? 0.1 : 0)),
    );
  }
  return { verdict, score: Math.round(score * 1000) / 1000, reasons };
}

function kindName({ kind }: Identifier): string {
  const words: Partial<Record<IdentifierKind, string>> = {
    mail: "mail address",
    phone: "phone number",
    pgp: "PGP key",
    document: "document",
    url: "link",
    registration: "registration number",
    onion: "onion address",
  };
  return (
    words[kind] ??
    `${kind} ${kind === "domain" || kind === "wallet" || kind === "organization" ? "" : "account"}`.trim()
  );
}

/** Words in the field of an employer that name none. */
const noEmployer =
  /^(?:freelance(?:r)?|self.?employed|student|unemployed|retired|none|n\/?a|independent|activist|journalist|blogger|sinh vien|tu do|nghe tu do|that nghiep|hoc sinh|lao dong tu do|unknown|khong ro|khong)?$/;

function qualifiers(
  a: Subject,
  b: Subject,
  add: (code: MatchReason["code"], speaks: MatchReason["speaks"], sentence: string) => void,
): { agree: number; conflict: number } {
  let agree = 0;
  let conflict = 0;
  if (a.birthYear !== undefined && b.birthYear !== undefined) {
    const apart = Math.abs(a.birthYear - b.birthYear);
    if (apart === 0) {
      agree++;
      add("birth-year-agrees", "for", "The birth years agree.");
    } else if (apart === 1)
      add("birth-year-near", "neither", "The birth years are one apart, as when counted from an age.");
    else {
      conflict++;
      add("birth-year-conflicts", "against", `The birth years are ${apart} apart.`);
    }
  }
  for (const [what, x, y] of [
    ["place", a.place, b.place],
    ["employer", a.employer, b.employer],
  ] as const) {
    if (x === undefined || y === undefined) continue;
    const [p, q] = [fold(x), fold(y)].map((t) =>
      t
        .replace(/^(?:tp|tinh|thanh pho|quan|huyen|city of)\.? /, "")
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim(),
    ) as [string, string];
    if (p === "" || q === "" || (what === "employer" && (noEmployer.test(p) || noEmployer.test(q)))) continue;
    const same =
      what === "place"
        ? p === q || within(p, q) || within(q, p)
        : p === q || compareNames(x, y, { kind: "organization" }).score >= 0.85;
    if (same) agree++;
    else conflict++;
    add(
      `${what}-${same ? "agrees" : "conflicts"}`,
      same ? "for" : "against",
      same ? `The ${what}s agree.` : `The ${what}s differ; people move.`,
    );
  }
  return { agree, conflict };
}

/** `hoan kiem` within `hoan kiem ha noi`. */
function within(part: string, whole: string): boolean {
  return part.length >= 4 && ` ${whole} `.includes(` ${part} `);
}
