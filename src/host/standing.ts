/*
 * How a circle stands at this host (§10 Restore and move). A host that was set back cannot know what it signed since.
 * So a restored circle takes nothing new until those who may have seen more had time to give it back, and its own
 * keys say that they have nothing more: a new entry at a position that was signed before would be a fork (attack 24).
 */
import { type Bytes, concat, idBytes, type PublicKey, toId } from "../core/codec/index.ts";
import { type Acl, groupOf, isControl, type StandingKind, standings } from "../core/log/index.ts";
import type { Limits } from "./options.ts";
import type { StandingRow, Store } from "./store/index.ts";

export type Standing =
  | { readonly kind: "open" | "left" }
  /** Since `hour`; `confirmed`: control and reserve keys that have no more of the log than the host. */
  | { readonly kind: "restored"; readonly hour: number; readonly confirmed: readonly PublicKey[] }
  /** Since `hour`; brought here by the holder of a key. */
  | { readonly kind: "arriving"; readonly hour: number; readonly mover: PublicKey };

const keySize = 32;
const kinds = Object.keys(standings) as readonly StandingKind[];

function keysOf(bytes: Bytes | null): readonly PublicKey[] {
  const keys: PublicKey[] = [];
  for (let at = 0; at < (bytes?.length ?? 0); at += keySize) {
    keys.push(toId<PublicKey>((bytes as Bytes).subarray(at, at + keySize)));
  }
  return keys;
}

/** The standing that a row keeps. */
export function standingOf({ standing, standingHour: hour, standingKeys }: StandingRow): Standing {
  const kind = kinds.find((name) => standings[name] === standing);
  const keys = keysOf(standingKeys);
  switch (kind) {
    case "restored":
      return { kind, hour, confirmed: keys };
    case "arriving":
      if (keys[0] !== undefined) return { kind, hour, mover: keys[0] };
      break;
    case "open":
    case "left":
      return { kind };
  }
  throw new Error("store: a circle stands as no version knows");
}

/** The row that keeps a standing. */
export function standingRow(standing: Standing): StandingRow {
  const { kind } = standing;
  const keys = kind === "restored" ? standing.confirmed : kind === "arriving" ? [standing.mover] : [];
  return {
    standing: standings[kind],
    standingHour: "hour" in standing ? standing.hour : 0,
    standingKeys: keys.length === 0 ? null : concat(...keys.map(idBytes)),
  };
}

/**
 * Whether a restored circle may take entries again: as many groups as a change of keys needs have confirmed, and
 * `restoreHours` have passed for everybody else; or one control key has, and as long as an erasure by one is held.
 */
export function mayOpen(
  standing: Standing,
  acl: Acl,
  hour: number,
  limits: Pick<Limits, "restoreHours" | "holdHours">,
): boolean {
  if (standing.kind !== "restored") return false;
  const held = standing.confirmed.filter((key) => groupOf(acl, key) !== undefined);
  const groups = new Set(held.map((key) => groupOf(acl, key)));
  const since = hour - standing.hour;
  if (groups.size >= acl.need) return since >= limits.restoreHours;
  return held.some((key) => isControl(acl, key)) && since >= Math.max(limits.holdHours, limits.restoreHours);
}

/**
 * Marks every circle of a store that was set back, at `hour` since 1970: each waits for what it lost. Call it before
 * a host serves the store. Returns how many circles wait now.
 */
export async function markRestored(store: Store, hour: number): Promise<number> {
  const row = standingRow({ kind: "restored", hour, confirmed: [] });
  // A backup of a circle that waited then keeps confirmations that say nothing of what was lost now.
  const again = await store.setStandings(standings.restored, row);
  return again + (await store.setStandings(standings.open, row));
}

/** Opens every circle that waits for what it lost: for an operator who knows that nothing is missing. Returns how many. */
export function reopenAll(store: Store): Promise<number> {
  return store.setStandings(standings.restored, standingRow({ kind: "open" }));
}
