import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkIn, erase } from "../../src/client/circle/acts.ts";
import {
  type Circle,
  Contradiction,
  foundCircle,
  isFresh,
  memoryStorage,
  openCircle,
  type Platform,
  rotate,
  say,
} from "../../src/client/index.ts";
import { currentEpoch } from "../../src/core/circle/index.ts";
import { markRestored } from "../../src/host/index.ts";
import { backup, restore } from "../../src/host/runtimes/node-backup.ts";
import { codeOf, reopened, type Scene, scene } from "../kit/attack.ts";
import { claimsRestored, rollBack } from "../kit/evil-host.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { bringIn, newMember, type TestClock, testPlatform } from "../kit/members.ts";

const note = (circle: Circle, text: string) => say(circle, [{ kind: "check-in", tlp: "TLP:AMBER", text }]);
const texts = (circle: Circle) =>
  circle.statements().flatMap(({ statement }) => (statement.kind === "check-in" ? [statement.text] : []));
const read = async (...circles: readonly Circle[]) => {
  for (const circle of circles) {
    await circle.sync();
    await circle.settle();
  }
};

describe("a host restored from an old backup, over real HTTP", () => {
  let host: TestHost;
  let platform: Platform;
  let later: number;
  const copy = () => `${host.data}.copy`;
  const now = () => Date.now() + later;
  beforeEach(async () => {
    later = 0;
    host = await startTestHost({ now });
    platform = await testPlatform();
  });
  afterEach(async () => {
    await host.stop();
    for (const folder of [copy(), `${host.data}.replaced`]) rmSync(folder, { recursive: true, force: true });
  });

  async function founded() {
    const a = await foundCircle(await newMember("Newsroom A", platform), {
      address: host.url,
      label: "circle",
      policy: { windowHours: 0, sponsors: 0 },
    });
    const b = await bringIn(a, await newMember("Newsroom B", platform));
    await read(a);
    return [a, b] as const;
  }
  /** Puts the backup in place of what the host has written since. */
  async function setBack() {
    await host.close();
    await restore(copy(), host.data, { replace: true });
    host = await startTestHost({ data: host.data, port: Number(new URL(host.url).port), now });
  }

  it("has back what it lost from whoever comes, and the others read on without noticing", async () => {
    const [a, b] = await founded();
    await note(a, "before the backup");
    await backup(host.data, copy());
    for (let i = 0; i < 70; i++) await note(a, `after it ${i}`);
    await read(b);
    await note(b, "the last word");
    const head = b.head();
    await setBack();
    await read(b, a);
    expect(a.head()).toEqual(head);
    expect(texts(a)).toEqual(texts(b));
    expect(texts(a).at(-1)).toBe("the last word");
    for (const circle of [a, b]) expect(circle.record().hostFault).toBeUndefined();
    // A day later everybody has had time, and the coordinator's key has confirmed it: they write on.
    expect((await codeOf(() => note(a, "too early")))?.code).toBe("host.read-only");
    later = 25 * 3_600_000;
    await note(a, "and on");
    await read(b);
    expect(texts(b).at(-1)).toBe("and on");
  });

  it("takes back rotations, with wraps that any member can make again for who slept", async () => {
    const [a, b] = await founded();
    const c = await bringIn(a, await newMember("Newsroom C", platform));
    await read(a, b, c);
    await backup(host.data, copy());
    await rotate(a);
    await note(a, "in epoch 1");
    await rotate(a);
    await note(a, "in epoch 2");
    await read(b);
    await setBack();
    // Opened anew: it has the entries and the seeds, and none of the wraps.
    const back = await openCircle(b.identity, b.id);
    await read(back, c);
    expect(currentEpoch(c.state())).toBe(2);
    expect(texts(c)).toEqual(["in epoch 1", "in epoch 2"]);
    await read(a);
    expect(a.head()).toEqual(c.head());
  });

  it("takes back what was erased meanwhile as erased", async () => {
    const [a, b] = await founded();
    await backup(host.data, copy());
    const [position] = await note(a, "a mistake").then((said) => [said[0]?.position as number]);
    await note(a, "kept");
    await erase(a, position as number);
    await read(b);
    await setBack();
    await read(b, a);
    expect(texts(b)).toEqual(["kept"]);
    const fresh = await openCircle({ ...b.identity, storage: memoryStorage() }, b.id);
    await read(fresh);
    expect(texts(fresh)).toEqual(["kept"]);
    expect(fresh.ledger.missing.has(position as number)).toBe(true);
  });

  it("of members who saw different ends, has the longest one in the end", async () => {
    const [a, b] = await founded();
    await backup(host.data, copy());
    await note(a, "one");
    await read(b);
    await note(a, "two");
    await setBack();
    await read(b);
    expect(texts(b)).toEqual(["one"]);
    await read(a, b);
    expect(texts(b)).toEqual(["one", "two"]);
    expect(b.head()).toEqual(a.head());
  });

  it("asks a device that has lost its copy to wait, and is no alarm", async () => {
    const [a, b] = await founded();
    await backup(host.data, copy());
    await note(a, "after it");
    await read(b);
    await setBack();
    const without = await openCircle({ ...b.identity, storage: memoryStorage() }, b.id);
    expect((await codeOf(() => without.sync()))?.code).toBe("host.restoring");
    await read(a, without);
    expect(texts(without)).toEqual(["after it"]);
  });

  it("is open at once where the backup is complete", async () => {
    const [a] = await founded();
    await host.close();
    await backup(host.data, copy());
    expect((await restore(copy(), host.data, { replace: true, complete: true })).waiting).toBe(0);
    host = await startTestHost({ data: host.data, port: Number(new URL(host.url).port), now });
    await note(a, "at once");
    await read(a);
    expect(texts(a)).toEqual(["at once"]);
  });
});

describe("a host that lies about being restored", () => {
  let clock: TestClock;
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  beforeEach(async () => {
    clock = { hours: 0 };
    stage = await scene({ others: 1, clock });
    a = stage.a;
    b = stage.others[0] as Circle;
    await read(b);
  });
  it("and shows less even when it was given everything back is as much an alarm as without", async () => {
    await checkIn(a);
    await read(b);
    const { size } = b.head() as { size: number };
    stage.evil.tell(rollBack(size - 1), claimsRestored);
    expect((await codeOf(() => b.sync()))?.code).toBe("host.stale");
    expect(b.head()?.size).toBe(size);
  });

  it("for ever, to stop a circle, only stops itself: nothing is written, and the view goes stale", async () => {
    stage.evil.tell(claimsRestored, {
      answer: (response, request) =>
        request.method === "POST" && request.url.endsWith("/entries")
          ? Response.json({ type: "urn:symbolon:problem:read-only" }, { status: 503 })
          : response,
    });
    expect((await codeOf(() => note(b, "unheard")))?.code).toBe("host.read-only");
    clock.hours += 8 * 24;
    await read(b);
    expect(isFresh(b)).toBe(false);
  });

  it("to hide a revocation is found as every other withholding is: by what does not come", async () => {
    const frozen = b.head()?.size as number;
    await rotate(a);
    stage.evil.tell(rollBack(frozen), claimsRestored);
    await read(b);
    expect(b.head()?.size).toBe(frozen);
    expect(isFresh(b)).toBe(true);
    clock.hours += 8 * 24;
    await read(b);
    expect(isFresh(b)).toBe(false);
  });

  it("and shows another history is a fork", async () => {
    const other = await stage.evil.fork();
    await checkIn(a);
    const there = await reopened(b, other.fetch);
    await note(there, "on the other branch");
    await markRestored(other.store, Math.floor(Date.now() / 3_600_000));
    await checkIn(a);
    await read(a);
    const error = await (await reopened(a, other.fetch)).sync().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Contradiction);
  });
});
