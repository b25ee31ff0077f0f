import { UsageError } from "../../core/codec/index.ts";
import { type Engine, failedAs } from "./engine.ts";

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

/**
 * Brings the database forward: every migration that it does not record is run in order, whole or not at
 * all, and recorded; `hour` (since 1970) is kept beside it. Safe from several hosts at once: the record is the first statement of
 * the batch, and who finds it taken goes on with the next.
 *
 * Throws `UsageError` `store.newer` where the database records a migration that is not given: it was
 * written by a newer version.
 */
export async function migrate(engine: Engine, migrations: readonly Migration[], hour: number): Promise<void> {
  try {
    await engine.batch([{ sql: table, values: [] }]);
  } catch (error) {
    // PostgreSQL says so where two hosts make the table at once.
    if (!failedAs(error, "taken")) throw error;
  }
  const before = await applied(engine);
  const known = new Set(migrations.map((migration) => migration.name));
  for (const name of before) if (!known.has(name)) throw newer();
  const record = engine.builder.insertInto("migration").values({ name: "", hour: 0 }).compile().sql;
  for (const { name, sql } of [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (before.has(name)) continue;
    const statements = statementsOf(sql).map((statement) => ({ sql: statement, values: [] }));
    try {
      await engine.batch([{ sql: record, values: [name, hour] }, ...statements]);
    } catch (error) {
      if (!failedAs(error, "taken")) throw error;
    }
  }
}

const newer = () => new UsageError("store.newer", "the database was written by a newer version of the host: update it");
