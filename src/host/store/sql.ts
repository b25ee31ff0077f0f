/*
 * The statements of the store. Kysely spells them for the engine at hand and checks tables and columns; each
 * is compiled once and run with its values in the order in which they appear.
 */
import { type Compilable, type Kysely, type SqlBool, sql } from "kysely";
import { type ColumnType, type Engine, mostValues, type Statement, type Value } from "./engine.ts";
import type { Tables } from "./schema.ts";

/** A statement that waits for its values. */
export type Template = (...values: readonly Value[]) => Statement;

/** Any value: only the place of a parameter counts when a statement is compiled. */
export const any = 0 as never;

/** Compiles a statement once, at first use. */
export function template(engine: Engine, build: (db: Kysely<Tables>) => Compilable): Template {
  let sql: string | undefined;
  return (...values) => {
    sql ??= build(engine.builder).compile().sql;
    return { sql, values };
  };
}

/** The same for a statement that takes a number of items; compiled once per number. */
export function templateOf(
  engine: Engine,
  build: (db: Kysely<Tables>, count: number) => Compilable,
): (count: number, values: readonly Value[]) => Statement {
  const compiled = new Map<number, string>();
  return (count, values) => {
    let sql = compiled.get(count);
    if (sql === undefined) {
      sql = build(engine.builder, count).compile().sql;
      compiled.set(count, sql);
    }
    return { sql, values };
  };
}

/** `items` in runs that stay within the values a statement may bind, `each` an item and `fixed` besides. */
export function runsOf<T>(items: readonly T[], each: number, fixed = 0): readonly (readonly T[])[] {
  const length = Math.floor((mostValues - fixed) / each);
  const runs: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += length) runs.push(items.slice(at, at + length));
  return runs;
}

/** The rows of a statement that is run for `items` in runs, all at once. */
export async function rowsInRuns<T, Row>(
  engine: Engine,
  items: readonly T[],
  each: number,
  read: (run: readonly T[]) => Statement,
): Promise<readonly Row[]> {
  return (await Promise.all(runsOf(items, each, 1).map((run) => engine.all<Row>(read(run))))).flat();
}

/**
 * Insertion of several rows at once, `columns` in the order of their values. A batch is undone as a whole, so a
 * statement need not be able to undo itself: SQLite would put aside every page that it changes.
 */
export function insertion<Table extends keyof Tables & string>(
  engine: Engine,
  into: Table,
  columns: readonly (keyof Tables[Table] & string)[],
): (rows: readonly (readonly Value[])[]) => readonly Statement[] {
  const row = Object.fromEntries(columns.map((column) => [column, any]));
  const insert = templateOf(engine, (db, count) => {
    const insertion = db.insertInto(into).values(Array(count).fill(row));
    return engine.name === "sqlite" ? insertion.orFail() : insertion;
  });
  return (rows) => runsOf(rows, columns.length).map((run) => insert(run.length, run.flat()));
}

/**
 * The same for tables that rows come to by the dozen: one statement for any number of them, where the engine takes
 * whole columns. It takes the server less to plan and to read, and one prepared statement serves every number.
 */
export function columnInsertion<Table extends keyof Tables & string>(
  engine: Engine,
  into: Table,
  types: { readonly [Column in keyof Tables[Table] & string]?: ColumnType },
): (rows: readonly (readonly Value[])[]) => readonly Statement[] {
  const columns = Object.entries(types) as [keyof Tables[Table] & string, ColumnType][];
  const names = columns.map(([name]) => name);
  const { column } = engine;
  if (column === undefined) return insertion(engine, into, names);
  const insert = template(engine, (db) =>
    db
      .insertInto(into)
      .columns(names)
      .expression(db.selectNoFrom(columns.map(([name, type]) => sql`unnest(${any}::${sql.raw(type)}[])`.as(name)))),
  );
  return (rows) =>
    rows.length === 0
      ? []
      : [
          insert(
            ...columns.map(([, type], i) =>
              column(
                type,
                rows.map((row) => row[i] as Value),
              ),
            ),
          ),
        ];
}

/** Places for `count` values in an IN list. */
export function places(count: number): never[] {
  return Array<never>(count).fill(any);
}

/** The condition on `blob` that no entry lists it. */
export const unlisted = sql<SqlBool>`not exists (select 1 from listing where listing.circle = blob.circle and listing.hash = blob.hash)`;

/** The condition on `blob` that its bytes have come, not only its place. */
export const isThere = sql<SqlBool>`length(blob.bytes) > 0`;
