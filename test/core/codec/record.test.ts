import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bytes,
  type Cbor,
  decode,
  decodeCbor,
  encode,
  encodeCbor,
  flag,
  type Infer,
  id,
  list,
  oneOf,
  optional,
  PeerFault,
  record,
  type StatementId,
  text,
  toHex,
  tuple,
  uint,
  union,
} from "../../../src/core/codec/index.ts";

const fields = {
  count: [1, uint(300)],
  label: [2, optional(text(5))],
  pairs: [3, list(tuple(bytes(2, 40), flag), 3, 1)],
  color: [7, oneOf({ red: 0, blue: 4 })],
  name: [8, optional(id<StatementId>(16))],
} as const;
const closed = record(fields);
const open = record(fields, "open");
const choice = union({ plain: [1, record({ count: [1, uint()] })], rich: [4, closed] });

const value: fc.Arbitrary<Infer<typeof closed>> = fc.record(
  {
    count: fc.nat(300),
    label: fc.string({ unit: fc.constantFrom("a", "é", "ộ"), maxLength: 5 }),
    pairs: fc.array(
      fc.tuple(
        fc.uint8Array({ minLength: 2, maxLength: 40 }).map((b) => new Uint8Array(b)),
        fc.boolean(),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    color: fc.constantFrom("red" as const, "blue" as const),
    name: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((b) => toHex(b) as StatementId),
  },
  { requiredKeys: ["count", "pairs", "color"] },
);

/** The same rule over a value that was decoded first, to hold the reading in one pass against. */
function fits(cbor: Cbor, unknownKeys: "closed" | "open"): boolean {
  if (!(cbor instanceof Map)) return false;
  const isUint = (v: unknown) => typeof v === "number" && v >= 0;
  const [count, label, pairs, color, name] = [1, 2, 3, 7, 8].map((key) => cbor.get(key));
  const known = [...cbor.keys()].every((key) => [1, 2, 3, 7, 8].includes(key));
  return (
    (known || unknownKeys === "open") &&
    isUint(count) &&
    (count as number) <= 300 &&
    (label === undefined || (typeof label === "string" && label.length <= 5)) &&
    Array.isArray(pairs) &&
    pairs.length >= 1 &&
    pairs.length <= 3 &&
    pairs.every(
      (pair) =>
        Array.isArray(pair) &&
        pair.length === 2 &&
        pair[0] instanceof Uint8Array &&
        pair[0].length >= 2 &&
        pair[0].length <= 40 &&
        typeof pair[1] === "boolean",
    ) &&
    (color === 0 || color === 4) &&
    (name === undefined || (name instanceof Uint8Array && name.length === 16))
  );
}

/** What the gate has to say of bytes: malformed wherever they are no deterministic CBOR, else whether they fit. */
function verdict(data: Uint8Array, unknownKeys: "closed" | "open"): "taken" | string {
  try {
    return fits(decodeCbor(data), unknownKeys) ? "taken" : "codec.shape";
  } catch (error) {
    return (error as PeerFault).code;
  }
}

function reading(shape: typeof closed, data: Uint8Array): "taken" | string {
  try {
    decode(shape, data);
    return "taken";
  } catch (error) {
    expect(error).toBeInstanceOf(PeerFault);
    return (error as PeerFault).code;
  }
}

const damaged = fc
  .tuple(value, fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("set", "insert", "remove")), { maxLength: 2 }))
  .map(([v, changes]) => {
    const out = [...encode(closed, v)];
    for (const [n, byte, how] of changes) {
      const at = n % out.length;
      if (how === "set") out[at] = byte;
      if (how === "insert") out.splice(at, 0, byte);
      if (how === "remove") out.splice(at, 1);
    }
    return Uint8Array.from(out);
  });

describe("shapes read straight from bytes", () => {
  it("give back what was written", () => {
    fc.assert(
      fc.property(value, (v) => {
        expect(decode(closed, encode(closed, v))).toEqual(v);
        expect(decode(choice, encode(choice, { kind: "rich", ...v }))).toEqual({ kind: "rich", ...v });
      }),
    );
  });

  it("take, and refuse for the same reason, what they would of a value decoded first", () => {
    fc.assert(
      fc.property(damaged, (data) => {
        expect(reading(closed, data)).toBe(verdict(data, "closed"));
        expect(reading(open, data)).toBe(verdict(data, "open"));
      }),
      { numRuns: 5000 },
    );
  });

  it("of an open record pass over fields of a newer version, wherever they stand", () => {
    const v: Infer<typeof open> = { count: 3, pairs: [[new Uint8Array(2), true]], color: "blue" };
    const known = decodeCbor(encode(closed, v)) as ReadonlyMap<number, Cbor>;
    for (const key of [0, 5, 9]) {
      const data = encodeCbor(new Map([...known, [key, [new Map([[1, "new"]])]]]));
      expect(decode(open, data)).toEqual(v);
      expect(reading(closed, data)).toBe("codec.shape");
    }
  });

  it("count how deep they are, as every decoding does", () => {
    const nested = record({ rows: [1, list(list(uint()))] });
    const data = encode(nested, { rows: [[1], [2, 3]] });
    expect(decode(nested, data, { size: 100, depth: 3 })).toEqual({ rows: [[1], [2, 3]] });
    expect(() => decode(nested, data, { size: 100, depth: 2 })).toThrow(
      expect.objectContaining({ code: "codec.malformed" }),
    );
  });
});
