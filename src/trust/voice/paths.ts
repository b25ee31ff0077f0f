import type { Row } from "./graph.ts";
import { carries, flow, type Voice } from "./walk.ts";

/** A way by which an organization is heard, from the viewer on, and what it carries. */
export type Path = { readonly organizations: readonly string[]; readonly amount: number };

export type Paths = {
  readonly paths: readonly Path[];
  /** What the ways beyond the limit carry together; 0 where all are listed. */
  readonly rest: number;
};

type Part = { readonly step: number; readonly trail: readonly number[]; readonly amount: number };

/**
 * Splits the integer `amount` in proportion to `weights`: the parts add up to it exactly. What rounding
 * leaves goes by largest remainder, then by `tie`, an order of the weights' places.
 */
export function apportion(
  amount: number,
  weights: readonly number[],
  tie: (a: number, b: number) => number = (a, b) => a - b,
): number[] {
  let total = 0;
  for (const weight of weights) total += weight;
  if (total === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor(amount * (weight / total)));
  let left = amount;
  for (const part of parts) left -= part;
  const order = weights
    .map((weight, at) => ({ at, remainder: amount * (weight / total) - (parts[at] as number) }))
    .filter(({ at }) => (weights[at] as number) > 0)
    .sort((a, b) => b.remainder - a.remainder || tie(a.at, b.at));
  for (let next = 0; left !== 0; next = (next + 1) % order.length) {
    const { at } = order[next] as { at: number };
    const change =
      left > 0 ? Math.min(left, Math.max(1, Math.floor(left / order.length))) : -Math.min(1, parts[at] as number);
    parts[at] = (parts[at] as number) + change;
    left -= change;
  }
  return parts;
}

type Source = { readonly from: number; readonly step: number; readonly weight: number };

/** Who brought what came to `to` at `step`; without what came from `except`, to which it did not go back. */
function sources(voice: Voice, step: number, to: number, except: number): Source[] {
  const list: Source[] = [];
  for (const from of voice.graph.incoming[to] as number[]) {
    if (from === except || !carries(voice, step, from)) continue;
    const row = voice.graph.rows[from] as Row;
    const slot = row.slot.get(to) as number;
    // Only what may be passed on brought the mass that went on to `except`.
    if (except >= 0 && row.heard[slot]) continue;
    const weight = flow(voice, step, from, slot);
    if (weight > 0) list.push({ from, step, weight });
  }
  return list;
}

function split(voice: Voice, part: Part): Part[] {
  const [to, next] = part.trail as [number, number | undefined];
  const steps = next === undefined ? [1, 2, 3, 4] : [part.step];
  const ways = steps.flatMap((step) => sources(voice, step, to, next ?? -1));
  const { ids } = voice.graph;
  const amounts = apportion(
    part.amount,
    ways.map((way) => way.weight),
    (a, b) => {
      const [one, other] = [ways[a], ways[b]] as [Source, Source];
      return one.step - other.step || ((ids[one.from] as string) < (ids[other.from] as string) ? -1 : 1);
    },
  );
  return ways.map((way, at) => ({
    step: way.step - 1,
    trail: [way.from, ...part.trail],
    amount: amounts[at] as number,
  }));
}

/** Larger parts first; of equal ones an order that only ids decide. */
function before(voice: Voice, a: Part, b: Part): boolean {
  if (a.amount !== b.amount) return a.amount > b.amount;
  const name = ({ step, trail }: Part) => `${step} ${trail.map((at) => voice.graph.ids[at]).join()}`;
  return name(a) < name(b);
}

/**
 * The ways by which `id` is heard, largest first, with the part of `amount` (an integer) that each
 * carries. Parts and rest add up to `amount` exactly. At most `limit` ways are listed.
 */
export function paths(voice: Voice, id: string, amount: number, limit = 16): Paths {
  if (amount === 0) return { paths: [], rest: 0 };
  if (id === voice.viewerId) return { paths: [{ organizations: [id], amount }], rest: 0 };
  const index = voice.graph.index.get(id);
  if (index === undefined) return { paths: [], rest: amount };
  const name = (trail: readonly number[]) => trail.map((at) => voice.graph.ids[at] as string);
  const open: Part[] = [{ step: 0, trail: [index], amount }];
  const done: Path[] = [];
  while (open.length > 0 && done.length < limit) {
    let largest = 0;
    for (let at = 1; at < open.length; at++) {
      if (before(voice, open[at] as Part, open[largest] as Part)) largest = at;
    }
    const part = open[largest] as Part;
    open[largest] = open[open.length - 1] as Part;
    open.pop();
    if (part.trail.length > 1 && part.trail[0] === voice.viewer) {
      done.push({ organizations: name(part.trail), amount: part.amount });
      continue;
    }
    for (const piece of split(voice, part)) if (piece.amount > 0) open.push(piece);
  }
  const rest = open.reduce((sum, part) => sum + part.amount, 0);
  const key = (path: Path) => path.organizations.join(">");
  done.sort((a, b) => b.amount - a.amount || (key(a) < key(b) ? -1 : 1));
  return { paths: done, rest };
}
