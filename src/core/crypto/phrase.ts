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
