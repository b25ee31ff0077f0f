/* What who runs a host does to its database while no host serves it: on SQLite and on PostgreSQL alike. */
import { UsageError } from "../../core/codec/index.ts";
import { markRestored, reopenAll } from "../standing.ts";
import { copyDatabase } from "../store/copy.ts";
import { type Store, sqlStore } from "../store/index.ts";
import { requireHost } from "./node-backup.ts";
import { type NodeDatabase, openDatabase } from "./node-database.ts";
import { startFault } from "./node-faults.ts";

const hourNow = () => Math.floor(Date.now() / 3_600_000);

async function withStore<T>(options: NodeDatabase, act: (store: Store) => Promise<T>): Promise<T> {
  if (options.database === undefined) requireHost(options.data);
  try {
    const { engine } = await openDatabase(options, hourNow());
    try {
      return await act(sqlStore(engine));
    } finally {
      await engine.close();
    }
  } catch (error) {
    throw startFault(error);
  }
}

/**
 * Marks every circle as restored, where the host was set back by other means than `restore`: a snapshot of its disk, a
 * restored PostgreSQL. No host must be running. Returns how many wait now. Throws `UsageError` where there is no host.
 */
export function setBack(options: NodeDatabase): Promise<number> {
  return withStore(options, (store) => markRestored(store, hourNow()));
}

/**
 * Opens the circles that wait for what a restore lost: for who runs the host and knows that nothing is missing, or
 * that what is missing is gone. Returns how many waited. Throws `UsageError` where there is no host.
 */
export function reopen(options: NodeDatabase): Promise<number> {
  return withStore(options, reopenAll);
}

/**
 * Copies a host that does not run between the SQLite database in `data` and the PostgreSQL database of `database`:
 * whoever serves the copy, with the same key, serves the same circles.
 *
 * Throws `UsageError` `copy.database` where no PostgreSQL is named, `copy.not-empty` where the copy holds circles.
 */
export async function copyHost(options: NodeDatabase, to: "postgres" | "sqlite"): Promise<void> {
  const { database, ...files } = options;
  if (database === undefined) throw new UsageError("copy.database", "name the PostgreSQL database in DATABASE_URL");
  if (to === "postgres") requireHost(files.data);
  try {
    // The key goes along: the side that has it is opened first, and the other is bound to the same file.
    const sides = to === "postgres" ? [files, options] : [options, files];
    const [from, into] = [
      await openDatabase(sides[0] as NodeDatabase, hourNow()),
      await openDatabase(sides[1] as NodeDatabase, hourNow()),
    ];
    try {
      await copyDatabase(from.engine, into.engine);
    } finally {
      await Promise.all([from.engine.close(), into.engine.close()]);
    }
  } catch (error) {
    throw startFault(error);
  }
}
