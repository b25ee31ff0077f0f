import type { Bytes } from "./bytes.ts";
import { type Cbor, encodeCbor, gate, type Limits, recordLimits } from "./cbor.ts";
import { PeerFault } from "./errors.ts";
import { type Id, idAt, idBytes } from "./ids.ts";
import {
  type Cursor,
  enterArray,
  enterMap,
  leave,
  readBoolean,
  readBytes,
  readItem,
  readKey,
  readPlace,
  readText,
  readUint,
} from "./reader.ts";

/**
 * The shape of one value on the wire and in memory. Shapes are made of one another by the
 * functions below; a whole wire format is one such table, mirrored by `schema/symbolon.cddl`.
 */
export type Shape<T> = {
  /** The CBOR of `value`. */
  readonly toCbor: (value: T) => Cbor;
  /** The value of the next item. Throws where that is none of this shape. */
  readonly read: (cursor: Cursor) => T;
};

/** The type in memory of a shape. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

const mismatch = () => new PeerFault("codec.shape", "a field is missing or has the wrong form");

/** An unsigned integer of at most `most`. */
export function uint(most: number = Number.MAX_SAFE_INTEGER): Shape<number> {
  return {
    toCbor: (value) => {
      if (!Number.isSafeInteger(value) || value < 0 || value > most) throw mismatch();
      return value;
    },
    read: (cursor) => {
      const value = readUint(cursor);
      if (value > most) throw mismatch();
      return value;
    },
  };
}

/** True or false. */
export const flag: Shape<boolean> = {
  toCbor: (value) => value,
  read: readBoolean,
};

/** Text of at most `most` UTF-16 units; brought to NFC on the way out. */
export function text(most = 16_384): Shape<string> {
  return {
    toCbor: (value) => {
      if (typeof value !== "string" || value.length > most || !value.isWellFormed()) throw mismatch();
      return value.normalize("NFC");
    },
    read: (cursor) => {
      const value = readText(cursor);
      if (value.length > most) throw mismatch();
      return value;
    },
  };
}

/** A byte string of `least` to `most` bytes; exactly `least` where `most` is left out. */
export function bytes(least: number, most: number = least): Shape<Bytes> {
  const check = (value: Bytes): Bytes => {
    if (value.length < least || value.length > most) throw mismatch();
    return value;
  };
  return {
    toCbor: (value) => {
      if (!(value instanceof Uint8Array)) throw mismatch();
      return check(value);
    },
    read: (cursor) => check(readBytes(cursor)),
  };
}

/** An id: a byte string of `size` bytes on the wire, hexadecimal in memory. */
export function id<T extends Id>(size = 32): Shape<T> {
  const wire = bytes(size);
  return {
    toCbor: (value) => wire.toCbor(idBytes(value)),
    read: (cursor) => idAt<T>(cursor.bytes, readPlace(cursor, size), size),
  };
}

/** One of the named values, an unsigned integer on the wire (its place in `numbers`). */
export function oneOf<const T extends string>(numbers: Readonly<Record<T, number>>): Shape<T> {
  const names = new Map<number, T>();
  for (const name of Object.keys(numbers) as T[]) names.set(numbers[name], name);
  return {
    toCbor: (value) => {
      if (!Object.hasOwn(numbers, value)) throw mismatch();
      return numbers[value];
    },
    read: (cursor) => {
      const name = names.get(readUint(cursor));
      if (name === undefined) throw mismatch();
      return name;
    },
  };
}

/** An array of `least` to `most` items of one shape. */
export function list<T>(item: Shape<T>, most = 1024, least = 0): Shape<readonly T[]> {
  return {
    toCbor: (value) => {
      if (!Array.isArray(value) || value.length < least || value.length > most) throw mismatch();
      return value.map(item.toCbor);
    },
    read: (cursor) => {
      const count = enterArray(cursor);
      if (count < least || count > most) throw mismatch();
      // In its size, as most lists are short: growing, even one item makes room for sixteen more.
      const items = new Array<T>(count);
      for (let i = 0; i < count; i++) items[i] = item.read(cursor);
      leave(cursor);
      return items;
    },
  };
}

/** A field that may be absent. Made by `optional`, understood by `record`. */
export type Optional<T> = { readonly optional: Shape<T> };

/** A field that may be absent; in memory its property is then absent, too. */
export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape };
}

/** The shape of a map with named fields. */
export type RecordShape<T> = Shape<T> & {
  /** Fills `into` from the pairs of a map that are left: `count` of them, with keys above `before`. */
  readonly readInto: (cursor: Cursor, into: Record<string, unknown>, count: number, before: number) => T;
};

type Field = readonly [key: number, shape: Shape<any> | Optional<any>];
type Fields = Readonly<Record<string, Field>>;
type Flatten<T> = { readonly [K in keyof T]: T[K] } & {};
type InMemory<F extends Fields> = Flatten<
  { [K in keyof F as F[K][1] extends Optional<any> ? never : K]: F[K][1] extends Shape<infer T> ? T : never } & {
    [K in keyof F as F[K][1] extends Optional<any> ? K : never]?: F[K][1] extends Optional<infer T> ? T : never;
  }
>;

/**
 * A map with unsigned integer keys. Unknown keys are refused, unless `open` says that a newer
 * version may have added some; those are then ignored.
 *
 * @example
 * const point = record({ x: [1, uint()], label: [2, optional(text(20))] });
 * point.toCbor({ x: 3 }); // Map { 1 => 3 }
 */
export function record<const F extends Fields>(
  fields: F,
  unknownKeys: "closed" | "open" = "closed",
): RecordShape<InMemory<F>> {
  const places = Object.entries(fields)
    .map(([name, [key, field]]) => {
      const isOptional = "optional" in field;
      return { name, key, isOptional, shape: (isOptional ? field.optional : field) as Shape<any> };
    })
    .sort((a, b) => a.key - b.key);
  /** The first place from `at` on whose key is not below `key`; what is passed by must be optional. */
  const passTo = (from: number, key: number): number => {
    let at = from;
    for (let place = places[at]; place !== undefined && place.key < key; place = places[++at]) {
      if (!place.isOptional) throw mismatch();
    }
    return at;
  };
  const made: RecordShape<InMemory<F>> = {
    toCbor: (value) => {
      const map = new Map<number, Cbor>();
      const source = value as Readonly<Record<string, unknown>>;
      for (const { name, key, shape, isOptional } of places) {
        const item = source[name];
        if (item !== undefined) map.set(key, shape.toCbor(item));
        else if (!isOptional) throw mismatch();
      }
      return map;
    },
    read: (cursor) => {
      const value = made.readInto(cursor, {}, enterMap(cursor), -1);
      leave(cursor);
      return value;
    },
    readInto: (cursor, out, count, before) => {
      // Keys rise on both sides: one walk over the fields.
      let at = 0;
      for (let i = 0, key = before; i < count; i++) {
        key = readKey(cursor, key);
        at = passTo(at, key);
        const place = places[at];
        if (place?.key === key) {
          out[place.name] = place.shape.read(cursor);
          at++;
        } else if (unknownKeys === "open") readItem(cursor);
        else throw mismatch();
      }
      passTo(at, Number.POSITIVE_INFINITY);
      return out as InMemory<F>;
    },
  };
  return made;
}

/** An array of fixed length, each place with its own shape. */
export function tuple<const T extends readonly unknown[]>(
  ...shapes: { readonly [K in keyof T]: Shape<T[K]> }
): Shape<T> {
  return {
    toCbor: (value) => shapes.map((shape, i) => shape.toCbor(value[i])),
    read: (cursor) => {
      if (enterArray(cursor) !== shapes.length) throw mismatch();
      const items = shapes.map((shape) => shape.read(cursor));
      leave(cursor);
      return items as unknown as T;
    },
  };
}

/**
 * A choice between records by a number under key 0; in memory the property `kind` holds its name.
 * Throws `PeerFault` `codec.shape` for a kind that is not listed.
 */
export function union<const V extends Readonly<Record<string, readonly [number: number, shape: RecordShape<any>]>>>(
  variants: V,
): Shape<{ [K in keyof V]: Flatten<{ readonly kind: K } & Infer<V[K][1]>> }[keyof V]> {
  type Member = { [K in keyof V]: Flatten<{ readonly kind: K } & Infer<V[K][1]>> }[keyof V];
  const byNumber = new Map(Object.entries(variants).map(([name, [number, shape]]) => [number, { name, shape }]));
  return {
    toCbor: (value) => {
      const { kind } = value as unknown as { kind: string };
      const variant = Object.hasOwn(variants, kind) ? variants[kind] : undefined;
      if (variant === undefined) throw mismatch();
      const map = variant[1].toCbor(value) as Map<number, Cbor>;
      return new Map<number, Cbor>([[0, variant[0]], ...map]);
    },
    read: (cursor) => {
      const count = enterMap(cursor);
      // Of rising keys 0 is the first.
      if (count === 0 || readKey(cursor, -1) !== 0) throw mismatch();
      const variant = byNumber.get(readUint(cursor));
      if (variant === undefined) throw mismatch();
      const value = variant.shape.readInto(cursor, { kind: variant.name }, count - 1, 0) as Member;
      leave(cursor);
      return value;
    },
  };
}

/** The deterministic bytes of `value` in `shape`. */
export function encode<T>(shape: Shape<T>, value: T): Bytes {
  return encodeCbor(shape.toCbor(value));
}

/** The value in `shape` that `data` encode. Throws `PeerFault` `codec.malformed` or `codec.shape`. */
export function decode<T>(shape: Shape<T>, data: Uint8Array, limits: Limits = recordLimits): T {
  return gate(data, limits, shape.read, mismatch);
}
