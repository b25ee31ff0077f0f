import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Sketch } from "../../src/core/statements/format.ts";
import {
  compareImages,
  compareSketches,
  fileHash,
  imageHash,
  makeSketcher,
  makeSketchIndex,
  normalizeTip,
  tipSimilarity,
} from "../../src/subjects/index.ts";
import { evaluateTips } from "../eval/subjects/tips.ts";

const tip =
  "The health ministry said on Monday that 12 children in Da Nang died after receiving the new measles vaccine, and that the hospital director had ordered all records destroyed.";

describe("likeness of texts", () => {
  it.each(evaluateTips())("$category", ({ category, share }) => {
    expect(share).toBeGreaterThanOrEqual(category === "rewritten and amplified" ? 0.8 : 0.95);
  });
  it("mangling changes nothing", () => {
    const mangled = `🚨 ${tip.toUpperCase().replace(/ /g, "\u200b  ").replace(/O/g, "О")}!!! https://bit.ly/x`;
    expect(tipSimilarity(tip, mangled)).toMatchObject({ level: "match", score: 1 });
    expect(normalizeTip("F R E E v1agra").text).toBe("free viagra");
  });
  it("short texts are only suggested", () => {
    expect(tipSimilarity("The bridge is closed.", "The bridge is closed.").level).toBe("suggest");
  });
  it.each([
    ["a negation", tip.replace("died", "did not die"), "negationDiffers"],
    ["a number", tip.replace("12", "40"), "numbersDiffer"],
    ["a name", tip.replace("Da Nang", "Hai Phong"), "namesDiffer"],
  ] as const)("%s that differs makes it the same family, not the same claim", (_, changed, flag) => {
    const { level, diff } = tipSimilarity(tip, changed);
    expect(level).toBe("suggest");
    expect(diff[flag]).toBe(true);
    expect(diff.notes[0]).toBe("Same family of text, not the same claim.");
    expect(diff.changes.some((change) => change.marks.length > 0)).toBe(true);
  });
  it("the diff holds every word of both", () => {
    const changed = tip.replace("12 children", "forty pupils");
    const { changes } = tipSimilarity(tip, changed).diff;
    const words = (side: "a" | "b") =>
      changes
        .map((c) => c[side])
        .filter(Boolean)
        .join(" ");
    expect(words("a")).toBe(tip);
    expect(words("b")).toBe(changed);
  });
  it("never throws, is symmetric in its level", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.lorem({ maxCount: 30 }));
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(tipSimilarity(a, b).score).toBe(tipSimilarity(b, a).score);
      }),
      { numRuns: 500 },
    );
  });
});

describe("sketches", () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i);
  const sketch = makeSketcher(key);

  it("of equal normal forms are equal", () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 20 }), (text) => {
        expect(sketch(text.toUpperCase().replace(/ /g, "  "))).toEqual(sketch(text));
      }),
      { numRuns: 200 },
    );
    expect(sketch("\u200b!?")).toBeUndefined();
  });
  it("of two circles have nothing in common, and fit the statement's field", () => {
    const mine = sketch(tip) as Sketch;
    const theirs = makeSketcher(Uint8Array.from({ length: 32 }, (_, i) => i + 1))(tip) as Sketch;
    expect(compareSketches(mine, theirs).score).toBeLessThan(0.05);
    expect(mine.values.length).toBe(257);
  });
  it("takes the caller's keyed hash, and refuses short keys", async () => {
    expect(() => makeSketcher(new Uint8Array(16))).toThrow();
    const constant = makeSketcher((data) => Uint8Array.from({ length: 32 }, (_, i) => (data[0] as number) ^ i));
    expect(constant("hello world")).toBeDefined();
  });
  it("find relatives by banding and forget removed ones", () => {
    const index = makeSketchIndex<string>();
    index.add("tip", sketch(tip) as Sketch);
    for (let i = 0; i < 500; i++)
      index.add(`n${i}`, sketch(`Notice ${i}: the office ${i * 7} moves to street ${i * 13} on day ${i}`) as Sketch);
    const found = index.find(sketch(tip.replace("Monday", "Tuesday").replace("records", "files")) as Sketch);
    expect(found[0]?.id).toBe("tip");
    expect(found[0]?.likeness.level).not.toBe("none");
    expect(found.length).toBe(1);
    index.remove("tip");
    expect(index.find(sketch(tip) as Sketch)).toEqual([]);
    expect(index.size).toBe(500);
  });
});

describe("pictures and files", () => {
  const picture = (width: number, height: number, paint: (x: number, y: number) => number) => {
    const data = new Uint8ClampedArray(4 * width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) data.set([paint(x / width, y / height), 128, 64, 255], 4 * (y * width + x));
    }
    return { width, height, data };
  };
  const hill = (x: number, y: number) => 255 * Math.exp(-8 * ((x - 0.3) ** 2 + (y - 0.6) ** 2));
  const waves = (x: number, y: number) => 127 + 127 * Math.sin(20 * x) * Math.cos(9 * y);
  it("a picture scaled and slightly changed is the same, another is not", () => {
    const a = imageHash(picture(640, 480, hill)) as Uint8Array;
    const b = imageHash(picture(200, 150, (x, y) => hill(x, y) * 0.9 + 8)) as Uint8Array;
    const c = imageHash(picture(640, 480, waves)) as Uint8Array;
    expect(compareImages(a, b).level).toBe("match");
    expect(compareImages(a, c).level).toBe("none");
    expect(imageHash({ width: 10, height: 10, data: new Uint8Array(3) })).toBeUndefined();
  });
  it("the exact hash of a file is SHA-256", async () => {
    expect((await fileHash(new Uint8Array()))[0]).toBe(0xe3);
  });
});
