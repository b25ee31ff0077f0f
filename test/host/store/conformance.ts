import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type BlobHash,
  type Bytes,
  type CircleId,
  idBytes,
  type PublicKey,
  toHex,
  toId,
  utf8,
} from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import {
  appendLeaves,
  consistencyPlan,
  emptyFrontier,
  entryLeaf,
  type Frontier,
  inclusionPlan,
  proofFrom,
  readFrontier,
  rootNodes,
  standings,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from "../../../src/core/log/index.ts";
import { type Append, failedAs, type NewEntry, type Store, verifyStore } from "../../../src/host/store/index.ts";

/** A store that is empty, and how it is thrown away. */
export type StoreFactory = () => Promise<{ readonly store: Store; readonly drop: () => Promise<void> }>;

const circleA = "aa".repeat(32) as CircleId;
const circleB = "bb".repeat(32) as CircleId;
const key = (name: string) => toId<PublicKey>(sha256(utf8(name)));

let counter = 0;
function newEntry(blobs: readonly BlobHash[] = [], size = 20): NewEntry {
  counter++;
  const header = utf8(`header ${counter}`);
  const sealed = new Uint8Array(size).fill(counter % 256);
  return { hash: entryLeaf(header, sha256(sealed)), header, sealed, sealedHash: null, blobs };
}

/** What an append to a tree of `frontier` changes, with everything else as given. */
function appendOf(
  circle: CircleId,
  frontier: Frontier,
  entries: readonly NewEntry[],
  more: Partial<Append> = {},
): { readonly change: Append; readonly frontier: Frontier } {
  const grown = appendLeaves(
    frontier,
    entries.map(({ hash }) => hash),
  );
  const change: Append = {
    circle,
    position: frontier.size,
    entries,
    nodes: grown.nodes,
    known: [],
    acls: [],
    drops: [],
    holds: [],
    cancels: [],
    bytes: 10,
    controlBytes: 1,
    ...more,
  };
  return { change, frontier: grown.frontier };
}

const aclOf = (epoch: number, position: number) => ({
  position,
  epoch,
  accessVersion: epoch,
  access: key(`access ${epoch}`),
  acl: utf8(`acl ${epoch}`),
});

/** What every engine must do. */
export function storeConformance(name: string, make: StoreFactory): void {
  describe(`the store on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;
    beforeEach(async () => {
      ({ store, drop } = await make());
    });
    afterEach(() => drop());

    async function foundCircle(circle = circleA): Promise<{ frontier: Frontier; first: NewEntry }> {
      const first = newEntry();
      const { change, frontier } = appendOf(circle, emptyFrontier, [first], { acls: [aclOf(0, 0)] });
      await store.found(change, 5);
      return { frontier, first };
    }
    const failure = (promise: Promise<unknown>) =>
      promise.then(
        () => "none",
        (error: unknown) =>
          (["taken", "missing", "full"] as const).find((reason) => failedAs(error, reason)) ?? String(error),
      );

    test("founds a circle once", async () => {
      await foundCircle();
      expect(await store.circle(circleA)).toEqual({
        size: 1,
        accessVersion: 0,
        acl: utf8("acl 0"),
        erasures: 0,
        known: 0,
        bytes: 10,
        controlBytes: 1,
        standing: 0,
        standingHour: 0,
        standingKeys: null,
      });
      expect(await store.circle(circleB)).toBeUndefined();
      expect(await failure(foundCircle())).toBe("taken");
      expect((await store.circle(circleA))?.size).toBe(1);
    });

    test("lists circles in the order of ids", async () => {
      await foundCircle(circleB);
      await foundCircle(circleA);
      expect(await store.circles(undefined, 10)).toEqual([circleA, circleB]);
      expect(await store.circles(circleA, 10)).toEqual([circleB]);
      expect(await store.circles(undefined, 1)).toEqual([circleA]);
    });

    test("appends in order, counts bytes, and gives entries back as plain byte arrays", async () => {
      let { frontier, first } = await foundCircle();
      const all = [first];
      for (const count of [1, 64, 33, 100]) {
        const entries = Array.from({ length: count }, () => newEntry());
        const made = appendOf(circleA, frontier, entries);
        await store.append(made.change);
        frontier = made.frontier;
        all.push(...entries);
      }
      expect(await store.circle(circleA)).toMatchObject({ size: 199, bytes: 50, controlBytes: 5 });
      const rows = await store.entries(circleA, 0, 1000, 1000);
      expect(rows).toEqual(all.map(({ header, sealed }) => ({ header, sealed, sealedHash: null })));
      expect(Object.getPrototypeOf(rows[0]?.header)).toBe(Uint8Array.prototype);
      expect(await store.entries(circleA, 10, 20, 3)).toEqual(rows.slice(10, 13));
      expect(await store.entries(circleA, 198, 500, 3)).toEqual(rows.slice(198));
      expect((await store.entriesAt(circleA, [150, 3, 999])).map(({ position }) => position)).toEqual([3, 150]);
      expect(await store.hashes(circleA, 5, 8)).toEqual(all.slice(5, 8).map(({ hash }) => hash));
      expect(await store.entries(circleB, 0, 10, 10)).toEqual([]);
    });

    test("refuses a position that is taken, and then changes nothing at all", async () => {
      const { frontier } = await foundCircle();
      await store.append(appendOf(circleA, frontier, [newEntry()]).change);
      const before = await store.circle(circleA);
      const late = appendOf(circleA, frontier, [newEntry(), newEntry()], {
        acls: [aclOf(1, 1)],
        holds: [{ position: 1, target: 0, due: 1 }],
        drops: [{ position: 0, sealedHash: sha256() }],
      });
      expect(await failure(store.append(late.change))).toBe("taken");
      expect(await store.circle(circleA)).toEqual(before);
      expect(await store.entries(circleA, 0, 10, 10)).toHaveLength(2);
      expect(await store.due(100, 10)).toEqual([]);
      expect((await store.entries(circleA, 0, 1, 1))[0]?.sealed).not.toBeNull();
      expect((await store.access(circleA, key("access 0")))?.ended).toBeNull();
    });

    test("of many appends at once at one position exactly one is stored", async () => {
      const { frontier } = await foundCircle();
      const results = await Promise.all(
        Array.from({ length: 12 }, () =>
          failure(store.append(appendOf(circleA, frontier, [newEntry(), newEntry()]).change)),
        ),
      );
      expect(results.filter((result) => result === "none")).toHaveLength(1);
      expect(results.filter((result) => result === "taken")).toHaveLength(11);
      expect((await store.circle(circleA))?.size).toBe(3);
    });

    test("gives every proof of the tree, whatever the batches were", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 6 }),
          fc.nat(),
          async (batches, seed) => {
            counter++;
            const circle = toHex(sha256(utf8(`circle ${counter}`))) as CircleId;
            let { frontier } = await foundCircle(circle);
            for (const count of batches) {
              const made = appendOf(
                circle,
                frontier,
                Array.from({ length: count }, () => newEntry()),
              );
              await store.append(made.change);
              frontier = made.frontier;
            }
            const { size } = frontier;
            expect(readFrontier(size, await store.nodes(circle, rootNodes(size)))).toEqual(frontier);
            const [from, index] = [1 + (seed % size), seed % size];
            const earlier = readFrontier(from, await store.nodes(circle, rootNodes(from)));
            const consistency = consistencyPlan(from, size);
            const proof = proofFrom(consistency, await store.nodes(circle, consistency.flat()));
            expect(verifyConsistency(from, treeRoot(earlier), size, treeRoot(frontier), proof)).toBe(true);
            const inclusion = inclusionPlan(index, size);
            const path = proofFrom(inclusion, await store.nodes(circle, inclusion.flat()));
            const [leaf] = await store.hashes(circle, index, index + 1);
            expect(verifyInclusion(leaf as Bytes, index, size, path, treeRoot(frontier))).toBe(true);
          },
        ),
        { numRuns: 12 },
      );
      expect((await verifyStore(store)).circles).toBe(12);
    });

    test("a node that is not there is an error, never a hash", async () => {
      await foundCircle();
      const read = await store.nodes(circleA, [
        { level: 0, index: 1 },
        { level: 6, index: 0 },
      ]);
      expect(() => read(0, 1)).toThrow();
      expect(() => read(6, 0)).toThrow();
    });

    test("finds entries by hash once they are indexed, many at once", async () => {
      const { frontier, first } = await foundCircle();
      const entries = Array.from({ length: 300 }, () => newEntry());
      const hashes = [first, ...entries].map(({ hash }) => hash);
      expect(await store.positions(circleA, hashes)).toEqual(new Map());
      await store.append(appendOf(circleA, frontier, entries, { known: hashes }).change);
      expect(await store.positions(circleA, [...hashes, sha256()])).toEqual(
        new Map(hashes.map((hash, i) => [toHex(hash), i])),
      );
      expect((await store.circle(circleA))?.known).toBe(301);
      expect(await store.positions(circleB, hashes)).toEqual(new Map());
    });

    test("epochs: keys with where they ended, and the entries that began them", async () => {
      let { frontier } = await foundCircle();
      for (const epoch of [1, 2]) {
        const made = appendOf(circleA, frontier, [newEntry(), newEntry()], { acls: [aclOf(epoch, frontier.size)] });
        await store.append(made.change);
        frontier = made.frontier;
      }
      expect(await store.access(circleA, key("access 0"))).toEqual({ epoch: 0, began: 0, ended: 1 });
      expect(await store.access(circleA, key("access 1"))).toEqual({ epoch: 1, began: 1, ended: 3 });
      expect(await store.access(circleA, key("access 2"))).toEqual({ epoch: 2, began: 3, ended: null });
      expect(await store.access(circleA, key("access 3"))).toBeUndefined();
      expect(await store.access(circleB, key("access 0"))).toBeUndefined();
      expect(await store.circle(circleA)).toMatchObject({ accessVersion: 2, acl: utf8("acl 2") });
      const began = await store.epochs(circleA, 1, 10);
      const rows = await store.entries(circleA, 0, 10, 10);
      expect(began).toEqual([rows[1], rows[3]]);
      expect(await store.epochs(circleA, 2, 10)).toEqual([rows[3]]);
      expect(await store.epochs(circleA, 0, 2)).toEqual([rows[0], rows[1]]);
    });

    test("blobs: kept once, listed only if there, dropped when nobody lists them", async () => {
      const { frontier } = await foundCircle();
      const [one, two, gone] = ["one", "two", "gone"].map((text) => toId<BlobHash>(sha256(utf8(text)))) as [
        BlobHash,
        BlobHash,
        BlobHash,
      ];
      await store.putBlob(circleA, one, utf8("one"), 7, false);
      await store.putBlob(circleA, one, utf8("one"), 7, false);
      await store.putBlob(circleA, two, utf8("two"), 7, true);
      expect(await store.circle(circleA)).toMatchObject({ bytes: 13, controlBytes: 4 });
      expect(await store.blob(circleA, one)).toEqual(utf8("one"));
      expect(await store.blob(circleB, one)).toBeUndefined();
      expect([await store.hasBlob(circleA, one), await store.hasBlob(circleA, gone)]).toEqual([true, false]);
      expect(await failure(store.append(appendOf(circleA, frontier, [newEntry([one, gone])]).change))).toBe("missing");
      expect((await store.circle(circleA))?.size).toBe(1);
      await store.append(appendOf(circleA, frontier, [newEntry([one, one])]).change);
      expect(await store.sweepBlobs(7)).toBe(0);
      expect(await store.sweepBlobs(8)).toBe(1);
      expect([await store.hasBlob(circleA, one), await store.hasBlob(circleA, two)]).toEqual([true, false]);
      expect(await store.circle(circleA)).toMatchObject({ bytes: 23, controlBytes: 2 });
    });

    test("wraps are the blobs that an entry with an acl lists", async () => {
      const { frontier } = await foundCircle();
      const [wrap, other] = ["wrap", "other"].map((text) => toId<BlobHash>(sha256(utf8(text)))) as [BlobHash, BlobHash];
      await store.putBlob(circleA, wrap, utf8("wrap"), 7, true);
      await store.putBlob(circleA, other, utf8("other"), 7, false);
      await store.append(
        appendOf(circleA, frontier, [newEntry([wrap]), newEntry([other])], { acls: [aclOf(1, 1)] }).change,
      );
      expect([await store.isWrap(circleA, wrap), await store.isWrap(circleA, other)]).toEqual([true, false]);
    });

    test("a place for a blob is listed like the blob, and filled and counted once", async () => {
      const { frontier } = await foundCircle();
      const blob = toId<BlobHash>(sha256(utf8("later")));
      await store.expectBlobs(circleA, [blob, blob], 7);
      await store.append(appendOf(circleA, frontier, [newEntry([blob])], { bytes: 0, controlBytes: 0 }).change);
      expect([await store.hasBlob(circleA, blob), await store.blob(circleA, blob)]).toEqual([false, undefined]);
      const before = (await store.circle(circleA))?.bytes ?? 0;
      for (const _ of [1, 2]) await store.putBlob(circleA, blob, utf8("later"), 8, false);
      expect(await store.blob(circleA, blob)).toEqual(utf8("later"));
      expect((await store.circle(circleA))?.bytes).toBe(before + 5);
      await store.expectBlobs(circleA, [blob], 9);
      expect(await store.hasBlob(circleA, blob)).toBe(true);
      expect(await store.sweepBlobs(100)).toBe(0);
    });

    test("standings: of one circle, of all that have one, and no hold of a restored one is due", async () => {
      const { frontier } = await foundCircle(circleA);
      await foundCircle(circleB);
      const [open, restored] = [
        { standing: 0, standingHour: 0, standingKeys: null },
        { standing: 1, standingHour: 9, standingKeys: utf8("keys") },
      ];
      const left = { ...open, standing: standings.left };
      await store.append(
        appendOf(circleA, frontier, [newEntry()], { holds: [{ position: 1, target: 0, due: 3 }] }).change,
      );
      await store.setStanding(circleB, left);
      expect(await store.setStandings(0, restored)).toBe(1);
      expect(await store.circle(circleA)).toMatchObject(restored);
      expect(await store.circle(circleB)).toMatchObject(left);
      expect(await store.due(100, 10)).toEqual([]);
      expect(await store.setStandings(1, open)).toBe(1);
      expect(await store.due(100, 10)).toHaveLength(1);
      // Nothing is added to a circle that has left, by whoever has not heard of it.
      expect(await failure(store.append(appendOf(circleB, frontier, [newEntry()]).change))).toBe("taken");
      expect(await store.circle(circleB)).toMatchObject({ size: 1 });
      const circle = "cc".repeat(32) as CircleId;
      const arriving = { standing: 2, standingHour: 4, standingKeys: utf8("mover") };
      await store.found(appendOf(circle, emptyFrontier, [newEntry()], { acls: [aclOf(0, 0)] }).change, 5, arriving);
      expect(await store.circle(circle)).toMatchObject(arriving);
    });

    test("drops bytes and what only they list, keeps hash and tree, and counts it", async () => {
      let { frontier } = await foundCircle();
      const [own, shared] = ["own", "shared"].map((text) => toId<BlobHash>(sha256(utf8(text)))) as [BlobHash, BlobHash];
      for (const [hash, text] of [
        [own, "own"],
        [shared, "shared"],
      ] as const)
        await store.putBlob(circleA, hash, utf8(text), 7, false);
      const entries = [newEntry([own, shared]), newEntry([shared])];
      const made = appendOf(circleA, frontier, entries, { holds: [{ position: 2, target: 1, due: 3 }] });
      await store.append(made.change);
      frontier = made.frontier;
      const before = (await store.circle(circleA))?.bytes ?? 0;
      const sealedHash = sha256(entries[0]?.sealed as Bytes);
      const dropped = { position: 1, sealedHash };
      await store.append(appendOf(circleA, frontier, [newEntry()], { drops: [dropped], bytes: 0 }).change);
      expect(await store.entries(circleA, 1, 2, 1)).toEqual([{ header: entries[0]?.header, sealed: null, sealedHash }]);
      expect([await store.hasBlob(circleA, own), await store.hasBlob(circleA, shared)]).toEqual([false, true]);
      expect(await store.due(100, 10)).toEqual([]);
      expect(await store.circle(circleA)).toMatchObject({ erasures: 1, bytes: before - 20 - 3 });
      expect((await verifyStore(store)).entries).toBe(4);
    });

    test("holds: due at their hour, cancelled by the position of the entry that asked", async () => {
      const { frontier } = await foundCircle();
      const holds = [
        { position: 2, target: 0, due: 9 },
        { position: 2, target: 1, due: 9 },
        { position: 3, target: 1, due: 12 },
      ];
      const made = appendOf(circleA, frontier, [newEntry(), newEntry(), newEntry()], { holds });
      await store.append(made.change);
      expect(await store.due(8, 10)).toEqual([]);
      expect(await store.due(9, 10)).toEqual(holds.slice(0, 2).map((hold) => ({ ...hold, circle: circleA })));
      expect(await store.held(circleA, [1, 2, 3])).toEqual(new Set([2, 3]));
      await store.append(appendOf(circleA, made.frontier, [newEntry()], { cancels: [2] }).change);
      expect(await store.held(circleA, [2, 3])).toEqual(new Set([3]));
    });

    test("mailboxes: slots written once, contested noticed, expiry moved, swept", async () => {
      await foundCircle();
      const box = key("mailbox");
      expect(await store.writeRequest(circleA, box, utf8("x"))).toBeUndefined();
      await store.openMailbox(circleA, box, 100, 10);
      expect(await store.mailbox(circleA, box)).toEqual({
        expires: 100,
        request: null,
        contested: false,
        welcome: null,
      });
      expect(await store.writeRequest(circleA, box, utf8("one"))).toMatchObject({
        request: utf8("one"),
        contested: false,
      });
      expect(await store.writeRequest(circleA, box, utf8("one"))).toMatchObject({
        request: utf8("one"),
        contested: false,
      });
      expect(await store.writeRequest(circleA, box, utf8("two"))).toMatchObject({
        request: utf8("one"),
        contested: true,
      });
      expect(await store.writeWelcome(circleA, box, utf8("hello"))).toMatchObject({ welcome: utf8("hello") });
      expect(await store.writeWelcome(circleA, box, utf8("other"))).toMatchObject({ welcome: utf8("hello") });
      await store.openMailbox(circleA, box, 200, 50);
      expect(await store.mailbox(circleA, box)).toMatchObject({ expires: 200, request: utf8("one"), contested: true });
      await store.openMailbox(circleA, box, 300, 250);
      expect(await store.mailbox(circleA, box)).toEqual({
        expires: 300,
        request: null,
        contested: false,
        welcome: null,
      });
      expect([await store.mailboxCount(circleA), await store.mailboxCount(circleB)]).toEqual([1, 0]);
      await store.sweepMailboxes(300);
      expect(await store.mailboxCount(circleA)).toBe(1);
      await store.sweepMailboxes(301);
      expect(await store.mailboxCount(circleA)).toBe(0);
      await store.openMailbox(circleA, box, 400, 10);
      await store.deleteMailbox(circleA, box);
      expect(await store.mailbox(circleA, box)).toBeUndefined();
    });

    test("ids are bytes, of any value", async () => {
      const circle = "00ff".repeat(16) as CircleId;
      await foundCircle(circle);
      expect(await store.circles(undefined, 5)).toEqual([circle]);
      expect(idBytes(circle)).toHaveLength(32);
    });
  });
}
