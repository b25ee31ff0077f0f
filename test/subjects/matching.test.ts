import { describe, expect, it } from "vitest";
import type { OrganizationId } from "../../src/core/codec/ids.ts";
import type { Subject } from "../../src/core/statements/format.ts";
import {
  compareSubjects,
  compareWithJudgments,
  gatherJudgments,
  makeNameIndex,
  makeSubjectIndex,
  type PlacedJudgment,
} from "../../src/subjects/index.ts";
import { evaluateFalseSame, evaluateSearch } from "../eval/subjects/names.ts";

const phone = { kind: "phone", value: "+84912345678" } as const;
const other = { kind: "phone", value: "+84987654321" } as const;
const nam: Subject = {
  identifiers: [phone],
  names: ["Nguyễn Văn Nam"],
  birthYear: 1985,
  place: "Hà Nội",
  employer: "Báo Mới Việt",
};
const namesake: Subject = { identifiers: [other], names: ["Nguyễn Văn Nam"] };
const codes = (a: Subject, b: Subject) => compareSubjects(a, b).reasons.map((r) => r.code);

describe("the same, cannot tell, different", () => {
  it("a shared phone is the same person", () => {
    expect(compareSubjects(nam, { identifiers: [phone] }).verdict).toBe("same");
  });
  it("attack 42: a name alone, or a name and a year, is never the same", () => {
    expect(compareSubjects(nam, namesake).verdict).toBe("cannot tell");
    expect(compareSubjects(nam, { ...namesake, birthYear: 1985, place: "Hà Nội" }).verdict).toBe("cannot tell");
    expect(codes(nam, namesake)).toContain("name-common");
  });
  it("a name with birth year, place and employer all agreeing is", () => {
    const match = compareSubjects(nam, { ...namesake, birthYear: 1985, place: "TP. Hà Nội", employer: "báo mới việt" });
    expect(match.verdict).toBe("same");
  });
  it("an employer that is none does not count", () => {
    const free = { birthYear: 1985, place: "Hà Nội", employer: "freelancer" };
    expect(compareSubjects({ ...nam, ...free }, { ...namesake, ...free }).verdict).toBe("cannot tell");
  });
  it("a shared phone with another name or birth year is not simply the same", () => {
    expect(compareSubjects(nam, { identifiers: [phone], names: ["Trần Thị Mai"] }).verdict).toBe("cannot tell");
    expect(compareSubjects(nam, { identifiers: [phone], birthYear: 1960 }).verdict).toBe("cannot tell");
  });
  it("a shared domain decides nothing", () => {
    const site = { kind: "domain", value: "example.org" } as const;
    expect(compareSubjects({ identifiers: [site] }, { identifiers: [site] }).verdict).toBe("cannot tell");
  });
  it("other names or birth years without a shared identifier are different", () => {
    expect(compareSubjects(nam, { identifiers: [other], names: ["Nguyễn Văn Năm"] }).verdict).toBe("different");
    expect(compareSubjects(nam, { ...namesake, birthYear: 1990 }).verdict).toBe("different");
  });
  it("the name seen beside an identifier is used", () => {
    expect(codes(nam, { identifiers: [{ ...other, nameSeen: "nam nguyen" }] })).toContain("names-agree");
  });
});

describe("members' judgments", () => {
  let position = 0;
  const judged = (organization: string, judgment: "same" | "different" | "unsure", more: object = {}): PlacedJudgment =>
    ({
      statement: { kind: "judgment", subject: nam, other: namesake, judgment, ...more },
      hash: `h${position}`,
      position: position++,
      organization: organization as OrganizationId,
    }) as unknown as PlacedJudgment;
  const decide = (list: PlacedJudgment[], retracted?: ReadonlySet<string>) =>
    compareWithJudgments(namesake, nam, gatherJudgments(list, 20_000, retracted));

  it("stand where organizations agree, in either order of the two", () => {
    expect(decide([judged("a", "same")]).verdict).toBe("same");
    expect(decide([judged("a", "different")]).verdict).toBe("different");
    expect(decide([judged("a", "unsure")]).verdict).toBe("cannot tell");
  });
  it("are both shown where they disagree", () => {
    const match = decide([judged("a", "same"), judged("b", "different")]);
    expect(match.verdict).toBe("cannot tell");
    expect(match.reasons.map((r) => r.code)).toEqual(
      expect.arrayContaining(["judged-same", "judged-different", "judgments-disagree"]),
    );
  });
  it("the last of an organization counts; expired and retracted ones do not", () => {
    expect(decide([judged("a", "same"), judged("a", "different")]).verdict).toBe("different");
    expect(decide([judged("a", "same", { expires: 19_000 })]).verdict).toBe("cannot tell");
    const taken = judged("a", "same");
    expect(decide([taken], new Set([taken.hash])).verdict).toBe("cannot tell");
  });
  it("do not touch other people", () => {
    const third: Subject = { identifiers: [{ kind: "mail", value: "x@example.org" }], names: ["Nguyễn Văn Nam"] };
    expect(compareWithJudgments(nam, third, gatherJudgments([judged("a", "same")], 20_000)).verdict).toBe(
      "cannot tell",
    );
  });
});

describe("the index over all that a circle holds", () => {
  it("finds by any spelling of an identifier, replaces and removes", () => {
    const index = makeSubjectIndex<string>();
    index.add("old", { identifiers: [{ kind: "phone", value: "+841681234567" }] });
    expect(index.byIdentifier({ kind: "phone", value: "+84381234567" })).toEqual(["old"]);
    index.add("old", { identifiers: [phone], names: ["Nguyễn Văn Nam"] });
    expect(index.byIdentifier({ kind: "phone", value: "+84381234567" })).toEqual([]);
    index.add("new", { identifiers: [phone] });
    expect([...index.byIdentifier(phone)].sort()).toEqual(["new", "old"]);
    index.remove("old");
    expect(index.byIdentifier(phone)).toEqual(["new"]);
    expect(index.byName("Nguyễn Văn Nam")).toEqual([]);
    expect(index.size).toBe(1);
  });
  it("finds names with slips, short forms, other scripts and user names", () => {
    const index = makeNameIndex<number>();
    for (const [i, name] of [
      "Nguyễn Văn Nam",
      "William Jones",
      "Vladimir Putin",
      "Trần Thị Mai",
      "Katherine O'Connor",
    ].entries())
      index.add(i, name);
    const first = (text: string) => index.find(text)[0]?.id;
    expect(first("Nguyen Van Nma")).toBe(0);
    expect(first("namnguyen")).toBe(0);
    expect(first("Nguyeenx Vawn Nam")).toBe(0);
    expect(first("Bill Jones")).toBe(1);
    expect(first("Владимир Путин")).toBe(2);
    expect(first("mai tran")).toBe(3);
    expect(first("Catherine OConnor")).toBe(4);
  });
  it.each(evaluateSearch())("a slip in a name among 20,000: $category", ({ share }) => {
    expect(share).toBeGreaterThan(0.97);
  });
  it.each(evaluateFalseSame(20_000))("$category: none", ({ cases, right }) => {
    expect(cases - right).toBe(0);
  });
  it("puts the same before the merely alike", () => {
    const index = makeSubjectIndex<string>();
    index.add("namesake", namesake);
    index.add("him", nam);
    expect(
      index.find({ identifiers: [phone], names: ["Nguyễn Văn Nam"] }).map((hit) => [hit.id, hit.match.verdict]),
    ).toEqual([
      ["him", "same"],
      ["namesake", "cannot tell"],
    ]);
  });
});
