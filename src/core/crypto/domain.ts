import { type Bytes, type Cbor, concat, encodeCbor, utf8 } from "../codec/index.ts";

/** `symbolon/<purpose>/v1`: what every hash, signature and derivation of ours begins with (§3). */
export function domain(purpose: string): Bytes {
  return utf8(`symbolon/${purpose}/v1`);
}

/** The message of a signature over several values: the domain ‖ deterministic CBOR of the array of them. */
export function tupleBytes(purpose: string, items: readonly Cbor[]): Bytes {
  return concat(domain(purpose), encodeCbor(items));
}
