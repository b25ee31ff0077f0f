import { compareNames, compareSubjects, makeSubjectIndex } from "../../../src/subjects/index.ts";
import {
  bare,
  full,
  keys,
  type MadeName,
  madeName,
  madePerson,
  otherTone,
  type Person,
  pick,
  type Random,
  random,
  slip,
  withLookAlikes,
} from "./generate.ts";
import { labeledNames } from "./labeled-names.ts";
import { type Row, row } from "./row.ts";

/** How a name is written by others, by category; strong evidence, so the pair must be found compatible. */
const written: Readonly<Record<string, (n: MadeName, r: Random) => string>> = {
  "without marks": (n) => bare(full(n)).toLowerCase(),
  Telex: (n) => keys(full(n), "telex"),
  VNI: (n) => keys(full(n), "vni"),
  "middle name dropped": (n) => `${n.surname} ${n.given}`,
  "given name first": (n) => `${n.given} ${n.middle} ${n.surname}`,
  "Western order, no marks": (n) => bare(`${n.given} ${n.surname}`),
  "look-alike letters": (n, r) => withLookAlikes(full(n), r),
  "joined as a user name": (n) => bare(`${n.surname}${n.middle}${n.given}`).toLowerCase(),
  "user name with a number": (n, r) => `${bare(`${n.given}.${n.surname}`).toLowerCase()}${Math.floor(r() * 90 + 10)}`,
  "saint's name in front": (n, r) => `${pick(["Maria", "Giuse", "Phêrô", "Têrêsa", "Anna", "Joseph"], r)} ${full(n)}`,
  "title in front": (n, r) => `${pick(["Ông", "Bà", "TS.", "LS.", "Dr.", "Mr."], r)} ${full(n)}`,
  "capitals and decomposed": (n) => full(n).toUpperCase().normalize("NFD"),
};

export function evaluateVietnamese(count = 1000): Row[] {
  const rows: Row[] = [];
  let same = 0;
  let all = 0;
  const compare = (a: string, b: string) => {
    const { verdict } = compareNames(a, b);
    all++;
    if (verdict === "same") same++;
    return verdict;
  };
  for (const [category, write] of Object.entries(written)) {
    const r = random(11);
    let right = 0;
    for (let i = 0; i < count; i++) {
      const name = madeName(r);
      if (compare(full(name), write(name, r)) === "cannot tell") right++;
    }
    rows.push(row("Vietnamese names", category, count, right, "compatible"));
  }
  const r = random(12);
  let conflicts = 0;
  let apart = 0;
  let others = 0;
  let family = 0;
  for (let i = 0; i < count; i++) {
    const name = madeName(r);
    let tone = name.given;
    while (tone.normalize() === name.given.normalize()) tone = otherTone(name.given, r);
    // Whoever leaves all other marks out may have left this one out, too; that is no conflict.
    const marked = bare(`${name.surname}${name.middle}`) !== `${name.surname}${name.middle}`;
    if (marked) conflicts++;
    if (marked && compare(full(name), full({ ...name, given: tone })) === "different") apart++;
    let other = madeName(r);
    while (bare(other.given) === bare(name.given)) other = madeName(r);
    if (compare(full(name), full({ ...name, given: other.given })) === "different") others++;
    let relative = madeName(r);
    while (bare(relative.surname) === bare(name.surname)) relative = madeName(r);
    if (compare(full(name), full({ ...name, surname: relative.surname })) === "different") family++;
  }
  rows.push(row("Vietnamese names", "tone conflict", conflicts, apart, "told apart"));
  rows.push(row("Vietnamese names", "other given name", count, others, "told apart"));
  rows.push(row("Vietnamese names", "other family name", count, family, "told apart"));
  rows.push(row("Vietnamese names", "no “same” on a name alone", all, all - same));
  return rows;
}

/** The hand-labeled pairs of people and organizations in other languages, as precision, recall and F1. */
export function evaluateLabeled(): Row[] {
  return (["person", "organization"] as const).map((kind) => {
    const pairs = labeledNames.filter((p) => p.kind === kind);
    let tp = 0;
    let fp = 0;
    let fn = 0;
    let right = 0;
    for (const { a, b, match } of pairs) {
      const found = compareNames(a, b).verdict !== "different";
      if (found === match) right++;
      if (found && match) tp++;
      else if (found) fp++;
      else if (match) fn++;
    }
    const f1 = (2 * tp) / (2 * tp + fp + fn);
    return row(
      "names, hand-labeled",
      kind,
      pairs.length,
      right,
      `F1 ${f1.toFixed(3)}; seen while building, so an upper bound`,
    );
  });
}

/** 100,000 random people: every pair that could come out *same* is compared (all three qualifiers must agree). */
export function evaluateFalseSame(people = 100_000): Row[] {
  const r = random(13);
  const made = Array.from({ length: people }, (_, i) => madePerson(i, r));
  const buckets = new Map<string, Person[]>();
  // *Same* without a shared identifier needs birth year, place and employer; employers with other numbers never agree.
  for (const person of made) {
    const key = `${person.birthYear} ${person.place} ${person.employer.split(" ").at(-1)}`;
    buckets.set(key, [...(buckets.get(key) ?? []), person]);
  }
  let wrong = 0;
  for (const bucket of buckets.values()) {
    for (const [i, a] of bucket.entries()) {
      for (const b of bucket.slice(i + 1)) if (compareSubjects(a, b).verdict === "same") wrong++;
    }
  }
  const index = makeSubjectIndex<number>();
  for (const [i, person] of made.entries()) index.add(i, person);
  let named = 0;
  const asked = 300;
  for (let i = 0; i < asked; i++) {
    const { names } = made[Math.floor(r() * people)] as Person;
    // Somebody else of this name, with another phone.
    const hits = index.find({
      identifiers: [{ kind: "phone", value: `+848${String(i).padStart(8, "0")}` }],
      names: [...names],
    });
    if (hits.some((hit) => hit.match.verdict === "same")) named++;
  }
  return [
    row(
      "100,000 people",
      "false same, all pairs",
      (people * (people - 1)) / 2,
      (people * (people - 1)) / 2 - wrong,
      `${wrong} false`,
    ),
    row("100,000 people", "false same, namesake looked up", asked, asked - named, `${named} false`),
  ];
}

/** Names with a slip, found among 20,000. */
export function evaluateSearch(): Row[] {
  const r = random(14);
  const index = makeSubjectIndex<number>();
  const made = Array.from({ length: 20_000 }, (_, i) => ({
    ...madePerson(i, r),
    names: [`${full(madeName(r))} ${madeName(r).given}`],
  }));
  for (const [i, person] of made.entries()) index.add(i, person);
  let first = 0;
  let ten = 0;
  const asked = 300;
  for (let i = 0; i < asked; i++) {
    const name = (made[Math.floor(r() * made.length)] as Person).names[0] as string;
    const hits = index.byName(slip(name, r), 10).map((hit) => hit.name);
    if (hits[0] === name) first++;
    if (hits.includes(name)) ten++;
  }
  return [row("search with a slip", "first", asked, first), row("search with a slip", "in ten", asked, ten)];
}
