import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rotateIfOwed } from "../../src/client/circle/acts.ts";
import { freshVault, isOwnDevice } from "../../src/client/circle/devices.ts";
import {
  accept,
  arrivals,
  type Circle,
  consider,
  foundCircle,
  importIdentity,
  invite,
  join,
  memoryStorage,
  openCircle,
  revokeDevice,
  rotate,
  say,
} from "../../src/client/index.ts";
import { type AnyHost, startAnyHost } from "../kit/any-host.ts";
import { bringIn, newMember, testPhrase, testPlatform } from "../kit/members.ts";

let host: AnyHost;
beforeAll(async () => {
  host = await startAnyHost();
});
afterAll(() => host.stop());

const read = async (...circles: readonly Circle[]) => {
  for (const circle of circles) {
    await circle.sync();
    await circle.settle();
  }
};
const note = (circle: Circle, text: string) => say(circle, [{ kind: "check-in", tlp: "TLP:AMBER", text }]);
const texts = (circle: Circle) =>
  circle.statements().flatMap(({ statement }) => (statement.kind === "check-in" ? [statement.text] : []));

/** A further device of `old`'s member. */
async function furtherDevice(old: Circle): Promise<Circle> {
  const { identity } = old;
  const file = await freshVault(identity, testPhrase, undefined, { kdf: "pbkdf2", memory: 0, passes: 600_000 });
  const fresh = await importIdentity(identity.platform, memoryStorage(), file, testPhrase);
  const { link } = await invite(old, { ownDevice: true });
  const { circle, words } = await join(fresh, link, "circle");
  const [arrived] = await arrivals(old);
  if (arrived === undefined) throw new Error("nothing arrived");
  expect(arrived.words).toEqual(words);
  expect(isOwnDevice(old, arrived)).toBe(true);
  await consider(old, arrived);
  expect(await accept(fresh, circle)).toBe(true);
  const opened = await openCircle(fresh, circle);
  await read(opened);
  return opened;
}

describe.each(["full", "from-joining"] as const)("a further device of a member, history %s", (history) => {
  it("reads what its older device could read, acts for the same member, and is revoked by it", async () => {
    const platform = await testPlatform();
    const a = await foundCircle(await newMember("Newsroom A", platform), {
      address: host.url,
      label: "circle",
      policy: { windowHours: 0, sponsors: 0, history },
    });
    await note(a, "before b");
    const b = await bringIn(a, await newMember("Newsroom B", platform));
    await note(b, "by the old device");
    await rotate(a);
    await note(a, "in a later epoch");
    await read(a, b);
    const second = await furtherDevice(b);
    expect(texts(second)).toEqual(texts(b));
    expect(texts(second).includes("before b")).toBe(history === "full");
    expect(second.me().id).toBe(b.me().id);
    await note(second, "by the new device");
    await read(a);
    await rotate(a);
    await note(a, "for both");
    await read(a, b, second);
    expect(texts(second)).toEqual(texts(b));
    expect(texts(a).slice(-2)).toEqual(["by the new device", "for both"]);

    await revokeDevice(b, second.device);
    await read(a);
    expect(a.state().owed).toEqual([second.device]);
    expect(await rotateIfOwed(a)).toBe(true);
    await note(a, "not for the lost phone");
    await read(b, second);
    expect(texts(b).at(-1)).toBe("not for the lost phone");
    expect(texts(second)).not.toContain("not for the lost phone");
    expect(() => second.me()).toThrow(expect.objectContaining({ code: "circle.ended" }));
    expect(b.me().status).toBe("active");
  });
});

describe("a device that a rotation passed by", () => {
  it("takes the seed from its mailbox while it runs, and reads and writes on", async () => {
    const platform = await testPlatform();
    const a = await foundCircle(await newMember("Newsroom A", platform), {
      address: host.url,
      label: "circle",
      policy: { windowHours: 0, sponsors: 0 },
    });
    const b = await bringIn(a, await newMember("Newsroom B", platform));
    await read(a);
    const second = await furtherDevice(b);
    // The rotation was begun on a head from before the device was added: it wraps nothing to it, and serves it.
    await rotate(a);
    await note(a, "in the new epoch");
    expect(second.ledger.ring.has(1)).toBe(false);
    await read(second);
    expect(second.ledger.ring.has(1)).toBe(true);
    expect(texts(second)).toEqual(["in the new epoch"]);
    await note(second, "by the new device");
    await read(a);
    expect(texts(a).at(-1)).toBe("by the new device");
    expect(second.ledger.voids).toEqual([]);
  });
});

describe("history from joining", () => {
  it("shows a joiner the roster and the names, and statements from then on", async () => {
    const platform = await testPlatform();
    const a = await foundCircle(await newMember("Newsroom A", platform), {
      address: host.url,
      label: "circle",
      policy: { windowHours: 0, sponsors: 0, history: "from-joining" },
    });
    await note(a, "before");
    const b = await bringIn(a, await newMember("Newsroom B", platform));
    await note(a, "after");
    await read(b);
    expect(texts(b)).toEqual(["after"]);
    expect(b.state().epochs.length).toBe(2);
    // Closed and opened again, it is the same.
    const again = await openCircle(b.identity, b.id);
    await read(again);
    expect(texts(again)).toEqual(["after"]);
  });
});
