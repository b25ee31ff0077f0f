import type { Scope } from "../../core/statements/index.ts";
import type { Workspace } from "./workspace.ts";

/** A vouch as the walk needs it. `Id` is an organization's id. */
export type Vouch = {
  readonly issuer: string;
  readonly vouched: string;
  /** 0–120; 120 full, 40 partial. Anything else is void. */
  readonly amount: number;
  readonly role: "heard" | "may-introduce";
  /** Hours since 1970. */
  readonly hour: number;
  /** The first hour at which it no longer counts; none: no end. */
  readonly endsHour?: number;
  /** None: every scope. */
  readonly scopes?: readonly Scope[];
};

const scopeBits: Readonly<Record<Scope, number>> = { people: 1, tips: 2, security: 4 };
const EVERY_SCOPE = 7;

/** The bit set of `scopes`; all of them where none is named. */
export function scopeMask(scopes: readonly Scope[] | undefined): number {
  if (scopes === undefined || scopes.length === 0) return EVERY_SCOPE;
  let mask = 0;
  for (const scope of scopes) mask |= scopeBits[scope] ?? 0;
  return mask;
}

/** One issuer's vouches, as parallel columns. */
export type Row = {
  readonly target: number[];
  readonly amount: number[];
  readonly hour: number[];
  readonly ends: number[];
  readonly mask: number[];
  readonly heard: boolean[];
  /** Where in the target's row its vouch for this issuer stands; -1: none. */
  readonly back: number[];
  readonly slot: Map<number, number>;
};

/** Organizations and live or lapsed vouches: one per issuer and vouched. Changed only by `put` and `drop`. */
export type Graph = {
  readonly ids: string[];
  readonly index: Map<string, number>;
  readonly rows: Row[];
  /** Issuers that name this organization. */
  readonly incoming: number[][];
  /** Room for one walk at a time; it grows with the graph and is cleared by those who used it. */
  work: Workspace | undefined;
};

export function emptyGraph(): Graph {
  return { ids: [], index: new Map(), rows: [], incoming: [], work: undefined };
}

function intern(graph: Graph, id: string): number {
  const known = graph.index.get(id);
  if (known !== undefined) return known;
  const made = graph.ids.length;
  graph.index.set(id, made);
  graph.ids.push(id);
  graph.rows.push({ target: [], amount: [], hour: [], ends: [], mask: [], heard: [], back: [], slot: new Map() });
  graph.incoming.push([]);
  return made;
}

/**
 * Puts `vouch` in place of the issuer's earlier one for the same organization. Self-vouches and
 * amounts that are not integers of 0 to 120 are void: they change nothing, and the answer is false.
 */
export function put(graph: Graph, vouch: Vouch): boolean {
  if (vouch.issuer === vouch.vouched) return false;
  if (!Number.isInteger(vouch.amount) || vouch.amount < 0 || vouch.amount > 120) return false;
  if (!Number.isFinite(vouch.hour)) return false;
  const from = intern(graph, vouch.issuer);
  const to = intern(graph, vouch.vouched);
  const row = graph.rows[from] as Row;
  const other = graph.rows[to] as Row;
  let at = row.slot.get(to);
  if (at === undefined) {
    at = row.target.length;
    row.slot.set(to, at);
    row.target.push(to);
    const back = other.slot.get(from);
    row.back.push(back ?? -1);
    if (back !== undefined) other.back[back] = at;
    (graph.incoming[to] as number[]).push(from);
  }
  row.amount[at] = vouch.amount;
  row.hour[at] = vouch.hour;
  row.ends[at] = vouch.endsHour ?? Number.POSITIVE_INFINITY;
  row.mask[at] = scopeMask(vouch.scopes);
  row.heard[at] = vouch.role === "heard";
  return true;
}

/** Takes the vouch back: what is left of it carries nothing and counts in no sum. */
export function drop(graph: Graph, issuer: string, vouched: string): void {
  const from = graph.index.get(issuer);
  const to = graph.index.get(vouched);
  if (from === undefined || to === undefined) return;
  const row = graph.rows[from] as Row;
  const at = row.slot.get(to);
  if (at !== undefined) row.amount[at] = 0;
}
