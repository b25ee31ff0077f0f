import { compareNames, compatible } from "../names/compare.ts";
import { edits } from "../names/distance.ts";
import { nameOf } from "../names/name.ts";
import { soundKey } from "../names/phonetic.ts";
import { nicknames } from "../names/words.ts";
import { fold } from "../text/fold.ts";

export type NameHit<Id> = { readonly id: Id; readonly name: string /** Of `compareNames`. */; readonly score: number };

/** An index of names that finds them with typing errors, incrementally. */
export type NameIndex<Id> = {
  add(id: Id, name: string): void;
  /** Takes away all names of `id`. */
  remove(id: Id): void;
  /** Compatible and nearly compatible names, the closest first. */
  find(name: string, limit?: number): NameHit<Id>[];
  readonly size: number;
};

type Entry<Id> = { readonly id: Id; readonly name: string; readonly words: number; alive: boolean };

/** Candidates by shared words, and those of them that are compared in full. */
const candidates = 160;
const compared = 28;
const enough = 4000;
const mostVariants = 64;

/** Words to index a name under: folded; the cheap way for Latin letters, through the tables for others. */
function wordsOf(name: string): string[] {
  const folded = fold(name.slice(0, 512));
  if (/^[\p{ASCII}]*$/u.test(folded))
    return folded
      .split(/[^a-z0-9]+/)
      .filter(Boolean)
      .slice(0, 16);
  return nameOf(name).words.map((w) => w.folded);
}

/** A word and what remains of it when any one letter is left out: words one slip apart share one of these. */
function shortened(word: string): string[] {
  const out = [word];
  if (word.length < 3 || word.length > 24) return out;
  for (let i = 0; i < word.length; i++)
    if (i === 0 || word[i] !== word[i - 1]) out.push(word.slice(0, i) + word.slice(i + 1));
  return out;
}

/**
 * Makes an empty index. Words point to names; a word with a slip finds its neighbors by shared shortenings (Garbe's
 * symmetric deletes, distance 1), by sound and by short forms; the best 60 names are then compared in full.
 */
export function makeNameIndex<Id>(): NameIndex<Id> {
  const entries: Entry<Id>[] = [];
  const ofId = new Map<Id, number[]>();
  const postings = new Map<string, number[]>();
  const neighbors = new Map<string, string[]>();
  const sounds = new Map<string, string[]>();
  const short = new Map<number, string[]>();
  let alive = 0;
  let scores = new Float32Array(1024);
  let stamps = new Uint8Array(1024);

  const push = <K>(map: Map<K, string[]>, key: K, value: string) => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  const learn = (word: string) => {
    for (const part of shortened(word)) push(neighbors, part, word);
    if (word.length >= 3) push(sounds, soundKey(word), word);
    for (const group of nicknames.get(word) ?? []) push(short, group, word);
  };

  /** Known words near `word`, with how near. */
  const variants = (word: string): Map<string, number> => {
    const out = new Map<string, number>();
    const offer = (candidate: string, nearness: number) => {
      if (out.size < mostVariants || out.has(candidate))
        out.set(candidate, Math.max(nearness, out.get(candidate) ?? 0));
    };
    if (postings.has(word)) offer(word, 1);
    for (const candidate of sounds.get(soundKey(word)) ?? []) offer(candidate, 0.85);
    for (const group of nicknames.get(word) ?? [])
      for (const candidate of short.get(group) ?? []) offer(candidate, 0.8);
    const limit = word.length >= 7 ? 2 : 1;
    for (const part of shortened(word)) {
      for (const candidate of neighbors.get(part) ?? []) {
        if (out.has(candidate)) continue;
        const distance = edits(word, candidate, limit);
        if (distance <= limit) offer(candidate, distance === 1 ? (word.length >= 4 ? 0.75 : 0.5) : 0.55);
      }
    }
    return out;
  };

  /** Two known words that were run together, with or without a wrong letter where the space was. */
  const torn = (word: string): string[] => {
    if (word.length < 5 || word.length > 24 || postings.has(word)) return [];
    for (let at = 2; at <= word.length - 2; at++) {
      if (!postings.has(word.slice(0, at))) continue;
      for (const gap of [0, 1]) {
        if (postings.has(word.slice(at + gap)) && word.length - at - gap >= 2)
          return [word.slice(0, at), word.slice(at + gap)];
      }
    }
    return [];
  };

  return {
    add(id, name) {
      const words = [...new Set(wordsOf(name))];
      const at = entries.length;
      entries.push({ id, name, words: words.length, alive: true });
      alive++;
      const own = ofId.get(id);
      if (own) own.push(at);
      else ofId.set(id, [at]);
      if (words.length > 1) words.push(words.join(""));
      for (const word of words) {
        const list = postings.get(word);
        if (list) list.push(at);
        else {
          postings.set(word, [at]);
          // The joined form is found exactly only; its neighbors would be many and long.
          if (word !== words.at(-1) || words.length === 1) learn(word);
        }
      }
    },
    remove(id) {
      for (const at of ofId.get(id) ?? []) {
        const entry = entries[at] as Entry<Id>;
        if (!entry.alive) continue;
        entry.alive = false;
        alive--;
      }
      ofId.delete(id);
    },
    find(name, limit = 20) {
      if (entries.length > scores.length) {
        scores = new Float32Array(2 * entries.length);
        stamps = new Uint8Array(2 * entries.length);
      }
      const parsed = nameOf(name)
        .words.filter((w) => w.role !== "particle")
        .map((w) => w.folded);
      const words = [...new Set([...parsed, ...wordsOf(name)])].slice(0, 16);
      const sought = words.length === 1 ? words : [...words, parsed.join("")];
      const touched: number[] = [];
      const asked = sought
        .flatMap((w) => [w, ...torn(w)])
        .slice(0, 40)
        .map((word) => {
          const lists = [...variants(word)].map(([variant, nearness]) => {
            const list = postings.get(variant) as number[];
            // Rare words tell more; a word that every third bears tells little.
            return { list, weight: nearness * Math.log(1 + entries.length / list.length) };
          });
          lists.sort((x, y) => y.weight - x.weight);
          return { lists, total: lists.reduce((sum, { list }) => sum + list.length, 0) };
        })
        .filter(({ total }) => total > 0)
        .sort((x, y) => x.total - y.total);
      let stamp = 0;
      for (const { lists } of asked) {
        stamp++;
        // Rare words first; once they have named enough names, common ones only add to those.
        const closed = touched.length >= enough;
        for (const { list, weight } of lists) {
          for (const at of list) {
            const score = scores[at] as number;
            if (score === 0) {
              if (closed) continue;
              touched.push(at);
            } else if (stamps[at] === stamp) continue; // counted for a nearer variant
            stamps[at] = stamp;
            scores[at] = score + weight;
          }
        }
      }
      const ranked: { at: number; rank: number }[] = [];
      let floor = 0;
      for (const at of touched) {
        const value = (scores[at] as number) / (2 + (entries[at] as Entry<Id>).words);
        scores[at] = 0;
        stamps[at] = 0;
        if (value <= floor || !(entries[at] as Entry<Id>).alive) continue;
        ranked.push({ at, rank: value });
        if (ranked.length >= 4 * candidates) {
          ranked.sort((a, b) => b.rank - a.rank);
          ranked.length = candidates;
          floor = (ranked.at(-1) as { rank: number }).rank;
        }
      }
      ranked.sort((a, b) => b.rank - a.rank);
      const top = (ranked[0]?.rank ?? 1) || 1;
      const query = fold(name);
      const marked = name.normalize("NFC").toLowerCase();
      return ranked
        .slice(0, candidates)
        .map(({ at, rank }) => {
          const entry = entries[at] as Entry<Id>;
          return { entry, near: 0.5 * (rank / top) - 0.08 * edits(query, fold(entry.name), 5) };
        })
        .sort((a, b) => b.near - a.near)
        .slice(0, compared)
        .map(({ entry, near }) => {
          const { score } = compareNames(name, entry.name);
          // Who looks for a name has it nearly right: nearness in letters before nearness in sense.
          const order = near + 0.35 * score - 0.01 * edits(marked, entry.name.normalize("NFC").toLowerCase(), 6);
          return { hit: { id: entry.id, name: entry.name, score }, order };
        })
        .filter(({ hit, order }) => hit.score >= compatible || order > 0.3)
        .sort((a, b) => b.order - a.order)
        .slice(0, limit)
        .map(({ hit }) => hit);
    },
    get size() {
      return alive;
    },
  };
}
