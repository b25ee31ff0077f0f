import { type Bytes, readU32be, u32be } from "../codec/index.ts";

/** The least length of a padded plaintext, in bytes. */
export const paddingFloor = 256;

/**
 * The padded length for `length` bytes by PADMÉ (Nikitin et al., PETS 2019, algorithm 1): at most 12 %
 * more, and only O(log log) of the length is told.
 */
export function padme(length: number): number {
  if (length < 2) return length;
  const e = Math.floor(Math.log2(length));
  const s = Math.floor(Math.log2(e)) + 1;
  const step = 2 ** Math.max(0, e - s);
  return Math.ceil(length / step) * step;
}

/** `u32be length ‖ bytes ‖ zeros`, to max(256, PADMÉ(4 + length)). */
export function pad(plaintext: Uint8Array): Bytes {
  const out = new Uint8Array(Math.max(paddingFloor, padme(4 + plaintext.length)));
  out.set(u32be(plaintext.length));
  out.set(plaintext, 4);
  return out;
}

/** What was padded (a view), or `undefined` where the length or any byte of the padding is not what `pad` makes. */
export function unpad(padded: Uint8Array): Bytes | undefined {
  if (padded.length < paddingFloor) return undefined;
  const length = readU32be(padded);
  if (padded.length !== Math.max(paddingFloor, padme(4 + length))) return undefined;
  let nonzero = 0;
  for (let i = 4 + length; i < padded.length; i++) nonzero |= padded[i] as number;
  return nonzero === 0 ? (padded.subarray(4, 4 + length) as Bytes) : undefined;
}
