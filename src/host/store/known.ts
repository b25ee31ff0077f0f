import { type Bytes, idBytes, toHex } from "../../core/codec/index.ts";
import type { Engine, Statement } from "./engine.ts";
import { knownRuns } from "./knownRuns.ts";
import { placedBytes } from "./places.ts";
import { any, columnInsertion, places, rowsInRuns, templateOf } from "./sql.ts";
import type { Store } from "./store.ts";

/** Where entries stand, by their hash. */
export type Known = {
  /** Indexes `hashes`, of consecutive entries up to, not including, `end`: what the circle's row then calls known. */
  readonly index: (circle: Bytes, hashes: readonly Bytes[], end: number) => readonly Statement[];
  readonly positions: Store["positions"];
};

/** The way that fits the engine. */
export function knownOf(engine: Engine): Known {
  return engine.indexBehind > 0 ? knownRuns(engine) : knownRows(engine);
}

/** A row an entry, found by the database: for hosts that keep nothing in memory. */
function knownRows(engine: Engine): Known {
  const intoKnown = columnInsertion(engine, "known", { circle: "bytea", hash: "bytea", position: "bigint" });
  const positionsOf = templateOf(engine, (db, count) =>
    db.selectFrom("known").select(["position", "hash"]).where("circle", "=", any).where("hash", "in", places(count)),
  );
  const shortened = (hash: Bytes) => hash.slice(0, placedBytes);

  return {
    index: (circle, hashes, end) =>
      intoKnown(hashes.map((hash, i) => [circle, shortened(hash), end - hashes.length + i])),
    positions: async (circle, hashes) => {
      const id = idBytes(circle);
      const rows = await rowsInRuns<Bytes, { position: number; hash: Bytes }>(engine, hashes, 1, (run) =>
        positionsOf(run.length, [id, ...run.map(shortened)]),
      );
      const known = new Map(rows.map(({ position, hash }) => [toHex(hash), position]));
      return new Map(
        hashes.flatMap((hash) => {
          const position = known.get(toHex(shortened(hash)));
          return position === undefined ? [] : [[toHex(hash), position] as const];
        }),
      );
    },
  };
}
