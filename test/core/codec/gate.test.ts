import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Cbor,
  decodeCbor,
  encodeCbor,
  fromHex,
  PeerFault,
  toHex,
  UsageError,
} from "../../../src/core/codec/index.ts";
import { oracleDecode, oracleEncode } from "./oracle.ts";

const runs = 3000;

const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.constantFrom(-1, -24, -25, -256, -257, -65_537, -(2 ** 32) - 1, Number.MIN_SAFE_INTEGER),
);
const text = fc.string({ unit: "binary", maxLength: 40 }).map((s) => s.normalize("NFC"));
const bytes = fc.uint8Array({ maxLength: 300 }).map((b) => new Uint8Array(b));
const { value } = fc.letrec<{ value: Cbor }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    integer,
    text,
    bytes,
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 6 }),
    fc
      .uniqueArray(fc.tuple(fc.oneof(fc.nat(30), fc.maxSafeNat()), tie("value")), {
        maxLength: 6,
        selector: ([key]) => key,
      })
      .map((entries) => new Map(entries)),
  ),
}));

/** Encodings with something changed: what is nearly right is where a decoder errs. */
const damaged = fc
  .tuple(value, fc.nat(), fc.nat(255), fc.constantFrom("set", "insert", "remove", "flip"))
  .map(([v, n, byte, how]) => {
    const out = [...encodeCbor(v)];
    const at = n % out.length;
    if (how === "set") out[at] = byte;
    if (how === "flip") out[at] = (out[at] as number) ^ (1 << (byte % 8));
    if (how === "insert") out.splice(at, 0, byte);
    if (how === "remove") out.splice(at, 1);
    return Uint8Array.from(out);
  });

/** Heads with every length of argument, so that what is not the shortest form comes often. */
const heads = fc
  .array(fc.tuple(fc.nat(7), fc.constantFrom(0, 1, 2, 23, 24, 25, 26, 27, 28, 31), fc.uint8Array({ maxLength: 9 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => Uint8Array.from(parts.flatMap(([major, info, rest]) => [(major << 5) | info, ...rest])));

function gate(encoded: Uint8Array): Cbor | undefined {
  try {
    return decodeCbor(encoded);
  } catch (error) {
    expect(error).toBeInstanceOf(PeerFault);
    return undefined;
  }
}

function sameAnswer(encoded: Uint8Array): void {
  const answer = gate(encoded);
  expect(answer).toEqual(oracleDecode(encoded));
  if (answer !== undefined) expect(toHex(encodeCbor(answer))).toBe(toHex(encoded));
}

describe("the strict gate", () => {
  it("encodes every value as the rule says, and reads it back", () => {
    fc.assert(
      fc.property(value, (v) => {
        const encoded = encodeCbor(v);
        expect(toHex(encoded)).toBe(toHex(oracleEncode(v) as Uint8Array));
        expect(decodeCbor(encoded)).toEqual(v);
      }),
      { numRuns: runs },
    );
  });

  it("takes and refuses the same bytes as decoding and encoding again with a general library", () => {
    fc.assert(fc.property(damaged, sameAnswer), { numRuns: runs });
    fc.assert(fc.property(heads, sameAnswer), { numRuns: runs });
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), sameAnswer), { numRuns: runs });
  });

  it("takes and refuses the same bytes of one and two, all of them", () => {
    let different = 0;
    const compare = (encoded: Uint8Array) => {
      if (JSON.stringify(answerOf(encoded)) !== JSON.stringify(oracleDecode(encoded))) different++;
    };
    for (let a = 0; a < 256; a++) {
      compare(Uint8Array.of(a));
      for (let b = 0; b < 256; b++) compare(Uint8Array.of(a, b));
    }
    expect(different).toBe(0);
  });

  it.each([
    ["a tag", "c100"],
    ["null", "f6"],
    ["undefined", "f7"],
    ["a float", "f93c00"],
    ["an indefinite array", "9fff"],
    ["an integer that is not in its shortest form", "1817"],
    ["an integer past 2^53 - 1", "1b0020000000000000"],
    ["a negative integer past -(2^53 - 1)", "3b001fffffffffffff"],
    ["keys out of order", "a202000100"],
    ["a key twice", "a201000100"],
    ["a negative key", "a12000"],
    ["a text key", "a1616100"],
    ["text that is no UTF-8", "61ff"],
    ["text that is not NFC", "6365cc81"],
    ["an array that claims more than there is", "9b0010000000000000"],
    ["a byte string that claims more than there is", "5a7fffffff00"],
    ["a byte too many", "0000"],
    ["nothing", ""],
  ])("refuses %s", (_, hex) => {
    expect(gate(fromHex(hex) as Uint8Array)).toBeUndefined();
  });

  it("refuses what nests deeper than the limit, and takes what does not", () => {
    const nested = (depth: number) => Uint8Array.from([...Array<number>(depth).fill(0x81), 0x00]);
    expect(() => decodeCbor(nested(3), { size: 100, depth: 3 })).not.toThrow();
    expect(() => decodeCbor(nested(4), { size: 100, depth: 3 })).toThrow(PeerFault);
    expect(oracleDecode(nested(3), { size: 100, depth: 3 })).toBeDefined();
    expect(oracleDecode(nested(4), { size: 100, depth: 3 })).toBeUndefined();
  });

  it("encodes nothing that has no deterministic form", () => {
    for (const bad of [
      1.5,
      Number.NaN,
      -0,
      2 ** 53,
      null,
      undefined,
      1n,
      "\ud800",
      "e\u0301",
      {},
      [undefined],
      new Map([["a", 1]]),
      new Map([[-1, 1]]),
    ]) {
      expect(() => encodeCbor(bad as Cbor)).toThrow(UsageError);
    }
  });
});

/** Like `gate`, without an assertion a call: it is called for every pair of bytes. */
function answerOf(encoded: Uint8Array): Cbor | undefined {
  try {
    return decodeCbor(encoded);
  } catch {
    return undefined;
  }
}
