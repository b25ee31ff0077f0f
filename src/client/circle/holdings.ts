import type { Identifier } from "../../core/statements/index.ts";
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
