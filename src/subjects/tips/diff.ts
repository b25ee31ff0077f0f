import { align } from "./align.ts";
import { areOpposite, negations, numberOf, stopWords } from "./words.ts";

/** One run of words of the comparison. */
export type Change = {
  readonly op: "same" | "only-a" | "only-b" | "changed";
  readonly a: string;
  readonly b: string;
  /** Why the change matters: then the texts are of one family, and not the same claim. */
  readonly marks: readonly ("negation" | "number" | "name" | "opposite")[];
};

/** What differs between two texts, for reading side by side. */
export type Diff = {
  readonly changes: readonly Change[];
  readonly negationDiffers: boolean;
  readonly numbersDiffer: boolean;
  readonly namesDiffer: boolean;
  /** Sentences for people. */
  readonly notes: readonly string[];
};

export type DiffWord = {
  /** As written. */
  readonly shown: string;
  readonly folded: string;
  /** Capital inside a sentence, or a handle: taken for a name. */
  readonly name: boolean;
};

const mostWords = 600;

/** The difference of two texts, word by word, in the order of the first; at most 600 words of each are compared. */
export function diffWords(allA: readonly DiffWord[], allB: readonly DiffWord[]): Diff {
  const a = allA.slice(0, mostWords);
  const b = allB.slice(0, mostWords);
  const { partnerOfA, likeness } = align(
    a.map((w) => w.folded),
    b.map((w) => w.folded),
  );
  const kept = increasing(partnerOfA);
  const changes: Change[] = [];
  let j = 0;
  let runA: number[] = [];
  let runB: number[] = [];
  const flush = () => {
    if (runA.length === 0 && runB.length === 0) return;
    const marks = marksOf(
      runA.map((i) => a[i] as DiffWord),
      runB.map((k) => b[k] as DiffWord),
    );
    const text = (words: readonly DiffWord[], run: readonly number[]) =>
      run.map((i) => (words[i] as DiffWord).shown).join(" ");
    const op = runA.length === 0 ? "only-b" : runB.length === 0 ? "only-a" : "changed";
    changes.push({ op, a: text(a, runA), b: text(b, runB), marks });
    runA = [];
    runB = [];
  };
  for (const [i, word] of a.entries()) {
    const partner = partnerOfA[i] as number;
    if (!kept.has(i)) {
      runA.push(i);
      continue;
    }
    while (j < partner) runB.push(j++);
    j = partner + 1;
    const other = b[partner] as DiffWord;
    const equal = (likeness[i] as number) === 1;
    if (!equal) {
      flush();
      const slip = !word.name && !other.name;
      changes.push({ op: slip ? "same" : "changed", a: word.shown, b: other.shown, marks: [] });
      continue;
    }
    flush();
    const last = changes.at(-1);
    if (last?.op === "same")
      changes[changes.length - 1] = { ...last, a: `${last.a} ${word.shown}`, b: `${last.b} ${other.shown}` };
    else changes.push({ op: "same", a: word.shown, b: other.shown, marks: [] });
  }
  while (j < b.length) runB.push(j++);
  flush();
  const has = (mark: Change["marks"][number]) => changes.some((change) => change.marks.includes(mark));
  const count = (words: readonly DiffWord[]) => words.filter((w) => negations.has(w.folded)).length;
  const negationDiffers = count(a) % 2 !== count(b) % 2 || has("opposite");
  const numbers = (words: readonly DiffWord[]) =>
    words
      .map((w) => numberOf(w.folded))
      .filter((n) => n !== undefined && n !== "1")
      .sort()
      .join();
  const numbersDiffer = numbers(a) !== numbers(b);
  const namesDiffer = has("name");
  const notes: string[] = [];
  if (negationDiffers) notes.push("One of the texts says the opposite of something the other says.");
  if (numbersDiffer) notes.push("Numbers differ.");
  if (namesDiffer) notes.push("Names differ.");
  return { changes, negationDiffers, numbersDiffer, namesDiffer, notes };
}

function marksOf(a: readonly DiffWord[], b: readonly DiffWord[]): Change["marks"] {
  const marks = new Set<Change["marks"][number]>();
  const both = [...a, ...b];
  const folded = new Set(a.map((w) => w.folded));
  const other = new Set(b.map((w) => w.folded));
  const differs = (w: DiffWord) => !(folded.has(w.folded) && other.has(w.folded));
  if (both.some((w) => negations.has(w.folded) && differs(w))) marks.add("negation");
  if (both.some((w) => numberOf(w.folded) !== undefined && differs(w))) marks.add("number");
  const names = (words: readonly DiffWord[]) => words.filter((w) => w.name && !stopWords.has(w.folded) && differs(w));
  if (names(a).length > 0 && names(b).length > 0) marks.add("name");
  if (a.some((x) => b.some((y) => areOpposite(x.folded, y.folded)))) marks.add("opposite");
  return [...marks];
}

/** Indices of a longest increasing subsequence of the partners: the words that keep their order. */
function increasing(partners: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const before = new Array<number>(partners.length).fill(-1);
  for (const [i, partner] of partners.entries()) {
    if (partner < 0) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((partners[tails[middle] as number] as number) < partner) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[i] = tails[low - 1] as number;
    tails[low] = i;
  }
  const out = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i] as number) out.add(i);
  return out;
}
