import { DirectedGraph } from "graphology";
import { centrality } from "graphology-metrics";
import type { OrganizationId, StatementHash, StatementId } from "../../src/core/codec/index.ts";
import type { Placed } from "../../src/core/statements/index.ts";
import { createEngine, type Engine } from "../../src/trust/index.ts";
import { randomly } from "../eval/trust/random.ts";

export type Measure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly ratio?: number;
};

const NOW = 480_000;
const name = (n: number) => `o${String(n).padStart(7, "0")}` as OrganizationId;

let serial = 0;
function say(organization: OrganizationId, statement: object): Placed {
  serial++;
  const common = { id: `${serial}` as StatementId, organization, device: "d", tlp: "TLP:GREEN" };
  const place = {
    hash: `h${serial}` as StatementHash,
    circle: "c",
    position: serial,
    organization,
    member: "m",
    device: "d",
  };
  return { statement: { ...common, ...statement }, ...place, hour: NOW - (serial % 9000) } as unknown as Placed;
}
const vouch = (from: OrganizationId, vouched: OrganizationId) =>
  say(from, { kind: "vouch", vouched, amount: 120, role: "may-introduce" });
const attest = (from: OrganizationId, value: string) =>
  say(from, {
    kind: "attestation",
    subject: { identifiers: [{ kind: "mail", value }] },
    attests: "identity",
    evidence: "witnessed",
  });

/** Vouches at random; `skew` draws some organizations far more often, as real networks do. */
function edgesOf(organizations: number, vouches: number, skew: number): [number, number][] {
  const random = randomly(organizations + vouches);
  const draw = () => Math.floor(organizations * random.next() ** skew);
  const seen = new Set<number>();
  const list: [number, number][] = [];
  while (list.length < vouches) {
    const [from, to] = [draw(), draw()];
    if (from === to || seen.has(from * organizations + to)) continue;
    seen.add(from * organizations + to);
    list.push([from, to]);
  }
  return list;
}

function engineOf(edges: readonly [number, number][]): Engine {
  const engine = createEngine();
  for (const [from, to] of edges) engine.add(vouch(name(from), name(to)));
  return engine;
}

const time = (run: () => unknown): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};
const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;

function pagerankTime(organizations: number, edges: readonly [number, number][]): number {
  const graph = new DirectedGraph();
  for (let n = 0; n < organizations; n++) graph.addNode(n);
  for (const [from, to] of edges) graph.addEdge(from, to);
  // As many rounds as our walk has steps: the least that PageRank could do.
  return time(() => centrality.pagerank(graph, { maxIterations: 4, tolerance: 1, getEdgeWeight: null }));
}

/**
 * The trust engine's benchmarks, one thread. First: a viewer of whom nothing is computed yet, on a graph of
 * 5,900 organizations and 36,000 vouches; next: another subject, and another viewer; incremental: a statement
 * is added and the subject assessed again; growth: a first query at 10⁴, 10⁵ and 10⁶ vouches of like density,
 * beside four rounds of graphology's PageRank over the same graph (ratio: how many times ours it takes).
 */
export async function benchTrust(): Promise<Measure[]> {
  const size = 5_900;
  const edges = edgesOf(size, 36_000, 2);
  const engine = engineOf(edges);
  const about = Array.from({ length: 200 }, (_, n) => {
    const words = Array.from({ length: 8 }, (_, k) => attest(name((n * 31 + k * 7) % 400), `s${n}`));
    for (const one of words) engine.add(one);
    return words.map((one) => one.hash);
  });
  const viewers = [...new Set(edges.map(([from]) => from))].slice(0, 120).map(name);
  // One warm-up compiles the code; each of the others is a first query of its viewer at its own hour.
  const ask = (n: number, now: number, subject = n) =>
    engine.assess({
      viewer: viewers[n % viewers.length] as OrganizationId,
      now,
      about: about[subject % about.length] as StatementHash[],
    });
  for (let n = 0; n < 20; n++) ask(n, NOW - n);
  const first = median(Array.from({ length: 41 }, (_, n) => time(() => ask(n + 20, NOW + n))));
  const next = median(Array.from({ length: 101 }, (_, n) => time(() => ask(60, NOW + 40, n))));
  const viewer = median(Array.from({ length: 51 }, (_, n) => time(() => ask(n + 61, NOW + 40))));
  const incremental = median(
    Array.from({ length: 101 }, (_, n) => {
      const added = attest(name(n), `s${n}`);
      (about[n] as StatementHash[]).push(added.hash);
      return time(() => {
        engine.add(added);
        ask(60, NOW + 40, n);
      });
    }),
  );
  const measures: Measure[] = [
    { name: "trust-first", value: first, unit: "ms", floor: 10, ratio: first / 10 },
    { name: "trust-next", value: next, unit: "ms", floor: 1, ratio: next / 1 },
    { name: "trust-next-viewer", value: viewer, unit: "ms", floor: 1, ratio: viewer / 1 },
    { name: "trust-incremental", value: incremental, unit: "ms", floor: 1, ratio: incremental / 1 },
  ];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const organizations = count / 5;
    const drawn = edgesOf(organizations, count, 1);
    const large = engineOf(drawn);
    const word = attest(name(drawn[0]?.[1] as number), "s");
    large.add(word);
    const query = (n: number) =>
      large.assess({ viewer: name(drawn[n]?.[0] as number), now: NOW + n, about: [word.hash] });
    for (let n = 0; n < 5; n++) query(n);
    const value = median(Array.from({ length: 15 }, (_, n) => time(() => query(n + 5))));
    const peer = pagerankTime(organizations, drawn);
    measures.push({ name: `trust-growth-${count}`, value, unit: "ms" });
    measures.push({ name: `graphology-pagerank-${count}`, value: peer, unit: "ms", ratio: peer / value });
  }
  return measures;
}
