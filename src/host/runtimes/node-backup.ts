import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { Corrupt, UsageError } from "../../core/codec/index.ts";
import { markRestored } from "../standing.ts";
import { migrate, sqlStore, type Verified, verifyStore } from "../store/index.ts";
import { openSqlite } from "../store/sqlite.ts";
import { fileNames, prepareData, readMigrations, readSeed, writeWhole } from "./node-files.ts";

const hourNow = () => Math.floor(Date.now() / 3_600_000);

const noHost = () => new UsageError("backup.none", "there is no host's database and key in this directory");

/** Throws `UsageError` `backup.none` where a directory holds no host's database and key. */
export function requireHost(folder: string): void {
  for (const name of Object.values(fileNames)) if (!existsSync(join(folder, name))) throw noHost();
}

/**
 * Copies the database of `data`, while its host runs, with the host's key into the new directory `target`
 * (mode 0700). The copy is one moment of the database. It holds ciphertext, and the key that signs
 * checkpoints: keep it as the host itself. Throws `UsageError` where there is no host, or `target` exists.
 */
export async function backup(data: string, target: string): Promise<void> {
  requireHost(data);
  if (existsSync(target)) throw new UsageError("backup.exists", "the directory to back up into exists already");
  const draft = `${resolve(target)}.part`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700, recursive: true });
  const from = new Sqlite(join(data, fileNames.database), { readonly: true });
  try {
    const path = prepareData(draft);
    await from.backup(path);
    writeWhole(join(draft, fileNames.key), readFileSync(join(data, fileNames.key), "utf8"));
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  } finally {
    from.close();
  }
}

/** What a restore put in place; `waiting`: circles that are read-only until they have back what they lost. */
export type Restored = Verified & { readonly waiting: number };

/**
 * Checks a copy from the ground up: pages, migrations, key, and every tree. Brings it forward to this version, and
 * marks its circles, unless it is `complete`.
 */
async function prepareCopy(folder: string, complete: boolean): Promise<Restored> {
  let engine: ReturnType<typeof openSqlite> | undefined;
  try {
    engine = openSqlite(join(folder, fileNames.database));
    if (engine.raw.pragma("integrity_check", { simple: true }) !== "ok") throw damaged();
    if ((engine.raw.pragma("foreign_key_check") as unknown[]).length > 0) throw damaged();
    await migrate(engine, readMigrations(), hourNow());
    readSeed(join(folder, fileNames.key));
    const store = sqlStore(engine);
    const verified = await verifyStore(store);
    return { ...verified, waiting: complete ? 0 : await markRestored(store, hourNow()) };
  } catch (error) {
    if (error instanceof UsageError || error instanceof Corrupt) throw error;
    throw damaged();
  } finally {
    await engine?.close();
  }
}

const damaged = () => new Corrupt("backup.damaged", "the backup is damaged: take another");

/**
 * Puts the backup `source` in place as `data`, after verifying it whole; nothing of `data` is touched before.
 * A host that is there is refused, or with `replace` kept beside it as `<data>.replaced`. The host must not
 * be running. Every circle is then read-only until its members have given back what it lost since (§10), unless the
 * backup is `complete`: made after the host had stopped. Throws `UsageError` or `Corrupt`.
 */
export async function restore(
  source: string,
  data: string,
  options: { readonly replace?: boolean; readonly complete?: boolean } = {},
): Promise<Restored> {
  requireHost(source);
  const place = resolve(data);
  const isTaken = existsSync(join(place, fileNames.database));
  const replaced = `${place}.replaced`;
  if (isTaken && options.replace !== true) {
    throw new UsageError(
      "restore.exists",
      "a host's data are there already: choose another directory, or replace them",
    );
  }
  if (isTaken && existsSync(replaced)) {
    throw new UsageError("restore.replaced", "data replaced earlier are still beside it: move them away first");
  }
  const draft = `${place}.part`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700, recursive: true });
  try {
    for (const name of Object.values(fileNames)) copyFileSync(join(source, name), join(draft, name));
    const restored = await prepareCopy(draft, options.complete === true);
    if (existsSync(place)) {
      if (isTaken) renameSync(place, replaced);
      else rmSync(place, { recursive: true });
    }
    renameSync(draft, place);
    return restored;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}
