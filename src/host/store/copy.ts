/* A host's database on another engine: every row as it is, so that circles do not notice. */
import { sql } from "kysely";
import { type Bytes, UsageError } from "../../core/codec/index.ts";
import type { Engine, Value } from "./engine.ts";
import { bindKey, servedKey } from "./hostKey.ts";
import type { Known } from "./known.ts";
import { knownOf } from "./known.ts";
import type { Tables } from "./schema.ts";
import { any, insertion, template } from "./sql.ts";

type Copied = Exclude<keyof Tables, "migration" | "host" | "known" | "known_run">;

/**
 * Every table with its primary key, blobs before what lists them; but not what each database keeps of itself, the
 * record of migrations and the index of hashes, which is another on other engines.
 */
const primaryKeys: Readonly<Record<Copied, readonly string[]>> = {
  circle: ["id"],
  blob: ["circle", "hash"],
  entry: ["circle", "position"],
  node: ["circle", "level", "idx"],
  access: ["circle", "epoch"],
  listing: ["circle", "hash", "position"],
  mailbox: ["circle", "key"],
  erasure: ["circle", "position", "target"],
};

/** Rows read at a time: of blobs, 32 MiB at most. */
const together = 32;

/** Hashes indexed at a time: an index of runs keeps each as one row. */
const hashesTogether = 2048;

type Row = Readonly<Record<string, Value>>;

/** The next rows of a table, in the order of its key, after a row. */
function rowsAfter(engine: Engine, table: Copied, after: Row | undefined): Promise<readonly Row[]> {
  const key = primaryKeys[table];
  const columns = sql.join(key.map((name) => sql.ref(name)));
  const values = after === undefined ? [] : key.map((name) => after[name] as Value);
  const beyond = after === undefined ? sql`` : sql`where (${columns}) > (${sql.join(values)})`;
  const { sql: text, parameters } = sql`
    select * from ${sql.table(table)} ${beyond} order by ${columns} limit ${sql.lit(together)}
  `.compile(engine.builder);
  return engine.all<Row>({ sql: text, values: parameters as readonly Value[] });
}

/** Indexes the hashes of every circle anew, as the engine does it. */
async function indexHashes(engine: Engine, known: Known): Promise<void> {
  const hashesFrom = template(engine, (db) =>
    db
      .selectFrom("entry")
      .select("hash")
      .where("circle", "=", any)
      .where("position", ">=", any)
      .orderBy("position")
      .limit(any),
  );
  const setKnown = template(engine, (db) => db.updateTable("circle").set({ known: any }).where("id", "=", any));
  for (let row = (await rowsAfter(engine, "circle", undefined))[0]; row !== undefined; ) {
    const circle = row.id as Bytes;
    let end = 0;
    for (;;) {
      const rows = await engine.all<{ hash: Bytes }>(hashesFrom(circle, end, hashesTogether));
      if (rows.length === 0) break;
      end += rows.length;
      const hashes = rows.map(({ hash }) => hash);
      await engine.batch([...known.index(circle, hashes, end), setKnown(end, circle)]);
    }
    row = (await rowsAfter(engine, "circle", row))[0];
  }
}

/**
 * Copies everything of a database that nobody writes to into an empty one, of any engine; both are migrated. Whoever
 * serves the copy with the same key serves the same circles.
 *
 * Throws `UsageError` `copy.not-empty` where circles are there already, and `StoreError`.
 */
export async function copyDatabase(from: Engine, to: Engine): Promise<void> {
  if ((await rowsAfter(to, "circle", undefined)).length > 0) {
    throw new UsageError("copy.not-empty", "the database to copy into holds circles already: choose an empty one");
  }
  for (const table of Object.keys(primaryKeys) as Copied[]) {
    for (
      let rows = await rowsAfter(from, table, undefined);
      rows.length > 0;
      rows = await rowsAfter(from, table, rows.at(-1))
    ) {
      const columns = Object.keys(rows[0] as Row);
      const insert = insertion(to, table, columns as never[]);
      await to.batch(insert(rows.map((row) => columns.map((column) => row[column] as Value))));
    }
  }
  await indexHashes(to, knownOf(to));
  const key = await servedKey(from);
  if (key !== undefined) await bindKey(to, key);
}
