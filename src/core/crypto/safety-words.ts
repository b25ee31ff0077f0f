import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { UsageError } from "../codec/index.ts";

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
