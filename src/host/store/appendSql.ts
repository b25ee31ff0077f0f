import { type SqlBool, sql } from "kysely";
import { type BlobHash, type Bytes, type CircleId, idBytes } from "../../core/codec/index.ts";
import { standings } from "../../core/log/index.ts";
import type { Engine, Statement } from "./engine.ts";
import type { Known } from "./known.ts";
import { any, columnInsertion, insertion, places, runsOf, template, templateOf, unlisted } from "./sql.ts";
import type { Append, Dropped, StandingRow } from "./store.ts";
import { isKept } from "./tree.ts";

/** The size of the circle when an append is stored. */
const endOf = ({ position, entries }: Append) => position + entries.length;

/** Up to where hashes are indexed then; `null` where that stays as it is. */
const knownAfter = (append: Append) => (append.known.length > 0 ? endOf(append) : null);

/** The statements of every change to a circle, each list to be run as one atomic batch. */
export function appendStatements(engine: Engine, known: Known) {
  const intoCircle = insertion(engine, "circle", [
    "id",
    "size",
    "access_version",
    "acl",
    "erasures",
    "known",
    "bytes",
    "control_bytes",
    "hour",
    "standing",
    "standing_hour",
    "standing_keys",
  ]);
  const intoEntry = columnInsertion(engine, "entry", {
    circle: "bytea",
    position: "bigint",
    hash: "bytea",
    header: "bytea",
    sealed: "bytea",
    sealed_hash: "bytea",
  });
  const intoNode = columnInsertion(engine, "node", { circle: "bytea", level: "bigint", idx: "bigint", hash: "bytea" });
  const intoAccess = insertion(engine, "access", ["circle", "epoch", "key", "began", "ended"]);
  const intoListing = columnInsertion(engine, "listing", { circle: "bytea", hash: "bytea", position: "bigint" });
  const intoErasure = insertion(engine, "erasure", ["circle", "position", "target", "due"]);
  const intoBlob = insertion(engine, "blob", ["circle", "hash", "bytes", "hour", "control"]);

  // A circle that has left takes nothing, whatever a process remembers of it: its size cannot be null, so the batch
  // fails, and what was stored before it left is all that there will ever be.
  const grow = template(engine, (db) =>
    db
      .updateTable("circle")
      .set((set) => ({
        size: sql<number>`case when standing = ${sql.lit(standings.left)} then null else cast(${any} as bigint) end`,
        known: sql<number>`coalesce(cast(${any} as bigint), known)`,
        bytes: set("bytes", "+", any),
        control_bytes: set("control_bytes", "+", any),
      }))
      .where("id", "=", any),
  );
  const setAcl = template(engine, (db) =>
    db.updateTable("circle").set({ access_version: any, acl: any }).where("id", "=", any),
  );
  const endEpoch = template(engine, (db) =>
    db.updateTable("access").set({ ended: any }).where("circle", "=", any).where("ended", "is", null),
  );
  const cancelHolds = templateOf(engine, (db, count) =>
    db.deleteFrom("erasure").where("circle", "=", any).where("position", "in", places(count)),
  );
  // Drops come by the dozen, and an engine may bound the statements of a batch: each of these takes a run of them.
  const dropSealed = templateOf(engine, (db, count) =>
    db
      .updateTable("entry")
      .set({
        sealed: sql<null>`null`,
        sealed_hash: sql<Bytes>`case position ${sql.join(
          places(count).map((place) => sql`when ${place} then ${place}`),
          sql` `,
        )} else sealed_hash end`,
      })
      .where("circle", "=", any)
      .where("position", "in", places(count))
      .where("sealed", "is not", null),
  );
  // Before anything is dropped the circle's row is locked by changing it: what other processes commit meanwhile is
  // seen by each statement that follows, so that nothing is given back twice.
  const countErasures = template(engine, (db) =>
    db
      .updateTable("circle")
      .set((set) => ({ erasures: set("erasures", "+", any) }))
      .where("id", "=", any),
  );
  const giveBack = templateOf(engine, (db, count) =>
    db
      .updateTable("circle")
      .set({
        bytes: sql<number>`bytes - coalesce((select sum(length(entry.sealed)) from entry where entry.circle = ${any} and entry.position in (${sql.join(places(count))})), 0)`,
      })
      .where("id", "=", any),
  );
  const count = template(engine, (db) =>
    db
      .updateTable("circle")
      .set((set) => ({ bytes: set("bytes", "+", any), control_bytes: set("control_bytes", "+", any) }))
      .where("id", "=", any),
  );
  const stand = template(engine, (db) =>
    db.updateTable("circle").set({ standing: any, standing_hour: any, standing_keys: any }).where("id", "=", any),
  );
  const standAll = template(engine, (db) =>
    db.updateTable("circle").set({ standing: any, standing_hour: any, standing_keys: any }).where("standing", "=", any),
  );
  const makePlace = template(engine, (db) =>
    db
      .insertInto("blob")
      .values({ circle: any, hash: any, bytes: any, hour: any, control: any })
      .onConflict((conflict) => conflict.columns(["circle", "hash"]).doNothing()),
  );
  const empty = sql<number>`(select count(*) from blob where blob.circle = ${any} and blob.hash = ${any} and length(blob.bytes) = 0)`;
  const countFilled = template(engine, (db) =>
    db
      .updateTable("circle")
      .set({
        bytes: sql<number>`bytes + ${any} * ${empty}`,
        control_bytes: sql<number>`control_bytes + ${any} * ${empty}`,
      })
      .where("id", "=", any),
  );
  const fill = template(engine, (db) =>
    db
      .updateTable("blob")
      .set({ bytes: any, control: any })
      .where("circle", "=", any)
      .where("hash", "=", any)
      .where(sql<SqlBool>`length(blob.bytes) = 0`),
  );
  const setHour = templateOf(engine, (db, count) =>
    db
      .updateTable("blob")
      .set({ hour: any })
      .where("circle", "=", any)
      .where("hash", "in", places(count))
      .where(unlisted),
  );
  const endHolds = templateOf(engine, (db, count) =>
    db.deleteFrom("erasure").where("circle", "=", any).where("target", "in", places(count)),
  );
  // A blob goes with the last entry that lists it. Its hour becomes 0; once the entry's listings are gone, what
  // has hour 0 and is listed by nobody goes.
  const age = templateOf(engine, (db, count) =>
    db
      .updateTable("blob")
      .set({ hour: any })
      .where("circle", "=", any)
      .where(
        "hash",
        "in",
        db
          .selectFrom("listing")
          .select("listing.hash")
          .where("listing.circle", "=", any)
          .where("position", "in", places(count)),
      ),
  );
  const unlist = templateOf(engine, (db, count) =>
    db.deleteFrom("listing").where("circle", "=", any).where("position", "in", places(count)),
  );
  // Two conditions, each once to give the bytes back to the quota that they were taken from, once to drop them.
  const uncountAged = template(engine, (db) =>
    db
      .updateTable("circle")
      .set({
        bytes: sql<number>`bytes - coalesce((select sum(length(blob.bytes)) from blob where blob.circle = circle.id and blob.control = 0 and blob.hour = 0 and ${unlisted}), 0)`,
        control_bytes: sql<number>`control_bytes - coalesce((select sum(length(blob.bytes)) from blob where blob.circle = circle.id and blob.control = 1 and blob.hour = 0 and ${unlisted}), 0)`,
      })
      .where("id", "=", any),
  );
  const dropAged = template(engine, (db) =>
    db.deleteFrom("blob").where("circle", "=", any).where("hour", "=", any).where(unlisted),
  );

  const drop = (circle: Bytes, drops: readonly Dropped[]): readonly Statement[] => {
    if (drops.length === 0) return [];
    return [
      // Each drop counts, so that whoever keeps pages in memory sees that they changed.
      countErasures(drops.length, circle),
      ...runsOf(drops, 3, 3).flatMap((run) => {
        const positions = run.map(({ position }) => position);
        const hashes = run.flatMap(({ position, sealedHash }) => [position, sealedHash]);
        return [
          giveBack(run.length, [circle, ...positions, circle]),
          dropSealed(run.length, [...hashes, circle, ...positions]),
          age(run.length, [0, circle, circle, ...positions]),
          unlist(run.length, [circle, ...positions]),
          endHolds(run.length, [circle, ...positions]),
        ];
      }),
      uncountAged(circle),
      dropAged(circle, 0),
    ];
  };

  const content = (append: Append): readonly Statement[] => {
    const circle = idBytes(append.circle);
    const at = (i: number) => append.position + i;
    return [
      // First of all the guard: where the position is taken, nothing else is tried.
      ...intoEntry(
        append.entries.map(({ hash, header, sealed, sealedHash }, i) => [
          circle,
          at(i),
          hash,
          header,
          sealed,
          sealedHash,
        ]),
      ),
      ...intoNode(append.nodes.filter(isKept).map(({ level, index, hash }) => [circle, level, index, hash])),
      ...intoListing(
        append.entries.flatMap(({ blobs }, i) => [...new Set(blobs)].map((hash) => [circle, idBytes(hash), at(i)])),
      ),
      ...(append.known.length > 0 ? known.index(circle, append.known, endOf(append)) : []),
      ...append.acls.flatMap(({ position, epoch, access, acl, accessVersion }) => [
        endEpoch(position, circle),
        ...intoAccess([[circle, epoch, idBytes(access), position, null]]),
        setAcl(accessVersion, acl, circle),
      ]),
      ...drop(circle, append.drops),
      ...intoErasure(append.holds.map(({ position, target, due }) => [circle, position, target, due])),
      ...runsOf(append.cancels, 1, 1).map((run) => cancelHolds(run.length, [circle, ...run])),
    ];
  };

  return {
    found: (append: Append, hour: number, standing: StandingRow): readonly Statement[] => {
      const first = append.acls[0];
      if (first === undefined) throw new Error("store: a circle is founded with an acl");
      return [
        ...intoCircle([
          [
            ...[idBytes(append.circle), endOf(append), 0, first.acl, 0, knownAfter(append) ?? 0],
            ...[append.bytes, append.controlBytes],
            ...[hour, standing.standing, standing.standingHour, standing.standingKeys],
          ],
        ]),
        ...content(append),
      ];
    },
    append: (append: Append): readonly Statement[] => [
      ...content(append),
      grow(endOf(append), knownAfter(append), append.bytes, append.controlBytes, idBytes(append.circle)),
    ],
    putBlob: (circle: CircleId, hash: BlobHash, bytes: Bytes, hour: number, control: boolean): readonly Statement[] => [
      ...intoBlob([[idBytes(circle), idBytes(hash), bytes, hour, control ? 1 : 0]]),
      count(control ? 0 : bytes.length, control ? bytes.length : 0, idBytes(circle)),
    ],
    setStanding: (circle: CircleId, { standing, standingHour, standingKeys }: StandingRow): readonly Statement[] => [
      stand(standing, standingHour, standingKeys, idBytes(circle)),
    ],
    setStandings: (from: number, { standing, standingHour, standingKeys }: StandingRow): readonly Statement[] => [
      standAll(standing, standingHour, standingKeys, from),
    ],
    expectBlobs: (circle: CircleId, hashes: readonly BlobHash[], hour: number): readonly Statement[] =>
      hashes.map((hash) => makePlace(idBytes(circle), idBytes(hash), new Uint8Array(0), hour, 0)),
    /** Puts bytes into the place that was made for them, and counts them where it was empty. */
    fillBlob: (circle: CircleId, hash: BlobHash, bytes: Bytes, control: boolean): readonly Statement[] => {
      const [id, name, size] = [idBytes(circle), idBytes(hash), bytes.length];
      return [
        countFilled(control ? 0 : size, id, name, control ? size : 0, id, name, id),
        fill(bytes, control ? 1 : 0, id, name),
      ];
    },
    drop,
    /** Drops these blobs of a circle where nothing lists them. */
    dropBlobs: (circle: Bytes, hashes: readonly Bytes[]): readonly Statement[] => [
      countErasures(0, circle),
      ...runsOf(hashes, 1, 2).map((run) => setHour(run.length, [0, circle, ...run])),
      uncountAged(circle),
      dropAged(circle, 0),
    ],
  };
}
