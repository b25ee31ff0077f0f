import { readFileSync } from "node:fs";

/** One rating of a signed network: -10 to 10, `hour` since 1970. */
export type Edge = { readonly source: string; readonly target: string; readonly rating: number; readonly hour: number };

/** Edges in order of time; edges of one time in an order that does not depend on the file's. */
export function sorted(edges: readonly Edge[]): Edge[] {
  const key = (e: Edge) => `${e.source},${e.target},${e.rating}`;
  return [...edges].sort((a, b) => a.hour - b.hour || (key(a) < key(b) ? -1 : 1));
}

/** Reads SNAP's layout `source,target,rating,time` (seconds). Throws on a line that is none. */
export function readNetwork(file: string): Edge[] {
  const edges: Edge[] = [];
  for (const line of readFileSync(file, "utf8").split(/\r?\n/)) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [source, target, rating, time] = line.split(",");
    const edge = { source: `n${source}`, target: `n${target}`, rating: Number(rating), hour: Number(time) / 3600 };
    if (target === undefined || !(Math.abs(edge.rating) <= 10) || edge.rating === 0 || !Number.isFinite(edge.hour)) {
      throw new Error("not a signed network: expected source,target,rating,time with ratings -10 to 10, not 0");
    }
    edges.push(edge);
  }
  return sorted(edges);
}
