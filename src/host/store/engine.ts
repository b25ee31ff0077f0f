import type { Kysely } from "kysely";
import type { Bytes, CircleId } from "../../core/codec/index.ts";
import type { Tables } from "./schema.ts";

/** What can be bound to a statement. */
export type Value = number | string | Bytes | null;

/** The type of a column, by the name that `schema/*.sql` has for it. */
export type ColumnType = "bytea" | "bigint";

/** One SQL statement in the engine's own spelling of parameters. */
export type Statement = { readonly sql: string; readonly values: readonly Value[] };

/** The most values that one statement may bind: D1's limit, kept on every engine. */
export const mostValues = 100;

/**
 * How the processes on one database tell each other that a circle grew. A message holds the circle's id and no
 * more, and may get lost.
 */
export type Notify = {
  readonly tell: (circle: CircleId) => void;
  /** Calls `heard` with each circle that another process told of; without one where messages may have been missed. */
  readonly listen: (heard: (circle?: CircleId) => void) => void;
};

/**
 * A database: the one small file that each dialect has. `builder` only compiles, it never connects.
 * Integers come back as numbers, byte strings as plain `Uint8Array`s.
 */
export type Engine = {
  readonly name: "sqlite" | "postgres" | "d1";
  readonly builder: Kysely<Tables>;
  /**
   * How many entries may be stored before their hashes are indexed, all at once, and then found in the host's memory.
   * 0: each with its entry, and found by the database.
   */
  readonly indexBehind: number;
  /** A column of many rows as one value: an insertion is then one statement, however many rows it has. */
  readonly column?: (type: ColumnType, items: readonly Value[]) => Value;
  /** The rows that a statement yields. Throws `StoreError`. */
  readonly all: <Row>(statement: Statement) => Promise<readonly Row[]>;
  /** Runs all statements or none, durably. Throws `StoreError`. */
  readonly batch: (statements: readonly Statement[]) => Promise<void>;
  /** Absent where no other process can be on the database, or none can be told. */
  readonly notify?: Notify;
  /** Housekeeping after deletions, where the engine needs any. */
  readonly tidy: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Why the database took nothing: `taken` (a key exists, somebody was faster), `missing` (a row that is
 * referred to does not exist), `too-large` (more than the engine takes at once), `full`, `busy` (worth trying again),
 * `denied` (the host lacks a right), `broken`.
 */
export type StoreFailure = "taken" | "missing" | "too-large" | "full" | "busy" | "denied" | "broken";

/** The database took nothing of a statement or batch. The driver's own error is the `cause`. */
export class StoreError extends Error {
  readonly reason: StoreFailure;

  constructor(reason: StoreFailure, cause: unknown) {
    super(`store: ${reason}`, { cause });
    this.name = "StoreError";
    this.reason = reason;
  }
}

/** Whether `error` is a `StoreError` for `reason`. */
export function failedAs(error: unknown, reason: StoreFailure): boolean {
  return error instanceof StoreError && error.reason === reason;
}
