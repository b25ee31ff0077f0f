import type { Bytes } from "./bytes.ts";
import { type Cbor, decodeCbor, encodeCbor, type Limits } from "./cbor.ts";
import { PeerFault } from "./errors.ts";
import { type Id, idBytes, toId } from "./ids.ts";

/**
 * The shape of one value on the wire and in memory. Shapes are made of one another by the
 * functions below; a whole wire format is one such table, mirrored by `schema/symbolon.cddl`.
 */
export type Shape<T> = {
  /** The CBOR of `value`. */
  readonly toCbor: (value: T) => Cbor;
  /** The value that `cbor` stands for. Throws `PeerFault` `codec.shape`. */
  readonly fromCbor: (cbor: Cbor) => T;
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
    fromCbor: (cbor) => {
      if (typeof cbor !== "number" || cbor < 0 || cbor > most) throw mismatch();
      return cbor;
    },
  };
}

/** True or false. */
export const flag: Shape<boolean> = {
  toCbor: (value) => value,
  fromCbor: (cbor) => {
    if (typeof cbor !== "boolean") throw mismatch();
    return cbor;
  },
};

/** Text of at most `most` UTF-16 units; brought to NFC on the way out. */
export function text(most = 16_384): Shape<string> {
  return {
    toCbor: (value) => {
      if (typeof value !== "string" || value.length > most || !value.isWellFormed()) throw mismatch();
      return value.normalize("NFC");
    },
    fromCbor: (cbor) => {
      if (typeof cbor !== "string" || cbor.length > most) throw mismatch();
      return cbor;
    },
  };
}

/** A byte string of `least` to `most` bytes; exactly `least` where `most` is left out. */
export function bytes(least: number, most: number = least): Shape<Bytes> {
  const check = (value: unknown): Bytes => {
    if (!(value instanceof Uint8Array) || value.length < least || value.length > most) throw mismatch();
    return value as Bytes;
  };
  return { toCbor: check, fromCbor: check };
}

/** An id: a byte string of `size` bytes on the wire, hexadecimal in memory. */
export function id<T extends Id>(size = 32): Shape<T> {
  const wire = bytes(size);
  return { toCbor: (value) => wire.toCbor(idBytes(value)), fromCbor: (cbor) => toId<T>(wire.fromCbor(cbor)) };
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
    fromCbor: (cbor) => {
      const name = typeof cbor === "number" ? names.get(cbor) : undefined;
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
    fromCbor: (cbor) => {
      if (!Array.isArray(cbor) || cbor.length < least || cbor.length > most) throw mismatch();
      return cbor.map(item.fromCbor);
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
  /** Fills `into`, from a map that holds `besides` fields of somebody else, too. */
  readonly intoRecord: (cbor: ReadonlyMap<number, Cbor>, into: Record<string, unknown>, besides: number) => T;
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
  const places = Object.entries(fields).map(([name, [key, field]]) => {
    const isOptional = "optional" in field;
    return { name, key, isOptional, shape: (isOptional ? field.optional : field) as Shape<any> };
  });
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
    fromCbor: (cbor) => {
      if (!(cbor instanceof Map)) throw mismatch();
      return made.intoRecord(cbor, {}, 0);
    },
    intoRecord: (cbor, out, besides) => {
      let found = besides;
      for (const { name, key, shape, isOptional } of places) {
        const item = cbor.get(key);
        if (item === undefined) {
          if (!isOptional) throw mismatch();
        } else {
          found++;
          out[name] = shape.fromCbor(item);
        }
      }
      if (unknownKeys === "closed" && found !== cbor.size) throw mismatch();
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
    fromCbor: (cbor) => {
      if (!Array.isArray(cbor) || cbor.length !== shapes.length) throw mismatch();
      return shapes.map((shape, i) => shape.fromCbor(cbor[i])) as unknown as T;
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
    fromCbor: (cbor) => {
      if (!(cbor instanceof Map)) throw mismatch();
      const variant = byNumber.get(cbor.get(0) as number);
      if (variant === undefined) throw mismatch();
      return variant.shape.intoRecord(cbor, { kind: variant.name }, 1) as Member;
    },
  };
}

/** The deterministic bytes of `value` in `shape`. */
export function encode<T>(shape: Shape<T>, value: T): Bytes {
  return encodeCbor(shape.toCbor(value));
}

/** The value in `shape` that `data` encode. Throws `PeerFault` `codec.malformed` or `codec.shape`. */
export function decode<T>(shape: Shape<T>, data: Uint8Array, limits?: Limits): T {
  return shape.fromCbor(decodeCbor(data, limits));
}
