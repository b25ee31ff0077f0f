import { describe, expect, it } from "vitest";
import type { Identifier, Recorded, StatementOf } from "../../../src/client/index.ts";
import { type Chain, chainsOf, meet, mergeGroundwork } from "../../../src/web/engine/vetting/cases.ts";

const phone = (value: string): Identifier => ({ kind: "phone", value });

let position = 0;
const said = (...identifiers: readonly Identifier[]): Chain["first"] => {
  position++;
  const statement = { kind: "case", subject: { identifiers } } as unknown as StatementOf<"case">;
  const recorded = { hash: `case ${position}`, position, statement } as unknown as Recorded<StatementOf<"case">>;
  return { recorded, counts: true, retracted: false, positions: [], corrections: [], replies: [] };
};

describe("cases", () => {
  it("are one case as long as an identifier stays the same, and keep the name of their beginning", () => {
    const [first, changed, moved] = [said(phone("1")), said(phone("1"), phone("2")), said(phone("2"))];
    expect(chainsOf([first, changed, moved])).toEqual([{ first, last: moved }]);
  });

  it("of different people stand apart, the last opened first", () => {
    const [one, other] = [said(phone("1")), said(phone("2"))];
    expect(chainsOf([one, other])).toEqual([
      { first: other, last: other },
      { first: one, last: one },
    ]);
  });

  it("never meet by the same number of another kind", () => {
    expect(meet([phone("1")], [{ kind: "signal", value: "1" }])).toBe(false);
  });
});

describe("groundwork", () => {
  it("keeps what a colleague ticked meanwhile", () => {
    const before = [
      { item: "accounts", done: false },
      { item: "photos", done: true, note: "by a colleague" },
    ];
    expect(
      mergeGroundwork(before, [
        { item: "accounts", done: true },
        { item: "new", done: false },
      ]),
    ).toEqual([
      { item: "accounts", done: true },
      { item: "photos", done: true, note: "by a colleague" },
      { item: "new", done: false },
    ]);
  });
});
