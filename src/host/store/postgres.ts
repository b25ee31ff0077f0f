import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import pg from "pg";
import { UsageError } from "../../core/codec/index.ts";
import { type Engine, type Statement, StoreError } from "./engine.ts";
import { postgresArray } from "./postgresArray.ts";
import { failureOf, isCollision, isLost, refusal } from "./postgresFailure.ts";
import { postgresNotify } from "./postgresNotify.ts";
import { readPostgresUrl } from "./postgresUrl.ts";
import type { Tables } from "./schema.ts";

export type PostgresOptions = {
  readonly url: string;
  /** The most connections of this process, besides the one that listens. Default 10. */
  readonly connections?: number;
  /** Seconds after which a statement is given up. Default 15. */
  readonly statementSeconds?: number;
  /** Seconds that a statement waits for another transaction. Default 5. */
  readonly lockSeconds?: number;
  /** Seconds that a request waits for a connection. Default 5. */
  readonly connectSeconds?: number;
};

/** Transactions that collide are run again so often. */
const mostAttempts = 8;

/** Statements that a connection keeps prepared: the usual ones come first, and each costs the server memory. */
const mostPrepared = 256;

/** Seconds beyond its own time-out after which the server is given up: the connection is dead. */
const graceSeconds = 5;

/** Node's buffers as plain arrays: a `Buffer` behaves differently in comparisons and `slice`. */
function bytesOf(text: string): Uint8Array {
  const { buffer, byteOffset, length } = Buffer.from(text.slice(2), "hex");
  return new Uint8Array(buffer, byteOffset, length);
}

/** How columns are read, by the type's number in `pg_type`: bytea, int8 and int4; the rest is text. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = { 17: bytesOf, 20: Number, 23: Number };
const types = { getTypeParser: (type: number) => parsers[type] ?? String } as pg.CustomTypesConfig;

function builder(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

/** Throws `UsageError` where the database would lose what it acknowledges, or takes nothing. */
async function check(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<Record<"readonly" | "commit" | "fsync", string | null>>(
    `SELECT current_setting('transaction_read_only') AS readonly, current_setting('synchronous_commit', true) AS commit,
            current_setting('fsync', true) AS fsync`,
  );
  const [settings] = rows;
  if (settings?.readonly === "on") {
    throw new UsageError("database.read-only", "the database in DATABASE_URL is read-only: name the primary");
  }
  if (settings?.commit === "off" || settings?.fsync === "off") {
    throw new UsageError(
      "database.not-durable",
      "the database acknowledges what is not on disk yet: turn fsync and synchronous_commit on",
    );
  }
}

/**
 * Connects to a PostgreSQL database. Whatever `batch` has acknowledged the server has on disk. A batch is one
 * transaction, sent in one piece: it costs one round trip, however many statements it has.
 *
 * Throws `UsageError` `database.…` where the database cannot be used, and never repeats the URL.
 */
export async function openPostgres(options: PostgresOptions): Promise<Engine> {
  const { connections = 10, statementSeconds = 15, lockSeconds = 5, connectSeconds = 5 } = options;
  const connectionString = readPostgresUrl(options.url);
  if (connectionString === undefined) {
    throw new UsageError("database.url", "DATABASE_URL is not of the form postgres://user:password@address/database");
  }
  const config: pg.ClientConfig & { readonly pipeline: boolean } = {
    connectionString,
    application_name: "symbolon",
    types,
    pipeline: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 1000 * connectSeconds,
    statement_timeout: 1000 * statementSeconds,
    lock_timeout: 1000 * lockSeconds,
    idle_in_transaction_session_timeout: 1000 * statementSeconds,
    query_timeout: 1000 * (statementSeconds + graceSeconds),
  };
  const pool = new pg.Pool({ ...config, max: connections, idleTimeoutMillis: 60_000 });
  // A connection that breaks leaves the pool by itself; what was sent on it fails of its own.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await check(pool);
  } catch (error) {
    await pool.end();
    throw error instanceof UsageError ? error : refusal(error);
  }

  const names = new Map<string, string>();
  const prepared = ({ sql, values }: Statement): pg.QueryConfig => {
    let name = names.get(sql);
    if (name === undefined && names.size < mostPrepared) {
      name = `s${names.size}`;
      names.set(sql, name);
    }
    return { text: sql, values: values as unknown[], ...(name === undefined ? {} : { name }) };
  };

  /** Sends queries on one connection, all at once; throws the first failure. */
  const send = async (queries: readonly pg.QueryConfig[]): Promise<readonly pg.QueryResult[]> => {
    const client = await pool.connect();
    const { stream } = (client as unknown as { readonly connection: pg.Connection }).connection;
    // They leave in one write, not in one each.
    stream.cork();
    const asked = queries.map((query) => client.query(query));
    stream.uncork();
    const answers = await Promise.allSettled(asked);
    const failed = answers.find((answer) => answer.status === "rejected");
    client.release(failed !== undefined && isLost(failed.reason));
    if (failed !== undefined) throw failed.reason;
    return answers.map((answer) => (answer as PromiseFulfilledResult<pg.QueryResult>).value);
  };

  const notify = postgresNotify(config);
  return {
    name: "postgres",
    builder: builder(),
    indexBehind: 0,
    column: postgresArray,
    notify,
    all: async <Row>(statement: Statement) => {
      try {
        const [answer] = await send([prepared(statement)]);
        return (answer?.rows ?? []) as Row[];
      } catch (error) {
        throw new StoreError(failureOf(error), error);
      }
    },
    batch: async (statements) => {
      const queries = statements.map(prepared);
      const whole = queries.length === 1 ? queries : [{ text: "BEGIN" }, ...queries, { text: "COMMIT" }];
      for (let attempt = 1; ; attempt++) {
        try {
          await send(whole);
          return;
        } catch (error) {
          if (!isCollision(error) || attempt === mostAttempts) throw new StoreError(failureOf(error), error);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** attempt));
        }
      }
    },
    tidy: async () => {},
    close: async () => {
      await notify.close();
      await pool.end();
    },
  };
}
