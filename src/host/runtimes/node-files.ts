import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { type Bytes, fromHex, toHex, UsageError, utf8 } from "../../core/codec/index.ts";
import type { Migration } from "../store/index.ts";

/** The files of a host's data directory. */
export const fileNames = { database: "symbolon.sqlite", key: "host.key" } as const;

/** The project's own directory: two above `src/host` and `dist/host` alike. */
const project = new URL("../../../", import.meta.url);

/** The migrations of `schema/`, in order. */
export function readMigrations(): readonly Migration[] {
  const folder = new URL("schema/", project);
  return readdirSync(folder)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, sql: readFileSync(new URL(name, folder), "utf8") }));
}

/** Name and version of this software. */
export function softwareName(): string {
  const { name, version } = JSON.parse(readFileSync(new URL("package.json", project), "utf8")) as {
    name: string;
    version: string;
  };
  return `${name}/${version}`;
}

/** Bytes that are free for this process on the disk of a directory. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Makes the data directory, for its owner alone, and an empty database file of mode 0600 where there is none. */
export function prepareData(data: string): string {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const path = join(data, fileNames.database);
  // SQLite gives its side files the mode of the database.
  closeSync(openSync(path, "a", 0o600));
  return path;
}

/** The seed (32 bytes) in the text of a key file. Throws `UsageError` `host.key`. */
export function parseSeed(text: string): Bytes {
  const seed = fromHex(text.trim());
  if (seed?.length !== 32) throw new UsageError("host.key", "the host's key file is damaged: restore it from a backup");
  return seed;
}

/** The seed (32 bytes) of the host's checkpoint key in the file at `path`, if there is one. Throws `UsageError`. */
export function readSeed(path: string): Bytes | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UsageError("host.key", "the host's key file cannot be read: let the host's user read it");
  }
  return parseSeed(text);
}

/**
 * Makes a new seed (32 bytes) at `path`, mode 0600, whole or not at all. Whoever has it can sign checkpoints;
 * without it no client knows this host again.
 */
export function makeSeed(path: string): Bytes {
  const seed = new Uint8Array(randomBytes(32));
  writeWhole(path, `${toHex(seed)}\n`);
  return seed;
}

/** Writes a file of mode 0600 under another name, syncs it, and moves it into place. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, "w", 0o600);
  try {
    writeSync(file, utf8(text));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  const folder = openSync(join(path, ".."), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
