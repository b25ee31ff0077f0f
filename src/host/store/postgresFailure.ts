import pg from "pg";
import { UsageError } from "../../core/codec/index.ts";
import type { StoreFailure } from "./engine.ts";

/** Why the server refused, by SQLSTATE (PostgreSQL, appendix A): by the whole code, else by its class. */
const failures: Readonly<Record<string, StoreFailure>> = {
  "23505": "taken",
  // A circle that has left refuses its next size (`grow`): somebody was faster.
  "23502": "taken",
  "23503": "missing",
  // A primary that has become a standby takes nothing; the next connection may find its successor.
  "25006": "busy",
  "42501": "denied",
  "53": "full",
  "53300": "busy",
  "54": "full",
  "08": "busy",
  "40": "busy",
  "55P03": "busy",
  "57": "busy",
};

const sqlstate = (error: unknown) => (error instanceof pg.DatabaseError ? error.code : undefined);

/** Why the database took nothing. What does not come from the server is a connection that broke, or came too late. */
export function failureOf(error: unknown): StoreFailure {
  if (!(error instanceof pg.DatabaseError)) return error instanceof TypeError ? "broken" : "busy";
  return failures[error.code ?? ""] ?? failures[error.code?.slice(0, 2) ?? ""] ?? "broken";
}

/** Whether transactions collided and this one is undone: run again as it is, it may succeed. */
export function isCollision(error: unknown): boolean {
  return sqlstate(error) === "40001" || sqlstate(error) === "40P01";
}

/** Whether the connection is of no more use. */
export function isLost(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || error.severity === "FATAL" || error.code === "25006";
}

const refusals: readonly (readonly [pattern: RegExp, code: string, message: string])[] = [
  [/^28/, "database.login", "the database refuses the user or the password of DATABASE_URL"],
  [/^3D000$/, "database.name", "the server has no database of the name in DATABASE_URL: create it"],
  [/^42501$/, "database.rights", "the user of DATABASE_URL may not connect to the database: grant it the right"],
  [/^(?:53300|57P)/, "database.busy", "the database takes no connection now: start again when it does"],
  [
    /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|ENOENT$|EACCES$)/,
    "database.unreachable",
    "no database answers at the address in DATABASE_URL: check the address, and that it runs",
  ],
  [
    /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/i,
    "database.tls",
    "TLS to the database failed: name its authority's certificate with sslrootcert in DATABASE_URL, or say sslmode=disable where nobody else can reach the network between",
  ],
  [/timeout/i, "database.unreachable", "no database answers in time at the address in DATABASE_URL"],
];

/**
 * What to tell an operator whose database cannot be used, at start. Nothing of the URL, nor what the server or the
 * driver says, is repeated: both may quote it.
 */
export function refusal(error: unknown): UsageError {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const told = [code, message].filter((text) => typeof text === "string");
  for (const text of told) {
    const found = refusals.find(([pattern]) => pattern.test(text));
    if (found !== undefined) return new UsageError(found[1], found[2]);
  }
  return new UsageError("database.refused", "the database in DATABASE_URL cannot be used: try it with psql");
}
