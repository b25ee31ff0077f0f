/*
 * Cloudflare D1. Its binding carries values as JSON, and a byte string as an array of numbers: a megabyte takes
 * hundreds of milliseconds of a Worker's time. As hexadecimal text it takes a seventh, so every byte string is
 * bound through `unhex(?)` and read through `hex(…)`; the tables hold the same blobs as on SQLite.
 */
import {
  AliasNode,
  ColumnNode,
  IdentifierNode,
  type OperationNode,
  type QueryCompiler,
  RawNode,
  ReferenceNode,
  type RootOperationNode,
  SelectionNode,
  SqliteQueryCompiler,
} from "kysely";
import { type Bytes, concat, fromHex, toHex, UsageError } from "../../core/codec/index.ts";
import { type Engine, type Statement, StoreError, type StoreFailure, type Value } from "./engine.ts";
import { migrations } from "./schema.ts";
import { sqliteBuilder } from "./sqliteBuilder.ts";

/** What is used of the binding of a D1 database. */
export type D1Binding = {
  readonly prepare: (sql: string) => D1Statement;
  readonly batch: (statements: D1Statement[]) => Promise<unknown>;
};

type D1Statement = {
  readonly bind: (...values: D1Value[]) => D1Statement;
  readonly all: () => Promise<{ readonly results: readonly Readonly<Record<string, D1Value>>[] }>;
};
type D1Value = string | number | null;

/**
 * Queries of one invocation of a Worker on the free plan (1,000 on the paid one). Whether the statements of a batch
 * count one by one is not written anywhere: here they do.
 */
export const freeQueries = 50;

/** Queries that a request makes besides its batch: a test counts them. */
export const queriesBesides = 12;

/** Bytes of a text's half. D1 takes strings up to 2,000,000 bytes: a blob of a megabyte travels in two. */
const half = 2 ** 19;

/** Columns that may hold more than fits into one text. */
const wideColumns: ReadonlySet<string> = new Set(["bytes", "welcome"]);
const restOf = (column: string) => `${column}+`;

/** What D1 says, from the most particular on; it has no codes of its own. */
const failures: readonly (readonly [RegExp, StoreFailure])[] = [
  [/UNIQUE constraint failed/, "taken"],
  // A circle that has left refuses its next size (`grow`): somebody was faster.
  [/NOT NULL constraint failed/, "taken"],
  [/FOREIGN KEY constraint failed/, "missing"],
  [/SQLITE_TOOBIG|too many SQL variables|too big/i, "too-large"],
  // A day's share of the free plan that is used up is no more to be waited for than a full disk.
  [/maximum DB size|SQLITE_FULL|is full|daily|free tier/i, "full"],
  [
    /overloaded|too many|queued|timeout|timed out|reset|connection lost|transient|SQLITE_BUSY|locked|internal error/i,
    "busy",
  ],
];

function failureOf(error: unknown): StoreFailure {
  const message = String(error);
  return failures.find(([pattern]) => pattern.test(message))?.[1] ?? "broken";
}

async function guarded<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new StoreError(failureOf(error), error);
  }
}

// The platform's own conversion is many times faster; Node 24 lacks it, the types do not know it yet.
type Native = { readonly toHex?: () => string };
const hexOf = (bytes: Bytes): string => (bytes as Native).toHex?.() ?? toHex(bytes);
const { fromHex: nativeFromHex } = Uint8Array as unknown as { readonly fromHex?: (text: string) => Bytes };
const bytesOf = (text: string): Bytes =>
  nativeFromHex?.call(Uint8Array, text) ?? (fromHex(text.toLowerCase()) as Bytes);

/** How a value travels: `.` as it is, `h` as one text, `w` as two. */
const shapeOf = (value: Value) => (value instanceof Uint8Array ? (value.length > half ? "w" : "h") : ".");
const spelled: Readonly<Record<string, string>> = {
  ".": "?",
  h: "unhex(?)",
  w: "cast(unhex(?) || unhex(?) as blob)",
};

function carried(value: Value): readonly D1Value[] {
  if (!(value instanceof Uint8Array)) return [value];
  if (value.length <= half) return [hexOf(value)];
  return [hexOf(value.subarray(0, half)), hexOf(value.subarray(half))];
}

/** A selected column that may hold bytes, as text where it does. */
function asText(selection: SelectionNode): readonly SelectionNode[] {
  const { selection: child } = selection;
  const column = AliasNode.is(child) ? child.node : child;
  if (!ReferenceNode.is(column) || !ColumnNode.is(column.column)) return [selection];
  const name = AliasNode.is(child) && IdentifierNode.is(child.alias) ? child.alias.name : column.column.column.name;
  const aliased = (node: OperationNode, as: string) =>
    SelectionNode.create(AliasNode.create(node, IdentifierNode.create(as)));
  if (!wideColumns.has(name)) {
    return [aliased(RawNode.create(["iif(typeof(", ") = 'blob', hex(", "), ", ")"], [column, column, column]), name)];
  }
  const [first, rest] = [`, 1, ${half})), `, `, ${half + 1})), null)`];
  return [
    aliased(RawNode.create(["iif(typeof(", ") = 'blob', hex(substr(", first, ")"], [column, column, column]), name),
    aliased(RawNode.create(["iif(typeof(", ") = 'blob', hex(substr(", rest], [column, column]), restOf(name)),
  ];
}

/** SQLite's compiler, but that bytes come as text. What another statement selects within itself stays as it is. */
function createCompiler(): QueryCompiler {
  const sqlite = new SqliteQueryCompiler();
  const changed = <Node extends RootOperationNode>(node: Node): Node =>
    node.kind === "SelectQueryNode" ? { ...node, selections: node.selections?.flatMap(asText) } : node;
  return { compileQuery: (node, id) => sqlite.compileQuery(changed(node), id) };
}

/** A row with its bytes. Of all columns only a migration's name is text. */
function rowOf<Row>(row: Readonly<Record<string, D1Value>>): Row {
  const out: Record<string, D1Value | Bytes> = {};
  for (const [column, value] of Object.entries(row)) {
    if (column.endsWith("+")) continue;
    const rest = row[restOf(column)];
    if (typeof value !== "string" || column === "name") out[column] = value;
    else out[column] = typeof rest === "string" ? concat(bytesOf(value), bytesOf(rest)) : bytesOf(value);
  }
  return out as Row;
}

/**
 * The engine over a D1 binding. `queries` is how many an invocation of the Worker may make: a batch that would not
 * leave room for the reads around it is refused as `too-large`, before anything is sent.
 */
export function openD1(binding: D1Binding, queries: number = freeQueries): Engine {
  const builder = sqliteBuilder(createCompiler);
  const prepared = new Map<string, string>();

  const prepare = ({ sql, values }: Statement): D1Statement => {
    const shape = values.map(shapeOf).join("");
    const name = `${shape} ${sql}`;
    let text = prepared.get(name);
    if (text === undefined) {
      let at = 0;
      text = sql.replaceAll("?", () => spelled[shape[at++] as string] as string);
      prepared.set(name, text);
    }
    return binding.prepare(text).bind(...values.flatMap(carried));
  };

  return {
    name: "d1",
    builder,
    // An isolate may end after any request: what is indexed behind would be read anew by each of them.
    indexBehind: 0,
    all: <Row>(statement: Statement) =>
      guarded(async () => (await prepare(statement).all()).results.map((row) => rowOf<Row>(row))),
    batch: (statements) =>
      guarded(async () => {
        if (statements.length > queries - queriesBesides) throw new Error("too big a batch");
        await binding.batch(statements.map(prepare));
      }),
    // D1 keeps what it needs itself: see docs/operations.md for how long erased bytes can be brought back there.
    tidy: async () => {},
    close: async () => {},
  };
}

/** A bound on the queries of one invocation, whichever engines make them: beyond it each says `busy`. */
export function createMeter(queries: number): (engine: Engine) => Engine {
  let left = queries;
  const take = (count: number) => {
    if (count > left) throw new StoreError("busy", "the queries of this invocation are used up");
    left -= count;
  };
  return (engine) => before(engine, async (count) => take(count));
}

/** The engine, once `check` has passed: it runs before the first statement, and again until it passes. */
export function checked(engine: Engine, check: (engine: Engine) => Promise<void>): Engine {
  let isChecked = false;
  return before(engine, async () => {
    if (!isChecked) await check(engine);
    isChecked = true;
  });
}

/** The engine with something to do before so many statements are run. */
function before(engine: Engine, act: (count: number) => Promise<void>): Engine {
  return {
    ...engine,
    all: async (statement) => {
      await act(1);
      return engine.all(statement);
    },
    batch: async (statements) => {
      await act(statements.length);
      await engine.batch(statements);
    },
  };
}

/**
 * Checks that `wrangler d1 migrations apply` has brought the database to this version, no less and no more. Throws
 * `UsageError` `store.older` or `store.newer`.
 */
export async function requireMigrations(engine: Engine): Promise<void> {
  const { sql } = engine.builder.selectFrom("migration").select("name").compile();
  let rows: readonly { readonly name: string }[];
  try {
    rows = await engine.all<{ name: string }>({ sql, values: [] });
  } catch (error) {
    if (!/no such table/.test(String((error as StoreError).cause))) throw error;
    rows = [];
  }
  const applied = new Set(rows.map(({ name }) => name));
  for (const name of migrations) if (!applied.delete(name)) throw older();
  if (applied.size > 0) throw newer();
}

const older = () =>
  new UsageError("store.older", "the database lacks migrations: run `wrangler d1 migrations apply DB`, then deploy");
const newer = () => new UsageError("store.newer", "the database was written by a newer version of the host: update it");
