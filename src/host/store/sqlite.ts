import Sqlite from "better-sqlite3";
import { type Engine, StoreError, type StoreFailure, type Value } from "./engine.ts";
import { sqliteBuilder } from "./sqliteBuilder.ts";

/** Hashes in a run: 32 KiB, read in one go, and a small part of what is looked through at a start. */
const indexBehind = 2048;

/** Bytes of a page of a new database: each that a commit touches is written by calls of its own, so few large ones. */
const pageBytes = 16_384;

/** Pages (32 MiB) after which the write-ahead log goes into the database: each page once for many commits. */
const checkpointPages = 2048;

/** Memory (KiB) for pages: what a transaction touches must fit, or it goes to the write-ahead log several times. */
const cacheKib = 32_768;

/** How long a statement waits for another process's write lock, in milliseconds. */
const busyTimeout = 5000;

function failureOf(error: unknown): StoreFailure {
  const code = error instanceof Sqlite.SqliteError ? error.code : "";
  if (code === "SQLITE_CONSTRAINT_PRIMARYKEY" || code === "SQLITE_CONSTRAINT_UNIQUE") return "taken";
  // The one value that a statement makes null: the size of a circle that has left.
  if (code === "SQLITE_CONSTRAINT_NOTNULL") return "taken";
  if (code === "SQLITE_CONSTRAINT_FOREIGNKEY") return "missing";
  if (code === "SQLITE_FULL") return "full";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "busy";
  if (code.startsWith("SQLITE_READONLY") || code === "SQLITE_PERM") return "denied";
  return "broken";
}

/** Node's buffers as plain arrays: a `Buffer` behaves differently in comparisons and `slice`. */
function plain<Row>(row: Record<string, unknown>): Row {
  for (const column of Object.keys(row)) {
    const value = row[column];
    if (value instanceof Uint8Array) row[column] = new Uint8Array(value.buffer, value.byteOffset, value.length);
  }
  return row as Row;
}

/**
 * Opens, or creates, the SQLite database at `path`. Whatever `batch` has acknowledged
 * survives a power failure: WAL with `synchronous=FULL`, set on every open because a reopened WAL
 * database would otherwise fall back to NORMAL.
 */
export function openSqlite(
  path: string,
  options: { readonly mostPages?: number } = {},
): Engine & { readonly raw: Sqlite.Database } {
  const raw = new Sqlite(path, { timeout: busyTimeout });
  raw.pragma(`page_size = ${pageBytes}`);
  raw.pragma("journal_mode = WAL");
  raw.pragma("synchronous = FULL");
  raw.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  raw.pragma(`cache_size = -${cacheKib}`);
  raw.pragma("foreign_keys = ON");
  // Erased bytes are overwritten, not only forgotten.
  raw.pragma("secure_delete = ON");
  if (options.mostPages !== undefined) raw.pragma(`max_page_count = ${options.mostPages}`);

  const prepared = new Map<string, Sqlite.Statement>();
  const prepare = (sql: string): Sqlite.Statement => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = raw.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
  const guarded = async <T>(act: () => T): Promise<T> => {
    try {
      return act();
    } catch (error) {
      throw new StoreError(failureOf(error), error);
    }
  };
  const runAll = raw.transaction((statements: readonly { sql: string; values: readonly Value[] }[]) => {
    for (const { sql, values } of statements) prepare(sql).run(values as Value[]);
  });

  return {
    name: "sqlite",
    raw,
    builder: sqliteBuilder(),
    indexBehind,
    all: <Row>({ sql, values }: { sql: string; values: readonly Value[] }) =>
      guarded(() => (prepare(sql).all(values as Value[]) as Record<string, unknown>[]).map((row) => plain<Row>(row))),
    batch: (statements) => guarded(() => runAll.immediate(statements)),
    tidy: () =>
      guarded(() => {
        // What was erased also leaves the write-ahead log.
        raw.pragma("wal_checkpoint(TRUNCATE)");
      }),
    close: () => guarded(() => raw.close()).then(() => undefined),
  };
}
