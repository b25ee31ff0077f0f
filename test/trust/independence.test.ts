import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flowPaths, maximumFlow, type Network, separateWays } from "../../src/trust/independence/index.ts";
import { grainsOf, walk } from "../../src/trust/voice/index.ts";
import { asVouch, drawnVouch, graphOf, NOW } from "./helpers.ts";

const network: fc.Arbitrary<Network> = fc
  .array(fc.record({ from: fc.nat(6), to: fc.nat(6), capacity: fc.nat(9) }), { maxLength: 20 })
  .map((edges) => ({ nodes: 7, edges }));

/** Capacity of the cheapest of all 2^5 cuts. */
function smallestCut({ edges }: Network, source: number, sink: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let side = 0; side < 128; side++) {
    if (((side >> source) & 1) === 0 || ((side >> sink) & 1) === 1) continue;
    const across = edges.filter(({ from, to }) => (side >> from) & 1 && !((side >> to) & 1));
    best = Math.min(
      best,
      across.reduce((sum, edge) => sum + edge.capacity, 0),
    );
  }
  return best;
}

describe("maximum flow", () => {
  it("is the capacity of the smallest cut, and both cuts it names have it", () => {
    fc.assert(
      fc.property(network, (given) => {
        const { value, nearSource, nearSink } = maximumFlow(given, 0, 6);
        expect(value).toBe(smallestCut(given, 0, 6));
        for (const side of [nearSource, nearSink]) {
          const across = given.edges.filter(({ from, to }) => side.has(from) && !side.has(to));
          expect(across.reduce((sum, edge) => sum + edge.capacity, 0)).toBe(value);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("falls apart into legal paths that add up to it", () => {
    fc.assert(
      fc.property(network, (given) => {
        const { value, flows } = maximumFlow(given, 0, 6);
        const found = flowPaths(given, flows, 0, 6);
        expect(found.reduce((sum, path) => sum + path.amount, 0)).toBe(value);
        for (const { nodes } of found) {
          expect(new Set(nodes).size).toBe(nodes.length);
          for (const [at, from] of nodes.slice(0, -1).entries()) {
            expect(given.edges.some((edge) => edge.from === from && edge.to === nodes[at + 1])).toBe(true);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

type Query = { roots: Record<string, number>; target: string; paths: [number, string][] };
type Vector = { nodes: string[]; edges: [string, string, number, number][]; queries: Query[] };

// Transcribed from the tests of sequoia-wot 0.2.0 (facts): an edge is issuer, target, depth, amount.
const transcribed: Record<string, Vector> = {
  "local optima": {
    nodes: [..."ABCDEFGH"],
    edges: [
      ["A", "B", 150, 120],
      ["B", "C", 50, 100],
      ["B", "D", 100, 50],
      ["C", "E", 50, 100],
      ["D", "E", 100, 50],
      ["B", "F", 200, 75],
      ["E", "F", 100, 120],
      ["E", "H", 0, 120],
      ["E", "G", 0, 30],
    ],
    queries: [
      { roots: { A: 120 }, target: "B", paths: [[120, "AB"]] },
      { roots: { A: 120 }, target: "C", paths: [[100, "ABC"]] },
      { roots: { A: 120 }, target: "D", paths: [[50, "ABD"]] },
      {
        roots: { A: 120 },
        target: "E",
        paths: [
          [100, "ABCE"],
          [20, "ABDE"],
        ],
      },
      {
        roots: { A: 120 },
        target: "F",
        paths: [
          [75, "ABF"],
          [45, "ABCEF"],
        ],
      },
      { roots: { A: 120 }, target: "G", paths: [[30, "ABDEG"]] },
      {
        roots: { A: 120 },
        target: "H",
        paths: [
          [100, "ABCEH"],
          [20, "ABDEH"],
        ],
      },
      { roots: { B: 120 }, target: "A", paths: [] },
      {
        roots: { B: 120 },
        target: "E",
        paths: [
          [100, "BCE"],
          [50, "BDE"],
        ],
      },
      {
        roots: { B: 120 },
        target: "F",
        paths: [
          [75, "BF"],
          [100, "BCEF"],
          [20, "BDEF"],
        ],
      },
    ],
  },
};

const file = new URL("../../../shared/data/trust/wot-flow-vectors.json", import.meta.url);
const all = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")).vectors as Record<string, Vector>) : transcribed;
const queries = Object.entries(all)
  .filter(([, vector]) => Array.isArray(vector.queries))
  .flatMap(([name, vector]) =>
    vector.queries.map((query, at) => [`${name} ${at}: ${query.target}`, vector, query] as const),
  );

describe("the queries of sequoia-wot", () => {
  it.each(queries)("%s: their paths are legal, and our total is never below theirs", (_, vector, query) => {
    const number = new Map(vector.nodes.map((node, at) => [node, at]));
    const at = (node: string) => number.get(node) as number;
    const source = vector.nodes.length;
    const edges = [
      ...vector.edges.map(([from, to, , capacity]) => ({ from: at(from), to: at(to), capacity })),
      // A root's amount bounds each of its paths, not their sum.
      ...Object.keys(query.roots).map((root) => ({ from: source, to: at(root), capacity: 2 ** 20 })),
    ];
    const given = { nodes: source + 1, edges };
    const { value, flows } = maximumFlow(given, source, at(query.target));
    const theirs = query.paths.reduce((sum, [amount]) => sum + amount, 0);
    expect(value).toBeGreaterThanOrEqual(theirs);

    const left = new Map(vector.edges.map(([from, to, , amount]) => [from + to, amount]));
    for (const [amount, path] of query.paths) {
      const steps = [...path].slice(1).map((to, step) => path[step] + to);
      const bottleneck = Math.min(
        query.roots[path[0] as string] as number,
        ...steps.map((step) => left.get(step) as number),
      );
      expect(amount).toBe(bottleneck);
      for (const [done, step] of steps.entries()) {
        left.set(step, (left.get(step) as number) - amount);
        const depth = vector.edges.find(([from, to]) => from + to === step)?.[2] as number;
        expect(depth).toBeGreaterThanOrEqual(Math.min(depth === 255 ? 0 : 255, steps.length - 1 - done));
      }
    }
    // Where theirs is one path, our path finder finds one too, of no less.
    const ours = flowPaths(given, flows, source, at(query.target));
    expect(ours.reduce((sum, path) => sum + path.amount, 0)).toBe(value);
    if (theirs > 0) expect(ours.length).toBeGreaterThan(0);
  });

  it("are all there", () => {
    expect(queries.length).toBe(existsSync(file) ? 52 : 10);
  });
});

describe("separate ways", () => {
  const full = (issuer: string, vouched: string) =>
    ({ issuer, vouched, amount: 120, role: "may-introduce", hour: NOW }) as const;

  it("share no organization, and hang on the smallest cuts", () => {
    const graph = graphOf([
      full("v", "a"),
      full("v", "b"),
      full("a", "c"),
      full("b", "c"),
      full("c", "d"),
      full("c", "e"),
    ]);
    const voice = walk(graph, "v", { now: NOW });
    expect(separateWays(voice, ["d", "e"])).toEqual({ count: 1, nearViewer: ["c"], nearReporters: ["c"] });
    expect(separateWays(voice, ["a", "d"]).count).toBe(2);
    expect(separateWays(voice, ["nobody"])).toEqual({ count: 0, nearViewer: [], nearReporters: [] });
  });

  it("are as many as the organizations that cut them off, and cut they do", () => {
    fc.assert(
      fc.property(
        fc.array(drawnVouch(8), { maxLength: 30 }),
        fc.subarray(["o4", "o5", "o6", "o7"]),
        (drawn, reporters) => {
          const graph = graphOf(drawn.map((one) => asVouch(one)));
          const { count, nearViewer, nearReporters } = separateWays(walk(graph, "o0", { now: NOW }), reporters);
          for (const cut of [nearViewer, nearReporters]) {
            expect(cut.length).toBe(count);
            const left = walk(graph, "o0", { now: NOW, closed: new Set(cut) });
            const heard = reporters.filter((id) => grainsOf(left, graph.index.get(id) ?? -1) > 0);
            // Cutting may open a fourth step to those whom a cut organization introduced before: never to reporters.
            expect(heard).toEqual([]);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
