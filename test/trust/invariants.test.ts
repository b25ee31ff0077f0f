import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Assessment, assessWords, type Word } from "../../src/trust/assess/index.ts";
import { grainsOf, put, type Vouch, walk } from "../../src/trust/voice/index.ts";
import { randomly } from "../eval/trust/random.ts";
import { asVouch, drawnVouch, drawnWords, graphOf, NOW, word } from "./helpers.ts";

const graphs = fc.array(drawnVouch(7), { maxLength: 24 }).map((list) => list.map((one) => asVouch(one)));
const assess = (vouches: readonly Vouch[], words: readonly Word[], closed: readonly string[] = []): Assessment =>
  assessWords(words, walk(graphOf(vouches), "o0", { now: NOW, closed: new Set(closed) }), NOW);
const shuffled = <T>(list: readonly T[], seed: number): T[] => randomly(seed).sample(list, list.length);

describe("invariant 1: no vouch, no voice", () => {
  it("those whom no chain reaches change no bit, whatever they say and whomever they vouch for", () => {
    fc.assert(
      fc.property(
        graphs,
        drawnWords(7),
        fc.array(drawnVouch(7), { maxLength: 20 }),
        drawnWords(7),
        (vouches, words, more, lies) => {
          // The fakes vouch among themselves and for everybody; their texts copy honest ones.
          const fakes = more.map((one) => ({
            ...asVouch(one),
            issuer: `fake${one.from}`,
            vouched: one.heard ? `o${one.to}` : `fake${one.to}`,
          }));
          const said = lies.map((one) => ({ ...one, key: `a${one.key}`, reporter: `fake${one.reporter}` }));
          expect(assess([...fakes, ...vouches], [...said, ...words])).toEqual(assess(vouches, words));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("ten thousand of them do not either", () => {
    const random = randomly(7);
    const vouches: Vouch[] = [];
    for (let n = 0; n < 400; n++) {
      const [issuer, vouched] = [`o${random.below(60)}`, `o${random.below(60)}`];
      if (issuer !== vouched)
        vouches.push({
          issuer,
          vouched,
          amount: 1 + random.below(120),
          role: "may-introduce",
          hour: NOW - random.below(9000),
        });
    }
    const words = Array.from({ length: 40 }, (_, n) =>
      word(`w${n}`, `o${n}`, n % 3 ? "for" : "against", { source: `t${n % 7}` }),
    );
    const before = JSON.stringify(assess(vouches, words));
    const graph = graphOf(vouches);
    const lies: Word[] = [];
    for (let n = 0; n < 10_000; n++) {
      const fake = { amount: 120, role: "may-introduce", hour: NOW, issuer: `fake${n}` } as const;
      put(graph, { ...fake, vouched: `fake${(n + 1) % 10_000}` });
      put(graph, { ...fake, vouched: `o${n % 60}` });
      lies.push(word(`fake${n}`, `fake${n}`, n % 2 ? "for" : "against", { source: `t${n % 7}` }));
    }
    const after = assessWords([...lies, ...words], walk(graph, "o0", { now: NOW }), NOW);
    expect(JSON.stringify(after)).toBe(before);
    expect(after.reasons.length).toBeGreaterThan(5);
  });
});

describe("invariant 3: distrust is terminal", () => {
  it("closing an organization never raises anybody's voice", () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 6 }), (vouches, n) => {
        const graph = graphOf(vouches);
        const open = walk(graph, "o0", { now: NOW });
        const shut = walk(graph, "o0", { now: NOW, closed: new Set([`o${n}`]) });
        // The last step spares those whom the viewer vouches for itself; where that no longer holds nothing is compared.
        for (const index of open.graph.ids.keys())
          expect(grainsOf(shut, index)).toBeLessThanOrEqual(grainsOf(open, index));
        expect(grainsOf(shut, graph.index.get(`o${n}`) ?? -1)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it("a warning never adds to what speaks for the subject", () => {
    fc.assert(
      fc.property(graphs, drawnWords(7), fc.integer({ min: 0, max: 6 }), (vouches, words, n) => {
        const before = assess(vouches, words);
        const after = assess(vouches, [...words, word("z", `o${n}`, "against")]);
        expect(after.evidence.for).toBe(before.evidence.for);
        expect(after.evidence.against).toBeGreaterThanOrEqual(before.evidence.against);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("invariant 4: ignorance is not suspicion", () => {
  it("no evidence is full uncertainty, and the result abstains", () => {
    fc.assert(
      fc.property(graphs, drawnWords(7), (vouches, words) => {
        const unheard = words.map((one) => ({ ...one, reporter: `x${one.reporter}` }));
        const { opinion, abstain, evidence } = assess(vouches, unheard);
        expect([opinion.uncertainty, opinion.belief, opinion.disbelief, abstain]).toEqual([1, 0, 0, true]);
        expect(evidence).toEqual({ for: 0, against: 0 });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("invariant 5: one voice", () => {
  it("any number of words of one organization weigh no more than its strongest", () => {
    fc.assert(
      fc.property(
        graphs,
        fc.array(fc.constantFrom(0.3, 0.5, 1), { minLength: 1, maxLength: 10 }),
        (vouches, strengths) => {
          const many = strengths.map((strength, at) => word(`w${at}`, "o1", "for", { strength }));
          const one = [word("w", "o1", "for", { strength: Math.max(...strengths) })];
          expect(assess(vouches, many).evidence).toEqual(assess(vouches, one).evidence);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("one text under one inviter counts once, as the loudest says it; other texts count apart", () => {
    fc.assert(
      fc.property(graphs, (vouches) => {
        const same = [1, 2, 3].map((n) => word(`w${n}`, `o${n}`, "for", { source: "t" }));
        const alone = same.map((one) => assess(vouches, [one]).evidence.for);
        expect(assess(vouches, same).evidence.for).toBe(Math.max(...alone));
        const apart = same.map((one, at) => ({ ...one, source: `t${at}` }));
        expect(assess(vouches, apart).evidence.for).toBe(alone.reduce((a, b) => a + b, 0));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("invariant 6: the reasons add up", () => {
  it("to the evidence, exactly, and so do the paths of each", () => {
    fc.assert(
      fc.property(graphs, drawnWords(7), fc.nat(), (vouches, words, seed) => {
        const { evidence, reasons } = assess(vouches, words);
        for (const side of ["for", "against"] as const) {
          const amounts = reasons
            .filter((one) => one.side === side)
            .flatMap((one) => [...one.paths.map((path) => path.amount), one.rest]);
          expect(shuffled(amounts, seed).reduce((a, b) => a + b, 0)).toBe(evidence[side]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("invariant 7: order changes nothing", () => {
  it("of vouches, of words", () => {
    fc.assert(
      fc.property(graphs, drawnWords(7), fc.nat(), (vouches, words, seed) => {
        const standing = [...new Map(vouches.map((one) => [`${one.issuer}>${one.vouched}`, one])).values()];
        expect(assess(shuffled(standing, seed), shuffled(words, seed + 1))).toEqual(assess(standing, words));
      }),
      { numRuns: 2000 },
    );
  });

  it("of ids: other names give the same numbers", () => {
    fc.assert(
      fc.property(graphs, drawnWords(7), (vouches, words) => {
        const renamed = (id: string) => `z${9 - Number(id.slice(1))}`;
        const voice = walk(
          graphOf(vouches.map((one) => ({ ...one, issuer: renamed(one.issuer), vouched: renamed(one.vouched) }))),
          "z9",
          { now: NOW },
        );
        const other = assessWords(
          words.map((one) => ({ ...one, reporter: renamed(one.reporter) })),
          voice,
          NOW,
        );
        expect(other.evidence).toEqual(assess(vouches, words).evidence);
      }),
      { numRuns: 1000 },
    );
  });
});
