import { type Bytes, type CircleId, idBytes, toHex, toId } from "../../core/codec/index.ts";
import { standings } from "../../core/log/index.ts";
import { appendStatements } from "./appendSql.ts";
import { type Engine, failedAs } from "./engine.ts";
import { knownOf } from "./known.ts";
import { mailboxStore } from "./mailboxSql.ts";
import { any, isThere, places, rowsInRuns, template, templateOf, unlisted } from "./sql.ts";
import type { AccessRow, CircleRow, EntryRow, PlacedRow, StandingRow, Store } from "./store.ts";
import { keptUnder, readThrough } from "./tree.ts";

const open: StandingRow = { standing: standings.open, standingHour: 0, standingKeys: null };

/** The store over any engine. */
export function sqlStore(engine: Engine): Store {
  const known = knownOf(engine);
  const changes = appendStatements(engine, known);
  const one = async <Row>(statement: Parameters<Engine["all"]>[0]): Promise<Row | undefined> =>
    (await engine.all<Row>(statement))[0];

  const circleById = template(engine, (db) =>
    db
      .selectFrom("circle")
      .select([
        "size",
        "access_version as accessVersion",
        "acl",
        "erasures",
        "known",
        "bytes",
        "control_bytes as controlBytes",
        "standing",
        "standing_hour as standingHour",
        "standing_keys as standingKeys",
      ])
      .where("id", "=", any),
  );
  const circlesAfter = template(engine, (db) =>
    db.selectFrom("circle").select("id").where("id", ">", any).orderBy("id").limit(any),
  );
  const hashesFrom = template(engine, (db) =>
    db
      .selectFrom("entry")
      .select("hash")
      .where("circle", "=", any)
      .where("position", ">=", any)
      .where("position", "<", any)
      .orderBy("position"),
  );
  const entriesFrom = template(engine, (db) =>
    db
      .selectFrom("entry")
      .select(["header", "sealed", "sealed_hash as sealedHash"])
      .where("circle", "=", any)
      .where("position", ">=", any)
      .where("position", "<", any)
      .orderBy("position")
      .limit(any),
  );
  const entriesAt = templateOf(engine, (db, count) =>
    db
      .selectFrom("entry")
      .select(["position", "header", "sealed", "sealed_hash as sealedHash"])
      .where("circle", "=", any)
      .where("position", "in", places(count))
      .orderBy("position"),
  );
  const entriesOfEpochs = template(engine, (db) =>
    db
      .selectFrom("access")
      .innerJoin("entry", (join) =>
        join.onRef("entry.circle", "=", "access.circle").onRef("entry.position", "=", "access.began"),
      )
      .select(["entry.header", "entry.sealed", "entry.sealed_hash as sealedHash"])
      .where("access.circle", "=", any)
      .where("access.epoch", ">=", any)
      .orderBy("access.epoch")
      .limit(any),
  );
  const leavesAt = templateOf(engine, (db, count) =>
    db
      .selectFrom("entry")
      .select(["position as idx", "hash"])
      .where("circle", "=", any)
      .where((where) =>
        where.or(
          Array.from({ length: count }, () => where.and([where("position", ">=", any), where("position", "<", any)])),
        ),
      ),
  );
  const nodesAt = templateOf(engine, (db, count) =>
    db
      .selectFrom("node")
      .select(["level", "idx", "hash"])
      .where("circle", "=", any)
      .where((where) =>
        where.or(
          Array.from({ length: count }, () =>
            where.and([where("level", "=", any), where("idx", ">=", any), where("idx", "<", any)]),
          ),
        ),
      ),
  );
  const accessByKey = template(engine, (db) =>
    db
      .selectFrom("access")
      .select(["epoch", "began", "ended"])
      .where("circle", "=", any)
      .where("key", "=", any)
      .orderBy("epoch", "desc")
      .limit(any),
  );
  const blobBytes = template(engine, (db) =>
    db.selectFrom("blob").select("bytes").where("circle", "=", any).where("hash", "=", any).where(isThere),
  );
  const blobThere = template(engine, (db) =>
    db.selectFrom("blob").select("hour").where("circle", "=", any).where("hash", "=", any).where(isThere),
  );
  const wrap = template(engine, (db) =>
    db
      .selectFrom("listing")
      .innerJoin("access", (join) =>
        join.onRef("access.circle", "=", "listing.circle").onRef("access.began", "=", "listing.position"),
      )
      .select("access.epoch")
      .where("listing.circle", "=", any)
      .where("listing.hash", "=", any)
      .limit(any),
  );
  const heldAt = templateOf(engine, (db, count) =>
    db.selectFrom("erasure").select("position").where("circle", "=", any).where("position", "in", places(count)),
  );
  const dueBy = template(engine, (db) =>
    db
      .selectFrom("erasure")
      .select(["circle", "position", "target", "due"])
      .where("due", "<=", any)
      .where("circle", "not in", db.selectFrom("circle").select("id").where("standing", "=", any))
      .orderBy("due")
      .limit(any),
  );
  const standingAs = template(engine, (db) =>
    db
      .selectFrom("circle")
      .select((select) => select.fn.countAll().as("count"))
      .where("standing", "=", any),
  );
  const unlistedBlobs = template(engine, (db) =>
    db
      .selectFrom("blob")
      .select(["circle", "hash"])
      .where("hour", "<", any)
      .where(unlisted)
      .where("circle", "not in", db.selectFrom("circle").select("id").where("standing", "=", any))
      .orderBy("circle")
      .limit(any),
  );

  return {
    circle: (circle) => one<CircleRow>(circleById(idBytes(circle))),
    circles: async (after, limit) => {
      const from = after === undefined ? new Uint8Array(0) : idBytes(after);
      return (await engine.all<{ id: Bytes }>(circlesAfter(from, limit))).map(({ id }) => toId<CircleId>(id));
    },

    found: (append, hour, standing = open) => engine.batch(changes.found(append, hour, standing)),
    setStanding: (circle, standing) => engine.batch(changes.setStanding(circle, standing)),
    setStandings: async (from, to) => {
      const counted = await one<{ count: number | string }>(standingAs(from));
      await engine.batch(changes.setStandings(from, to));
      return Number(counted?.count ?? 0);
    },
    append: (append) => engine.batch(changes.append(append)),

    indexBehind: engine.indexBehind,
    hashes: async (circle, from, to) =>
      (await engine.all<{ hash: Bytes }>(hashesFrom(idBytes(circle), from, to))).map(({ hash }) => hash),
    positions: known.positions,
    entries: (circle, from, to, limit) => engine.all<EntryRow>(entriesFrom(idBytes(circle), from, to, limit)),
    entriesAt: (circle, positions) => {
      const id = idBytes(circle);
      return rowsInRuns<number, PlacedRow>(engine, positions, 1, (run) => entriesAt(run.length, [id, ...run]));
    },
    epochs: (circle, epoch, limit) => engine.all<EntryRow>(entriesOfEpochs(idBytes(circle), epoch, limit)),
    nodes: async (circle, wanted) => {
      const id = idBytes(circle);
      const spans = wanted.map(keptUnder);
      const leaves = spans.filter(({ level }) => level === 0);
      const inner = spans.filter(({ level }) => level > 0);
      type Span = (typeof spans)[number];
      const [low, high] = await Promise.all([
        rowsInRuns<Span, { idx: number; hash: Bytes }>(engine, leaves, 2, (run) =>
          leavesAt(run.length, [id, ...run.flatMap(({ first, count }) => [first, first + count])]),
        ),
        rowsInRuns<Span, { level: number; idx: number; hash: Bytes }>(engine, inner, 3, (run) =>
          nodesAt(run.length, [id, ...run.flatMap(({ level, first, count }) => [level, first, first + count])]),
        ),
      ]);
      const found = new Map([
        ...low.map(({ idx, hash }) => [`0/${idx}`, hash] as const),
        ...high.map(({ level, idx, hash }) => [`${level}/${idx}`, hash] as const),
      ]);
      return readThrough((level, index) => {
        const hash = found.get(`${level}/${index}`);
        if (hash === undefined) throw new Error("store: a node of the tree is missing");
        return hash;
      });
    },
    access: (circle, key) => one<AccessRow>(accessByKey(idBytes(circle), idBytes(key), 1)),

    putBlob: async (circle, hash, bytes, hour, control) => {
      try {
        await engine.batch(changes.putBlob(circle, hash, bytes, hour, control));
      } catch (error) {
        // Its place is there, and perhaps its bytes: then there is nothing to do, and nothing is counted twice.
        if (!failedAs(error, "taken")) throw error;
        await engine.batch(changes.fillBlob(circle, hash, bytes, control));
      }
    },
    expectBlobs: (circle, hashes, hour) => engine.batch(changes.expectBlobs(circle, hashes, hour)),
    blob: async (circle, hash) => (await one<{ bytes: Bytes }>(blobBytes(idBytes(circle), idBytes(hash))))?.bytes,
    hasBlob: async (circle, hash) => (await one(blobThere(idBytes(circle), idBytes(hash)))) !== undefined,
    isWrap: async (circle, hash) => (await one(wrap(idBytes(circle), idBytes(hash), 1))) !== undefined,

    ...mailboxStore(engine),

    held: async (circle, positions) => {
      const id = idBytes(circle);
      const rows = await rowsInRuns<number, { position: number }>(engine, positions, 1, (run) =>
        heldAt(run.length, [id, ...run]),
      );
      return new Set(rows.map(({ position }) => position));
    },
    due: async (hour, limit) => {
      const rows = await engine.all<{ circle: Bytes; position: number; target: number; due: number }>(
        dueBy(hour, standings.restored, limit),
      );
      return rows.map((row) => ({ ...row, circle: toId<CircleId>(row.circle) }));
    },
    drop: (circle, drops) => engine.batch(changes.drop(idBytes(circle), drops)),
    sweepBlobs: async (hour) => {
      const rows = await engine.all<{ circle: Bytes; hash: Bytes }>(unlistedBlobs(hour, standings.restored, 64));
      const byCircle = Map.groupBy(rows, ({ circle }) => toHex(circle));
      for (const group of byCircle.values()) {
        const [first] = group;
        if (first !== undefined)
          await engine.batch(
            changes.dropBlobs(
              first.circle,
              group.map(({ hash }) => hash),
            ),
          );
      }
      return rows.length;
    },

    notify: engine.notify,
    tidy: engine.tidy,
    close: engine.close,
  };
}
