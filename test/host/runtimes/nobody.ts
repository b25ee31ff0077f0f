import { chownSync } from "node:fs";

/** Root writes everywhere: what is refused to others is tried as somebody else, to whom `path` is given. */
export async function asNobody<T>(path: string, act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act();
  chownSync(path, 65_534, 65_534);
  process.seteuid?.(65_534);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
    chownSync(path, 0, 0);
  }
}
