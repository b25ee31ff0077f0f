import { type Bytes, type Cbor, concat, encodeCbor, utf8 } from "../codec/index.ts";

// A handful of purposes, each asked for with every entry.
const known = new Map<string, Bytes>();

/** `symbolon/<purpose>/v1`: what every hash, signature and derivation of ours begins with (§3). Not to be changed. */
export function domain(purpose: string): Bytes {
  let bytes = known.get(purpose);
  if (bytes === undefined) {
    bytes = utf8(`symbolon/${purpose}/v1`);
    known.set(purpose, bytes);
  }
  return bytes;
}

/** The message of a signature over several values: the domain ‖ deterministic CBOR of the array of them. */
export function tupleBytes(purpose: string, items: readonly Cbor[]): Bytes {
  return concat(domain(purpose), encodeCbor(items));
}
