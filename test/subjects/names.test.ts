import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonness, compareNames, compatible, fold, fromTelex, fromVni } from "../../src/subjects/index.ts";
import { evaluateLabeled, evaluateVietnamese } from "../eval/subjects/names.ts";

const codes = (a: string, b: string) => compareNames(a, b).reasons.map((r) => r.code);

describe("names say who may be meant, and never who is", () => {
  const rows = [...evaluateVietnamese(200), ...evaluateLabeled()];
  it.each(rows)("$group: $category", ({ category, share }) => {
    expect(share).toBeGreaterThanOrEqual(
      category === "no “same” on a name alone" ? 1 : category === "person" || category === "organization" ? 0.9 : 0.98,
    );
  });

  it("an equal name is not the same person", () => {
    expect(compareNames("Nguyễn Văn Nam", "Nguyễn Văn Nam")).toMatchObject({ verdict: "cannot tell", score: 1 });
    expect(codes("Nguyễn Văn Nam", "Nguyễn Văn Nam")).toContain("name-alone");
  });

  it("marks that conflict tell apart, marks that are missing do not", () => {
    expect(compareNames("Lê Thị Lan", "Lê Thị Lân").verdict).toBe("different");
    expect(compareNames("Lê Thị Lan", "Le Thi Lan").verdict).toBe("cannot tell");
    expect(codes("Lê Thị Lan", "Lê Thị Lân")).toContain("marks-conflict");
  });

  it("the place of the tone and hỏi for ngã make no other person", () => {
    expect(compareNames("Trần Thị Hoà", "Trần Thị Hòa").score).toBe(1);
    expect(codes("Nguyễn Văn Nam", "Nguyển Văn Nam")).toContain("marks-sound-alike");
  });

  it("the look-alike Ð (U+00D0) is Đ", () => {
    expect(compareNames("\u00d0ặng Hòa", "Đặng Hòa").score).toBe(1);
  });

  it("numbers and countries tell companies apart, legal forms do not", () => {
    expect(compareNames("Plant 1 LLC", "Plant 2 LLC").verdict).toBe("different");
    expect(compareNames("Siemens AG", "Siemens Aktiengesellschaft").verdict).toBe("cannot tell");
    expect(compareNames("Công ty TNHH Vinamilk", "Vinamilk Co., Ltd").score).toBeGreaterThan(0.9);
  });

  it.each([
    ["Владимир Зеленский", "Vladimir Zelenskiy"],
    ["สมชาย ใจดี", "Somchai Jaidee"],
    ["محمد علي", "Mohamed Ali"],
    ["李小明", "Li Xiaoming"],
    ["김정은", "Kim Jong Un"],
    ["Μαρία Παπαδοπούλου", "Maria Papadopoulou"],
  ])("finds %s written %s", (a, b) => {
    expect(compareNames(a, b).verdict).toBe("cannot tell");
    expect(compareNames(a, "Peter Schmidt").verdict).toBe("different");
  });

  it("undoes Telex and VNI keys", () => {
    expect(fold(fromTelex("Nguyeenx") as string)).toBe("nguyen");
    expect(fromVni("Nguye6n4")?.normalize("NFC")).toBe(fromTelex("Nguyeenx")?.normalize("NFC"));
    expect(fromTelex("Schmidt")).toBeUndefined();
  });
});

describe("how common a name is", () => {
  it("says about one in how many", () => {
    const nam = commonness("Nguyễn Văn Nam");
    expect(nam?.oneIn).toBeGreaterThan(500);
    expect(nam?.oneIn).toBeLessThan(10_000);
    expect(nam?.sentence).toMatch(/^About 1 in [\d,]+ people share this name\.$/);
  });
  it("knows nothing of names it has no counts of", () => {
    expect(commonness("John Smith")).toBeUndefined();
  });
});

describe("properties", () => {
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 80 }), fc.string({ unit: "grapheme", maxLength: 40 }));
  it("folding is idempotent", () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(fold(fold(t))).toBe(fold(t));
      }),
      { numRuns: 3000 },
    );
  });
  it("comparing never throws, is symmetric, and gives no “same”", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const one = compareNames(a, b);
        expect(one.verdict).not.toBe("same");
        expect(one.score >= compatible).toBe(one.verdict === "cannot tell");
        expect(compareNames(b, a).score).toBeCloseTo(one.score, 2);
      }),
      { numRuns: 1500 },
    );
  });
});
