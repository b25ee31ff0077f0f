import { open, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type Bytes, UsageError } from "../client/index.ts";

const unreadable = () => new UsageError("file.unreadable", "the file cannot be read: check its name");

/** A file's bytes, or those of standard input for `-`. */
export async function readInput(path: string): Promise<Bytes> {
  if (path === "-") {
    const parts: Buffer[] = [];
    for await (const part of process.stdin) parts.push(part as Buffer);
    return new Uint8Array(Buffer.concat(parts));
  }
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    throw unreadable();
  }
}

/** Text given as it stands, or from standard input for `-`. */
export async function readText(given: string): Promise<string> {
  if (given !== "-") return given;
  return new TextDecoder().decode(await readInput("-")).trim();
}

/** Writes a new file, readable by its owner alone. Throws `UsageError` `file.exists`: nothing is overwritten. */
export async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path, "wx", 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new UsageError("file.exists", "the file is there already: choose another name");
    if (code === "ENOENT") throw new UsageError("file.no-folder", "the folder of the file does not exist");
    throw error;
  }
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  eml: "message/rfc822",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  pdf: "application/pdf",
  txt: "text/plain",
};

/** A file as an attachment. */
export async function readAttached(path: string): Promise<{ name: string; mediaType: string; bytes: Bytes }> {
  const name = basename(path).normalize("NFC");
  const mediaType = mediaTypes[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
  return { name, mediaType, bytes: await readInput(path) };
}
