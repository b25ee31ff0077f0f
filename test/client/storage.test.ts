import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Circle,
  foundCircle,
  openCircle,
  openIdentity,
  type Platform,
  rotate,
  say,
  wholeDigest,
} from "../../src/client/index.ts";
import { nodeFiles } from "../../src/client/storage/node-files.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { bringIn, newMember, testPhrase, testPlatform } from "../kit/members.ts";

let host: TestHost;
let platform: Platform;
let directory: string;
let a: Circle;
beforeAll(async () => {
  host = await startTestHost();
  platform = await testPlatform();
  directory = mkdtempSync(path(tmpdir(), "symbolon-client-"));
  a = await foundCircle(await newMember("Newsroom A", platform, { storage: nodeFiles(directory) }), {
    address: host.url,
    label: "circle",
    policy: { windowHours: 0 },
  });
  const b = await bringIn(a, await newMember("Newsroom B", platform));
  await say(
    b,
    Array.from({ length: 30 }, (_, i) => ({ kind: "check-in", tlp: "TLP:AMBER", text: `note ${i}` })),
  );
  await rotate(a);
  await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text: "after a rotation" }]);
  await a.sync();
  await a.settle();
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await host.stop();
});
const file = (ending: string) =>
  path(directory, readdirSync(directory).find((name) => name.endsWith(ending)) as string);
const opened = async (fetch: typeof globalThis.fetch = platform.fetch) => {
  const identity = await openIdentity({ ...platform, fetch }, nodeFiles(directory), testPhrase);
  return openCircle(identity, a.id);
};
/** A network that counts the entries pages that are asked for from a position. */
const counting = () => {
  const from: number[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    const match = /entries\?from=(\d+)/.exec(String(url));
    if (match !== null) from.push(Number(match[1]));
    return platform.fetch(url, init);
  };
  return { from, fetch };
};
const same = async (circle: Circle) => {
  await circle.sync();
  await circle.settle();
  expect(wholeDigest(circle)).toEqual(wholeDigest(a));
};

describe("a circle kept in files", () => {
  it("opens warm to what it was, without the network", async () => {
    const offline = await opened(() => Promise.reject(new Error("no network")));
    expect(offline.state().position).toBe(a.state().position);
    expect(wholeDigest(offline)).toEqual(wholeDigest(a));
    expect(offline.statements().length).toBe(a.statements().length);
  });

  it("fetches only what is new", async () => {
    const { from, fetch } = counting();
    await same(await opened(fetch));
    expect(from.every((at) => at === a.state().position)).toBe(true);
  });

  it("is readable by its owner alone", () => {
    expect(statSync(directory).mode & 0o077).toBe(0);
    for (const name of readdirSync(directory)) expect(statSync(path(directory, name)).mode & 0o077).toBe(0);
  });

  it("is fetched again where any of it was turned, cut off or lost, and comes to the same", async () => {
    const log = file(".log");
    const good = readFileSync(log);
    const turned = (at: number) => good.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const cases: readonly (readonly [Uint8Array, full: boolean])[] = [
      [turned(1), true],
      [turned(40), true],
      [turned(Math.floor(good.length / 2)), true],
      [turned(good.length - 3), true],
      [good.subarray(0, good.length - 100), true],
      [new Uint8Array(0), true],
      [new Uint8Array([...good, 0, 0, 0, 9, 1, 2]), false], // A frame that a crash cut off.
    ];
    for (const [bytes, full] of cases) {
      writeFileSync(log, bytes);
      const { from, fetch } = counting();
      await same(await opened(fetch));
      expect(from.includes(0)).toBe(full);
      await same(await opened());
    }
  });

  it("checks every signature again where the note of what was checked is damaged", async () => {
    const note = file(".note");
    const bytes = readFileSync(note);
    writeFileSync(
      note,
      bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte)),
    );
    const circle = await opened();
    expect(circle.ledger.waiting).toBeGreaterThan(0);
    await same(circle);
  });

  it("says clearly that a vault is damaged or locked, and changes nothing then", async () => {
    const vault = file(".vault");
    const good = readFileSync(vault);
    for (const [at, code] of [
      [0, "vault.damaged"],
      [good.length - 1, "vault.locked"],
      [good.length - 400, "vault.locked"],
    ] as const) {
      writeFileSync(
        vault,
        good.map((byte, i) => (i === at ? byte ^ 1 : byte)),
      );
      await expect(opened()).rejects.toMatchObject({ code });
    }
    writeFileSync(vault, good.subarray(0, 20));
    await expect(opened()).rejects.toMatchObject({ code: "vault.damaged" });
    writeFileSync(vault, good);
    await expect(openIdentity(platform, nodeFiles(directory), "another phrase")).rejects.toMatchObject({
      code: "vault.locked",
    });
    await same(await opened());
  });

  it("takes no name that leaves the directory", async () => {
    for (const name of ["../x", "a/b", "", ".hidden", "A"])
      await expect(nodeFiles(directory).read(name)).rejects.toMatchObject({ code: "storage.name" });
  });
});
