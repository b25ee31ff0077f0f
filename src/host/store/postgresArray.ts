import type { Bytes } from "../../core/codec/index.ts";
import type { ColumnType, Value } from "./engine.ts";

/** By the type's number in `pg_type`. */
const typeNumbers: Readonly<Record<ColumnType, number>> = { bytea: 17, bigint: 20 };

/** Bytes of the head: dimensions, whether there are nulls, the type, then length and lower bound of the one dimension. */
const headBytes = 20;
const bigintBytes = 8;

const sizeOf = (item: Value) => (item === null ? 0 : item instanceof Uint8Array ? item.length : bigintBytes);

/**
 * A column as a PostgreSQL array of one dimension in its binary form (`array_recv`): written in one piece, without
 * turning bytes into text.
 */
export function postgresArray(type: ColumnType, items: readonly Value[]): Bytes {
  const bytes = Buffer.allocUnsafe(items.reduce<number>((sum, item) => sum + 4 + sizeOf(item), headBytes));
  const hasNulls = items.includes(null) ? 1 : 0;
  let at = 0;
  for (const word of [1, hasNulls, typeNumbers[type], items.length, 1]) at = bytes.writeInt32BE(word, at);
  for (const item of items) {
    at = bytes.writeInt32BE(item === null ? -1 : sizeOf(item), at);
    if (item instanceof Uint8Array) {
      bytes.set(item, at);
      at += item.length;
    } else if (item !== null) {
      at = bytes.writeBigInt64BE(BigInt(item), at);
    }
  }
  return bytes;
}
