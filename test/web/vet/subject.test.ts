import { describe, expect, it } from "vitest";
import type { Reading, SubjectReading } from "../../../src/web/engine/vetting/subject.ts";
import { draftOf, meant, namesOf, noSubject, subjectOf, withKept } from "../../../src/web/views/vet/subject.tsx";

const reading = (value: string, sure: boolean): Reading => ({
  identifier: { kind: "telegram", value },
  shown: `@${value}`,
  input: value,
  sure,
  notes: [],
});
const read = (...readings: readonly Reading[]): SubjectReading => ({ readings, doubts: [], unread: 0, names: [] });

describe("who is meant", () => {
  it("is what is sure, unless the person says otherwise", () => {
    const readings = [reading("sure", true), reading("perhaps", false)];
    expect(meant(readings, {}).map(({ value }) => value)).toEqual(["sure"]);
    expect(meant(readings, { "telegram sure": false, "telegram perhaps": true }).map(({ value }) => value)).toEqual([
      "perhaps",
    ]);
  });

  it("is nobody by a name alone, whatever else is known of them", () => {
    const typed = { ...noSubject, name: "Nguyễn Văn Minh", birthYear: "1990", place: "Huế", employer: "Newsroom A" };
    expect(subjectOf(typed, read())).toBeUndefined();
    expect(subjectOf(typed, read(reading("minh", true)))).toEqual({
      identifiers: [{ kind: "telegram", value: "minh" }],
      names: ["Nguyễn Văn Minh"],
      birthYear: 1990,
      place: "Huế",
      employer: "Newsroom A",
    });
  });

  it("leaves out a year that is none", () => {
    for (const birthYear of ["", "19", "1990.5", "12345"]) {
      expect(subjectOf({ ...noSubject, birthYear }, read(reading("minh", true)))).not.toHaveProperty("birthYear");
    }
  });

  it("reads several names between semicolons, in one spelling", () => {
    expect(namesOf(" Minh ; Nguyê\u0303n Minh;; ")).toEqual(["Minh", "Nguyễn Minh"]);
  });

  it("is the same again when a case is changed and nothing is typed", () => {
    const identifier = { kind: "facebook", value: "minh", stableId: "100012345678901", nameSeen: "Minh" } as const;
    const subject = { identifiers: [identifier], names: ["Minh", "Anh Minh"], birthYear: 1990, place: "Huế" };
    const draft = draftOf({ subject, identifiers: [{ identifier, shown: "facebook.com/minh" }] });
    expect(subjectOf(draft, withKept(draft.kept, read()))).toEqual(subject);
    const added = subjectOf(
      draft,
      withKept(draft.kept, read(reading("minh", true), { ...reading("x", true), identifier })),
    );
    expect(added?.identifiers).toEqual([identifier, { kind: "telegram", value: "minh" }]);
  });
});
