import { Corrupt, UsageError } from "../../core/codec/index.ts";
import { failedAs, StoreError } from "../store/index.ts";

const unwritable = () =>
  new UsageError(
    "host.storage",
    "the data directory cannot be written to: check its path, its owner, and that the disk is not mounted read-only",
  );
const full = () => new UsageError("host.full", "the disk is full: make room and start again; nothing was lost");
const damaged = () =>
  new Corrupt("host.database", "the database is damaged: keep it aside, and put the last backup in place");
const storeFull = () => new UsageError("store.full", "the database is full: give it room");
const unavailable = () =>
  new UsageError("store.unavailable", "the database does not answer as it should: see its log, and start again");
const held = () => new UsageError("host.held", "another process holds the database: stop it, and start again");

/** By the code of Node or SQLite, extended codes under what they extend. */
const faults: Readonly<Record<string, () => Error>> = {
  EROFS: unwritable,
  EACCES: unwritable,
  EPERM: unwritable,
  EEXIST: unwritable,
  ENOENT: unwritable,
  ENOTDIR: unwritable,
  SQLITE_READONLY: unwritable,
  SQLITE_CANTOPEN: unwritable,
  ENOSPC: full,
  EDQUOT: full,
  SQLITE_FULL: full,
  SQLITE_NOTADB: damaged,
  SQLITE_CORRUPT: damaged,
  SQLITE_BUSY: held,
};

/** What kept a host from starting, as an error that says what to do; what nobody foresaw stays as it is. */
export function startFault(error: unknown): unknown {
  if (error instanceof UsageError || error instanceof Corrupt) return error;
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const found = typeof code === "string" ? code : cause?.code;
  const name =
    typeof found === "string" && found.startsWith("SQLITE_") ? found.split("_").slice(0, 2).join("_") : found;
  const known = typeof name === "string" ? faults[name]?.() : undefined;
  if (known !== undefined) return known;
  if (failedAs(error, "full")) return storeFull();
  return error instanceof StoreError ? unavailable() : error;
}
