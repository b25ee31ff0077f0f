import { edits } from "./distance.ts";
import { givenNames, middleNames, surnames } from "./frequency.ts";
import type { Name, Word } from "./name.ts";
import { compareWords, consonants } from "./phonetic.ts";
import type { Reason } from "./reasons.ts";
import { compareMarks, isSyllable, marksAreMeant } from "./vietnamese.ts";
import { baptismal } from "./words.ts";

type Codes = Set<Reason["code"]>;
export type Scored = { readonly score: number; readonly codes: Codes };

type Pair = { readonly i: number; readonly j: number; readonly similarity: number };

/** What a word weighs: words left out freely weigh little, a family name of every third person less than others. */
function weightOf(word: Word, vietnamese: boolean): number {
  if (word.role === "baptismal") return 0.1;
  if (word.role === "filler") return vietnamese ? 0.15 : 0.4;
  if (word.role === "particle") return 0.15;
  if (vietnamese) return surnames.has(word.folded) && (surnames.get(word.folded) as number) > 100 ? 0.8 : 1;
  return word.folded.length === 1 ? 0.75 : 1;
}

/** Compares two names of people. Score 0 … 1; `compatible` names are at or above the threshold of `compareNames`. */
export function comparePersons(a: Name, b: Name): Scored {
  const codes: Codes = new Set();
  if (a.lookAlikes || b.lookAlikes) codes.add("look-alike-letters");
  if (a.words.some((w) => w.typed) || b.words.some((w) => w.typed)) codes.add("typed-without-input-method");
  const vietnamese =
    (a.vietnamese === "yes" && b.vietnamese !== "no") || (b.vietnamese === "yes" && a.vietnamese !== "no");
  const across = a.level === "consonants" || b.level === "consonants";
  const meantA = vietnamese && !a.words.some((w) => w.typed) && marksAreMeant(a.words.map((w) => w.marked));
  const meantB = vietnamese && !b.words.some((w) => w.typed) && marksAreMeant(b.words.map((w) => w.marked));
  const conflicts: Pair[] = [];

  const pairs: Pair[] = [];
  for (const [i, x] of a.words.entries()) {
    for (const [j, y] of b.words.entries()) {
      const similarity = wordPair(x, y, vietnamese, across, meantA, meantB, codes, conflicts, i, j);
      if (similarity > 0) pairs.push({ i, j, similarity });
    }
  }
  const order = (p: Pair) => Math.abs(p.i / a.words.length - p.j / b.words.length);
  pairs.sort((p, q) => q.similarity - p.similarity || order(p) - order(q));
  const takenA = new Map<number, Pair>();
  const takenB = new Map<number, Pair>();
  for (const pair of pairs) {
    if (takenA.has(pair.i) || takenB.has(pair.j)) continue;
    takenA.set(pair.i, pair);
    takenB.set(pair.j, pair);
  }

  let matched = 0;
  let agreed = 0;
  let full = 0;
  let surnameOnly = true;
  for (const { i, j, similarity } of takenA.values()) {
    const x = a.words[i] as Word;
    const y = b.words[j] as Word;
    const weight = Math.min(weightOf(x, vietnamese), weightOf(y, vietnamese));
    matched += weight;
    agreed += weight * similarity;
    if (weight >= 0.8 && Math.min(x.folded.length, y.folded.length) > 1) full++;
    if (!(vietnamese && (surnames.get(x.folded) ?? 0) > 100)) surnameOnly = false;
    if (similarity < 1 && !vietnamese)
      codes.add(
        similarity === 0.85 && Math.min(x.folded.length, y.folded.length) === 1
          ? "initial"
          : similarity === 0.92
            ? "nickname"
            : "spelling",
      );
  }
  let leftA = a.words.flatMap((_, i) => (takenA.has(i) ? [] : [i]));
  let leftB = b.words.flatMap((_, j) => (takenB.has(j) ? [] : [j]));
  // `Xiaoming` and `Xiao Ming`, `Mac Donald` and `MacDonald`: words left over that are the same when joined.
  const joined = leftA.length > 0 && leftB.length > 0 ? joinLeft(a.words, leftA, b.words, leftB) : undefined;
  if (joined) {
    codes.add("joined");
    matched += joined.weight;
    agreed += joined.weight * 0.95;
    full++;
    surnameOnly = false;
    leftA = leftA.filter((i) => !joined.a.includes(i));
    leftB = leftB.filter((j) => !joined.b.includes(j));
  }
  const weigh = (words: readonly Word[], left: readonly number[]) =>
    left.reduce((sum, i) => sum + weightOf(words[i] as Word, vietnamese), 0);
  const overA = weigh(a.words, leftA);
  const overB = weigh(b.words, leftB);
  const conflict = Math.min(overA, overB);
  const extra = Math.max(overA, overB) - conflict;
  if (matched === 0) return { score: 0, codes: codes.add("word-differs") };

  let score = agreed / (matched + 1.4 * conflict + 0.06 * extra);
  if (conflict >= 0.5) codes.add("word-differs");
  else if (agreed / matched > 0.97) codes.add("same-words");
  if (extra > 0.05) codes.add("middle-name-missing");
  if (isReordered([...takenA.values()])) codes.add("order-differs");
  // A clash of marks in a telling word parts two people who share everything else.
  if (conflicts.some(({ i, j }) => !takenA.has(i) && !takenB.has(j))) {
    codes.add("marks-conflict");
    score = Math.min(score, 0.6);
  }
  if (vietnamese && !joined && givenDiffers(a.words, b.words, takenA, takenB)) {
    codes.add("given-name-differs");
    score = Math.min(score, 0.6);
  }
  if (!vietnamese && !across && conflict === 0 && firstDiffers(a.words, b.words, takenA, takenB))
    score = Math.min(score, 0.78);
  if (full < 2) {
    codes.add("only-one-word");
    const both = a.words.length === 1 && b.words.length === 1;
    score = Math.min(score, both ? 0.85 : takenA.size >= 2 ? 0.82 : surnameOnly ? 0.7 : 0.74);
  }
  if (across) {
    codes.add("other-script");
    score = Math.min(score, 0.85);
  }
  return { score: Math.max(0, Math.min(1, score)), codes };
}

function wordPair(
  x: Word,
  y: Word,
  vietnamese: boolean,
  across: boolean,
  meantA: boolean,
  meantB: boolean,
  codes: Codes,
  conflicts: Pair[],
  i: number,
  j: number,
): number {
  if (across) {
    const bones = consonants(x.folded);
    const others = consonants(y.folded);
    if (bones.length < 2 || others.length < 2) return bones === others && x.folded[0] === y.folded[0] ? 0.7 : 0;
    return bones === others ? 0.9 : bones.length >= 4 && edits(bones, others, 1) <= 1 ? 0.8 : 0;
  }
  if (!vietnamese) return compareWords(x.folded, y.folded).similarity;
  if (x.folded !== y.folded) {
    if (Math.min(x.folded.length, y.folded.length) === 1) return compareWords(x.folded, y.folded).similarity;
    if (vowelTwin(x.folded) === vowelTwin(y.folded)) return 0.9;
    // One slip of the finger, only in syllables long enough to stay recognizable, and never into another name.
    const long = Math.max(x.folded.length, y.folded.length) >= 5;
    const strange = !isSyllable(x.folded) || !isSyllable(y.folded);
    const slip = (long || strange) && edits(x.folded, y.folded, 1) <= 1;
    // Phong and Phương differ by a letter and are two names; a slip makes a name into none.
    return slip && !(isName(x.folded) && isName(y.folded)) ? (strange ? 0.85 : 0.75) : 0;
  }
  const marks = compareMarks(x.marked, y.marked, meantA, meantB);
  if (marks === "same") {
    if (/[^a-z]/.test(x.marked)) codes.add("marks-agree");
    return 1;
  }
  if (marks === "unknown") {
    codes.add("marks-not-given");
    return 0.93;
  }
  if (marks === "similar") {
    codes.add("marks-sound-alike");
    return 0.85;
  }
  if (x.role !== "filler" || y.role !== "filler") conflicts.push({ i, j, similarity: 0 });
  return x.role === "filler" && y.role === "filler" ? 0.5 : 0;
}

/** `Vy` and `Vi`, `Thuý` and `Thúi` aside: final i and y are two spellings of one sound. */
function vowelTwin(folded: string): string {
  return folded.replace(/(?<=[^aeou])y$/, "i");
}

function isName(folded: string): boolean {
  return surnames.has(folded) || givenNames.has(folded) || middleNames.has(folded);
}

function isReordered(pairs: readonly Pair[]): boolean {
  const sorted = [...pairs].sort((p, q) => p.i - q.i);
  return sorted.some((p, at) => at > 0 && p.j < (sorted[at - 1] as Pair).j);
}

/** Two names in Vietnamese order, family name first, of which the last words differ: the name people go by. */
function givenDiffers(
  a: readonly Word[],
  b: readonly Word[],
  takenA: ReadonlyMap<number, Pair>,
  takenB: ReadonlyMap<number, Pair>,
): boolean {
  const ordered = (words: readonly Word[]) => {
    const core = words.filter((w) => w.role !== "baptismal");
    return (
      core.length >= 2 &&
      surnames.has((core[0] as Word).folded) &&
      (surnames.get((core[0] as Word).folded) as number) >= (surnames.get((core.at(-1) as Word).folded) ?? 0)
    );
  };
  if (!ordered(a) || !ordered(b)) return false;
  // A Western name behind the given name (`Nguyen Van Nam Kevin`) is no given name of this order.
  const lastA = a.length - 1;
  const lastB = b.length - 1;
  if (baptismal.has((a[lastA] as Word).folded) || baptismal.has((b[lastB] as Word).folded)) return false;
  const first = [...takenA.values()].some((p) => surnames.has((a[p.i] as Word).folded) && p.i <= 1 && p.j <= 1);
  return first && !(takenA.get(lastA)?.j === lastB) && (!takenA.has(lastA) || !takenB.has(lastB));
}

/** Western names of which the first words have no partner, on one side only: a middle name used alone, or a relative. */
function firstDiffers(
  a: readonly Word[],
  b: readonly Word[],
  takenA: ReadonlyMap<number, Pair>,
  takenB: ReadonlyMap<number, Pair>,
): boolean {
  return (
    a.length >= 2 &&
    b.length >= 2 &&
    (!takenA.has(0) || !takenB.has(0)) &&
    (a[0] as Word).role === "word" &&
    (b[0] as Word).role === "word"
  );
}

function joinLeft(
  a: readonly Word[],
  leftA: readonly number[],
  b: readonly Word[],
  leftB: readonly number[],
): { readonly a: number[]; readonly b: number[]; readonly weight: number } | undefined {
  const spell = (words: readonly Word[], at: readonly number[]) => at.map((i) => (words[i] as Word).folded).join("");
  // Leftovers of one side joined, or one word against two or three neighbors, whether or not those were matched.
  const all = [spell(a, leftA), spell(b, leftB)] as const;
  if (leftA.length + leftB.length < 3) return undefined;
  if (all[0] === all[1] || (Math.min(all[0].length, all[1].length) >= 6 && edits(all[0], all[1], 1) <= 1)) {
    return { a: [...leftA], b: [...leftB], weight: 1 };
  }
  for (const [one, words, many, left, flip] of [
    [leftA, a, b, leftB, false],
    [leftB, b, a, leftA, true],
  ] as const) {
    for (const i of one) {
      const whole = (words[i] as Word).folded;
      for (let from = 0; from < left.length; from++) {
        for (let to = from + 2; to <= Math.min(left.length, from + 3); to++) {
          const part = left.slice(from, to);
          if (spell(many, part) !== whole) continue;
          return flip ? { a: part, b: [i], weight: 1 } : { a: [i], b: part, weight: 1 };
        }
      }
    }
  }
  return undefined;
}

/**
 * Whether `handle` (letters only) is put together from words of `name`, in any order, whole or as initials. Gives
 * how many whole words it holds, or -1 if it is not.
 */
export function wordsInHandle(handle: string, name: readonly Word[]): number {
  const words = name.map((w) => w.folded).slice(0, 8);
  const failed = new Set<string>();
  const search = (at: number, used: number, whole: number): number => {
    if (at === handle.length) return whole;
    const state = `${at}:${used}`;
    if (failed.has(state)) return -1;
    let best = -1;
    for (const [i, word] of words.entries()) {
      if (used & (1 << i)) continue;
      if (handle.startsWith(word, at)) best = Math.max(best, search(at + word.length, used | (1 << i), whole + 1));
      if (handle[at] === word[0]) best = Math.max(best, search(at + 1, used | (1 << i), whole));
    }
    if (best < 0) failed.add(state);
    return best;
  };
  return search(0, 0, 0);
}
