import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { UsageError } from "../codec/index.ts";
import type { Random } from "./types.ts";
import { phraseWords } from "./words.ts";

/** Words of a generated phrase: 7 × 12.9 = 90 bits. */
export const phraseLength = 7;

/** A whole number below `bound` (at most 2¹⁶), each as likely as the other: what would be biased is thrown away. */
function below(bound: number, random: Random): number {
  const limit = 65_536 - (65_536 % bound);
  for (;;) {
    const [high = 0, low = 0] = random(2);
    const value = high * 256 + low;
    if (value < limit) return value % bound;
  }
}

/** A fresh phrase of seven words. */
export function generatePhrase(random: Random): string {
  return Array.from({ length: phraseLength }, () => phraseWords[below(phraseWords.length, random)]).join(" ");
}

/** Languages with a list of 2,048 words; elsewhere safety words are digits. */
export const safetyLists: Readonly<Record<string, readonly string[]>> = { en: english };

/**
 * Safety words (§8): the first 88 bits of a hash (at least 11 bytes) as eight words of a 2,048-word list. In a
 * language without one, eight groups of four digits.
 */
export function safetyWords(hash: Uint8Array, language = "en"): readonly string[] {
  if (hash.length < 11) throw new UsageError("safety.short", "safety words need 88 bits");
  const list = Object.hasOwn(safetyLists, language) ? safetyLists[language] : undefined;
  let value = 0n;
  for (const byte of hash.subarray(0, 11)) value = (value << 8n) | BigInt(byte);
  return Array.from({ length: 8 }, (_, i) => {
    const index = Number((value >> BigInt(11 * (7 - i))) & 2047n);
    return list?.[index] ?? index.toString().padStart(4, "0");
  });
}
