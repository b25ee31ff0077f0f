import { parseIdentifiers, type Understood } from "../../subjects/index.ts";
import type { Circle } from "./circle.ts";
import { type Found, indexStatements, type StatementIndex } from "./statement-index.ts";

/** What a text was understood as, and what the circle holds about it. */
export type Lookup = { readonly understood: readonly Understood[]; readonly found: readonly Found[] };

/**
 * Looks a subject up by any text that holds identifiers: exact, by their canonical form.
 *
 * @example
 * lookup(circle, "0912 345 678").found.length;
 */
export function lookup(circle: Circle, text: string, index: StatementIndex = indexStatements(circle)): Lookup {
  const understood = parseIdentifiers(text);
  return { understood, found: index.about(understood.map((u) => u.identifier)) };
}
