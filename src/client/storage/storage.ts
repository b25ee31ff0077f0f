/**
 * Where a client keeps bytes: named files in one place. What is given to it is ciphertext already, or sealed
 * under a key from the vault's (§2). Names are lower-case letters, digits, `-` and `.`.
 */
export interface Storage {
  /** The bytes of a file, or `undefined` where there is none. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Replaces a file whole: written under a new name, synced, renamed, so that there is always one whole version. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /**
   * Adds bytes at the end of a file, which is made where there is none. What is added to is a copy of what the host has:
   * power that fails may take the end of it, which shows, as the head that the vault keeps covers more.
   */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** Cuts a file off after `size` bytes. */
  truncate(name: string, size: number): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Storage that is gone with the process: for browsers that keep nothing, and for tests. */
export function memoryStorage(): Storage {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    read: async (name) => files.get(name)?.slice(),
    write: async (name, bytes) => {
      files.set(name, bytes.slice() as Uint8Array<ArrayBuffer>);
    },
    append: async (name, bytes) => {
      const before = files.get(name) ?? new Uint8Array(0);
      const after = new Uint8Array(before.length + bytes.length);
      after.set(before);
      after.set(bytes, before.length);
      files.set(name, after);
    },
    truncate: async (name, size) => {
      const before = files.get(name);
      if (before !== undefined) files.set(name, before.slice(0, size));
    },
    remove: async (name) => {
      files.delete(name);
    },
  };
}
