import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Bytes, UsageError } from "../../core/codec/index.ts";
import { noteSigner } from "../../core/crypto/webcrypto.ts";
import type { NoteSigner } from "../options.ts";
import { bindKey, type Engine, migrate, servedKey } from "../store/index.ts";
import type { PostgresOptions } from "../store/postgres.ts";
import { openSqlite } from "../store/sqlite.ts";
import { fileNames, makeSeed, prepareData, readMigrations, readSeed } from "./node-files.ts";

/** Where a host keeps its data, and the key that goes with them. */
export type NodeDatabase = {
  /** Directory of the SQLite database and of the key; made where there is none. */
  readonly data: string;
  /** File of the key; `host.key` in `data` by default. Several hosts on one database have the same. */
  readonly keyFile?: string;
  /** PostgreSQL instead of SQLite. */
  readonly database?: PostgresOptions;
};

async function openEngine({ data, database }: NodeDatabase): Promise<Engine> {
  if (database !== undefined) return (await import("../store/postgres.ts")).openPostgres(database);
  return openSqlite(prepareData(data));
}

/** The host's seed: the one in its file, or at the first start of a new database one that is made. */
async function seedFor(engine: Engine, { data, keyFile = join(data, fileNames.key) }: NodeDatabase): Promise<Bytes> {
  const seed = readSeed(keyFile);
  if (seed !== undefined) return seed;
  if ((await servedKey(engine)) !== undefined) {
    throw new UsageError("host.no-key", "the key file of the host that served this database is missing: put it back");
  }
  mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
  return makeSeed(keyFile);
}

/**
 * Opens the database, brings it forward, and makes sure that the host's key is the one it was served with.
 * Throws `UsageError` where any of it cannot be. `hour` is since 1970.
 */
export async function openDatabase(
  options: NodeDatabase,
  hour: number,
): Promise<{ readonly engine: Engine; readonly signer: NoteSigner }> {
  const engine = await openEngine(options);
  try {
    await migrate(engine, readMigrations(), hour);
    const signer = await noteSigner(await seedFor(engine, options));
    await bindKey(engine, signer.publicKey);
    return { engine, signer };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
