/* Attachments (§7): chunks, each an envelope that says which of how many it is (attack 14). */
import { type Bytes, PeerFault, UsageError } from "../codec/index.ts";
import { type Context, open, type Sealed, seal } from "./envelope.ts";
import type { Crypto, Random, SymmetricKey } from "./types.ts";

/** Bytes of plaintext in a full chunk; with its length it is exactly a mebibyte. */
export const chunkSize = 2 ** 20 - 4;
export const mostChunks = 64;

/** What all chunks of one file share. */
export type FilePlace = {
  /** 16 random bytes. */
  readonly id: Bytes;
  /** Length of the file in bytes. */
  readonly size: number;
};

const count = (size: number) => Math.max(1, Math.ceil(size / chunkSize));

// No circle: a statement that is forwarded keeps its attachments, hashes and all.
const noCircle = new Uint8Array(0);

function contextOf({ id, size }: FilePlace, index: number): Context {
  return { purpose: "attachment", circle: noCircle, epoch: 0, kind: 0, extra: [id, index, count(size), size] };
}

/**
 * The envelopes of a file of `place.size` bytes, in order. Throws `UsageError` `attachment.too-large` past 64 chunks,
 * `attachment.size` where the place names another size.
 */
export function sealFile(
  crypto: Crypto,
  random: Random,
  key: SymmetricKey,
  place: FilePlace,
  file: Uint8Array,
): readonly Sealed[] {
  if (file.length !== place.size) throw new UsageError("attachment.size", "the place names another size");
  const chunks = count(file.length);
  if (chunks > mostChunks) throw new UsageError("attachment.too-large", "an attachment is at most 64 MiB");
  return Array.from({ length: chunks }, (_, i) =>
    seal(crypto, random, key, contextOf(place, i), file.subarray(i * chunkSize, (i + 1) * chunkSize)),
  );
}

/**
 * The file in `envelopes`. Throws `PeerFault` where a chunk is missing, in another place, of another file, or of
 * another length than the file says.
 */
export function openFile(crypto: Crypto, key: SymmetricKey, place: FilePlace, envelopes: readonly Uint8Array[]): Bytes {
  const wrong = () => new PeerFault("attachment.chunks", "the attachment is not whole");
  if (envelopes.length !== count(place.size) || envelopes.length > mostChunks) throw wrong();
  const out = new Uint8Array(place.size);
  for (const [i, envelope] of envelopes.entries()) {
    const chunk = open(crypto, key, contextOf(place, i), envelope);
    if (chunk.length !== Math.min(chunkSize, place.size - i * chunkSize)) throw wrong();
    out.set(chunk, i * chunkSize);
  }
  return out;
}
