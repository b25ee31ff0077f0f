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

/** Where short parts are joined: an array of their own costs as much as hashing them. */
const joining = new Uint8Array(256);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  if (length > joining.length) return concat(...parts);
  let at = 0;
  for (const part of parts) {
    joining.set(part, at);
    at += part.length;
  }
  return joining.subarray(0, length);
}

/** SHA-256 (FIPS 180-4; 32 bytes) of the parts joined. Synchronous everywhere: WebCrypto's is not. */
export function sha256(...parts: readonly Uint8Array[]): Bytes {
  return hash(parts.length === 1 ? (parts[0] as Uint8Array) : joined(parts));
}

/** The same by noble alone: what every other implementation is held against. */
export function sha256Portable(...parts: readonly Uint8Array[]): Bytes {
  return noble(concat(...parts)) as Bytes;
}
