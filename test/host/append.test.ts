import { describe, expect, test } from "vitest";
import { type Bytes, type CircleId, encode, toHex, utf8 } from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import * as log from "../../src/core/log/index.ts";
import { sqlStore } from "../../src/host/store/index.ts";
import {
  accessKey,
  aclEntry,
  append,
  bytesIn,
  control,
  entryOf,
  firstAcl,
  found,
  keyOf,
  makeHost,
  memoryStore,
  positionsIn,
  postCircle,
  problemIn,
  read,
  reserve,
  rootOf,
  rotation,
  send,
} from "./kit.ts";

const access = accessKey(0);

describe("founding", () => {
  test("answers position 0 and a checkpoint over the first entry", async () => {
    const host = await makeHost();
    const { circle, entry } = await found(host);
    const page = await read(host, circle, access);
    expect(page.entries).toEqual([entry]);
    expect([page.head.size, toHex(page.head.root)]).toEqual([1, toHex(rootOf([entry]))]);
  });

  test("may be repeated, but another genesis under the same id is refused", async () => {
    const host = await makeHost();
    const { circle, entry } = await found(host);
    expect((await postCircle(host, entry)).status).toBe(200);
    expect(await problemIn(await postCircle(host, aclEntry(circle, 0, firstAcl())))).toBe("circle-exists");
  });

  test("asks for a token where the host has any", async () => {
    const host = await makeHost({ foundingTokens: ["correct horse battery"] });
    const entry = aclEntry("c0".repeat(32) as CircleId, 0, firstAcl());
    expect(await problemIn(await postCircle(host, entry))).toBe("founding-token");
    expect(await problemIn(await postCircle(host, entry, { authorization: "Bearer wrong" }))).toBe("founding-token");
    const spaceless = await makeHost({ foundingTokens: ["correct-horse-battery"] });
    expect((await postCircle(spaceless, entry, { authorization: "Bearer correct-horse-battery" })).status).toBe(201);
  });

  test.each<[string, () => log.Entry, string]>([
    ["a signature by no control key", () => aclEntry(circleId, 0, firstAcl(), { by: keyOf("x") }), "acl-refused"],
    ["a later epoch", () => aclEntry(circleId, 0, firstAcl({ epoch: 1 })), "acl-refused"],
    ["no acl", () => entryOf(circleId, 0), "acl-refused"],
    ["blobs", () => aclEntry(circleId, 0, firstAcl(), { blobs: [utf8("x")] }), "acl-refused"],
  ])("is refused with %s", async (_, entry, code) => {
    expect(await problemIn(await postCircle(await makeHost(), entry()))).toBe(code);
  });
});
const circleId = "c1".repeat(32) as CircleId;

describe("appending", () => {
  test("stores entries in order, under a root that covers them all", async () => {
    const host = await makeHost();
    const { circle, entry } = await found(host);
    const all = [entry];
    for (let count = 1; count <= 9; count++) {
      const batch = Array.from({ length: count }, () => entryOf(circle, 0));
      const positions = await positionsIn(await append(host, circle, access, ...batch));
      expect(positions).toEqual(batch.map((_, i) => all.length + i));
      all.push(...batch);
    }
    const page = await read(host, circle, access);
    expect(page.entries).toEqual(all);
    expect(toHex(page.head.root)).toBe(toHex(rootOf(all)));
  });

  test("a request repeated answers with the same positions, also after the epoch has ended", async () => {
    const host = await makeHost();
    const { circle, acl } = await found(host);
    const batch = [entryOf(circle, 0), entryOf(circle, 0)];
    expect(await positionsIn(await append(host, circle, access, ...batch))).toEqual([1, 2]);
    expect(await positionsIn(await append(host, circle, access, ...batch))).toEqual([1, 2]);
    const next = { ...acl, epoch: 1, accessVersion: 1, access: accessKey(1).id };
    expect(await positionsIn(await append(host, circle, control[1], ...rotation(circle, 0, next)))).toEqual([3, 4]);
    expect(await positionsIn(await append(host, circle, access, ...batch))).toEqual([1, 2]);
    expect((await read(host, circle, accessKey(1))).head.size).toBe(5);
  });

  test("all or nothing: a batch of which a part is stored, and one with a bad entry, store nothing", async () => {
    const host = await makeHost();
    const { circle } = await found(host);
    const stored = entryOf(circle, 0);
    await append(host, circle, access, stored);
    expect(await problemIn(await append(host, circle, access, stored, entryOf(circle, 0)))).toBe("partly-stored");
    expect(await problemIn(await append(host, circle, access, entryOf(circle, 0), entryOf(circle, 1)))).toBe(
      "stale-epoch",
    );
    const twice = entryOf(circle, 0);
    expect(await problemIn(await append(host, circle, access, twice, twice))).toBe("malformed");
    expect((await read(host, circle, access)).head.size).toBe(2);
  });

  test.each<[string, (circle: CircleId) => log.Entry, string]>([
    ["of another circle", () => entryOf("dd".repeat(32) as CircleId, 0), "malformed"],
    ["of a future epoch", (circle) => entryOf(circle, 7), "stale-epoch"],
    ["of another version", (circle) => entryOf(circle, 0, { version: 2 }), "unknown-version"],
    ["without bytes", (circle) => log.withoutSealed(entryOf(circle, 0)), "malformed"],
    ["with a header that is not CBOR", (circle) => ({ ...entryOf(circle, 0), header: utf8("x") }), "malformed"],
    [
      "that lists a blob the host does not hold",
      (circle) => entryOf(circle, 0, { blobs: [toHex(sha256()) as never] }),
      "blob-missing",
    ],
    ["beyond 64 KiB", (circle) => ({ ...entryOf(circle, 0), sealed: new Uint8Array(65_500) }), "too-large"],
  ])("an entry %s is refused", async (_, entry, code) => {
    const host = await makeHost();
    const { circle } = await found(host);
    expect(await problemIn(await append(host, circle, access, entry(circle)))).toBe(code);
    expect((await read(host, circle, access)).head.size).toBe(1);
  });

  test("many at once, of one circle and of several, all find their place", async () => {
    const host = await makeHost();
    const circles = await Promise.all([found(host), found(host), found(host)]);
    const sent = await Promise.all(
      circles.flatMap(({ circle }) =>
        Array.from({ length: 40 }, async () => {
          const entry = entryOf(circle, 0);
          const [position] = await positionsIn(await append(host, circle, access, entry));
          return { circle, entry, position };
        }),
      ),
    );
    for (const { circle, entry } of circles) {
      const { entries, head } = await read(host, circle, access);
      const own = sent.filter((one) => one.circle === circle);
      expect(new Set(own.map(({ position }) => position)).size).toBe(40);
      for (const one of own) expect(entries[one.position as number]).toEqual(one.entry);
      expect(toHex(head.root)).toBe(toHex(rootOf(entries)));
      expect(entries[0]).toEqual(entry);
    }
  });

  test("one bad request among many that are stored together fails alone", async () => {
    const host = await makeHost();
    const { circle } = await found(host);
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        append(
          host,
          circle,
          access,
          entryOf(circle, i === 5 ? 3 : 0, i === 7 ? { blobs: [toHex(sha256()) as never] } : {}),
        ),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(results.map((_, i) => (i === 5 || i === 7 ? 409 : 200)));
    expect((await read(host, circle, access)).head.size).toBe(11);
  });

  test("two processes on one database collide, and lose nothing", async () => {
    const { store } = await memoryStore();
    const hosts = await Promise.all([makeHost({ store }), makeHost({ store })]);
    const { circle } = await found(hosts[0]);
    const jobs = Array.from({ length: 60 }, (_, i) =>
      append(hosts[i % 2] as never, circle, access, entryOf(circle, 0)),
    );
    const positions = (await Promise.all((await Promise.all(jobs)).map(positionsIn))).flat();
    expect([...positions].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    const { entries, head } = await read(hosts[1], circle, access);
    expect(toHex(head.root)).toBe(toHex(rootOf(entries)));
  });

  test("a request repeated at another process is answered with where its entries stand", async () => {
    // Indexed at once, as on PostgreSQL: the second process finds what it does not know of yet.
    const { engine } = await memoryStore();
    const store = sqlStore({ ...engine, indexBehind: 0 });
    const [one, two] = await Promise.all([makeHost({ store }), makeHost({ store })]);
    const { circle } = await found(one);
    await append(two, circle, access, entryOf(circle, 0));
    const sent = [entryOf(circle, 0), entryOf(circle, 0)];
    await append(one, circle, access, entryOf(circle, 0));
    expect(await positionsIn(await append(one, circle, access, ...sent))).toEqual([3, 4]);
    // The second process last knew a shorter log.
    expect(await positionsIn(await append(two, circle, access, ...sent))).toEqual([3, 4]);
    expect((await read(two, circle, access)).head.size).toBe(5);
  });
});

describe("rotating", () => {
  async function rotated() {
    const host = await makeHost();
    const { circle, acl } = await found(host);
    const next: log.Acl = { ...acl, epoch: 1, accessVersion: 1, access: accessKey(1).id };
    return { host, circle, acl, next };
  }

  test("rotate and link go in one request, the link under the new epoch", async () => {
    const { host, circle, next } = await rotated();
    expect(await positionsIn(await append(host, circle, control[0], ...rotation(circle, 0, next)))).toEqual([1, 2]);
    expect((await read(host, circle, accessKey(1))).head.size).toBe(3);
    expect(await problemIn(await append(host, circle, access, entryOf(circle, 0)))).toBe("stale-epoch");
    expect(await problemIn(await append(host, circle, accessKey(1), entryOf(circle, 0)))).toBe("stale-epoch");
    expect(await positionsIn(await append(host, circle, accessKey(1), entryOf(circle, 1)))).toEqual([3]);
  });

  test.each<[string, (circle: CircleId, next: log.Acl) => readonly log.Entry[]]>([
    ["alone", () => []],
    ["before a statement", (circle) => [entryOf(circle, 1)]],
    ["before an entry of the old epoch", (circle) => [entryOf(circle, 0, { kind: "roster" })]],
    ["before another rotation", (circle, next) => rotation(circle, 0, { ...next, epoch: 2, accessVersion: 2 })],
    [
      "apart from its link",
      (circle) => [entryOf(circle, 1, { kind: "statement" }), entryOf(circle, 1, { kind: "roster" })],
    ],
  ])("%s, without its link beside it, is refused and stores nothing", async (_, behind) => {
    const { host, circle, next } = await rotated();
    const sent = [aclEntry(circle, 0, next), ...behind(circle, next)];
    expect(await problemIn(await append(host, circle, control[0], ...sent))).toBe("acl-refused");
    expect((await read(host, circle, access)).head.size).toBe(1);
  });

  test("of two rotations at once one wins, and the other is told to synchronize", async () => {
    const { host, circle, next } = await rotated();
    const other = { ...next, access: keyOf("other").id };
    const results = await Promise.all([
      append(host, circle, control[0], ...rotation(circle, 0, next)),
      append(host, circle, control[1], ...rotation(circle, 0, other, { by: control[1] })),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = results.find(({ status }) => status === 409) as Response;
    expect(await problemIn(lost)).toBe("acl-conflict");
  });

  test("cannot be starved by appends (attack 36)", async () => {
    const { host, circle, next } = await rotated();
    const flood = Array.from({ length: 50 }, () => append(host, circle, access, entryOf(circle, 0)));
    const sent = append(host, circle, control[0], ...rotation(circle, 0, next));
    expect((await sent).status).toBe(200);
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
  });

  test.each<[string, (circle: CircleId, next: log.Acl) => [typeof access, log.Entry], string]>([
    ["with the access key", (circle, next) => [access, aclEntry(circle, 0, next)], "forbidden"],
    ["executed by a reserve", (circle, next) => [reserve, aclEntry(circle, 0, next, { by: reserve })], "acl-refused"],
    [
      "executed by a stranger",
      (circle, next) => [control[0], aclEntry(circle, 0, next, { by: keyOf("x") })],
      "acl-refused",
    ],
    [
      "skipping a version",
      (circle, next) => [control[0], aclEntry(circle, 0, { ...next, accessVersion: 2 })],
      "acl-refused",
    ],
    [
      "changing keys alone",
      (circle, next) => {
        const acl = { ...next, keysVersion: 1, control: [[control[0].id]], need: 1 };
        return [control[0], aclEntry(circle, 0, acl, { approvals: [control[0]] })];
      },
      "acl-refused",
    ],
  ])("%s is refused", async (_, make, code) => {
    const { host, circle, next } = await rotated();
    const [key, entry] = make(circle, next);
    expect(await problemIn(await append(host, circle, key, entry))).toBe(code);
    expect((await read(host, circle, access)).head.size).toBe(1);
  });

  test("a signature that does not verify is refused", async () => {
    const { host, circle, next } = await rotated();
    const good = aclEntry(circle, 0, next);
    const header = log.decodeHeader(good.header);
    const signatures = (header.signatures ?? []).map((one) => ({ ...one, signature: new Uint8Array(64) as Bytes }));
    const bad = { ...good, header: log.encodeHeader({ ...header, signatures }) };
    expect(await problemIn(await append(host, circle, control[0], bad))).toBe("acl-refused");
  });

  test("keys change with `need` groups, and the dropped key has no right any more", async () => {
    const { host, circle, next } = await rotated();
    const acl: log.Acl = { ...next, keysVersion: 1, control: [[control[0].id], [control[1].id]], need: 2 };
    const sent = rotation(circle, 0, acl, { approvals: [control[1], reserve] });
    expect((await append(host, circle, control[0], ...sent)).status).toBe(200);
    expect(await problemIn(await append(host, circle, control[2], entryOf(circle, 1)))).toBe("unauthorized");
    expect((await append(host, circle, control[1], entryOf(circle, 1))).status).toBe(200);
  });

  test("under flood the listed keys append and the shared one only reads", async () => {
    const host = await makeHost({ limits: { keyWritesPerMinute: 3 } });
    const { circle, acl } = await found(host);
    const [one, two] = [keyOf("append 1"), keyOf("append 2")];
    const next = { ...acl, epoch: 1, accessVersion: 1, access: accessKey(1).id, append: [one.id, two.id] };
    await append(host, circle, control[0], ...rotation(circle, 0, next));
    expect(await problemIn(await append(host, circle, accessKey(1), entryOf(circle, 1)))).toBe("forbidden");
    expect((await read(host, circle, accessKey(1))).head.size).toBe(3);
    for (let i = 0; i < 3; i++) expect((await append(host, circle, one, entryOf(circle, 1))).status).toBe(200);
    expect(await problemIn(await append(host, circle, one, entryOf(circle, 1)))).toBe("quota");
    expect((await append(host, circle, two, entryOf(circle, 1))).status).toBe(200);
    expect(await problemIn(await send(host, one, "GET", log.paths.entries(circle)))).toBe("forbidden");
  });
});

describe("quotas", () => {
  test("members' and control keys' are their own", async () => {
    const host = await makeHost({ limits: { writesPerMinute: 2, controlWritesPerMinute: 1 } });
    const { circle } = await found(host);
    expect((await append(host, circle, access, entryOf(circle, 0), entryOf(circle, 0))).status).toBe(200);
    const refused = await append(host, circle, access, entryOf(circle, 0));
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(await problemIn(refused)).toBe("quota");
    expect((await append(host, circle, control[0], entryOf(circle, 0))).status).toBe(200);
    expect(await problemIn(await append(host, circle, control[0], entryOf(circle, 0)))).toBe("quota");
    host.clock.now += 60_000;
    expect((await append(host, circle, access, entryOf(circle, 0))).status).toBe(200);
  });

  test("bytes kept are bounded, and control keys have room when members have none", async () => {
    const host = await makeHost({ limits: { circleBytes: 2000 } });
    const { circle } = await found(host);
    expect((await append(host, circle, access, entryOf(circle, 0, {}, 1500))).status).toBe(200);
    expect(await problemIn(await append(host, circle, access, entryOf(circle, 0, {}, 1500)))).toBe("quota");
    expect((await append(host, circle, control[0], entryOf(circle, 0, {}, 1500))).status).toBe(200);
  });
});

test("a full disk is told as such, stores nothing, and the host goes on when there is room", async () => {
  const { engine, store } = await memoryStore({ mostPages: 60 });
  const host = await makeHost({ store });
  const { circle } = await found(host);
  let status = 200;
  let size = 1;
  let code = "";
  while (status === 200) {
    const response = await append(host, circle, access, entryOf(circle, 0, {}, 20_000));
    status = response.status;
    if (status === 200) size++;
    else code = await problemIn(response);
  }
  expect([status, code]).toEqual([507, "storage-full"]);
  expect((await read(host, circle, access)).head.size).toBe(size);
  (engine as unknown as { raw: { pragma: (text: string) => void } }).raw.pragma("max_page_count = 10000");
  expect(await positionsIn(await append(host, circle, access, entryOf(circle, 0)))).toEqual([size]);
  const { entries, head } = await read(host, circle, access);
  expect(toHex(head.root)).toBe(toHex(rootOf(entries)));
});

test("bodies: truncated, foreign, oversized, of another type", async () => {
  const host = await makeHost();
  const { circle } = await found(host);
  const path = log.paths.entries(circle);
  const good = encode(log.appendRequest, { entries: [entryOf(circle, 0)] });
  const put = async (body: Uint8Array, type?: string) =>
    problemIn(await send(host, access, "POST", path, { body, ...(type === undefined ? {} : { type }) }));
  expect(await put(good.slice(0, -1))).toBe("malformed");
  expect(await put(utf8("{}"))).toBe("malformed");
  expect(await put(good, "application/json")).toBe("malformed");
  expect(await put(new Uint8Array(1_200_000))).toBe("too-large");
  expect(
    await put(encode(log.appendRequest, { entries: Array.from({ length: 40 }, () => entryOf(circle, 0, {}, 30_000)) })),
  ).toBe("too-large");
  const answered = await send(host, access, "POST", path, { body: good });
  expect([answered.status, (await bytesIn(answered)).length > 0]).toEqual([200, true]);
});
