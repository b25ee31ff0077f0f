import { fold } from "../text/fold.ts";
import { edits } from "./distance.ts";
import { looksLikeOrganization, organizationOf } from "./legal.ts";
import { type Name, nameOf } from "./name.ts";
import { compareOrganizations } from "./organizations.ts";
import { comparePersons, type Scored, wordsInHandle } from "./persons.ts";
import { type Reason, reasons } from "./reasons.ts";

/** At this score and above two names are compatible: they can be one person's or organization's. */
export const compatible = 0.7;

export type NameComparison = {
  /**
   * `cannot tell`: the names are compatible (score ≥ 0.7); `different`: they are not. Never `same`: a name alone
   * does not show that two people are one (attack 42), for which `compareSubjects` wants an identifier or qualifiers.
   */
  readonly verdict: "same" | "cannot tell" | "different";
  /** 0 … 1, how well the names agree; not a probability. */
  readonly score: number;
  readonly reasons: readonly Reason[];
};

export type NameOptions = {
  /** Default: told from the words and legal forms of either name. */
  readonly kind?: "person" | "organization";
};

/**
 * Compares two names of people or of organizations, in Latin, Cyrillic, Greek, Armenian, Georgian, Hangul, kana and
 * frequent Han letters, and by consonants in Arabic, Hebrew, Thai, Lao and Khmer. At most 512 characters of each
 * are read. Never throws.
 *
 * @example
 * compareNames("Nguyễn Văn Nam", "nam nguyen").verdict; // "cannot tell"
 * compareNames("Nguyễn Văn Nam", "Nguyễn Văn Năm").verdict; // "different"
 */
export function compareNames(a: string, b: string, options: NameOptions = {}): NameComparison {
  // In one order, so that the answer does not depend on who is compared with whom.
  const [x, y] = [a.slice(0, 512), b.slice(0, 512)];
  const [one, two] = x < y ? [x, y] : [y, x];
  const { score, codes } = scored(one, two, nameOf(one), nameOf(two), options);
  const rounded = Math.round(score * 1000) / 1000;
  return {
    verdict: rounded >= compatible ? "cannot tell" : "different",
    score: rounded,
    reasons: reasons([...codes, ...(rounded >= compatible ? (["name-alone"] as const) : [])]),
  };
}

function scored(a: string, b: string, x: Name, y: Name, options: NameOptions): Scored {
  const codes = (...list: Reason["code"][]) => new Set(list);
  const unread = Math.max(x.unread, y.unread);
  const script = (name: Name) => name.scripts.join();
  // One and the same script: letters are compared as they are, also those that no table can read.
  if (
    script(x) === script(y) &&
    !/^Latin/.test(script(x)) &&
    x.scripts.length > 0 &&
    (x.level === "consonants" || unread > 0 || script(x) === "Han")
  ) {
    return sameScript(a, b, x, y);
  }
  if (unread > 0.34) return { score: compatible, codes: codes("other-script", "script-not-read") };
  if (x.words.length === 0 || y.words.length === 0) {
    const same = fold(a).trim() === fold(b).trim() && fold(a).trim() !== "";
    return { score: same ? compatible : 0, codes: codes("nothing-to-compare") };
  }
  const organization = options.kind
    ? options.kind === "organization"
    : looksLikeOrganization(x.plain) || looksLikeOrganization(y.plain);
  if (organization) return compareOrganizations(organizationOf(x.plain), organizationOf(y.plain));
  const people = comparePersons(x, y);
  if (people.score >= 0.9) return people;
  const byHandle = handleScore(a, b, x, y);
  if (byHandle > people.score) return { score: byHandle, codes: codes("handle") };
  // `Face book` and `Facebook`: nothing but the spaces differs.
  const joined = [x, y].map((name) => name.words.map((w) => w.folded).join("")) as [string, string];
  if (joined[0] === joined[1] && joined[0].length >= 5 && !people.codes.has("marks-conflict"))
    return { score: 0.9, codes: codes("joined") };
  return people;
}

function handleScore(a: string, b: string, x: Name, y: Name): number {
  let best = 0;
  for (const [text, handle, name] of [
    [a, x, y],
    [b, y, x],
  ] as const) {
    if (!handle.handle || name.words.length < 2) continue;
    const letters = fold(text).replace(/[^a-z]/g, "");
    const whole = wordsInHandle(letters, name.words);
    if (whole >= 2) best = Math.max(best, 0.85);
    else if (whole === 1 && letters.length >= 4) best = Math.max(best, 0.74);
  }
  return best;
}

function sameScript(a: string, b: string, x: Name, y: Name): Scored {
  const squeeze = (text: string) => fold(text).replace(/[\s\p{P}]/gu, "");
  const left = squeeze(a.slice(0, 512));
  const right = squeeze(b.slice(0, 512));
  if (left === right) return { score: 1, codes: new Set(["same-words"]) };
  if (x.scripts.includes("Han")) {
    // Simplified and traditional characters read alike; anything else of two or three characters is another name.
    const alike = x.unread === 0 && y.unread === 0 && x.plain.replace(/ /g, "") === y.plain.replace(/ /g, "");
    const byLength =
      Math.max(left.length, right.length) >= 6 ? 1 - edits(left, right, 8) / Math.max(left.length, right.length) : 0;
    return { score: alike ? 0.85 : byLength, codes: new Set([alike ? "spelling" : "word-differs"]) };
  }
  const words = comparePersons({ ...x, level: "letters" }, { ...y, level: "letters" });
  const longest = Math.max(left.length, right.length);
  const share = 1 - edits(left, right, Math.ceil(longest / 4)) / longest;
  const score = Math.max(share > 0.8 ? share - 0.05 : 0, x.words.length > 1 && y.words.length > 1 ? words.score : 0);
  return { score, codes: new Set([score >= compatible ? "spelling" : "word-differs"]) };
}
