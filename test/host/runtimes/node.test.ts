import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Corrupt, toHex, UsageError } from "../../../src/core/codec/index.ts";
import * as log from "../../../src/core/log/index.ts";
import { start } from "../../../src/host/runtimes/node.ts";
import { backup, restore } from "../../../src/host/runtimes/node-backup.ts";
import { startTestHost, type TestHost } from "../../kit/host.ts";
import { accessKey, append, entryOf, found, positionsIn, problemIn, read, rootOf, send } from "../kit.ts";

const running: TestHost[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const host of running.splice(0)) await host.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
async function hosted(options: Parameters<typeof startTestHost>[0] = {}): Promise<TestHost> {
  const host = await startTestHost(options);
  running.push(host);
  return host;
}
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "symbolon-test-"));
  folders.push(made);
  return made;
}
const targetOf = (host: TestHost) => ({
  key: host.key,
  clock: { now: Date.now() },
  fetch: (path: string, init?: RequestInit) => fetch(host.url + path, init),
});
const access = accessKey(0);

describe("a host on Node", () => {
  test("serves over HTTP, and after a restart has the same key and every entry", async () => {
    const first = await hosted();
    const { circle, entry } = await found(targetOf(first));
    const batch = Array.from({ length: 30 }, () => entryOf(circle, 0));
    await append(targetOf(first), circle, access, ...batch);
    const second = await first.restart();
    expect([second.key, second.url]).toEqual([first.key, first.url]);
    const page = await read(targetOf(second), circle, access);
    expect(page.entries).toEqual([entry, ...batch]);
    expect(toHex(page.head.root)).toBe(toHex(rootOf(page.entries)));
    await second.close();
  });

  test("keeps database and key for its owner alone", async () => {
    const host = await hosted();
    await found(targetOf(host));
    const modes = readdirSync(host.data).map((name) => [name, statSync(join(host.data, name)).mode & 0o777]);
    expect(modes.map(([name]) => name)).toEqual(expect.arrayContaining(["host.key", "symbolon.sqlite"]));
    for (const [, mode] of modes) expect(mode).toBe(0o600);
  });

  test("refuses to start with a damaged key, and changes nothing", async () => {
    const data = folder();
    writeFileSync(join(data, "host.key"), "not a key\n");
    await expect(start({ data, port: 0 })).rejects.toThrow(UsageError);
    expect(readFileSync(join(data, "host.key"), "utf8")).toBe("not a key\n");
  });

  test("refuses another key, or none, for a database that was served with one", async () => {
    const host = await hosted();
    await host.close();
    const [database, key] = ["symbolon.sqlite", "host.key"].map((name) => join(host.data, name)) as [string, string];
    const kept = readFileSync(key, "utf8");
    const codeOf = (options: Partial<Parameters<typeof start>[0]>) =>
      start({ data: host.data, port: 0, ...options }).catch((error: UsageError) => error.code);
    rmSync(key);
    expect(await codeOf({})).toBe("host.no-key");
    expect(existsSync(key)).toBe(false);
    writeFileSync(key, `${"ab".repeat(32)}\n`);
    expect(await codeOf({})).toBe("host.other-key");
    expect(statSync(database).size).toBeGreaterThan(0);

    const keyFile = join(folder(), "secret");
    writeFileSync(keyFile, kept, { mode: 0o400 });
    const again = await hosted({ data: host.data, keyFile });
    expect(again.key).toBe(host.key);
  });

  test("refuses a directory that cannot be one, and a database that is none", async () => {
    const data = folder();
    writeFileSync(join(data, "file"), "");
    await expect(start({ data: join(data, "file"), port: 0 })).rejects.toThrow(UsageError);
    writeFileSync(join(data, "symbolon.sqlite"), "not a database, and longer than a page's head".repeat(20));
    await expect(start({ data, port: 0 })).rejects.toThrow(Corrupt);
  });

  test("closing answers what is under way and loses nothing of it", async () => {
    const host = await hosted();
    const target = targetOf(host);
    const { circle } = await found(target);
    const poll = read(target, circle, access, "from=1&wait=20");
    while (host.host.hub.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
    const sent = Array.from({ length: 40 }, () => entryOf(circle, 0));
    const answers = sent.map((entry) => append(target, circle, access, entry).then(positionsIn, () => undefined));
    await answers[0];
    await host.close();
    const positions = await Promise.all(answers);
    await poll.catch(() => undefined);
    const again = await startTestHost({ data: host.data });
    running.push(again);
    const { entries, head } = await read(targetOf(again), circle, access);
    for (const [i, position] of positions.entries()) {
      if (position !== undefined) expect(entries[position[0] as number]).toEqual(sent[i]);
    }
    expect(positions[0]).toBeDefined();
    expect(toHex(head.root)).toBe(toHex(rootOf(entries)));
  });

  test("a client that hangs up no longer waits", async () => {
    const host = await hosted();
    const target = targetOf(host);
    const { circle } = await found(target);
    const hangUp = new AbortController();
    const fetchUntil = (path: string, init?: RequestInit) => target.fetch(path, { ...init, signal: hangUp.signal });
    const poll = read({ ...target, fetch: fetchUntil }, circle, access, "from=1&wait=20");
    while (host.host.hub.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
    hangUp.abort();
    await expect(poll).rejects.toThrow();
    const start = performance.now();
    while (host.host.hub.waiting() > 0 && performance.now() - start < 5000) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(host.host.hub.waiting()).toBe(0);
  });

  test("a body that is longer than allowed is cut off while it streams", async () => {
    const host = await hosted();
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        if (sent > 64 * 2 ** 20) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = {
      method: "POST",
      headers: { "content-type": log.mediaType },
      body: endless,
      duplex: "half",
    } as RequestInit;
    const response = await fetch(`${host.url}/v1/circles`, init).catch(() => undefined);
    if (response !== undefined) expect(await problemIn(response)).toBe("too-large");
    expect(sent).toBeLessThan(32 * 2 ** 20);
  });

  test("garbage instead of HTTP does not disturb it", async () => {
    const host = await hosted();
    const { port } = new URL(host.url);
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), "127.0.0.1", () => socket.write("\u0000\u0001 garbage\r\n\r\n"));
      socket.once("close", () => resolve());
      socket.once("error", reject);
      socket.resume();
    });
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
  });

  test("metrics are on the second port only, without ids", async () => {
    const host = await hosted({ metricsPort: 0 });
    const { circle } = await found(targetOf(host));
    await read(targetOf(host), circle, access);
    expect((await fetch(`${host.url}/metrics`)).status).toBe(404);
    const text = await (await fetch(host.metricsUrl as string)).text();
    expect(text).toContain('route="/v1/circles/:circle/entries"');
    expect(text).not.toContain(circle);
  });
});

describe("backup and restore", () => {
  test("a backup taken while the host runs is restored to the same host", async () => {
    const host = await hosted();
    const target = targetOf(host);
    const { circle } = await found(target);
    await append(target, circle, access, ...Array.from({ length: 20 }, () => entryOf(circle, 0)));
    const place = join(folder(), "backup");
    const later = Array.from({ length: 10 }, () => append(target, circle, access, entryOf(circle, 0)));
    await backup(host.data, place);
    await Promise.all(later);
    await expect(backup(host.data, place)).rejects.toThrow(UsageError);

    const data = join(folder(), "data");
    const verified = await restore(place, data);
    expect(verified.circles).toBe(1);
    expect(verified.entries).toBeGreaterThanOrEqual(21);
    const again = await hosted({ data });
    expect(again.key).toBe(host.key);
    const { entries, head } = await read(targetOf(again), circle, access);
    expect(entries).toHaveLength(verified.entries);
    expect(toHex(head.root)).toBe(toHex(rootOf(entries)));
    expect((await send(targetOf(again), access, "GET", log.paths.checkpoint(circle))).status).toBe(200);
  });

  test("data that are there are replaced only when asked, and kept", async () => {
    const host = await hosted();
    const place = join(folder(), "backup");
    await backup(host.data, place);
    await host.close();
    await expect(restore(place, host.data)).rejects.toThrow(UsageError);
    await restore(place, host.data, { replace: true });
    expect(existsSync(`${host.data}.replaced/symbolon.sqlite`)).toBe(true);
    folders.push(`${host.data}.replaced`);
  });

  test("a damaged backup is refused, and nothing is put in place", async () => {
    const host = await hosted();
    const target = targetOf(host);
    const { circle } = await found(target);
    for (let i = 0; i < 5; i++) await append(target, circle, access, entryOf(circle, 0, {}, 20_000));
    const place = join(folder(), "backup");
    await backup(host.data, place);
    const file = join(place, "symbolon.sqlite");
    const bytes = readFileSync(file);
    for (let at = bytes.length - 30_000; at < bytes.length - 20_000; at += 7) bytes[at] = (bytes[at] as number) ^ 0x55;
    writeFileSync(file, bytes);
    const data = join(folder(), "data");
    await expect(restore(place, data)).rejects.toThrow(Corrupt);
    expect(existsSync(data)).toBe(false);
    writeFileSync(file, bytes.subarray(0, 100));
    await expect(restore(place, data)).rejects.toThrow(Corrupt);
    await expect(restore(join(place, "nothing"), data)).rejects.toThrow(UsageError);
    expect(existsSync(data)).toBe(false);
  });
});
