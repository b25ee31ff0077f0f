import { type Circle, makeNameIndex, type Recorded, type StatementHash } from "../client/index.ts";

const most = 10;

function namesOf({ statement }: Recorded): readonly string[] {
  if (!("subject" in statement)) return [];
  const seen = statement.subject.identifiers.flatMap(({ nameSeen }) => (nameSeen === undefined ? [] : [nameSeen]));
  return [...(statement.subject.names ?? []), ...seen];
}

/** Statements on subjects whose name is close to `name`, the closest first: to compare, never to conclude from. */
export function similarNames(circle: Circle, name: string): readonly StatementHash[] {
  const index = makeNameIndex<StatementHash>();
  for (const recorded of circle.statements()) for (const one of namesOf(recorded)) index.add(recorded.hash, one);
  return [...new Set(index.find(name, most).map((hit) => hit.id))];
}
