import { describe, expect, test } from "vitest";
import { type CircleId, type PublicKey, toHex, toId, utf8 } from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import * as log from "../../src/core/log/index.ts";
import {
  accessKey,
  append,
  bytesIn,
  control,
  entryOf,
  found,
  keyOf,
  makeHost,
  problemIn,
  read,
  reserve,
  rotation,
  send,
} from "./kit.ts";

const access = accessKey(0);
const other = "0f".repeat(32) as CircleId;

describe("a request", () => {
  test.each<[string, Partial<log.RequestParts>]>([
    ["another path", { path: log.paths.entries(other) }],
    ["another query", { query: "from=1" }],
    ["another method", { method: "POST" }],
    ["another host", { host: keyOf("elsewhere").id }],
    ["a body", { digest: sha256() }],
  ])("signed for %s is refused (attack 37)", async (_, change) => {
    const host = await makeHost();
    const { circle } = await found(host);
    expect(await problemIn(await send(host, access, "GET", log.paths.entries(circle), { change }))).toBe(
      "unauthorized",
    );
  });

  test("with another body than was signed is refused (attack 37)", async () => {
    const host = await makeHost();
    const { circle } = await found(host);
    const body = utf8("something else");
    const response = await send(host, access, "POST", log.paths.entries(circle), {
      body,
      change: { digest: sha256() },
    });
    expect(await problemIn(response)).toBe("unauthorized");
  });

  test("is taken within five minutes of the host's clock, and told the time otherwise", async () => {
    const host = await makeHost();
    const { circle } = await found(host);
    const at = (seconds: number) =>
      send(host, access, "GET", log.paths.entries(circle), { change: { created: host.clock.now / 1000 + seconds } });
    for (const seconds of [-300, -60, 0, 300]) expect((await at(seconds)).status).toBe(200);
    for (const seconds of [-360, 360]) {
      const response = await at(seconds);
      expect(response.headers.get("date")).toBe(new Date(host.clock.now).toUTCString());
      expect(await problemIn(response)).toBe("clock");
    }
  });

  test("without a signature, with half of one, or with two, is refused", async () => {
    const host = await makeHost();
    const { circle } = await found(host);
    const path = log.paths.entries(circle);
    expect(await problemIn(await host.fetch(path))).toBe("unauthorized");
    expect(await problemIn(await host.fetch(path, { headers: { "symbolon-host": host.key } }))).toBe("unauthorized");
  });
});

test("an outsider cannot tell a circle that exists from one that does not", async () => {
  const host = await makeHost();
  const { circle } = await found(host);
  const stranger = keyOf("stranger");
  const ask = async (path: string, method = "GET") => {
    const response = await send(
      host,
      stranger,
      method,
      path,
      method === "GET" || method === "DELETE" ? {} : { body: utf8("x") },
    );
    return [response.status, await response.text(), JSON.stringify([...response.headers])];
  };
  const paths: readonly ((id: CircleId) => string)[] = [
    log.paths.checkpoint,
    log.paths.entries,
    (id) => log.paths.blob(id, "00".repeat(32)),
    (id) => log.paths.mailbox(id, stranger.id),
    (id) => log.paths.mailbox(id, keyOf("else").id),
  ];
  for (const path of paths) expect(await ask(path(circle))).toEqual(await ask(path(other)));
  expect(await ask(log.paths.entries(circle), "POST")).toEqual(await ask(log.paths.entries(other), "POST"));
  const slot = (id: CircleId) => `${log.paths.mailbox(id, stranger.id)}?slot=request`;
  expect(await ask(slot(circle), "PUT")).toEqual(await ask(slot(other), "PUT"));
  expect((await ask(slot(circle), "PUT"))[0]).toBe(401);
});

describe("a past access key", () => {
  async function rotatedTwice() {
    const host = await makeHost();
    const { circle, acl } = await found(host);
    const wraps = [utf8("wrap 0"), utf8("wrap 1")] as const;
    const attachment = utf8("attachment");
    for (const blob of [...wraps, attachment]) {
      const path = log.paths.blob(circle, toHex(sha256(blob)));
      expect((await send(host, access, "PUT", path, { body: blob, type: "application/octet-stream" })).status).toBe(
        204,
      );
    }
    await append(host, circle, access, entryOf(circle, 0, { blobs: [toId(sha256(attachment))] }));
    const one = { ...acl, epoch: 1, accessVersion: 1, access: accessKey(1).id };
    await append(host, circle, control[0], ...rotation(circle, 0, one, { blobs: [wraps[0]] }));
    await append(host, circle, accessKey(1), entryOf(circle, 1));
    const two = { ...one, epoch: 2, accessVersion: 2, access: accessKey(2).id };
    await append(host, circle, control[0], ...rotation(circle, 1, two, { blobs: [wraps[1]] }));
    await append(host, circle, accessKey(2), entryOf(circle, 2));
    return { host, circle, wraps, attachment };
  }

  test("reads up to the rotation that ended its epoch, under a checkpoint of that size", async () => {
    const { host, circle } = await rotatedTwice();
    const all = (await read(host, circle, accessKey(2))).entries;
    expect(all).toHaveLength(8);
    const zero = await read(host, circle, access);
    expect([zero.entries, zero.head.size]).toEqual([all.slice(0, 3), 3]);
    const one = await read(host, circle, accessKey(1), "from=2");
    expect([one.entries, one.head.size]).toEqual([all.slice(2, 6), 6]);
    expect((await read(host, circle, access, "from=5")).entries).toEqual([]);
    expect((await read(host, circle, access, "from=3&wait=20")).entries).toEqual([]);
  });

  test("finds later entries that begin epochs, and wraps, but no other blob", async () => {
    const { host, circle, wraps, attachment } = await rotatedTwice();
    const later = await read(host, circle, access, "acl=1");
    expect(later.entries.map((entry) => log.decodeHeader(entry.header).acl?.epoch)).toEqual([1, 2]);
    expect(later.head.size).toBe(3);
    for (const wrap of wraps) {
      const response = await send(host, access, "GET", log.paths.blob(circle, toHex(sha256(wrap))));
      expect(await bytesIn(response)).toEqual(wrap);
    }
    const refused = await send(host, access, "GET", log.paths.blob(circle, toHex(sha256(attachment))));
    expect(await problemIn(refused)).toBe("unknown-blob");
  });

  test("gets a checkpoint and proofs of that size, and writes nothing", async () => {
    const { host, circle } = await rotatedTwice();
    expect((await send(host, access, "GET", `${log.paths.checkpoint(circle)}?from=2`)).status).toBe(200);
    expect(await problemIn(await send(host, access, "GET", `${log.paths.checkpoint(circle)}?from=4`))).toBe(
      "malformed",
    );
    expect(await problemIn(await append(host, circle, access, entryOf(circle, 2)))).toBe("stale-epoch");
    const blob = utf8("late");
    const put = await send(host, access, "PUT", log.paths.blob(circle, toHex(sha256(blob))), {
      body: blob,
      type: "application/octet-stream",
    });
    expect(await problemIn(put)).toBe("stale-epoch");
    const mailbox = log.paths.mailbox(circle, keyOf("joiner").id as PublicKey);
    expect(await problemIn(await send(host, access, "DELETE", mailbox))).toBe("forbidden");
  });

  test("control and reserve keys read everything", async () => {
    const { host, circle } = await rotatedTwice();
    for (const key of [control[2], reserve]) expect((await read(host, circle, key)).entries).toHaveLength(8);
  });
});
