import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion, emptyGraph, grainsOf, paths, put, reached, voiceOf, walk } from "../../src/trust/voice/index.ts";
import { VOICE } from "../../src/trust/voice/shares.ts";
import { asVouch, drawnVouch, graphOf, NOW } from "./helpers.ts";
import { voiceByDefinition, waysByDefinition } from "./oracle.ts";

const line = (role: "heard" | "may-introduce") =>
  graphOf([
    { issuer: "a", vouched: "b", amount: 120, role: "may-introduce", hour: NOW },
    { issuer: "b", vouched: "c", amount: 40, role, hour: NOW },
    { issuer: "c", vouched: "d", amount: 120, role: "may-introduce", hour: NOW },
  ]);

describe("voice", () => {
  it("is what the definition says, path by path, on random graphs", () => {
    fc.assert(
      fc.property(fc.array(drawnVouch(7), { maxLength: 24 }), fc.nat(6), (drawn, shut) => {
        const vouches = drawn.map((one) => asVouch(one));
        const closed = new Set([`o${shut}`]);
        if (shut === 0) closed.clear();
        const voice = walk(graphOf(vouches), "o0", { now: NOW, closed });
        const expected = voiceByDefinition(waysByDefinition(vouches, "o0", closed));
        for (let n = 1; n < 7; n++) expect(voiceOf(voice, `o${n}`)).toBeCloseTo(expected.get(`o${n}`) ?? 0, 7);
      }),
      { numRuns: 3000 },
    );
  });

  it("of nobody exceeds a quarter, of all together not 1, and is never NaN", () => {
    fc.assert(
      fc.property(fc.array(drawnVouch(6), { maxLength: 36 }), (drawn) => {
        const voice = walk(graphOf(drawn.map((one) => asVouch(one))), "o0", { now: NOW });
        let sum = 0;
        for (const grains of voice.graph.ids.map((_, index) => grainsOf(voice, index))) {
          expect(grains >= 0 && grains <= VOICE && Number.isInteger(grains)).toBe(true);
          sum += grains;
        }
        expect(sum).toBeLessThanOrEqual(4 * VOICE);
      }),
      { numRuns: 2000 },
    );
  });

  it("ends at those who are only heard", () => {
    expect(voiceOf(walk(line("may-introduce"), "a", { now: NOW }), "d")).toBeCloseTo((1 / 8) ** 3 / 4, 8);
    const voice = walk(line("heard"), "a", { now: NOW });
    expect([voiceOf(voice, "c") > 0, voiceOf(voice, "d")]).toEqual([true, 0]);
  });

  it("takes at most four steps", () => {
    const graph = emptyGraph();
    for (let n = 0; n < 6; n++)
      put(graph, { issuer: `o${n}`, vouched: `o${n + 1}`, amount: 120, role: "may-introduce", hour: NOW });
    const voice = walk(graph, "o0", { now: NOW });
    expect([voiceOf(voice, "o4"), voiceOf(voice, "o5")]).toEqual([(1 / 8) ** 4 / 4, 0]);
  });

  it("of those on probation stays below their cap, and what they pass on too", () => {
    fc.assert(
      fc.property(fc.array(drawnVouch(6), { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (drawn, n) => {
        const graph = graphOf(drawn.map((one) => asVouch(one)));
        const capped = walk(graph, "o0", { now: NOW, caps: new Map([[`o${n}`, 0.005]]) });
        const free = walk(graph, "o0", { now: NOW });
        expect(voiceOf(capped, `o${n}`)).toBeLessThanOrEqual(0.005);
        for (const id of graph.ids) {
          if (voiceOf(free, `o${n}`) <= 0.005) expect(voiceOf(capped, id)).toBe(voiceOf(free, id));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("counts only vouches of the scope asked for", () => {
    const graph = graphOf([
      { issuer: "a", vouched: "b", amount: 120, role: "may-introduce", hour: NOW, scopes: ["tips"] },
      { issuer: "a", vouched: "c", amount: 120, role: "may-introduce", hour: NOW },
    ]);
    expect(voiceOf(walk(graph, "a", { now: NOW, scope: "tips" }), "b")).toBe(1 / 32);
    const people = walk(graph, "a", { now: NOW, scope: "people" });
    expect([voiceOf(people, "b"), voiceOf(people, "c")]).toEqual([0, 1 / 32]);
  });

  it("evaporates from stale vouches, and a fresh one does not inherit it", () => {
    const at = (hour: number) =>
      walk(
        graphOf([
          { issuer: "a", vouched: "b", amount: 120, role: "may-introduce", hour },
          { issuer: "a", vouched: "c", amount: 120, role: "may-introduce", hour: NOW },
        ]),
        "a",
        { now: NOW },
      );
    const old = at(NOW - 365 * 24);
    expect(voiceOf(old, "b")).toBeCloseTo(1 / 64, 8);
    expect(voiceOf(old, "c")).toBe(voiceOf(at(NOW), "c"));
  });
});

describe("paths", () => {
  it("add up to the amount exactly, meet nobody twice, and are real vouches", () => {
    fc.assert(
      fc.property(
        fc.array(drawnVouch(7), { maxLength: 30 }),
        fc.integer({ min: 1, max: 2 ** 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (drawn, amount, limit, capped) => {
          const graph = graphOf(drawn.map((one) => asVouch(one)));
          const caps = new Map(capped ? [["o1", 0.005]] : []);
          const voice = walk(graph, "o0", { now: NOW, caps });
          for (const id of reached(voice)) {
            const found = paths(voice, id, amount, limit);
            expect(found.paths.reduce((sum, path) => sum + path.amount, found.rest)).toBe(amount);
            expect(found.paths.length).toBeLessThanOrEqual(limit);
            for (const { organizations } of found.paths) {
              expect(organizations[0]).toBe("o0");
              expect(organizations.at(-1)).toBe(id);
              expect(organizations.length).toBeLessThanOrEqual(5);
              expect(new Set(organizations).size).toBe(organizations.length);
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("are the ways of the definition, with what each carries", () => {
    fc.assert(
      fc.property(fc.array(drawnVouch(6), { maxLength: 20 }), (drawn) => {
        const vouches = drawn.map((one) => asVouch(one));
        const graph = graphOf(vouches);
        const voice = walk(graph, "o0", { now: NOW });
        const ways = waysByDefinition(vouches, "o0");
        for (const id of reached(voice)) {
          const found = paths(voice, id, grainsOf(voice, graph.index.get(id) as number), 1000);
          for (const { organizations, amount } of found.paths) {
            const way = ways.find((one) => one.nodes.join() === organizations.join());
            expect(amount / VOICE).toBeCloseTo(way?.mass ?? -1, 5);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("are apportioned without loss", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.array(fc.nat(2 ** 28), { minLength: 1 }), (amount, weights) => {
        const parts = apportion(amount, weights);
        const total = weights.reduce((a, b) => a + b, 0);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total === 0 ? 0 : amount);
        for (const part of parts) expect(part >= 0).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
