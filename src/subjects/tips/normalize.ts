import { clean } from "../text/clean.ts";
import { fold } from "../text/fold.ts";

/** Characters of a text that are looked at; the rest is cut, and `cut` says so. */
export const longestTip = 100_000;

/** A text in the form in which tips are compared. */
export type NormalText = {
  /** Folded words with single spaces: no case, marks, emoji, punctuation, URLs. */
  readonly text: string;
  readonly words: readonly string[];
  /** Hosts of the links in it, once each; campaigns change the path for every recipient. */
  readonly hosts: readonly string[];
  readonly cut: boolean;
};

const leet: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
  "€": "e",
};

/**
 * The normal form of a text: what survives copying, retyping and mangling. Case, marks, spacing, zero-width
 * and look-alike characters, emoji, punctuation and the paths of URLs are taken away; digits inside words of letters
 * (`v1agra`) become letters, letters spaced out (`f r e e`) are joined.
 */
export function normalizeTip(text: string): NormalText {
  const cut = text.length > longestTip;
  const cleaned = clean(cut ? text.slice(0, longestTip) : text);
  const hosts = new Set<string>();
  const linked = cleaned
    .replace(/\b(?:https?|hxxps?|ftp):\/\/[^\s<>"']{1,2048}|\bwww\.[^\s<>"']{3,2048}/gi, (link) => {
      const host = /^(?:\w+:\/\/)?(?:[^/@\s]*@)?(?:www\.)?([^/:?#\s]+)/i
        .exec(link)?.[1]
        ?.toLowerCase()
        .replace(/\.+$/, "");
      if (host && hosts.size < 64) hosts.add(host);
      return " ";
    })
    .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, " ");
  const folded = fold(linked)
    // Only in words of more letters than digits, so that numbers and dates stay what they say.
    .replace(/[\p{L}\d@$!€]+/gu, (word) => {
      if (word.length > 40 || !/\p{L}/u.test(word) || !/[\d@$€]|!(?=\p{L})/u.test(word)) return word;
      const letters = word.replace(/[^\p{L}]/gu, "").length;
      if (letters < 2 || letters < 2 * (word.length - letters) || /^\d+\p{L}{1,3}$/u.test(word)) return word;
      return word.replace(/[\d@$!€](?=.*\p{L})|(?<=\p{L}.*)[@$€]/gu, (c) => leet[c] ?? c);
    })
    .replace(/(?<=\d)[.,](?=\d{3}(?!\d))/g, "")
    .replace(/(?<=\d)[.,:/](?=\d)/g, ".")
    .replace(/%/g, " percent ")
    .replace(/n['’]t\b/g, "nt")
    .replace(/[^\p{L}\p{M}\p{N}.\s]+/gu, " ")
    .replace(/\.(?!\d)|(?<!\d)\./g, " ")
    .replace(/(?<=^|\s)(\p{L}(?: \p{L}){2,})(?=\s|$)/gu, (spaced) => spaced.replace(/ /g, ""))
    .replace(/(\p{L})\1{2,}/gu, "$1$1")
    .replace(/\s+/g, " ")
    .trim();
  return { text: folded, words: splitWords(folded), hosts: [...hosts], cut };
}

const unspaced =
  /[\p{Script=Han}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Myanmar}]/u;

/** Words; scripts that write no spaces are cut into pairs of characters. */
function splitWords(text: string): string[] {
  const out: string[] = [];
  for (const word of text.split(" ")) {
    if (word === "") continue;
    if (word.length < 3 || !unspaced.test(word)) out.push(word);
    else {
      const characters = [...word];
      for (let i = 0; i + 1 < characters.length; i++) out.push(`${characters[i]}${characters[i + 1]}`);
    }
  }
  return out;
}
