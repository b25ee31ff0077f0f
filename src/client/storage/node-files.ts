/* Storage in a directory, for Node. */
import { mkdir, open, readFile, rename, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../../core/codec/index.ts";
import type { Storage } from "./storage.ts";

const plainName = /^[a-z0-9][a-z0-9.-]*$/;

/** Storage in `directory`, which is made, readable by its owner alone, where it is not there. */
export function nodeFiles(directory: string): Storage {
  const pathOf = (name: string): string => {
    if (!plainName.test(name))
      throw new UsageError("storage.name", "a file's name has lower-case letters, digits, - and .");
    return join(directory, name);
  };
  let making: Promise<unknown> | undefined;
  const made = () => {
    making ??= mkdir(directory, { recursive: true, mode: 0o700 });
    return making;
  };
  const syncDirectory = async () => {
    const handle = await open(directory, "r");
    await handle.sync().finally(() => handle.close());
  };
  return {
    read: async (name) => {
      try {
        return new Uint8Array(await readFile(pathOf(name)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    write: async (name, bytes) => {
      await made();
      const path = pathOf(name);
      const fresh = `${path}.new`;
      const handle = await open(fresh, "w", 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(fresh, path);
      await syncDirectory();
    },
    append: async (name, bytes) => {
      await made();
      const handle = await open(pathOf(name), "a", 0o600);
      try {
        // In one piece: `writeFile` makes many of a log, and comes to the next when whoever reads beside it pauses.
        for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
      } finally {
        await handle.close();
      }
    },
    truncate: async (name, size) => {
      await truncate(pathOf(name), size);
    },
    remove: async (name) => {
      await rm(pathOf(name), { force: true });
    },
  };
}
