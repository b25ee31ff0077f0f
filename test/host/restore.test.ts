import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CircleId, toHex, utf8 } from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import * as log from "../../src/core/log/index.ts";
import { markRestored, reopenAll, sweep } from "../../src/host/index.ts";
import { sqlStore, verifyStore } from "../../src/host/store/index.ts";
import { openSqlite } from "../../src/host/store/sqlite.ts";
import {
  accessKey,
  append,
  bytesIn,
  control,
  entryOf,
  found,
  fresh,
  type Key,
  keyOf,
  makeHost,
  memoryStore,
  positionsIn,
  problemIn,
  read,
  reserve,
  rotation,
  send,
  type TestHost,
} from "./kit.ts";
import { answered, giveBack, hour, proverOf, type Request, setBack } from "./restoring.ts";

const access = accessKey(0);

const more = (count: number) => async (host: TestHost, circle: CircleId) => {
  for (let i = 0; i < count; i += 50) {
    const entries = Array.from({ length: Math.min(50, count - i) }, () => entryOf(circle, 0));
    await append(host, circle, access, ...entries);
  }
};

describe("a restored host", () => {
  test("reads, says how it stands, and takes nothing new", async () => {
    const { after, circle } = await setBack(more(2));
    const page = await read(after, circle, access);
    expect([page.entries.length, page.standing]).toEqual([3, "restored"]);
    const refused = await append(after, circle, access, entryOf(circle, 0));
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(await problemIn(refused)).toBe("read-only");
    expect(await problemIn(await append(after, circle, control[0], entryOf(circle, 0)))).toBe("read-only");
  });

  test("takes back a tail of several pages, and holds then what it held before", async () => {
    const { after, circle, whole, tail } = await setBack(more(150));
    for (const from of [3, 67, 131]) await answered(await giveBack(after, circle, access, tail(from)));
    const page = await read(after, circle, access);
    expect(page.entries).toEqual(whole.entries);
    expect(page.checkpoint).toEqual(whole.checkpoint);
    expect((await verifyStore(after.store)).entries).toBe(153);
  });

  test("takes the same again, from two at once, and what overlaps", async () => {
    const { after, circle, whole, tail } = await setBack(more(40));
    const sent = await Promise.all([tail(3, 20), tail(3, 20)].map((one) => giveBack(after, circle, access, one)));
    for (const response of sent) if (response.status !== 200) expect(await problemIn(response)).toBe("busy");
    expect(await answered(await giveBack(after, circle, access, tail(0, 30)))).toMatchObject({ size: 30 });
    expect(await answered(await giveBack(after, circle, access, tail(10)))).toMatchObject({
      size: whole.entries.length,
    });
    expect((await read(after, circle, access)).entries).toEqual(whole.entries);
  });

  test("of members who saw different tails, takes the longest in the end", async () => {
    const { before, after, circle, tail, whole } = await setBack(more(4));
    const short = { ...tail(3, 2) };
    const seen = await send(before, access, "GET", `${log.paths.checkpoint(circle)}?from=0`);
    expect(seen.status).toBe(200);
    await answered(await giveBack(after, circle, access, short));
    await answered(await giveBack(after, circle, access, tail(5)));
    expect((await read(after, circle, access)).entries).toEqual(whole.entries);
  });

  test("replays acls in order: past, present and control keys are what they were", async () => {
    const wraps = utf8("wraps");
    const { after, circle, whole, tail } = await setBack(async (host, circle, acl) => {
      const path = log.paths.blob(circle, toHex(sha256(wraps)));
      await send(host, access, "PUT", path, { body: wraps, type: "application/octet-stream" });
      const one = { ...acl, epoch: 1, accessVersion: 1, access: accessKey(1).id };
      await append(host, circle, control[0], ...rotation(circle, 0, one, { blobs: [wraps] }));
      await append(host, circle, accessKey(1), entryOf(circle, 1));
    });
    expect(await problemIn(await giveBack(after, circle, accessKey(1), tail(3)))).toBe("unauthorized");
    await answered(await giveBack(after, circle, access, tail(3)));
    expect((await read(after, circle, accessKey(1))).entries).toEqual(whole.entries);
    expect((await read(after, circle, access)).head.size).toBe(4);
    // The wraps are waited for, and who lacked them finds them when somebody has sent them again.
    const path = log.paths.blob(circle, toHex(sha256(wraps)));
    expect(await problemIn(await send(after, access, "GET", path))).toBe("unknown-blob");
    const put = await send(after, accessKey(1), "PUT", path, { body: wraps, type: "application/octet-stream" });
    expect(put.status).toBe(204);
    expect(await bytesIn(await send(after, access, "GET", path))).toEqual(wraps);
  });
});

test("whatever was lost, and whoever gives it back in whatever pieces, it signs what it signed before and nothing else", async () => {
  const step = fc.constantFrom("say" as const, "rotate" as const, "erase" as const);
  /** How much of what was lost somebody has seen, and how many entries they give back at a time. */
  const giver = fc.record({ seen: fc.nat({ max: 30 }), page: fc.integer({ min: 1, max: 6 }) });
  const run = async (
    steps: readonly ("say" | "rotate" | "erase")[],
    givers: readonly { seen: number; page: number }[],
  ) => {
    const { before, after, circle, whole } = await setBack(async (host, circle, acl) => {
      let epoch = 0;
      let said: { readonly token: Uint8Array<ArrayBuffer>; readonly position: number } | undefined;
      for (const one of steps) {
        if (one === "rotate") {
          epoch++;
          const next = { ...acl, epoch, accessVersion: epoch, access: accessKey(epoch).id };
          await append(host, circle, control[0], ...rotation(circle, epoch - 1, next));
        } else if (one === "erase" && said !== undefined) {
          const erases = [said];
          said = undefined;
          await append(host, circle, control[0], entryOf(circle, epoch, { kind: "roster", erases }));
        } else {
          const token = fresh(32);
          const entry = entryOf(circle, epoch, { eraseHash: log.eraseHashOf(token) });
          const [position] = await positionsIn(await append(host, circle, control[0], entry));
          said = { token, position: position as number };
        }
      }
    });
    const prover = (size: number) => proverOf(whole.entries.slice(0, size));
    const state = (await before.host.circles.read(circle)) as NonNullable<
      Awaited<ReturnType<typeof before.host.circles.read>>
    >;
    const signed = (size: number) => before.host.circles.checkpoint(state, size);
    let longest = 3;
    for (const { seen, page } of givers) {
      const size = Math.min(3 + seen, whole.entries.length);
      longest = Math.max(longest, size);
      const checkpoint = await signed(size);
      for (let from = 3; from < size; from += page) {
        const entries = whole.entries.slice(from, Math.min(from + page, size));
        const erased = entries.flatMap(({ sealed }, i) => {
          const by = whole.entries.findIndex(({ header }) => {
            return log.decodeHeader(header).erases?.some(({ position }) => position === from + i) === true;
          });
          // Who saw the statement and not yet its end still has its bytes; the log here is of who saw all.
          return sealed !== undefined || by >= size
            ? []
            : [{ position: by, entry: whole.entries[by] as log.Entry, proof: prover(size).inclusion(by) }];
        });
        const cover = { checkpoint, proof: prover(size).consistency(from + entries.length) };
        const answer = await giveBack(after, circle, control[0], {
          from,
          entries,
          cover,
          ...(erased.length === 0 ? {} : { erased }),
        });
        if (answer.status === 200) continue;
        // Erased for the one who gives, and not in what they saw: nobody but this test gives such a thing.
        expect(await problemIn(answer)).toBe("restore-refused");
        longest = (await read(after, circle, control[0])).head.size;
        break;
      }
    }
    const { head } = await read(after, circle, control[0]);
    expect(head.size).toBe(longest);
    const again = (await after.host.circles.read(circle)) as typeof state;
    for (let size = 1; size <= longest; size++) {
      expect(await after.host.circles.checkpoint(again, size)).toEqual(await signed(size));
    }
    expect((await append(after, circle, control[0], entryOf(circle, again.acl.epoch))).status).toBe(503);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.array(giver, { minLength: 1, maxLength: 3 }), run),
    { numRuns: 30 },
  );
});

describe("nothing is smuggled in", () => {
  test.each<[string, (given: Awaited<ReturnType<typeof setBack>>) => Promise<Request> | Request]>([
    ["a changed entry", ({ circle, tail }) => ({ ...tail(3), entries: [entryOf(circle, 0)] })],
    ["an entry left out", ({ tail }) => ({ ...tail(4), from: 3 })],
    ["entries in another order", ({ tail }) => ({ ...tail(3), entries: [...tail(3).entries].reverse() })],
    [
      "more than the checkpoint covers",
      ({ circle, tail }) => ({ ...tail(3), entries: [...tail(3).entries, entryOf(circle, 0)] }),
    ],
    ["no checkpoint", ({ tail }) => ({ from: 3, entries: tail(3).entries })],
    ["a gap before it", ({ tail }) => tail(4)],
    [
      "a checkpoint by another host",
      async ({ circle, tail, whole }) => {
        const origin = log.checkpointOrigin(circle);
        const body = log.checkpointBody(origin, whole.head.size, whole.head.root);
        const by = keyOf("another host");
        const checkpoint = log.formatCheckpoint(body, origin, toIdBytes(by), by.sign(body));
        return { ...tail(3), cover: { ...cover(tail(3)), checkpoint } };
      },
    ],
    [
      "another circle's checkpoint",
      async ({ before, tail }) => {
        const other = await found(before);
        await append(before, other.circle, access, ...tail(3).entries.map(() => entryOf(other.circle, 0)));
        const { checkpoint } = await read(before, other.circle, access);
        return { ...tail(3), cover: { ...cover(tail(3)), checkpoint } };
      },
    ],
    [
      "a statement called erased that nobody erased",
      ({ tail }) => ({ ...tail(3), entries: tail(3).entries.map(log.withoutSealed) }),
    ],
  ])("%s is refused, and the log stays as it was", async (_, forge) => {
    const given = await setBack(more(3));
    const { after, circle } = given;
    expect(await problemIn(await giveBack(after, circle, access, await forge(given)))).toBe("restore-refused");
    expect((await read(after, circle, access)).head.size).toBe(3);
  });

  const cover = (request: Request) => request.cover as NonNullable<Request["cover"]>;
  const toIdBytes = (key: Key) => Uint8Array.from(key.id.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

  test("a key that the circle never had gives nothing back", async () => {
    const { after, circle, tail } = await setBack(more(1));
    expect(await problemIn(await giveBack(after, circle, keyOf("stranger"), tail(3)))).toBe("unauthorized");
  });
});

describe("what was erased after the backup", () => {
  async function erased() {
    const token = fresh(32);
    const given = await setBack(async (host, circle) => {
      await append(host, circle, access, entryOf(circle, 0, { eraseHash: log.eraseHashOf(token) }));
      await append(host, circle, access, entryOf(circle, 0, { kind: "roster", erases: [{ position: 3, token }] }));
    });
    const [, eraseEntry] = given.whole.entries.slice(3) as [log.Entry, log.Entry];
    const witness = { position: 4, entry: eraseEntry, proof: given.prover.inclusion(4) };
    return { ...given, witness };
  }

  test("comes back without its bytes, where its own erase entry is shown", async () => {
    const { after, circle, tail, whole, witness } = await erased();
    expect(await problemIn(await giveBack(after, circle, access, tail(3)))).toBe("restore-refused");
    await answered(await giveBack(after, circle, access, { ...tail(3), erased: [witness] }));
    expect((await read(after, circle, access)).entries).toEqual(whole.entries);
  });

  test("by as many control keys as it takes at once is shown the same way, by one key alone it is not", async () => {
    for (const [signers, status] of [
      [[control[0], control[1]], 200],
      [[control[0]], 409],
    ] as const) {
      const given = await setBack(async (host, circle) => {
        await append(host, circle, access, entryOf(circle, 0));
        const message = log.eraseMessage(circle, [3]);
        const signatures = signers.map((by) => ({ key: by.id, signature: by.sign(message) }));
        const erase = entryOf(circle, 0, { kind: "roster", erases: [{ position: 3 }], signatures });
        expect((await append(host, circle, control[0], erase)).status).toBe(200);
      });
      const witness = { position: 4, entry: given.whole.entries[4] as log.Entry, proof: given.prover.inclusion(4) };
      const request = given.tail(3);
      const entries = [log.withoutSealed(request.entries[0] as log.Entry), ...request.entries.slice(1)];
      const answer = await giveBack(given.after, given.circle, access, { ...request, entries, erased: [witness] });
      expect(answer.status).toBe(status);
    }
  });

  test("is dropped again where somebody gives its bytes back who had not heard of it", async () => {
    const token = fresh(32);
    let said: log.Entry | undefined;
    const { after, circle, tail, whole } = await setBack(async (host, circle) => {
      said = entryOf(circle, 0, { eraseHash: log.eraseHashOf(token) });
      await append(host, circle, access, said);
      await append(host, circle, access, entryOf(circle, 0, { kind: "roster", erases: [{ position: 3, token }] }));
    });
    const request = tail(3);
    await answered(
      await giveBack(after, circle, access, { ...request, entries: [said as log.Entry, ...request.entries.slice(1)] }),
    );
    expect((await read(after, circle, access)).entries).toEqual(whole.entries);
  });

  test("is not erased by a hold that was cancelled in what was lost", async () => {
    const { engine, store } = await memoryStore();
    const before = await makeHost({ store });
    const { circle } = await found(before);
    await append(before, circle, access, entryOf(circle, 0));
    const signed = (by: Key, message: Uint8Array) => [{ key: by.id, signature: by.sign(message) }];
    const erase = entryOf(circle, 0, {
      kind: "roster",
      erases: [{ position: 1 }],
      signatures: signed(control[0], log.eraseMessage(circle, [1])),
    });
    expect((await append(before, circle, control[0], erase)).status).toBe(200);
    const backup = (engine as ReturnType<typeof openSqlite>).raw.serialize();
    const cancel = entryOf(circle, 0, {
      kind: "roster",
      cancels: [2],
      signatures: signed(control[1], log.cancelMessage(circle, [2])),
    });
    expect((await append(before, circle, control[1], cancel)).status).toBe(200);
    const copy = sqlStore(openSqlite(backup as unknown as string));
    await markRestored(copy, Math.floor(before.clock.now / hour));
    const after = await makeHost({ store: copy });
    after.clock.now += 8 * 24 * hour;
    expect((await sweep(after.host)).erased).toBe(0);
    const { entries, checkpoint } = await read(before, circle, access);
    const request = { from: 3, entries: entries.slice(3), cover: { checkpoint, proof: [] } };
    await answered(await giveBack(after, circle, access, request));
    await reopenAll(copy);
    expect((await sweep(after.host)).erased).toBe(0);
    expect((await read(after, circle, access)).entries).toEqual(entries);
  });
});

describe("it opens again", () => {
  const opens = async (after: TestHost, circle: CircleId) =>
    (await append(after, circle, access, entryOf(circle, 0))).status;

  test("a day later, when as many groups as a change of keys needs have confirmed the log", async () => {
    const { after, circle, tail, confirmation, whole } = await setBack(more(2));
    await answered(await giveBack(after, circle, control[0], tail(3)));
    expect(await answered(await giveBack(after, circle, control[0], confirmation))).toMatchObject({
      standing: "restored",
    });
    after.clock.now += 25 * hour;
    expect(await opens(after, circle)).toBe(503);
    expect(await answered(await giveBack(after, circle, reserve, confirmation))).toMatchObject({ standing: "open" });
    expect(await positionsIn(await append(after, circle, access, entryOf(circle, 0)))).toEqual([whole.entries.length]);
    expect((await read(after, circle, access)).standing).toBeUndefined();
  });

  test("not before the day has passed, whoever has confirmed", async () => {
    const { after, circle, tail, confirmation } = await setBack(more(2));
    await answered(await giveBack(after, circle, access, tail(3)));
    for (const key of [...control, reserve]) await answered(await giveBack(after, circle, key, confirmation));
    after.clock.now += 23 * hour;
    expect(await opens(after, circle)).toBe(503);
    after.clock.now += hour;
    expect(await opens(after, circle)).toBe(200);
  });

  test("by one control key alone after the time that an erasure by one is held", async () => {
    const { after, circle, tail, confirmation } = await setBack(more(2));
    await answered(await giveBack(after, circle, access, tail(3)));
    await answered(await giveBack(after, circle, control[1], confirmation));
    after.clock.now += 6 * 24 * hour;
    expect(await opens(after, circle)).toBe(503);
    after.clock.now += 25 * hour;
    expect(await opens(after, circle)).toBe(200);
  });

  test("by nobody who holds the access key alone, nor a reserve alone", async () => {
    const { after, circle, confirmation, tail } = await setBack(more(2));
    await answered(await giveBack(after, circle, access, tail(3)));
    for (const key of [access, reserve]) await answered(await giveBack(after, circle, key, confirmation));
    after.clock.now += 30 * 24 * hour;
    expect(await opens(after, circle)).toBe(503);
  });

  test("at once by who runs the host", async () => {
    const { after, circle } = await setBack(more(0));
    expect(await reopenAll(after.store)).toBe(1);
    expect(await opens(after, circle)).toBe(200);
  });

  test("not by those who have seen more than it holds", async () => {
    const { after, circle, confirmation } = await setBack(more(2));
    const stray = await giveBack(after, circle, control[0], { ...confirmation, from: 3 });
    // It has seen more than the host holds: that is no confirmation.
    expect(await answered(stray)).toMatchObject({ size: 3 });
    after.clock.now += 30 * 24 * hour;
    expect(await opens(after, circle)).toBe(503);
  });

  test("waits anew where a backup from the wait is restored", async () => {
    const { after, circle, tail, confirmation } = await setBack(more(2));
    await answered(await giveBack(after, circle, access, tail(3)));
    for (const key of control) await answered(await giveBack(after, circle, key, confirmation));
    after.clock.now += 48 * hour;
    await markRestored(after.store, Math.floor(after.clock.now / hour));
    expect(await opens(after, circle)).toBe(503);
  });
});
