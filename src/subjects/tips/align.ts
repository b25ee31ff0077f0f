import { edits } from "../names/distance.ts";
import { soundKey } from "../names/phonetic.ts";
import { stopWords } from "./words.ts";

/** Which word of `b` each word of `a` meets, and how well, 0 … 1. */
export type Alignment = {
  readonly partnerOfA: readonly number[];
  readonly likeness: readonly number[];
  readonly partnerOfB: readonly number[];
};

/** How alike two words are, so that a slip of the finger or another ending does not part them. */
export function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  if (/\d/.test(a) || /\d/.test(b)) return 0;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 3 || long.length < 4) return 0;
  const limit = long.length >= 9 ? 3 : long.length >= 6 ? 2 : 1;
  const distance = edits(a, b, limit);
  if (distance <= limit) {
    const share = 1 - distance / long.length;
    if (distance === 1 || share >= 0.66) return 0.95 * share + 0.05;
  }
  // Another ending of one stem: vaccine, vaccines, vaccinated.
  let common = 0;
  while (common < short.length && short[common] === long[common]) common++;
  if (common >= 5 && common >= 0.6 * long.length) return 0.8;
  if (common >= 4 && common === short.length && long.length - common <= 3) return 0.85;
  return short.length >= 5 && soundKey(a) === soundKey(b) ? 0.8 : 0;
}

/**
 * Aligns two lists of words: equal words first, in the nearest place, then alike ones. Bounded: for long lists only
 * equal words are sought beyond the first 400 of each side.
 */
export function align(a: readonly string[], b: readonly string[]): Alignment {
  const partnerOfA = new Array<number>(a.length).fill(-1);
  const likeness = new Array<number>(a.length).fill(0);
  const partnerOfB = new Array<number>(b.length).fill(-1);
  const places = new Map<string, number[]>();
  for (const [j, word] of b.entries()) {
    const list = places.get(word);
    if (list) list.push(j);
    else places.set(word, [j]);
  }
  const next = new Map<string, number>();
  for (const [i, word] of a.entries()) {
    const list = places.get(word);
    const at = next.get(word) ?? 0;
    const j = list?.[at];
    if (j === undefined) continue;
    next.set(word, at + 1);
    partnerOfA[i] = j;
    partnerOfB[j] = i;
    likeness[i] = 1;
  }
  const leftA = a.flatMap((_, i) => (partnerOfA[i] === -1 ? [i] : [])).slice(0, 400);
  const leftB = b.flatMap((_, j) => (partnerOfB[j] === -1 ? [j] : [])).slice(0, 400);
  const pairs: { i: number; j: number; s: number }[] = [];
  for (const i of leftA) {
    for (const j of leftB) {
      const s =
        stopWords.has(a[i] as string) !== stopWords.has(b[j] as string)
          ? 0
          : wordLikeness(a[i] as string, b[j] as string);
      if (s > 0) pairs.push({ i, j, s });
    }
  }
  const gap = (p: { i: number; j: number }) => Math.abs(p.i / a.length - p.j / b.length);
  pairs.sort((p, q) => q.s - p.s || gap(p) - gap(q));
  for (const { i, j, s } of pairs) {
    if (partnerOfA[i] !== -1 || partnerOfB[j] !== -1) continue;
    partnerOfA[i] = j;
    partnerOfB[j] = i;
    likeness[i] = s;
  }
  return { partnerOfA, likeness, partnerOfB };
}
