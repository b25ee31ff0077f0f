/* People of a similar name: to compare, never to conclude from (attack 42). */
import type { StatementHash } from "../../core/codec/index.ts";
import { makeNameIndex, type NameIndex } from "../../subjects/index.ts";
import type { Recorded } from "../sync/recorded.ts";
import type { Circle } from "./circle.ts";

function namesOn({ statement }: Recorded): readonly string[] {
  if (!("subject" in statement)) return [];
  const seen = statement.subject.identifiers.flatMap(({ nameSeen }) => (nameSeen === undefined ? [] : [nameSeen]));
  return [...(statement.subject.names ?? []), ...seen];
}

/** The names of all subjects in a circle, each pointing at the statement that says it. Built once, then looked into. */
export function indexNames(circle: Circle): NameIndex<StatementHash> {
  const index = makeNameIndex<StatementHash>();
  for (const recorded of circle.statements()) for (const name of namesOn(recorded)) index.add(recorded.hash, name);
  return index;
}

/** Statements on subjects whose name is close to `name`, the closest first. */
export function similarNames(index: NameIndex<StatementHash>, name: string, limit = 10): readonly StatementHash[] {
  return [...new Set(index.find(name, limit).map((hit) => hit.id))];
}
