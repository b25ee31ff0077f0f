import { sql } from "kysely";
import { type Bytes, type CircleId, concat, idBytes, toHex } from "../../core/codec/index.ts";
import type { Engine } from "./engine.ts";
import type { Known } from "./known.ts";
import { createPlaces, type Places, placedBytes } from "./places.ts";
import { any, insertion, template } from "./sql.ts";

/** Hashes kept in memory over all circles: some 60 MB. */
const mostInMemory = 2_000_000;

/** Runs read at a time. */
const atOnce = 64;

/**
 * Hashes in runs, many a row in the order of their entries, found in memory: for a host that is alone with its
 * database. Nothing is written out of order, and nothing is read but what memory lacks, also where another process
 * wrote it. Beyond `mostKept` hashes, circles that were asked longest ago are forgotten, and read again.
 */
export function knownRuns(engine: Engine, mostKept = mostInMemory): Known {
  const intoRun = insertion(engine, "known_run", ["circle", "first", "hashes"]);
  const runsFrom = template(engine, (db) =>
    db
      .selectFrom("known_run")
      .select(["first", "hashes"])
      .where("circle", "=", any)
      .where("first", ">=", any)
      .orderBy("first")
      // Spelled out: SQLite plans a statement anew whenever its limit is bound.
      .limit(sql.lit(atOnce)),
  );
  const kept = new Map<CircleId, Places>();

  /** Drops the circles that were asked longest ago until the rest is few enough, and never `asking`. */
  const makeRoom = (asking: CircleId) => {
    let total = 0;
    for (const { size } of kept.values()) total += size();
    for (const [circle, { size }] of kept) {
      if (total <= mostKept || circle === asking) return;
      total -= size();
      kept.delete(circle);
    }
  };

  const placesOf = async (circle: CircleId): Promise<Places> => {
    const places = kept.get(circle) ?? createPlaces();
    kept.delete(circle);
    kept.set(circle, places);
    const id = idBytes(circle);
    for (;;) {
      const rows = await engine.all<{ first: number; hashes: Bytes }>(runsFrom(id, places.size()));
      for (const { first, hashes } of rows) {
        if (first > places.size()) throw new Error("store: a run of hashes is missing");
        // What another request added meanwhile is there.
        if (first === places.size()) places.add(hashes);
      }
      if (rows.length > 0) makeRoom(circle);
      if (rows.length < atOnce) return places;
    }
  };

  return {
    index: (circle, hashes, end) =>
      intoRun([[circle, end - hashes.length, concat(...hashes.map((hash) => hash.subarray(0, placedBytes)))]]),
    positions: async (circle, hashes) => {
      const places = await placesOf(circle);
      const found = new Map<string, number>();
      for (const hash of hashes) {
        const place = places.find(hash);
        if (place !== undefined) found.set(toHex(hash), place);
      }
      return found;
    },
  };
}
