import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withCircle } from "../../src/client/identity/identity.ts";
import {
  blobsIn,
  type Circle,
  exportLog,
  foundCircle,
  goTo,
  moveCircle,
  openCircle,
  type Platform,
  readAttachment,
  rotate,
  say,
  summaryOf,
} from "../../src/client/index.ts";
import { codeOf, forgeRoster, post } from "../kit/attack.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { bringIn, newMember, testPlatform } from "../kit/members.ts";

let old: TestHost;
let next: TestHost;
let platform: Platform;
beforeEach(async () => {
  [old, next] = await Promise.all([startTestHost(), startTestHost()]);
  // A host that is gone is asked several times, and here at once.
  platform = { ...(await testPlatform()), sleep: async () => {} };
});
afterEach(() => Promise.all([old.stop(), next.stop()]));

const note = (circle: Circle, text: string) => say(circle, [{ kind: "check-in", tlp: "TLP:AMBER", text }]);
const texts = (circle: Circle) =>
  circle.statements().flatMap(({ statement }) => (statement.kind === "check-in" ? [statement.text] : []));
const read = async (...circles: readonly Circle[]) => {
  for (const circle of circles) {
    await circle.sync();
    await circle.settle();
  }
};
/** A circle of four organizations, with a rotation and an attachment in its past; the fourth slept over the rotation. */
async function founded() {
  const a = await foundCircle(await newMember("Newsroom A", platform), {
    address: old.url,
    label: "circle",
    policy: { windowHours: 0, sponsors: 0 },
  });
  const others: Circle[] = [];
  for (const name of "BCD") others.push(await bringIn(a, await newMember(`Newsroom ${name}`, platform)));
  const [b, c, sleeper] = others as [Circle, Circle, Circle];
  await read(a, ...others);
  await note(a, "before");
  await rotate(a);
  await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text: "with a letter" }], {
    attachments: [{ name: "letter.txt", mediaType: "text/plain", bytes: letter }],
  });
  await read(a, b, c);
  return { a, b, c, sleeper };
}
const letter = new TextEncoder().encode("dear reader");
const letterIn = async (circle: Circle) => {
  const [attachment] = circle.statements().flatMap(({ statement }) => statement.attachments ?? []);
  return readAttachment(circle, attachment as NonNullable<typeof attachment>);
};
/** What a move must not change. */
const past = (circle: Circle, size: number) => [circle.id, circle.ledger.tree.rootAt(size)];
const moved = async (circle: Circle, more: { blobs?: ReturnType<typeof blobsIn> } = {}) => {
  const answer = await moveCircle(circle.identity, circle.id, { address: next.url, ...more });
  if (answer.done) await answer.circle.settle();
  return answer;
};

describe("a circle that leaves a host which still answers", () => {
  it("goes by vote, with id, tree, history and attachments, and every member follows unasked", async () => {
    const { a, b, c, sleeper } = await founded();
    const size = a.head()?.size as number;
    const before = past(a, size);
    const first = await moved(a);
    expect(first.done).toBe(false);
    expect(a.record().address).toBe(old.url);
    const second = await moved(b);
    expect(second.done).toBe(true);
    const there = second.circle;
    expect(past(there, size)).toEqual(before);
    await note(there, "at the new host");
    // The sleeper follows a rotation from before the move by wraps that came along.
    await read(a, c, sleeper);
    for (const circle of [a, c, sleeper]) {
      expect([circle.record().address, circle.record().hostKey]).toEqual([next.url, next.key]);
      expect(texts(circle)).toEqual(["before", "with a letter", "at the new host"]);
      expect(await letterIn(circle)).toEqual(letter);
      expect(circle.ledger.voids).toEqual([]);
    }
    await note(sleeper, "and I write");
    await read(a);
    expect(texts(a).at(-1)).toBe("and I write");
    const again = await openCircle(c.identity, c.id);
    await read(again, a);
    expect(summaryOf(again).words).toEqual(summaryOf(a).words);
  });

  it("leaves a host that takes nothing more, and shows where the circle went to who comes late", async () => {
    const { a, b, c } = await founded();
    await moved(a);
    await moved(b);
    // C has not heard of it: what it writes is refused, not lost.
    expect((await codeOf(() => note(c, "too late")))?.code).toBe("host.moved");
    await read(c);
    await note(c, "in time");
    await read(a);
    expect(texts(a).at(-1)).toBe("in time");
  });

  it("goes page by page, and goes on where it was cut off", async () => {
    const { a, b, c } = await founded();
    const drafts = Array.from({ length: 60 }, (_, i) => ({
      kind: "check-in" as const,
      tlp: "TLP:AMBER" as const,
      text: `note ${i}`,
    }));
    for (const _ of [1, 2]) await say(a, drafts);
    await read(a, b);
    await moved(a);
    let sent = 0;
    const fetch: typeof globalThis.fetch = (url, init) => {
      if (String(url).startsWith(next.url) && String(url).endsWith("/restore") && ++sent > 1) {
        return Promise.reject(new TypeError("the network is gone"));
      }
      return globalThis.fetch(url, init);
    };
    const offline = { ...b.identity, platform: { ...platform, fetch } };
    expect((await codeOf(() => moveCircle(offline, b.id, { address: next.url })))?.code).toBe("host.unreachable");
    expect((await moved(b)).done).toBe(true);
    await read(c);
    expect(c.record().address).toBe(next.url);
    expect(texts(c)).toEqual(texts(b));
  });

  it("takes a joiner at the new host", async () => {
    const { a, b } = await founded();
    await moved(a);
    await moved(b);
    await read(a);
    const e = await bringIn(a, await newMember("Newsroom E", platform));
    await read(e);
    expect(texts(e)).toEqual(["before", "with a letter"]);
    expect(e.record().hostKey).toBe(next.key);
  });

  it("does not go on one organization's word, however often it asks", async () => {
    const { a, c } = await founded();
    for (const _ of [1, 2]) expect((await moved(a)).done).toBe(false);
    expect([...a.state().proposals.values()].length).toBe(0);
    await read(a, c);
    expect([...a.state().proposals.values()].map(({ approvals }) => approvals.length)).toEqual([1]);
    expect(c.record().address).toBe(old.url);
    await note(c, "nothing has changed");
  });

  it("does not send its members where another key answers", async () => {
    const { a, b, c } = await founded();
    await moved(a);
    await moved(b);
    // The name leads to a third host now.
    const third = await startTestHost();
    const fetch: typeof globalThis.fetch = (url, init) =>
      globalThis.fetch(String(url).replace(next.url, third.url), init);
    const misled = await openCircle({ ...c.identity, platform: { ...platform, fetch } }, c.id);
    await read(misled);
    expect(misled.record().hostKey).toBe(old.key);
    await third.stop();
  });
});

it("follows its host to another address without a vote: the key is the same", async () => {
  const { a } = await founded();
  const there = await goTo(a.identity, a.id, `${old.url}/`);
  expect([there.record().address, there.record().hostKey]).toEqual([`${old.url}/`, old.key]);
});

describe("a circle whose host is lost", () => {
  it("is brought from a member's copy, voted on at the new host, and followed by who is told the address", async () => {
    const { a, b, c, sleeper } = await founded();
    const file = await exportLog(a, true);
    const size = a.head()?.size as number;
    const before = past(a, size);
    await old.close();
    expect((await moved(a, { blobs: blobsIn(file) })).done).toBe(false);
    expect((await codeOf(() => goTo(c.identity, c.id, next.url)))?.code).toBe("move.not-carried");
    expect((await moved(b)).done).toBe(true);
    for (const circle of [a, c, sleeper]) {
      const there = await goTo(circle.identity, circle.id, next.url);
      await there.settle();
      expect(past(there, size)).toEqual(before);
      expect(texts(there).slice(0, 2)).toEqual(["before", "with a letter"]);
      expect(await letterIn(there)).toEqual(letter);
      await note(there, "found it");
    }
  }, 60_000);

  it("lacks without an export the attachments that only the host had, and nothing else", async () => {
    const { a, b, sleeper } = await founded();
    await old.close();
    await moved(a);
    const { circle } = await moved(b);
    expect(texts(circle)).toEqual(["before", "with a letter"]);
    expect((await codeOf(() => letterIn(circle)))?.code).toBe("host.unknown-blob");
    // The wraps were made again from the seed.
    const there = await goTo(sleeper.identity, sleeper.id, next.url);
    await there.settle();
    expect(texts(there)).toEqual(["before", "with a letter"]);
  }, 60_000);

  it("is not followed behind what a member has seen", async () => {
    const { a, b, c } = await founded();
    await note(c, "only C has seen this");
    await old.close();
    // A and B vote for a log that lacks it.
    await moved(a);
    expect((await moved(b)).done).toBe(true);
    const error = await codeOf(() => goTo(c.identity, c.id, next.url));
    expect(["move.behind", "move.differs"]).toContain(error?.code);
    expect(c.record().hostKey).toBe(old.key);
    expect(c.record().hostFault).toBeUndefined();
  }, 60_000);

  it("is not followed on a `host` entry that no quorum carries", async () => {
    const { a, c } = await founded();
    await old.close();
    const first = await moved(a);
    if (first.done) throw new Error("one organization moved the circle");
    const proposal = new Uint8Array(Buffer.from(first.proposal, "hex"));
    await post(first.circle, forgeRoster(first.circle, { kind: "host", proposal }));
    await read(first.circle);
    expect(first.circle.ledger.voids.map(({ reason }) => reason)).toEqual(["quorum"]);
    expect((await codeOf(() => goTo(c.identity, c.id, next.url)))?.code).toBe("move.not-carried");
    // Nor does the new host take statements on one organization's word.
    expect((await codeOf(() => note(first.circle, "here already")))?.code).toBe("host.read-only");
  }, 60_000);

  it("for having contradicted itself can be left, and is read again at the new one", async () => {
    const { a, b } = await founded();
    const proof = a.head()?.checkpoint as Uint8Array<ArrayBuffer>;
    for (const circle of [a, b]) {
      await circle.identity.update((record) =>
        withCircle(record, circle.id, (kept) => ({ ...kept, hostFault: [proof, proof] })),
      );
      expect((await codeOf(() => circle.sync()))?.code).toBe("host.contradiction");
    }
    expect((await moved(a)).done).toBe(false);
    const { circle } = await moved(b);
    await note(circle, "on we go");
    await read(circle);
    expect(texts(circle)).toEqual(["before", "with a letter", "on we go"]);
    expect(circle.record().hostFault).toBeUndefined();
  }, 60_000);
});
