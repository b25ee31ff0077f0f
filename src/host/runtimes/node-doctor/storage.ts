import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { migrate } from "../../store/index.ts";
import { openSqlite } from "../../store/sqlite.ts";
import { fileNames, freeBytes, readMigrations } from "../node-files.ts";
import { type Finding, failure, ok, warning } from "./finding.ts";

const megabyte = 2 ** 20;
/** Below this SQLite cannot be sure to finish what it has begun. */
const least = 256 * megabyte;
const comfortable = 2048 * megabyte;

const again = "Name the directory with --data, and run the doctor as the user whom the host runs as.";

/** The directory: for its owner alone, and writable. */
export function directoryFinding(data: string): Finding {
  const check = "directory";
  const { mode, uid } = statSync(data);
  if ((mode & 0o077) !== 0) {
    return failure(check, "Others on this machine may enter the data directory.", "chmod 700 the data directory.");
  }
  // What another user may write, root above all, says nothing about the host.
  if (process.geteuid?.() !== uid) {
    return warning(check, "The data directory belongs to another user than the one who asks.", again);
  }
  try {
    rmSync(mkdtempSync(join(data, ".doctor-")), { recursive: true });
    return ok(check, "The data directory is for its owner alone, and can be written to.");
  } catch {
    return failure(
      check,
      "The data directory cannot be written to.",
      "See what its permissions are, and that its disk is neither full nor mounted read-only.",
    );
  }
}

/** Room on the disk. */
export async function spaceFinding(data: string): Promise<Finding> {
  const check = "space";
  const free = await freeBytes(data);
  const says = `The disk of the data directory has ${Math.floor(free / megabyte)} MiB free.`;
  const todo = "Make room: when the disk is full the host refuses what is sent, and loses nothing.";
  if (free < least) return failure(check, says, todo);
  return free < comfortable ? warning(check, says, todo) : ok(check, says);
}

/** What the migrations make, by name. */
async function intended(): Promise<ReadonlyMap<string, string>> {
  const engine = openSqlite(":memory:");
  try {
    await migrate(engine, readMigrations(), 0);
    return schemaOf(engine.raw);
  } finally {
    await engine.close();
  }
}

function schemaOf(database: Sqlite.Database): ReadonlyMap<string, string> {
  const rows = database.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").all();
  return new Map((rows as { name: string; sql: string }[]).map(({ name, sql }) => [name, sql]));
}

/** Every migration of this version applied, whole, and none of a newer one. */
async function migrationsFinding(database: Sqlite.Database): Promise<Finding> {
  const check = "migrations";
  const schema = schemaOf(database);
  const recorded = schema.has("migration")
    ? (database.prepare("SELECT name FROM migration").all() as { name: string }[]).map(({ name }) => name)
    : [];
  const known = readMigrations().map(({ name }) => name);
  if (recorded.some((name) => !known.includes(name))) {
    return failure(check, "The database was written by a newer version of the host.", "Update the host.");
  }
  if (known.some((name) => !recorded.includes(name))) {
    return failure(
      check,
      "Migrations of this version have not been applied.",
      "Start the host once: it applies them, each whole or not at all. Back up before.",
    );
  }
  const meant = await intended();
  const isWhole = [...meant].every(([name, sql]) => schema.get(name) === sql);
  return isWhole
    ? ok(check, "Every migration is applied, and the tables are as they should be.")
    : failure(
        check,
        "The tables are not those that the migrations make: one was applied by half, or changed by hand.",
        "Keep the database aside, and put the last backup in place (symbolon host restore).",
      );
}

/** Acknowledged entries survive a power cut: what the host's own way of opening gives, with this driver, here. */
async function durabilityFinding(path: string): Promise<Finding> {
  const check = "durability";
  const engine = openSqlite(path);
  try {
    const [journal, synchronous] = ["journal_mode", "synchronous"].map((name) =>
      engine.raw.pragma(name, { simple: true }),
    );
    return journal === "wal" && synchronous === 2
      ? ok(check, "What is acknowledged is on the disk (write-ahead log, synchronous=FULL).")
      : failure(
          check,
          "What is acknowledged may be lost in a power cut.",
          "Keep the data on a local file system: SQLite's write-ahead log does not work over a network.",
        );
  } finally {
    await engine.close();
  }
}

/** The database of a data directory. It is opened, and not changed. */
export async function databaseFindings(data: string): Promise<readonly Finding[]> {
  const path = join(data, fileNames.database);
  if (!existsSync(path)) return [failure("database", "There is no database in the data directory.", again)];
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(path, { readonly: true, fileMustExist: true });
    // Only a file that is in this mode already is opened as the host opens it: that would set it.
    const isWal = database.pragma("journal_mode", { simple: true }) === "wal";
    const migrations = await migrationsFinding(database);
    const durability = isWal
      ? await durabilityFinding(path)
      : failure("durability", "The database has no write-ahead log.", "Start the host once: it sets it.");
    return [migrations, durability];
  } catch {
    return [
      failure(
        "database",
        "The database cannot be opened: it is damaged, or not for the user who asks.",
        `${again} If that is right already, put the last backup in place (symbolon host restore).`,
      ),
    ];
  } finally {
    database?.close();
  }
}
