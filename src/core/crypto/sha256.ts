import { sha256 as noble } from "@noble/hashes/sha2.js";
import { type Bytes, concat } from "../codec/index.ts";

type Hash = (data: Uint8Array) => Bytes;

/** Node's own SHA-256, which is synchronous, too, and takes a fifth of the time; `undefined` in browsers. */
function native(): Hash | undefined {
  const builtin = globalThis.process?.getBuiltinModule?.("node:crypto") as
    | { hash?: (algorithm: string, data: Uint8Array, encoding: "binary") => string }
    | undefined;
  const { hash } = builtin ?? {};
  if (hash === undefined) return undefined;
  return (data) => {
    // Asked for text, a character a byte: a Buffer has memory of its own outside the heap, and takes twice as long.
    const digest = hash("sha256", data, "binary");
    const bytes = new Uint8Array(32);
    for (let i = 0; i < 32; i++) bytes[i] = digest.charCodeAt(i);
    return bytes;
  };
}

const hash: Hash = native() ?? ((data) => noble(data) as Bytes);

/** SHA-256 (FIPS 180-4; 32 bytes) of the parts joined. Synchronous everywhere: WebCrypto's is not. */
export function sha256(...parts: readonly Uint8Array[]): Bytes {
  return hash(parts.length === 1 ? (parts[0] as Uint8Array) : concat(...parts));
}

/** The same by noble alone: what every other implementation is held against. */
export function sha256Portable(...parts: readonly Uint8Array[]): Bytes {
  return noble(concat(...parts)) as Bytes;
}
