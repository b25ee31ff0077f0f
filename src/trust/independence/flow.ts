/** A directed network of numbered nodes; capacities are integers. */
export type Network = {
  readonly nodes: number;
  readonly edges: readonly { readonly from: number; readonly to: number; readonly capacity: number }[];
};

export type Flow = {
  readonly value: number;
  /** What passes along each edge, in the order given. */
  readonly flows: readonly number[];
  /** Nodes on the source's side of the smallest cut nearest the source, and of the one nearest the sink. */
  readonly nearSource: ReadonlySet<number>;
  readonly nearSink: ReadonlySet<number>;
};

/**
 * Maximum flow and its two extreme smallest cuts. Method: E. Dinic (1970), blocking flows on layers;
 * O(E √V) where every inner node has capacity 1. Iterative, so that long paths do not exhaust the stack.
 */
export function maximumFlow({ nodes, edges }: Network, source: number, sink: number): Flow {
  const to: number[] = [];
  const left: number[] = [];
  const out: number[][] = Array.from({ length: nodes }, () => []);
  for (const edge of edges) {
    (out[edge.from] as number[]).push(to.length);
    to.push(edge.to);
    left.push(Math.max(0, edge.capacity));
    (out[edge.to] as number[]).push(to.length);
    to.push(edge.from);
    left.push(0);
  }
  const level = new Int32Array(nodes);
  const next = new Int32Array(nodes);
  const layers = (): boolean => {
    level.fill(-1);
    level[source] = 0;
    const queue = [source];
    for (const node of queue) {
      for (const edge of out[node] as number[]) {
        const other = to[edge] as number;
        if ((left[edge] as number) > 0 && level[other] === -1) {
          level[other] = (level[node] as number) + 1;
          queue.push(other);
        }
      }
    }
    return level[sink] !== -1;
  };
  let value = 0;
  while (source !== sink && layers()) {
    next.fill(0);
    const trail: number[] = [];
    let node = source;
    for (;;) {
      if (node === sink) {
        const amount = Math.min(...trail.map((edge) => left[edge] as number));
        for (const edge of trail) {
          left[edge] = (left[edge] as number) - amount;
          left[edge ^ 1] = (left[edge ^ 1] as number) + amount;
        }
        value += amount;
        trail.length = 0;
        node = source;
        continue;
      }
      const list = out[node] as number[];
      let step = -1;
      for (; (next[node] as number) < list.length; next[node] = (next[node] as number) + 1) {
        const edge = list[next[node] as number] as number;
        if ((left[edge] as number) > 0 && level[to[edge] as number] === (level[node] as number) + 1) {
          step = edge;
          break;
        }
      }
      if (step >= 0) {
        trail.push(step);
        node = to[step] as number;
      } else if (trail.length === 0) break;
      else {
        const edge = trail.pop() as number;
        node = to[edge ^ 1] as number;
        next[node] = (next[node] as number) + 1;
      }
    }
  }
  const spread = (start: number, open: (edge: number) => boolean): Set<number> => {
    const seen = new Set([start]);
    for (const node of seen) for (const edge of out[node] as number[]) if (open(edge)) seen.add(to[edge] as number);
    return seen;
  };
  const nearSource = spread(source, (edge) => (left[edge] as number) > 0);
  const reaching = spread(sink, (edge) => (left[edge ^ 1] as number) > 0);
  const nearSink = new Set(Array.from({ length: nodes }, (_, node) => node).filter((node) => !reaching.has(node)));
  return { value, flows: edges.map((_, at) => left[2 * at + 1] as number), nearSource, nearSink };
}

/** The paths that make up a maximum flow, with the amount of each; they add up to its value. Cycles carry nothing. */
export function flowPaths(
  { nodes, edges }: Network,
  flows: readonly number[],
  source: number,
  sink: number,
): { readonly nodes: readonly number[]; readonly amount: number }[] {
  const left = [...flows];
  const out: number[][] = Array.from({ length: nodes }, () => []);
  for (const [at, edge] of edges.entries()) (out[edge.from] as number[]).push(at);
  const found: { nodes: number[]; amount: number }[] = [];
  for (;;) {
    // Breadth first: a shortest path, which meets no node twice.
    const came = new Map<number, number>();
    const queue = [source];
    for (const node of queue) {
      for (const at of out[node] as number[]) {
        const to = edges[at]?.to as number;
        if ((left[at] as number) <= 0 || to === source || came.has(to)) continue;
        came.set(to, at);
        queue.push(to);
      }
    }
    if (!came.has(sink) || source === sink) return found;
    const trail: number[] = [];
    for (let node = sink; node !== source; node = edges[trail.at(-1) as number]?.from as number) {
      trail.push(came.get(node) as number);
    }
    trail.reverse();
    const amount = Math.min(...trail.map((at) => left[at] as number));
    for (const at of trail) left[at] = (left[at] as number) - amount;
    found.push({ nodes: [source, ...trail.map((at) => edges[at]?.to as number)], amount });
  }
}
