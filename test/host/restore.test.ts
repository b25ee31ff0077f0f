import { describe, expect, test } from "vitest";
import { type CircleId, decode, encode, type Infer, toHex, toId, utf8 } from "../../src/core/codec/index.ts";
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
  rootOf,
  rotation,
  send,
  type TestHost,
} from "./kit.ts";

const access = accessKey(0);
const hour = 3_600_000;

/** The tree over entries, for proofs. */
function proverOf(entries: readonly log.Entry[]) {
  const leaves = entries.map((entry) => log.entryLeaf(entry.header, log.sealedHashOf(entry)));
  const { nodes } = log.appendLeaves(log.emptyFrontier, leaves);
  const found = new Map([
    ...leaves.map((hash, index) => [`0/${index}`, hash] as const),
    ...nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash] as const),
  ]);
  const reader: log.NodeReader = (level, index) => found.get(`${level}/${index}`) as Uint8Array;
  return {
    consistency: (from: number) => log.consistencyProof(from, entries.length, reader),
    inclusion: (index: number) => log.inclusionProof(index, entries.length, reader),
  };
}

type Request = Infer<typeof log.restoreRequest>;

function giveBack(target: TestHost, circle: CircleId, key: Key, request: Request): Promise<Response> {
  return send(target, key, "POST", log.paths.restore(circle), { body: encode(log.restoreRequest, request) });
}

const answered = async (response: Response) => {
  if (response.status !== 200) throw new Error(await problemIn(response));
  return decode(log.restored, await bytesIn(response));
};

/**
 * A host that wrote on after its backup, and the host that was restored from that backup: same key, same clock.
 * `write` is what the backup lacks.
 */
async function setBack(write: (host: TestHost, circle: CircleId, acl: log.Acl) => Promise<void>) {
  const { engine, store } = await memoryStore();
  const before = await makeHost({ store });
  const { circle, acl } = await found(before);
  await append(before, circle, access, entryOf(circle, 0), entryOf(circle, 0));
  const backup = (engine as ReturnType<typeof openSqlite>).raw.serialize();
  await write(before, circle, acl);
  const copy = sqlStore(openSqlite(backup as unknown as string));
  await markRestored(copy, Math.floor(before.clock.now / hour));
  const after = await makeHost({ store: copy });
  const whole = await read(before, circle, control[0]);
  const prover = proverOf(whole.entries);
  /** The tail from a position on, as an honest client gives it. */
  const tail = (from: number, count = 64): Request => {
    const entries = whole.entries.slice(from, from + count);
    return { from, entries, cover: { checkpoint: whole.checkpoint, proof: prover.consistency(from + entries.length) } };
  };
  const confirmation: Request = { ...tail(whole.entries.length) };
  return { before, after, circle, acl, whole, prover, tail, confirmation };
}

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

describe("a circle that moves", () => {
  const proposal = sha256(utf8("proposal"));
  const orderFor = (target: TestHost, circle: CircleId, keys: readonly Key[]): log.MoveOrder => ({
    host: target.key,
    signatures: keys.map((key) => ({
      key: key.id,
      proposal,
      signature: key.sign(log.moveMessage(circle, proposal, target.key)),
    })),
  });

  async function moving() {
    const old = await makeHost();
    const { circle, acl } = await found(old);
    await append(old, circle, access, entryOf(circle, 0));
    const one = { ...acl, epoch: 1, accessVersion: 1, access: accessKey(1).id };
    await append(old, circle, control[0], ...rotation(circle, 0, one));
    await append(old, circle, accessKey(1), ...Array.from({ length: 60 }, () => entryOf(circle, 1)));
    const { entries } = await read(old, circle, control[0]);
    const { noteSigner } = await import("../../src/core/crypto/webcrypto.ts");
    const next = await makeHost({ signer: await noteSigner(sha256(utf8("the next host"))) });
    const target = { ...next, key: toId(next.host.signer.publicKey) } as TestHost;
    return { old, next: target, circle, entries };
  }
  const bring = async (next: TestHost, circle: CircleId, entries: readonly log.Entry[], key: Key = control[1]) => {
    for (let from = 0; from < entries.length; from += 40) {
      await answered(await giveBack(next, circle, key, { from, entries: entries.slice(from, from + 40) }));
    }
  };

  test("is brought whole, opened by `need` groups, and goes on with the same tree", async () => {
    const { next, circle, entries } = await moving();
    await bring(next, circle, entries);
    const arriving = await read(next, circle, accessKey(1));
    expect([arriving.entries, arriving.standing]).toEqual([entries, "arriving"]);
    expect(toHex(arriving.head.root)).toBe(toHex(rootOf(entries)));
    expect(await problemIn(await append(next, circle, accessKey(1), entryOf(circle, 1)))).toBe("read-only");
    const order = orderFor(next, circle, [control[0], reserve]);
    expect(
      await answered(await giveBack(next, circle, accessKey(1), { from: entries.length, entries: [], order })),
    ).toMatchObject({ standing: "open" });
    expect(await positionsIn(await append(next, circle, accessKey(1), entryOf(circle, 1)))).toEqual([entries.length]);
    expect((await verifyStore(next.store)).entries).toBe(entries.length + 1);
  });

  test("takes roster entries while it arrives, so that a move can be voted on where the old host is lost", async () => {
    const { next, circle, entries } = await moving();
    await bring(next, circle, entries);
    const vote = entryOf(circle, 1, { kind: "roster" });
    expect(await positionsIn(await append(next, circle, accessKey(1), vote))).toEqual([entries.length]);
  });

  test.each<[string, (next: TestHost, circle: CircleId) => log.MoveOrder]>([
    ["one group's", (next, circle) => orderFor(next, circle, [control[0]])],
    ["one group's, twice", (next, circle) => orderFor(next, circle, [control[0], control[0]])],
    ["a stranger's", (next, circle) => orderFor(next, circle, [control[0], keyOf("stranger")])],
    [
      "those for another host",
      (next, circle) => ({
        ...orderFor({ ...next, key: keyOf("third").id }, circle, [control[0], reserve]),
        host: next.key,
      }),
    ],
    [
      "those of two proposals",
      (next, circle) => {
        const { host, signatures } = orderFor(next, circle, [control[0], reserve]);
        return { host, signatures: signatures.map((one, i) => (i === 0 ? { ...one, proposal: sha256() } : one)) };
      },
    ],
  ])("is not opened by signatures that are %s", async (_, make) => {
    const { next, circle, entries } = await moving();
    await bring(next, circle, entries);
    const order = make(next, circle);
    const answer = await giveBack(next, circle, control[1], { from: entries.length, entries: [], order });
    expect(["move-refused", "acl-refused"]).toContain(await problemIn(answer));
    expect((await read(next, circle, accessKey(1))).standing).toBe("arriving");
  });

  test("is closed for good at the host that it leaves, which goes on showing it", async () => {
    const { old, next, circle, entries } = await moving();
    const order = orderFor(next, circle, [control[0], reserve]);
    expect(
      await answered(await giveBack(old, circle, accessKey(1), { from: entries.length, entries: [], order })),
    ).toEqual({ size: entries.length, standing: "left" });
    const refused = await append(old, circle, control[0], entryOf(circle, 1, { kind: "roster" }));
    expect([refused.status, await problemIn(refused)]).toEqual([410, "moved"]);
    expect((await read(old, circle, accessKey(1))).entries).toEqual(entries);
  });

  test("cannot be begun by another's word, nor with entries that do not follow", async () => {
    const { next, circle, entries } = await moving();
    await answered(await giveBack(next, circle, control[1], { from: 0, entries: entries.slice(0, 10) }));
    const rest = { from: 10, entries: entries.slice(10, 20) };
    expect(await problemIn(await giveBack(next, circle, keyOf("stranger"), rest))).toBe("unauthorized");
    expect(await problemIn(await giveBack(next, circle, accessKey(1), rest))).toBe("forbidden");
    const stale = { from: 10, entries: [entryOf(circle, 0)] };
    expect(await problemIn(await giveBack(next, circle, control[1], stale))).toBe("restore-refused");
    const twice = { from: 10, entries: [entries[9] as log.Entry] };
    expect(await problemIn(await giveBack(next, circle, control[1], twice))).toBe("restore-refused");
  });

  test("asks for a founding token where the host asks founders for one", async () => {
    const { circle, entries } = await moving();
    const next = await makeHost({ foundingTokens: ["correct-horse-battery"] });
    const request = { from: 0, entries: entries.slice(0, 5) };
    expect(await problemIn(await giveBack(next, circle, control[1], request))).toBe("founding-token");
  });
});
