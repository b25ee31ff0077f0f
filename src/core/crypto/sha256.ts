import { sha256 as hash } from "@noble/hashes/sha2.js";
import type { Bytes } from "../codec/index.ts";

/** SHA-256 (32 bytes) of the parts joined. From noble everywhere, because it is synchronous (§3). */
export function sha256(...parts: readonly Uint8Array[]): Bytes {
  const [only] = parts;
  if (parts.length === 1) return hash(only as Uint8Array) as Bytes;
  const state = hash.create();
  for (const part of parts) state.update(part);
  return state.digest() as Bytes;
}
