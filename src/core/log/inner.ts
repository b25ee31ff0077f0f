/* What an entry seals (§5): who wrote it, what they had seen, when, the body, and their signature. */
import {
  type Bytes,
  bytes,
  type CircleId,
  type DeviceId,
  type Infer,
  id,
  idBytes,
  record,
  uint,
} from "../codec/index.ts";
import { tupleBytes } from "../crypto/domain.ts";
import { sha256 } from "../crypto/sha256.ts";
import { type EntryKind, entryKinds } from "./format.ts";

export const inner = record({
  author: [1, id<DeviceId>()],
  /** The host's signed checkpoint that the author had seen, whole; empty in entry 0. */
  seen: [2, bytes(0, 1024)],
  /** The hour, since 1970, by the author's clock. */
  hour: [3, uint(70_389_528)],
  body: [4, bytes(1, 65_536)],
  signature: [5, bytes(64)],
});
export type Inner = Infer<typeof inner>;

/**
 * What the author of an entry signs. The header's `eraseHash` is among it: otherwise a host could put one there
 * whose token a friend of its knows, and have a statement erased as if by its author (attack 18).
 */
export function entryMessage(
  place: {
    readonly circle: CircleId;
    readonly epoch: number;
    readonly kind: EntryKind;
    readonly eraseHash?: Bytes | undefined;
  },
  { seen, hour, body }: Pick<Inner, "seen" | "hour" | "body">,
): Bytes {
  const { circle, epoch, kind, eraseHash = new Uint8Array(0) } = place;
  return tupleBytes("entry", [idBytes(circle), epoch, entryKinds[kind], seen, hour, sha256(body), eraseHash]);
}
