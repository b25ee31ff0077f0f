import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  averaging,
  consensus,
  cumulative,
  fromEvidence,
  type Opinion,
  toEvidence,
  vacuous,
  weighted,
} from "../../src/trust/opinion/index.ts";

const opinion = (belief: number, disbelief: number, uncertainty: number): Opinion => ({
  belief,
  disbelief,
  uncertainty,
});
const A = opinion(0.1, 0.3, 0.6);
const B = opinion(0.4, 0.2, 0.4);
const C = opinion(0.7, 0.1, 0.2);
const thousandths = (o: Opinion) => [o.belief, o.disbelief, o.uncertainty].map((n) => Math.round(n * 1000) / 1000);
const some = fc
  .tuple(fc.double({ min: 0, max: 50, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true }))
  .map(([r, s]) => fromEvidence({ for: r, against: s }));

describe("the operators of subjective logic", () => {
  it.each([
    ["cumulative", cumulative, [0.651, 0.209, 0.14]],
    ["weighted", weighted, [0.562, 0.146, 0.292]],
    ["consensus and compromise", consensus, [0.629, 0.182, 0.189]],
    ["averaging", averaging, [0.509, 0.164, 0.327]],
  ] as const)("%s fusion gives the check values", (_, join, expected) => {
    expect(thousandths(join(A, B, C))).toEqual(expected);
  });

  it("cumulative fusion of two gives (.75, 0, .25)", () => {
    expect(thousandths(cumulative(opinion(0.4, 0, 0.6), opinion(0.7, 0, 0.3)))).toEqual([0.75, 0, 0.25]);
  });

  it("evidence 2 for and 1 against is .4/.2/.4, and comes back", () => {
    expect(fromEvidence({ for: 2, against: 1 })).toEqual(opinion(0.4, 0.2, 0.4));
    expect(toEvidence(opinion(0.4, 0.2, 0.4))).toEqual({ for: 2, against: 1 });
  });

  it("the vacuous opinion is the identity of cumulative fusion", () => {
    fc.assert(
      fc.property(some, (one) => {
        const joined = cumulative(one, vacuous);
        expect(joined.belief).toBeCloseTo(one.belief, 12);
        expect(joined.uncertainty).toBeCloseTo(one.uncertainty, 12);
      }),
      { numRuns: 1000 },
    );
  });

  it("every result adds up to 1 and is never NaN, with dogmatic and vacuous opinions too", () => {
    const any = fc.oneof(some, fc.constantFrom(vacuous, opinion(1, 0, 0), opinion(0, 1, 0), opinion(0.5, 0.5, 0)));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), (list) => {
        for (const join of [cumulative, weighted, consensus, averaging]) {
          const { belief, disbelief, uncertainty } = join(...list);
          expect(belief + disbelief + uncertainty).toBeCloseTo(1, 9);
          for (const part of [belief, disbelief, uncertainty]) expect(part).toBeGreaterThanOrEqual(-1e-12);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("weighted fusion lets a copy with hardly any evidence halve the result: why it makes no score", () => {
    const strong = fromEvidence({ for: 2, against: 0 });
    const copy = fromEvidence({ for: 0.02, against: 0 });
    expect(toEvidence(averaging(strong, copy)).for).toBeCloseTo(1.01, 2);
    expect(toEvidence(cumulative(strong, copy)).for).toBeCloseTo(2.02, 9);
  });
});
