import { edits } from "./distance.ts";
import { sameNickname } from "./words.ts";

/**
 * A key under which spellings of one name by different romanizations meet: `Yevgeny`, `Evgenii`, `Jewgeni`. Folded
 * Latin letters in, shorter letters out.
 */
export function soundKey(word: string): string {
  return word
    .replace(/shch|schtsch|tsch|tch|cz(?!e)|č/g, "ch")
    .replace(/sch|sz|sj/g, "sh")
    .replace(/dzh|dsch|dj/g, "j")
    .replace(/ph/g, "f")
    .replace(/kh|gh|q|ck/g, "k")
    .replace(/th|dt/g, "t")
    .replace(/x/g, "ks")
    .replace(/c(?=[eiy])/g, "s")
    .replace(/c(?!h)/g, "k")
    .replace(/ts|tz/g, "z")
    .replace(/zh/g, "z")
    .replace(/w/g, "v")
    .replace(/^(?:ye|je|ie)/, "e")
    .replace(/^(?:ia|ja)/, "ya")
    .replace(/^(?:iu|ju)/, "yu")
    .replace(/(?:iy|ii|ij|yi|yy|ey|ei|ej|y|i|ie)$/, "i")
    .replace(/(?:ff|v)$/, "f")
    .replace(/ou|oo/g, "u")
    .replace(/ee|ea/g, "i")
    .replace(/[yj](?!o|a|u)/g, "i")
    .replace(/(?:yo|jo|io)/g, "eo")
    .replace(/(?<=.)h/g, (_, at: number, all: string) => (/[cs]/.test(all[at - 1] as string) ? "h" : ""))
    .replace(/(.)\1+/g, "$1");
}

/** Consonants of a word, for scripts that write no vowels. */
export function consonants(word: string): string {
  return word
    .replace(/tsch|tch|sch|ch|sh|zh|dj|ts|tz|[jcz]/g, "c")
    .replace(/ph|v/g, "f")
    .replace(/kh|gh|[qgx]/g, "k")
    .replace(/[aeiouyhw]/g, "")
    .replace(/p/g, "b")
    .replace(/d/g, "t")
    .replace(/(.)\1+/g, "$1");
}

/** How two words of names agree, and how much that counts, 0 … 1. */
export type Agreement = {
  readonly similarity: number;
  readonly how: "same" | "initial" | "nickname" | "spelling" | "none";
};

const none: Agreement = { similarity: 0, how: "none" };

/** Compares two folded words of personal names. */
export function compareWords(a: string, b: string): Agreement {
  if (a === b) return { similarity: 1, how: "same" };
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1) return long.startsWith(short) ? { similarity: 0.85, how: "initial" } : none;
  if (sameNickname(a, b)) return { similarity: 0.92, how: "nickname" };
  // Maria and Mario, Andrea and Andreo: the last vowel is the person's sex.
  if (
    short.length === long.length &&
    short.slice(0, -1) === long.slice(0, -1) &&
    /[aeo]$/.test(short) &&
    /[aeo]$/.test(long)
  ) {
    const ends = short.at(-1) + (long.at(-1) as string);
    if (ends === "ao" || ends === "oa") return none;
  }
  // Daniel and Danielle; Paul and Paula; Petrov and Petrova are one family.
  if (long === `${short}le` && short.endsWith("el")) return none;
  if (long === `${short}a` && !/(?:[eo]v|[iy]n|sk)$/.test(short)) return none;
  const keyA = soundKey(a);
  const keyB = soundKey(b);
  if (keyA === keyB && short.length >= 3) return { similarity: 0.94, how: "spelling" };
  const length = Math.max(a.length, b.length);
  const limit = length >= 8 ? 2 : length >= 4 ? 1 : 0;
  const direct = Math.min(edits(a, b, limit), edits(keyA, keyB, limit) + 0.3);
  if (direct <= limit) {
    const first = a[0] === b[0] || keyA[0] === keyB[0];
    const share = 1 - direct / length;
    if (length === 4 && !(first && a.at(-1) === b.at(-1))) return none;
    const similarity = share - (first ? 0 : 0.08);
    if (similarity >= 0.7) return { similarity: Math.min(0.92, similarity), how: "spelling" };
  }
  const boneA = consonants(a);
  if (
    boneA.length >= 3 &&
    boneA === consonants(b) &&
    /^[aeiou]/.test(a) === /^[aeiou]/.test(b) &&
    edits(keyA, keyB, 3) <= Math.max(2, Math.floor(length / 3))
  ) {
    return { similarity: 0.82, how: "spelling" };
  }
  return none;
}
