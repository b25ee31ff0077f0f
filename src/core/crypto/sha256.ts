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
    // As text, a unit a byte: a Buffer of 32 bytes costs more to make, and to collect, than the hash.
    const digest = hash("sha256", data, "binary");
    const out = new Uint8Array(digest.length);
    for (let i = 0; i < out.length; i++) out[i] = digest.charCodeAt(i);
    return out;
  };
}

const hash: Hash = native() ?? ((data) => noble(data) as Bytes);

/** Where short parts are joined: a log has three such hashes for every entry. Left empty, as a part may be a key. */
const joined = new Uint8Array(512);
let filled = joined;

/** SHA-256 (FIPS 180-4; 32 bytes) of the parts joined. Synchronous everywhere: WebCrypto's is not. */
export function sha256(...parts: readonly Uint8Array[]): Bytes {
  if (parts.length === 1) return hash(parts[0] as Uint8Array);
  let length = 0;
  for (const part of parts) length += part.length;
  if (length > joined.length) return hash(concat(...parts));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  if (filled.length !== length) filled = joined.subarray(0, length);
  const digest = hash(filled);
  filled.fill(0);
  return digest;
}

/** The same by noble alone: what every other implementation is held against. */
export function sha256Portable(...parts: readonly Uint8Array[]): Bytes {
  return noble(concat(...parts)) as Bytes;
}
