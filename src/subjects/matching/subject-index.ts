import type { Identifier, Subject } from "../../core/statements/format.ts";
import { identifierKeys } from "../identifiers/key.ts";
import { compareSubjects, type Match, namesOf } from "./compare.ts";
import { makeNameIndex } from "./name-index.ts";

export type SubjectHit<Id> = { readonly id: Id; readonly match: Match };

/** Everything a circle holds about people and organizations, to be looked up while somebody types. */
export type SubjectIndex<Id> = {
  /** Adds a subject, or puts it in the place of the former one of this id. */
  add(id: Id, subject: Subject): void;
  remove(id: Id): void;
  get(id: Id): Subject | undefined;
  /** Ids whose subjects have this identifier: one look-up, however many subjects there are. */
  byIdentifier(identifier: Identifier): readonly Id[];
  /** Subjects with compatible names, the closest first. */
  byName(name: string, limit?: number): readonly { readonly id: Id; readonly name: string; readonly score: number }[];
  /** Subjects that are or may be the same as `subject`: those that share an identifier, then those with close names. */
  find(subject: Subject, limit?: number): readonly SubjectHit<Id>[];
  readonly size: number;
};

/** Makes an empty index; it lives in memory and grows by `add`. */
export function makeSubjectIndex<Id>(): SubjectIndex<Id> {
  const subjects = new Map<Id, Subject>();
  const exact = new Map<string, Id | readonly Id[]>();
  const names = makeNameIndex<Id>();
  // Most keys have one holder; a list is made only for the second.
  const holders = (key: string): readonly Id[] => {
    const held = exact.get(key);
    return held === undefined ? [] : Array.isArray(held) ? (held as readonly Id[]) : [held as Id];
  };
  const index: SubjectIndex<Id> = {
    add(id, subject) {
      if (subjects.has(id)) index.remove(id);
      subjects.set(id, subject);
      for (const identifier of subject.identifiers) {
        for (const key of identifierKeys(identifier)) {
          const held = holders(key);
          if (!held.includes(id)) exact.set(key, held.length === 0 ? id : [...held, id]);
        }
      }
      for (const name of namesOf(subject)) names.add(id, name);
    },
    remove(id) {
      const subject = subjects.get(id);
      if (!subject) return;
      subjects.delete(id);
      names.remove(id);
      for (const key of subject.identifiers.flatMap(identifierKeys)) {
        const left = holders(key).filter((held) => held !== id);
        if (left.length === 0) exact.delete(key);
        else exact.set(key, left.length === 1 ? (left[0] as Id) : left);
      }
    },
    get: (id) => subjects.get(id),
    byIdentifier(identifier) {
      const keys = identifierKeys(identifier);
      return keys.length === 1 ? holders(keys[0] as string) : [...new Set(keys.flatMap(holders))];
    },
    byName: (name, limit = 20) => names.find(name, limit),
    find(subject, limit = 20) {
      const ids = new Set(subject.identifiers.flatMap((identifier) => index.byIdentifier(identifier)));
      for (const name of namesOf(subject).slice(0, 4)) for (const hit of names.find(name, 2 * limit)) ids.add(hit.id);
      return [...ids]
        .map((id) => ({ id, match: compareSubjects(subject, subjects.get(id) as Subject) }))
        .filter(({ match }) => match.verdict !== "different")
        .sort(
          (a, b) =>
            Number(b.match.verdict === "same") - Number(a.match.verdict === "same") || b.match.score - a.match.score,
        )
        .slice(0, limit);
    },
    get size() {
      return subjects.size;
    },
  };
  return index;
}
