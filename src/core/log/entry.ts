import { type Bytes, decode, type EntryHash, encode, equal, type Limits, PeerFault, toId } from "../codec/index.ts";
import { sha256 } from "../crypto/sha256.ts";
import { type Entry, type Header, header } from "./format.ts";
import { leafHash } from "./merkle.ts";

/** The most bytes of one entry, header and sealed together. */
export const mostEntryBytes = 65_536;

const headerLimits: Limits = { size: mostEntryBytes, depth: 6 };

const malformed = () => new PeerFault("log.entry", "entry is not what the format allows");

/** The deterministic bytes of `value`. Throws `PeerFault` `log.entry` where they pass 64 KiB. */
export function encodeHeader(value: Header): Bytes {
  const bytes = encode(header, value);
  if (bytes.length > mostEntryBytes) throw malformed();
  return bytes;
}

/** The header that `bytes` encode. Throws `PeerFault` `codec.malformed` or `codec.shape`. */
export function decodeHeader(bytes: Uint8Array): Header {
  return decode(header, bytes, headerLimits);
}

/** The entry of a header and what it is a header to. Throws `PeerFault` `log.entry` where it is too large. */
export function makeEntry(value: Header, sealed: Bytes): Entry {
  const entry: Entry = { header: encodeHeader(value), sealed };
  checkEntrySize(entry);
  return entry;
}

/** Throws `PeerFault` `log.entry` where an entry has passed 64 KiB. */
export function checkEntrySize(entry: Entry): void {
  if (entry.header.length + (entry.sealed?.length ?? 0) > mostEntryBytes) throw malformed();
}

/**
 * SHA-256 of what is sealed (32 bytes): computed where the bytes are there, taken from the entry where
 * they were erased. Throws `PeerFault` `log.entry` where neither is there, or both are and differ.
 */
export function sealedHashOf(entry: Entry): Bytes {
  if (entry.sealed === undefined) {
    if (entry.sealedHash === undefined) throw malformed();
    return entry.sealedHash;
  }
  const hash = sha256(entry.sealed);
  if (entry.sealedHash !== undefined && !equal(entry.sealedHash, hash)) throw malformed();
  return hash;
}

/** The leaf hash (32 bytes) of header bytes and SHA-256 of what is sealed: the leaf data are the two joined. */
export function entryLeaf(headerBytes: Uint8Array, sealedHash: Uint8Array): Bytes {
  return leafHash(headerBytes, sealedHash);
}

/** An entry's hash, with or without its bytes. Throws `PeerFault` `log.entry`. */
export function entryHash(entry: Entry): EntryHash {
  return toId<EntryHash>(entryLeaf(entry.header, sealedHashOf(entry)));
}

/** The entry as it stays when its bytes are dropped: same header, same hash. */
export function withoutSealed(entry: Entry): Entry {
  return { header: entry.header, sealedHash: sealedHashOf(entry) };
}
