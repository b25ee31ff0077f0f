import { clean } from "../text/clean.ts";
import { fold } from "../text/fold.ts";
import { align } from "./align.ts";
import { type Diff, type DiffWord, diffWords } from "./diff.ts";
import { longestTip, type NormalText, normalizeTip } from "./normalize.ts";
import { negations, numberOf, stopWords } from "./words.ts";

/** From this score on two texts are suggested as alike, and from the other on called a match. */
export const suggestFrom = 0.4;
export const matchFrom = 0.8;
/** Telling words that both texts must have to be a match; shorter ones are only suggested. */
const enough = 10;

export type TipSimilarity = {
  /** `match`: the same text; `suggest`: perhaps the same family of text, a person decides; `none`. */
  readonly level: "match" | "suggest" | "none";
  /** 0 … 1. */
  readonly score: number;
  readonly diff: Diff;
};

/**
 * How alike two texts are, on the device, without any key. The better of two views counts: the share of
 * three-letter pieces (survives moved words), and the share of telling words of one text that the other has, with
 * slips and endings forgiven (survives typing errors and texts blown up around one claim). Differing negations,
 * numbers and names never raise a *suggest* to a *match*. At most 100,000 characters of each are read.
 *
 * @example
 * tipSimilarity("The bridge was closed on Monday.", "the BRIDGE was clsoed on monday").level; // "suggest": short
 */
export function tipSimilarity(a: string, b: string): TipSimilarity {
  const x = normalizeTip(a);
  const y = normalizeTip(b);
  const diff = diffWords(diffable(a), diffable(b));
  const score = Math.round((x.text < y.text ? textScore(x, y) : textScore(y, x)) * 1000) / 1000;
  const short = Math.min(telling(x).length, telling(y).length) < enough;
  const differs = diff.negationDiffers || diff.numbersDiffer || diff.namesDiffer;
  const level = score < suggestFrom ? "none" : score >= matchFrom && !short && !differs ? "match" : "suggest";
  // "Same family" is said of texts that are alike; unrelated ones differ in everything.
  const notes = level !== "none" && differs ? ["Same family of text, not the same claim.", ...diff.notes] : diff.notes;
  return { level, score, diff: { ...diff, notes } };
}

function telling(text: NormalText): string[] {
  return text.words.filter((word) => !stopWords.has(word));
}

/** What a word tells: nothing for stop words, most for long ones, numbers and rare forms. */
function weight(word: string): number {
  if (negations.has(word)) return 0.3;
  if (stopWords.has(word)) return 0.08;
  if (numberOf(word) !== undefined) return 0.8;
  return Math.min(1.4, 0.4 + word.length / 8);
}

function textScore(x: NormalText, y: NormalText): number {
  if (x.text === "" || y.text === "")
    return x.text === y.text && x.hosts.join() === y.hosts.join() && x.hosts.length > 0 ? 1 : 0;
  if (x.text === y.text) return 1;
  return Math.max(pieceScore(x, y), wordsOf(x.words, y.words));
}

const long = 80;

/** The word view: of whole texts if short, of the likeliest passage if one is long, of neighbors if both are. */
function wordsOf(x: readonly string[], y: readonly string[]): number {
  const [a, b] = x.length <= y.length ? [x, y] : [y, x];
  if (b.length <= long) return wordScore(a, b);
  if (a.length > long) return pairScore(a, b);
  // Few words are soon found anywhere in a long text: only the passage with most of them counts.
  const size = Math.max(40, 3 * a.length);
  const step = Math.ceil(size / 2);
  const sought = new Set(a.filter((word) => !stopWords.has(word)));
  let best = 0;
  let from = 0;
  for (let at = 0; at < b.length; at += step) {
    let hits = 0;
    for (let i = at; i < Math.min(b.length, at + size); i++) if (sought.has(b[i] as string)) hits++;
    if (hits > best) {
      best = hits;
      from = at;
    }
  }
  return wordScore(a, b.slice(from, from + size));
}

/** Share of the pairs of telling neighbors of the shorter text that the longer has. */
function pairScore(a: readonly string[], b: readonly string[]): number {
  const pairs = (words: readonly string[]) => {
    const left = words.filter((word) => !stopWords.has(word));
    return new Set(left.slice(1).map((word, i) => `${left[i]} ${word}`));
  };
  const x = pairs(a);
  const y = pairs(b);
  let common = 0;
  for (const pair of x) if (y.has(pair)) common++;
  const smaller = Math.min(x.size, y.size);
  return smaller === 0 ? 0 : Math.sqrt(common / smaller) * (0.7 + 0.3 * (smaller / Math.max(x.size, y.size)));
}

/** Distinct runs of `length` characters of the folded text, spaces left out, so that broken spacing does no harm. */
export function pieces(text: string, length: number): ReadonlySet<string> {
  const solid = text.replace(/ /g, "");
  const out = new Set<string>();
  for (let i = 0; i + length <= solid.length; i++) out.add(solid.slice(i, i + length));
  return out;
}

function pieceScore(x: NormalText, y: NormalText): number {
  // Long texts hold most runs of three letters there are, so they are told apart by longer ones.
  const shorter = Math.min(x.text.length, y.text.length);
  const length = shorter < 600 ? 3 : shorter < 6000 ? 5 : 8;
  const a = pieces(x.text, length);
  const b = pieces(y.text, length);
  let common = 0;
  for (const piece of a) if (b.has(piece)) common++;
  const union = a.size + b.size - common;
  const jaccard = union === 0 ? 0 : common / union;
  // Unrelated texts of one language share about a fifth of their pieces once they are long.
  return jaccard <= 0.2 ? jaccard : Math.min(1, (jaccard - 0.2) / 0.8 + 0.2);
}

function wordScore(a: readonly string[], b: readonly string[]): number {
  const { partnerOfA, likeness } = align(a, b);
  let total = 0;
  let met = 0;
  let metTelling = 0;
  let partners = 0;
  for (const [i, word] of a.entries()) {
    const w = weight(word);
    total += w;
    const partner = partnerOfA[i] as number;
    if (partner < 0) continue;
    met += w * (likeness[i] as number);
    partners += weight(b[partner] as string) * (likeness[i] as number);
    if (!stopWords.has(word)) metTelling += likeness[i] as number;
  }
  const totalB = b.reduce((sum, word) => sum + weight(word), 0);
  if (total === 0 || totalB === 0) return 0;
  const coverA = met / total;
  const coverB = partners / totalB;
  const high = Math.max(coverA, coverB);
  const low = Math.min(coverA, coverB);
  // A claim inside a longer text counts, the less the fewer words it has: few words are soon found anywhere.
  const trust = Math.min(1, metTelling / 6);
  const contained = high * (0.62 + 0.38 * low) * (0.6 + 0.4 * trust);
  const both = (2 * high * low) / (high + low || 1);
  return Math.max(both * (0.85 + 0.15 * trust), contained);
}

/** Words as written, with their folds; a capital letter inside a sentence makes a name. */
function diffable(text: string): DiffWord[] {
  const out: DiffWord[] = [];
  let head = true;
  const shown = clean(text.slice(0, Math.min(longestTip, 12_000)));
  const shouting = shown.replace(/[^\p{Lu}]/gu, "").length > 0.4 * shown.replace(/[^\p{L}]/gu, "").length;
  for (const raw of shown.split(/\s+/)) {
    const folded = fold(raw).replace(/[^\p{L}\p{N}]+/gu, "");
    if (folded !== "") {
      const name = !shouting && !head && /^[^\p{L}]*\p{Lu}/u.test(raw) && !stopWords.has(folded);
      out.push({ shown: raw.length > 80 ? `${raw.slice(0, 80)}…` : raw, folded, name });
    }
    head = /[.!?:…][”"')\]]*$/.test(raw);
    if (out.length >= 700) break;
  }
  return out;
}
