import { edits } from "./distance.ts";
import { generic, neutral, type Organization } from "./legal.ts";
import type { Scored } from "./persons.ts";
import { soundKey } from "./phonetic.ts";
import type { Reason } from "./reasons.ts";

const weight = (word: string): number =>
  neutral.has(word) ? (word.length <= 3 ? 0.1 : 0.25) : generic.has(word) ? 0.6 : /^\d+$/.test(word) ? 0.8 : 1;

/** How two words of names of organizations agree, 0 … 1. */
function similarity(a: string, b: string): number {
  if (a === b) return 1;
  if (/\d/.test(a) || /\d/.test(b)) return 0;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 3 && soundKey(a) === soundKey(b)) return 0.94;
  if (short.length >= 4 && long === `${short}s`) return 0.95;
  const limit = long.length >= 9 ? 2 : long.length >= 5 ? 1 : 0;
  const distance = edits(a, b, limit);
  if (distance <= limit) return a[0] === b[0] ? 1 - distance / long.length : 1 - distance / long.length - 0.1;
  // Shortened words: Mfg. for Manufacturing is in the table, `Tech` for `Technologie` is seen here.
  return short.length >= 4 && long.startsWith(short) && generic.has(long) ? 0.85 : 0;
}

/** Compares two names of organizations by what tells them apart: forms and common words count little. */
export function compareOrganizations(a: Organization, b: Organization): Scored {
  const codes = new Set<Reason["code"]>();
  if (a.words.length === 0 || b.words.length === 0) return { score: 0, codes: codes.add("nothing-to-compare") };
  const joinedA = a.words.filter((w) => w !== "&").join("");
  const joinedB = b.words.filter((w) => w !== "&").join("");
  const formsDiffer =
    a.forms.length > 0 &&
    b.forms.length > 0 &&
    !a.forms.some((form) => b.forms.includes(form)) &&
    !equivalent(a.forms, b.forms);
  if (formsDiffer) codes.add("legal-form-differs");
  const done = (score: number): Scored => ({
    score: Math.max(0, Math.min(1, score - (formsDiffer ? 0.04 : 0))),
    codes,
  });
  if (joinedA === joinedB) {
    codes.add(a.words.length === b.words.length ? "same-words" : "joined");
    return done(1);
  }
  const pairs: { i: number; j: number; s: number }[] = [];
  for (const [i, x] of a.words.entries()) {
    for (const [j, y] of b.words.entries()) {
      const s = similarity(x, y);
      if (s >= 0.72) pairs.push({ i, j, s });
    }
  }
  pairs.sort((p, q) => q.s - p.s || Math.abs(p.i - p.j) - Math.abs(q.i - q.j));
  const usedA = new Set<number>();
  const usedB = new Set<number>();
  let matched = 0;
  let agreed = 0;
  for (const { i, j, s } of pairs) {
    if (usedA.has(i) || usedB.has(j)) continue;
    usedA.add(i);
    usedB.add(j);
    const w = Math.min(weight(a.words[i] as string), weight(b.words[j] as string));
    matched += w;
    agreed += w * s;
    if (s < 1) codes.add("spelling");
  }
  const leftA = a.words.filter((_, i) => !usedA.has(i));
  const leftB = b.words.filter((_, j) => !usedB.has(j));
  if (numbersOf(a.words) !== numbersOf(b.words)) {
    codes.add("number-differs");
    if (leftA.some((w) => /\d/.test(w)) && leftB.some((w) => /\d/.test(w))) return done(0.3);
  }
  if (isAcronym(a.words, b) || isAcronym(b.words, a)) {
    codes.add("acronym");
    return done(0.75);
  }
  const rest = [leftA.filter((w) => w !== "&").join(""), leftB.filter((w) => w !== "&").join("")] as const;
  if (
    rest[0] !== "" &&
    (rest[0] === rest[1] || (Math.min(rest[0].length, rest[1].length) >= 6 && edits(rest[0], rest[1], 1) <= 1))
  ) {
    codes.add("joined");
    return done(0.95);
  }
  const total = (words: readonly string[]) => words.reduce((sum, word) => sum + weight(word), 0);
  const overA = total(leftA);
  const overB = total(leftB);
  const conflict = Math.min(overA, overB);
  const extra = Math.max(overA, overB) - conflict;
  if (conflict >= 0.3) codes.add("word-differs");
  if (extra >= 0.6) codes.add("extra-word");
  let score = matched === 0 ? 0 : agreed / (matched + 1.3 * conflict + 0.75 * extra);
  const length = Math.max(joinedA.length, joinedB.length);
  const share = 1 - edits(joinedA, joinedB, Math.floor(length / 5)) / length;
  if (share > 0.86 && !codes.has("number-differs")) score = Math.max(score, share - 0.06);
  // Only words that many organizations share.
  if (matched > 0 && matched < 0.7 && overA + overB > 0.3) score = Math.min(score, 0.5);
  return done(score);
}

const families = [
  "ltd limited llc gmbh srl sarl bv llp ooo too tov uab sia doo",
  "jsc plc sa ag inc corp spa nv pao oao zao ao ab asa oyj as pjsc ojsc cjsc kk",
  "co company",
].map((x) => x.split(" "));

/** Forms that translate each other: a limited company, a company by shares. */
function equivalent(a: readonly string[], b: readonly string[]): boolean {
  if (a.every((x) => x === "company" || x === "co") || b.every((x) => x === "company" || x === "co")) return true;
  return families.some((family) => a.some((x) => family.includes(x)) && b.some((y) => family.includes(y)));
}

function numbersOf(words: readonly string[]): string {
  return words
    .filter((w) => /^\d+$/.test(w))
    .sort()
    .join(" ");
}

function isAcronym(short: readonly string[], { words: long, forms }: Organization): boolean {
  const letters = short.join("");
  // The C of BBC is the form of its name.
  const form = (forms[0] ?? "")[0] ?? "";
  if (letters.length < 3 || letters.length > 6 || long.length < 2) return false;
  const initials = long
    .filter((w) => w !== "&")
    .map((w) => w[0])
    .join("");
  const telling = long
    .filter((w) => !/^(?:the|of|and|for|&|de|la|du|van)$/.test(w))
    .map((w) => w[0])
    .join("");
  return short.length === 1 && [initials, telling, initials + form, telling + form].includes(letters);
}
