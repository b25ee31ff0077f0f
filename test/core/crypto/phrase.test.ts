import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generatePhrase, safetyWords, sha256 } from "../../../src/core/crypto/index.ts";
import { phraseWords } from "../../../src/core/crypto/words.ts";
import { bytes, random } from "./support.ts";

describe("a phrase", () => {
  it("is seven words of a list of 7,776 different ones", () => {
    expect(new Set(phraseWords).size).toBe(7776);
    expect(7 * Math.log2(phraseWords.length)).toBeGreaterThan(90);
    for (let i = 0; i < 50; i++) {
      const words = generatePhrase(random).split(" ");
      expect(words.length).toBe(7);
      for (const word of words) expect(phraseWords).toContain(word);
    }
  });

  it("takes each word as often as the other: of all two-byte draws, eight give each, and the rest are drawn again", () => {
    const counts = new Map<string, number>();
    let redrawn = 0;
    for (let draw = 0; draw < 65_536; draw++) {
      let drawn = 0;
      const scripted = () => {
        const value = drawn++ === 0 ? draw : 0;
        return Uint8Array.of(value >> 8, value & 255);
      };
      const [word = ""] = generatePhrase(scripted).split(" ");
      if (drawn > 7) redrawn++;
      else counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    expect(redrawn).toBe(65_536 - 8 * 7776);
    expect(new Set(counts.values())).toEqual(new Set([8]));
    expect(counts.size).toBe(7776);
  });
});

describe("safety words", () => {
  it("are eight, and tell every difference in the first 88 bits", () => {
    fc.assert(
      fc.property(bytes(32), fc.nat(87), (hash, bit) => {
        const other = hash.slice();
        other[bit >> 3] = (other[bit >> 3] as number) ^ (128 >> (bit & 7));
        for (const language of ["en", "be"]) {
          const words = safetyWords(hash, language);
          expect(words.length).toBe(8);
          expect(safetyWords(other, language)).not.toEqual(words);
          expect(words.filter((word, i) => word !== safetyWords(other, language)[i]).length).toBe(1);
        }
      }),
    );
  });

  it("are BIP 39's eleven-bit words of the bits in order", () => {
    // BIP 39: "abandon" is 0, "ability" 1, "zoo" 2047.
    expect(safetyWords(new Uint8Array(32))).toEqual(new Array(8).fill("abandon"));
    expect(safetyWords(new Uint8Array(32).fill(255))).toEqual(new Array(8).fill("zoo"));
    const one = new Uint8Array(11);
    one[10] = 1;
    expect(safetyWords(one)).toEqual([...new Array(7).fill("abandon"), "ability"]);
  });

  it("are digits in a language without a list, and need 88 bits", () => {
    for (const language of ["fa", "toString", "__proto__"]) {
      expect(safetyWords(sha256(), language).every((group) => /^\d{4}$/.test(group))).toBe(true);
    }
    expect(() => safetyWords(new Uint8Array(10))).toThrow(expect.objectContaining({ code: "safety.short" }));
  });
});
