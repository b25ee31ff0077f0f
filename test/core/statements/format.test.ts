import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cbor, decodeCbor, encodeCbor, PeerFault } from "../../../src/core/codec/index.ts";
import { decodeStatement, encodeStatement, type Statement, statementHash } from "../../../src/core/statements/index.ts";
import { samples } from "./kit.ts";

const every = Object.entries(samples) as [Statement["kind"], Statement][];
const without = <V>(map: Cbor, key: number, value?: V) => {
  const copy = new Map(map as ReadonlyMap<number, Cbor>);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value as Cbor);
  return encodeCbor(copy);
};

describe.each(every)("the statement %s", (_, statement) => {
  it("is the same after a trip over the wire, and always the same bytes", () => {
    const bytes = encodeStatement(statement);
    expect(decodeStatement(bytes)).toEqual(statement);
    expect(encodeStatement(decodeStatement(bytes))).toEqual(bytes);
  });

  it("ignores fields that a newer version may have added, and keeps its hash", () => {
    const bytes = without(decodeCbor(encodeStatement(statement)), 999, "new");
    expect(decodeStatement(bytes)).toEqual(statement);
    expect(statementHash(bytes)).not.toBe(statementHash(encodeStatement(statement)));
  });

  it("is refused without any of its common required fields", () => {
    for (const key of [0, 1, 2, 3, 9])
      expect(() => decodeStatement(without(decodeCbor(encodeStatement(statement)), key))).toThrow(PeerFault);
  });

  it("never decodes from bytes with a bit turned into anything that encodes differently", () => {
    const bytes = encodeStatement(statement);
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const turned = bytes.slice();
        turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
        try {
          return statementHash(turned) !== statementHash(bytes) && decodeStatement(turned) !== undefined;
        } catch (error) {
          return error instanceof PeerFault;
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("statements", () => {
  it("of an unknown kind are refused", () => {
    const bytes = without(decodeCbor(encodeStatement(samples["check-in"])), 0, 99);
    expect(() => decodeStatement(bytes)).toThrow(PeerFault);
  });

  it("about a subject need an identifier: never a name alone", () => {
    const bad = { ...samples.attestation, subject: { identifiers: [], names: ["Nguyễn Văn A"] } };
    expect(() => encodeStatement(bad)).toThrow(PeerFault);
  });
});
