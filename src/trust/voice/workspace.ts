import type { Graph } from "./graph.ts";

/** Columns by organization; all zero but for the walk that is in place. */
export type Workspace = {
  readonly size: number;
  /** mass[k][i]: grains that reach i at step k and may go on; raw: the same before i's cap. Steps 0 to 3. */
  readonly mass: readonly Float64Array[];
  readonly raw: readonly Float64Array[];
  /** Grains of voice after three steps. */
  readonly grains: Float64Array;
  readonly heard: Float64Array;
  readonly closed: Uint8Array;
  inPlace: Footprint | undefined;
};

/** What a walk left behind, small as its neighborhood, so that it can be put in place again. */
export type Footprint = {
  readonly touched: Int32Array;
  /** Seven values for each touched: grains, mass and raw of steps 1 to 3. */
  readonly values: Float64Array;
  readonly closed: readonly number[];
  readonly viewer: number;
};

const COLUMNS = 7;

function made(size: number): Workspace {
  const columns = () => [0, 1, 2, 3].map(() => new Float64Array(size));
  const [grains, heard] = [new Float64Array(size), new Float64Array(size)];
  return { size, mass: columns(), raw: columns(), grains, heard, closed: new Uint8Array(size), inPlace: undefined };
}

function columnsOf({ grains, mass, raw }: Workspace): Float64Array[] {
  return [grains, ...mass.slice(1), ...raw.slice(1)];
}

/** Takes the walk that is in place away. The cost is its neighborhood's. */
function clear(work: Workspace): void {
  const last = work.inPlace;
  if (last === undefined) return;
  for (const column of columnsOf(work)) for (const at of last.touched) column[at] = 0;
  for (const at of last.closed) work.closed[at] = 0;
  for (const column of [work.mass[0], work.raw[0]] as Float64Array[]) if (last.viewer >= 0) column[last.viewer] = 0;
  work.inPlace = undefined;
}

/** An empty workspace as large as the graph. */
export function emptied(graph: Graph): Workspace {
  const known = graph.work;
  if (known === undefined || known.size < graph.ids.length) {
    // Twice as large, so that growing costs little on the whole.
    graph.work = made(2 * graph.ids.length + 16);
  } else clear(known);
  return graph.work as Workspace;
}

/** Remembers what stands in the workspace. */
export function remember(work: Workspace, touched: Int32Array, closed: readonly number[], viewer: number): Footprint {
  const values = new Float64Array(touched.length * COLUMNS);
  for (const [column, from] of columnsOf(work).entries()) {
    for (let at = 0; at < touched.length; at++) values[at * COLUMNS + column] = from[touched[at] as number] as number;
  }
  const footprint = { touched, values, closed, viewer };
  work.inPlace = footprint;
  return footprint;
}

/** Puts a walk in place, for its flows to be asked for. */
export function placed(graph: Graph, footprint: Footprint, grain: number): Workspace {
  if (graph.work?.inPlace === footprint) return graph.work;
  const work = emptied(graph);
  const { touched, values, closed, viewer } = footprint;
  for (const [column, to] of columnsOf(work).entries()) {
    for (let at = 0; at < touched.length; at++) to[touched[at] as number] = values[at * COLUMNS + column] as number;
  }
  for (const at of closed) work.closed[at] = 1;
  for (const column of [work.mass[0], work.raw[0]] as Float64Array[]) if (viewer >= 0) column[viewer] = grain;
  work.inPlace = footprint;
  return work;
}
