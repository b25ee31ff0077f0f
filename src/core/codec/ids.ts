import { type Brand, type Bytes, fromHex, toHex } from "./bytes.ts";
import { UsageError } from "./errors.ts";

/*
 * Ids are byte strings on the wire and lower-case hexadecimal in memory, so that they serve as keys
 * of maps and compare with `===`. The brands keep one kind from being passed for another.
 */

/** SHA-256 of `symbolon/circle/v1` ‖ genesis body; 32 bytes. */
export type CircleId = Brand<string, "CircleId">;
/** A device's Ed25519 public key; 32 bytes. */
export type DeviceId = Brand<string, "DeviceId">;
/** The id of the member's first device in this circle; 32 bytes. */
export type MemberId = Brand<string, "MemberId">;
/** The organization's first Ed25519 key; stays its id when that key is replaced; 32 bytes. */
export type OrganizationId = Brand<string, "OrganizationId">;
/** The RFC 9162 leaf hash of an entry; 32 bytes. */
export type EntryHash = Brand<string, "EntryHash">;
/** The random id of a statement; 16 bytes. */
export type StatementId = Brand<string, "StatementId">;
/** SHA-256 over `symbolon/statement-hash/v1` ‖ canonical statement; 32 bytes. */
export type StatementHash = Brand<string, "StatementHash">;
/** SHA-256 of a blob's ciphertext; 32 bytes. */
export type BlobHash = Brand<string, "BlobHash">;
/** An Ed25519 public key that is no device's id: control, append, invite, mailbox, host key; 32 bytes. */
export type PublicKey = Brand<string, "PublicKey">;

/** Every kind of id. */
export type Id =
  | CircleId
  | DeviceId
  | MemberId
  | OrganizationId
  | EntryHash
  | StatementId
  | StatementHash
  | BlobHash
  | PublicKey;

/** The id that `bytes` are. The caller answers for what kind they are. */
export function toId<T extends Id>(bytes: Uint8Array): T {
  return toHex(bytes) as T;
}

// A log names the same few circles, organizations and devices in every entry: one string serves them all.
const recent: ({ readonly bytes: Uint8Array; readonly id: Id } | undefined)[] = new Array(1024).fill(undefined);
const keySize = 32;

/** The same, of the `size` bytes of `bytes` from `at` on. */
export function idAt<T extends Id>(bytes: Uint8Array, at: number, size: number): T {
  // Random ids of other sizes are each seen once.
  if (size !== keySize) return toId<T>(bytes.subarray(at, at + size));
  const place = (bytes[at] as number) | (((bytes[at + 1] as number) & 3) << 8);
  const known = recent[place];
  if (known !== undefined) {
    let i = 0;
    while (i < size && known.bytes[i] === bytes[at + i]) i++;
    if (i === size) return known.id as T;
  }
  const own = bytes.slice(at, at + size);
  const id = toId<T>(own);
  recent[place] = { bytes: own, id };
  return id;
}

/** The bytes of an id. Throws `UsageError` where `id` is not lower-case hexadecimal. */
export function idBytes(id: Id): Bytes {
  const bytes = fromHex(id);
  if (bytes === undefined) throw new UsageError("id.malformed", "an id is lower-case hexadecimal");
  return bytes;
}
