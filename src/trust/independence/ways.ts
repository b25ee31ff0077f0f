import type { Row } from "../voice/graph.ts";
import { flow, grainsOf, type Voice } from "../voice/walk.ts";
import { maximumFlow } from "./flow.ts";

export type Ways = {
  /** How many ways lead from the viewer to the reporters that share no organization. */
  readonly count: number;
  /** The fewest organizations without which no reporter is heard: nearest the viewer, nearest the reporters. */
  readonly nearViewer: readonly string[];
  readonly nearReporters: readonly string[];
};

/** Only organizations can be cut off, not vouches. */
const UNCUT = 2 ** 30;

const none: Ways = { count: 0, nearViewer: [], nearReporters: [] };

/**
 * The separate ways by which the viewer hears `reporters`, on the vouches that carry voice. By Menger's
 * theorem their number is that of the smallest cut.
 */
export function separateWays(voice: Voice, reporters: Iterable<string>): Ways {
  const { graph, viewer } = voice;
  if (viewer < 0) return none;
  const ends: number[] = [];
  for (const id of [...new Set(reporters)].sort()) {
    const index = graph.index.get(id);
    if (index !== undefined && index !== viewer && grainsOf(voice, index) > 0) ends.push(index);
  }
  // Backward from the reporters: only what carries voice to one of them is ever built.
  const numbers = new Map<number, number>(ends.map((node, at) => [node, at]));
  const vouches: [number, number][] = [];
  for (const [node] of numbers) {
    for (const from of [...(graph.incoming[node] as number[])].sort((a, b) =>
      (graph.ids[a] as string) < (graph.ids[b] as string) ? -1 : 1,
    )) {
      const slot = (graph.rows[from] as Row).slot.get(node) as number;
      if (![1, 2, 3, 4].some((step) => flow(voice, step, from, slot) > 0)) continue;
      vouches.push([from, node]);
      if (from !== viewer && !numbers.has(from)) numbers.set(from, numbers.size);
    }
  }
  // Node n enters at 2 + 2n and leaves at 3 + 2n; the viewer is 0, the sink 1.
  const enter = (node: number) => 2 + 2 * (numbers.get(node) as number);
  const leave = (node: number) => (node === viewer ? 0 : enter(node) + 1);
  const edges = [...numbers.keys()].map((node) => ({ from: enter(node), to: leave(node), capacity: 1 }));
  for (const [from, to] of vouches) {
    edges.push({ from: leave(from), to: enter(to), capacity: UNCUT });
  }
  for (const end of ends) edges.push({ from: leave(end), to: 1, capacity: UNCUT });
  const found = maximumFlow({ nodes: 2 + 2 * numbers.size, edges }, 0, 1);
  const cut = (side: ReadonlySet<number>) =>
    [...numbers.keys()]
      .filter((node) => side.has(enter(node)) && !side.has(leave(node)))
      .map((node) => graph.ids[node] as string)
      .sort();
  return { count: found.value, nearViewer: cut(found.nearSource), nearReporters: cut(found.nearSink) };
}
