import { type Bytes, HostFault, PeerFault } from "../../core/codec/index.ts";
import { decodeHeader, type Entry, entryLeaf, type Header, sealedHashOf } from "../../core/log/index.ts";

/** An entry as received, with its hashes and its clear header. */
export type RawEntry = {
  readonly position: number;
  readonly header: Header;
  readonly headerBytes: Bytes;
  /** Absent where it was erased. */
  readonly sealed?: Bytes;
  /** 32 bytes. */
  readonly sealedHash: Bytes;
};

/** The entry as it travels: the same bytes, so the same hash. */
export function entryOf({ headerBytes, sealed, sealedHash }: RawEntry): Entry {
  return sealed === undefined ? { header: headerBytes, sealedHash } : { header: headerBytes, sealed };
}

/** The leaf hash (32 bytes) of an entry: the tree keeps it. */
export function leafOf({ headerBytes, sealedHash }: RawEntry): Bytes {
  return entryLeaf(headerBytes, sealedHash);
}

/** Reads an entry of a page. Throws `HostFault` `host.garbage` where an honest host could not have stored it. */
export function readRaw(entry: Entry, position: number): RawEntry {
  try {
    return {
      position,
      header: decodeHeader(entry.header),
      headerBytes: entry.header,
      sealedHash: sealedHashOf(entry),
      ...(entry.sealed === undefined ? {} : { sealed: entry.sealed }),
    };
  } catch (error) {
    if (error instanceof PeerFault)
      throw new HostFault("host.garbage", "the host holds an entry that it had to refuse");
    throw error;
  }
}
