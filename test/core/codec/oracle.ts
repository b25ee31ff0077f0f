/* The rule of §4 as it is written, over a general CBOR library: decode strictly, walk the value, encode again. */
import { decode, encode, Tokenizer } from "cborg";
import { type Bytes, type Cbor, equal, type Limits, recordLimits } from "../../../src/core/codec/index.ts";

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

/** Counts open arrays and maps, so that depth is refused before the library recurses into it. */
function boundedTokenizer(bytes: Uint8Array, limits: Limits) {
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
        if (remaining.length >= limits.depth) throw new Error("too deep");
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
        for (const [key, one] of value) if (!Number.isSafeInteger(key) || key < 0 || !isClean(one)) return false;
        return true;
      }
      return false;
    default:
      return false;
  }
}

/** What the gate must answer: the value, or `undefined` where it must refuse. */
export function oracleDecode(bytes: Uint8Array, limits: Limits = recordLimits): Cbor | undefined {
  if (bytes.length === 0 || bytes.length > limits.size) return undefined;
  try {
    const value: unknown = decode(bytes, { ...options, tokenizer: boundedTokenizer(bytes, limits) });
    return isClean(value) && equal(encode(value), bytes) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes that the encoder must give, or `undefined` where it must refuse. */
export function oracleEncode(value: unknown): Bytes | undefined {
  return isClean(value) ? new Uint8Array(encode(value)) : undefined;
}
