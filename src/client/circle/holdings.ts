/* What a circle holds about somebody, and about people of a similar name. */
import type { StatementHash } from "../../core/codec/index.ts";
import type { Identifier } from "../../core/statements/index.ts";
import { makeNameIndex, type NameIndex } from "../../subjects/index.ts";
import type { Recorded } from "../sync/recorded.ts";
import type { Circle } from "./circle.ts";
import { type Found, indexStatements, type StatementIndex } from "./statement-index.ts";

export type Holdings = {
  readonly found: readonly Found[];
  /** Vouches for the organization that is asked about: they give it a voice, and are no word on it. */
  readonly vouches: readonly Found[];
};

/** Everything that a circle holds about `identifiers`. */
export function holdings(
  circle: Circle,
  identifiers: readonly Identifier[],
  index: StatementIndex = indexStatements(circle),
): Holdings {
  const organizations = identifiers.filter((one) => one.kind === "organization").map((one) => one.value);
  const vouches =
    organizations.length === 0
      ? []
      : circle
          .statements()
          .filter(({ statement }) => statement.kind === "vouch" && organizations.includes(statement.vouched))
          .flatMap((recorded) => index.byHash(recorded.hash) ?? []);
  return { found: index.about(identifiers), vouches };
}

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

/** Statements on subjects whose name is close to `name`, the closest first: to compare, never to conclude from. */
export function similarNames(index: NameIndex<StatementHash>, name: string, limit = 10): readonly StatementHash[] {
  return [...new Set(index.find(name, limit).map((hit) => hit.id))];
}
