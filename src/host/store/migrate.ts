import { UsageError } from "../../core/codec/index.ts";
import { type Engine, failedAs, type Statement } from "./engine.ts";
import { touched } from "./schema.ts";

/** One file of `schema/`: its name orders it, its statements end with `;` at the end of a line. */
export type Migration = { readonly name: string; readonly sql: string };

const table = "CREATE TABLE IF NOT EXISTS migration (name VARCHAR(200) NOT NULL PRIMARY KEY, hour BIGINT NOT NULL)";

/** The statements of a migration, without comments. */
export function statementsOf(sql: string): readonly string[] {
  return sql
    .replace(/^\s*--.*$/gm, "")
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

async function applied(engine: Engine): Promise<ReadonlySet<string>> {
  const { sql } = engine.builder.selectFrom("migration").select("name").compile();
  const rows = await engine.all<{ name: string }>({ sql, values: [] });
  return new Set(rows.map((row) => row.name));
}

/** Statements that change nothing, and fail where a table, a column or a right on it is missing. */
const probes: readonly Statement[] = Object.entries(touched).flatMap(([table, column]) =>
  [
    `INSERT INTO ${table} SELECT * FROM ${table} WHERE 1 = 0`,
    `UPDATE ${table} SET ${column} = ${column} WHERE 1 = 0`,
    `DELETE FROM ${table} WHERE 1 = 0`,
  ].map((sql) => ({ sql, values: [] })),
);

/** Runs `act`; what the database itself refuses for good is told to the operator. */
async function told<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (failedAs(error, "denied")) throw denied();
    throw failedAs(error, "broken") ? half() : error;
  }
}

/**
 * Brings the database forward: every migration that it does not record is run in order, whole or not at
 * all, and recorded; `hour` (since 1970) is kept beside it. Safe from several hosts at once: the record is the first
 * statement of the batch, and who finds it taken goes on with the next. At the end every table is tried.
 *
 * Throws `UsageError`: `store.newer` where the database records a migration that is not given: it was written by a
 * newer version; `store.half` where it is not what its records say; `store.denied` where the host may not use it.
 */
export async function migrate(engine: Engine, migrations: readonly Migration[], hour: number): Promise<void> {
  try {
    await engine.batch([{ sql: table, values: [] }]);
  } catch (error) {
    if (failedAs(error, "denied")) throw denied();
    // Where two hosts make the table at once PostgreSQL refuses one of them in several ways: with its type, its name or
    // a row of its catalogue taken. Whether the table is there the next statement tells.
    if (!failedAs(error, "taken") && !failedAs(error, "broken")) throw error;
  }
  const before = await told(() => applied(engine));
  const known = new Set(migrations.map((migration) => migration.name));
  for (const name of before) if (!known.has(name)) throw newer();
  const record = engine.builder.insertInto("migration").values({ name: "", hour: 0 }).compile().sql;
  for (const { name, sql } of [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (before.has(name)) continue;
    const statements = statementsOf(sql).map((statement) => ({ sql: statement, values: [] }));
    try {
      await told(() => engine.batch([{ sql: record, values: [name, hour] }, ...statements]));
    } catch (error) {
      if (!failedAs(error, "taken")) throw error;
    }
  }
  await told(() => engine.batch(probes));
}

const newer = () => new UsageError("store.newer", "the database was written by a newer version of the host: update it");

const half = () =>
  new UsageError(
    "store.half",
    "the database is not what its record of migrations says: restore it from a backup, or begin with an empty one",
  );

const denied = () =>
  new UsageError("store.denied", "the host may not write to its database: give its user the rights on all tables");
