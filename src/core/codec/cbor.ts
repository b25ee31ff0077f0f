import { decode as cborgDecode, encode as cborgEncode, Tokenizer } from "cborg";
import { type Bytes, equal } from "./bytes.ts";
import { PeerFault, UsageError } from "./errors.ts";

/** What the gate lets through: deterministic CBOR (RFC 8949 §4.2) without floats, null, tags or big integers. */
export type Cbor = number | boolean | string | Bytes | readonly Cbor[] | ReadonlyMap<number, Cbor>;

/** Bounds that are checked before, and while, anything is decoded. */
export type Limits = {
  /** The most bytes. */
  readonly size: number;
  /** The most arrays and maps inside one another. */
  readonly depth: number;
};

/** The limits of one entry or statement; larger bodies name their own. */
export const recordLimits: Limits = { size: 128 * 1024, depth: 12 };

const malformed = () => new PeerFault("codec.malformed", "bytes are not deterministic CBOR");

/** Counts open arrays and maps, so that depth is refused before the decoder recurses into it. */
function boundedTokenizer(bytes: Uint8Array, options: object, limits: Limits) {
  const inner = new Tokenizer(bytes, options);
  const remaining: number[] = [];
  return {
    done: () => inner.done(),
    pos: () => inner.pos(),
    next() {
      const token = inner.next();
      while (remaining.length > 0 && remaining.at(-1) === 0) remaining.pop();
      const top = remaining.length - 1;
      if (top >= 0) remaining[top] = (remaining[top] as number) - 1;
      const { name } = token.type;
      if (name === "array" || name === "map") {
        if (remaining.length >= limits.depth) throw malformed();
        remaining.push(name === "map" ? 2 * Number(token.value) : Number(token.value));
      }
      return token;
    },
  };
}

function isClean(value: unknown): value is Cbor {
  switch (typeof value) {
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0);
    case "boolean":
      return true;
    case "string":
      return value.isWellFormed() && value.normalize("NFC") === value;
    case "object":
      if (value instanceof Uint8Array) return true;
      if (Array.isArray(value)) return value.every(isClean);
      if (value instanceof Map) {
        for (const [key, item] of value) {
          if (!Number.isSafeInteger(key) || key < 0 || !isClean(item)) return false;
        }
        return true;
      }
      return false;
    default:
      return false;
  }
}

const options = {
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
};

/**
 * The value that `bytes` encode. Size and depth are checked first; then every value is walked, and
 * it must re-encode to the same bytes, so that one value has one spelling (attack 34).
 *
 * Throws `PeerFault` `codec.malformed` for anything else.
 */
export function decodeCbor(bytes: Uint8Array, limits: Limits = recordLimits): Cbor {
  if (bytes.length === 0 || bytes.length > limits.size) throw malformed();
  let value: unknown;
  try {
    value = cborgDecode(bytes, { ...options, tokenizer: boundedTokenizer(bytes, options, limits) });
    if (!isClean(value) || !equal(cborgEncode(value), bytes)) throw malformed();
  } catch {
    throw malformed();
  }
  return value;
}

/**
 * The deterministic encoding of `value`. Text is brought to NFC by the caller.
 *
 * Throws `UsageError` `codec.unencodable` where the value has no such encoding.
 */
export function encodeCbor(value: Cbor): Bytes {
  if (!isClean(value)) throw new UsageError("codec.unencodable", "value has no deterministic encoding");
  return new Uint8Array(cborgEncode(value));
}
