import { describe, expect, test } from "vitest";
import { type CircleId, decode, encode, toHex, utf8 } from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import * as log from "../../src/core/log/index.ts";
import { sweep } from "../../src/host/index.ts";
import {
  accessKey,
  append,
  bytesIn,
  control,
  entryOf,
  found,
  type Key,
  keyOf,
  makeHost,
  problemIn,
  send,
  type TestHost,
} from "./kit.ts";

const access = accessKey(0);
const invite = keyOf("invite");
const day = 86_400;

async function opened(limits: { mailboxes?: number } = {}) {
  const host = await makeHost({ limits });
  const { circle } = await found(host);
  const path = log.paths.mailbox(circle, invite.id);
  const expires = host.clock.now / 1000 + 7 * day;
  expect((await put(host, access, path, "open", encode(log.mailboxOpening, { expires }))).status).toBe(204);
  return { host, circle, path, expires };
}

const put = (host: TestHost, key: Key, path: string, slot: string, body: Uint8Array) =>
  send(host, key, "PUT", `${path}?slot=${slot}`, { body });
const look = async (host: TestHost, key: Key, path: string) => {
  const response = await send(host, key, "GET", path);
  return response.status === 200 ? decode(log.mailbox, await bytesIn(response)) : problemIn(response);
};

describe("a mailbox", () => {
  test("takes a request from its key and a welcome from the circle, and both read it", async () => {
    const { host, path, expires } = await opened();
    expect((await put(host, invite, path, "request", utf8("request"))).status).toBe(204);
    expect((await put(host, access, path, "welcome", utf8("welcome"))).status).toBe(204);
    const content = { expires, contested: false, request: utf8("request"), welcome: utf8("welcome") };
    expect(await look(host, access, path)).toEqual(content);
    expect(await look(host, invite, path)).toEqual(content);
  });

  test("is written once: the same again is a retry, another request shows as contested (attack 11)", async () => {
    const { host, path, expires } = await opened();
    await put(host, invite, path, "request", utf8("request"));
    expect((await put(host, invite, path, "request", utf8("request"))).status).toBe(204);
    expect(await look(host, access, path)).toEqual({ expires, contested: false, request: utf8("request") });
    expect(await problemIn(await put(host, invite, path, "request", utf8("interceptor")))).toBe("mailbox-written");
    expect(await look(host, access, path)).toEqual({ expires, contested: true, request: utf8("request") });
    await put(host, access, path, "welcome", utf8("welcome"));
    expect(await problemIn(await put(host, access, path, "welcome", utf8("other")))).toBe("mailbox-written");
  });

  test("of two requests at once, one is kept and the mailbox is contested", async () => {
    const { host, path } = await opened();
    const both = await Promise.all(["one", "two"].map((text) => put(host, invite, path, "request", utf8(text))));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await look(host, access, path)).toMatchObject({ contested: true });
  });

  test("each slot is for its own keys", async () => {
    const { host, path } = await opened();
    expect(await problemIn(await put(host, access, path, "request", utf8("x")))).toBe("unauthorized");
    expect(await problemIn(await put(host, invite, path, "welcome", utf8("x")))).toBe("unauthorized");
    expect(await problemIn(await put(host, invite, path, "open", utf8("x")))).toBe("unauthorized");
    expect(await problemIn(await send(host, invite, "DELETE", path))).toBe("unauthorized");
    expect(await problemIn(await put(host, access, path, "other", utf8("x")))).toBe("malformed");
    expect((await put(host, control[0], path, "welcome", utf8("x"))).status).toBe(204);
  });

  test("closes at its time, is swept, and may be opened anew, empty", async () => {
    const { host, path, expires } = await opened();
    await put(host, invite, path, "request", utf8("request"));
    host.clock.now = expires * 1000;
    expect(await look(host, invite, path)).toBe("mailbox-closed");
    expect(await problemIn(await put(host, invite, path, "request", utf8("x")))).toBe("mailbox-closed");
    host.clock.now += 60_000;
    await sweep(host.host);
    expect(await look(host, invite, path)).toBe("unauthorized");
    expect(await look(host, access, path)).toBe("unknown-mailbox");
    const later = expires + day;
    await put(host, access, path, "open", encode(log.mailboxOpening, { expires: later }));
    expect(await look(host, invite, path)).toEqual({ expires: later, contested: false });
  });

  test("can be deleted", async () => {
    const { host, path } = await opened();
    expect((await send(host, access, "DELETE", path)).status).toBe(204);
    expect(await look(host, access, path)).toBe("unknown-mailbox");
  });

  test("is limited in number, size and time", async () => {
    const { host, circle, path } = await opened({ mailboxes: 1 });
    const open = (target: string, seconds: number) =>
      put(host, access, target, "open", encode(log.mailboxOpening, { expires: host.clock.now / 1000 + seconds }));
    expect(await problemIn(await open(log.paths.mailbox(circle, keyOf("next").id), day))).toBe("quota");
    expect((await open(path, 60 * day)).status).toBe(204);
    expect(await problemIn(await open(path, 61 * day))).toBe("malformed");
    expect(await problemIn(await open(path, 0))).toBe("malformed");
    expect(await problemIn(await put(host, invite, path, "request", new Uint8Array(65_537)))).toBe("too-large");
    expect(await problemIn(await put(host, invite, path, "request", new Uint8Array(0)))).toBe("malformed");
  });
});

describe("a blob", () => {
  const octets = "application/octet-stream";
  const upload = (host: TestHost, circle: CircleId, blob: Uint8Array, key = access, hash = toHex(sha256(blob))) =>
    send(host, key, "PUT", log.paths.blob(circle, hash), { body: blob, type: octets });

  test("is kept under the hash of its bytes only", async () => {
    const host = await makeHost();
    const { circle } = await found(host);
    const blob = utf8("ciphertext");
    expect((await upload(host, circle, blob)).status).toBe(204);
    expect((await upload(host, circle, blob)).status).toBe(204);
    const path = log.paths.blob(circle, toHex(sha256(blob)));
    const response = await send(host, access, "GET", path);
    expect([response.headers.get("content-type"), await bytesIn(response)]).toEqual([octets, blob]);
    expect(await problemIn(await upload(host, circle, blob, access, "00".repeat(32)))).toBe("malformed");
    expect(await problemIn(await upload(host, circle, new Uint8Array(1_048_576 + 1025)))).toBe("too-large");
    expect((await upload(host, circle, new Uint8Array(1_048_576 + 1024))).status).toBe(204);
    expect(await problemIn(await send(host, access, "GET", log.paths.blob(circle, "00".repeat(32))))).toBe(
      "unknown-blob",
    );
  });

  test("counts once against the quota, and control keys have their own", async () => {
    const host = await makeHost({ limits: { circleBytes: 150 } });
    const { circle } = await found(host);
    const [one, two] = [new Uint8Array(100).fill(1), new Uint8Array(100).fill(2)];
    for (let i = 0; i < 3; i++) expect((await upload(host, circle, one)).status).toBe(204);
    expect(await problemIn(await upload(host, circle, two))).toBe("quota");
    expect((await upload(host, circle, two, control[1])).status).toBe(204);
  });

  test("that no entry lists is dropped after a day and gives its room back; one that is listed stays", async () => {
    const host = await makeHost({ limits: { circleBytes: 400 } });
    const { circle } = await found(host);
    const [kept, lost] = [new Uint8Array(100).fill(1), new Uint8Array(100).fill(2)];
    await upload(host, circle, kept);
    await upload(host, circle, lost);
    await append(host, circle, access, entryOf(circle, 0, { blobs: [toHex(sha256(kept)) as never] }));
    host.clock.now += 24 * 3_600_000;
    expect((await sweep(host.host)).blobs).toBe(0);
    host.clock.now += 3_600_000;
    const used = (await host.store.circle(circle))?.bytes ?? 0;
    expect((await sweep(host.host)).blobs).toBeGreaterThan(0);
    expect((await host.store.circle(circle))?.bytes).toBe(used - 100);
    expect((await send(host, access, "GET", log.paths.blob(circle, toHex(sha256(kept))))).status).toBe(200);
    expect((await send(host, access, "GET", log.paths.blob(circle, toHex(sha256(lost))))).status).toBe(404);
  });
});
