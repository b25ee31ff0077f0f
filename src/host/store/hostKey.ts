import { type Bytes, equal, UsageError } from "../../core/codec/index.ts";
import { type Engine, failedAs } from "./engine.ts";
import { any, insertion, template } from "./sql.ts";

/** The one row of `host`. */
const row = 1;

/** The public key (32 bytes) with which the database was served; `undefined` where it never was. */
export async function servedKey(engine: Engine): Promise<Bytes | undefined> {
  const read = template(engine, (db) => db.selectFrom("host").select("key").where("id", "=", any));
  const [found] = await engine.all<{ key: Bytes }>(read(row));
  return found?.key;
}

/**
 * Binds a database to the host's public key (32 bytes) at its first start. Throws `UsageError` `host.other-key`
 * where it was served with another: two hosts with two keys over one database would fork every circle in it.
 */
export async function bindKey(engine: Engine, publicKey: Bytes): Promise<void> {
  const before = await servedKey(engine);
  if (before === undefined) {
    try {
      await engine.batch(insertion(engine, "host", ["id", "key"])([[row, publicKey]]));
    } catch (error) {
      // Another host was faster: whose key it is decides.
      if (!failedAs(error, "taken")) throw error;
    }
  }
  const served = before ?? (await servedKey(engine));
  if (served === undefined || !equal(served, publicKey)) throw otherKey();
}

const otherKey = () =>
  new UsageError(
    "host.other-key",
    "the database was served with another key: give every host on it the key of the first",
  );
