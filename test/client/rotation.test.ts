import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accept,
  approve,
  type Circle,
  confirm,
  execute,
  foundCircle,
  openCircle,
  reinstate,
  remove,
  rotate,
  say,
  setRole,
  suspend,
} from "../../src/client/index.ts";
import { currentEpoch } from "../../src/core/circle/index.ts";
import { type AnyHost, startAnyHost } from "../kit/any-host.ts";
import { bringIn, newMember, testPlatform } from "../kit/members.ts";

let host: AnyHost;
beforeAll(async () => {
  host = await startAnyHost();
});
afterAll(() => host.stop());

const note = (circle: Circle, text: string) => say(circle, [{ kind: "check-in", tlp: "TLP:AMBER", text }]);
const texts = (circle: Circle) =>
  circle.statements().flatMap(({ statement }) => (statement.kind === "check-in" ? [statement.text] : []));
const read = async (...circles: readonly Circle[]) => {
  for (const circle of circles) {
    await circle.sync();
    await circle.settle();
  }
};
async function founded(names: readonly string[]) {
  const platform = await testPlatform();
  const a = await foundCircle(await newMember("Newsroom A", platform), {
    address: host.url,
    label: "circle",
    policy: { windowHours: 0, sponsors: 0 },
  });
  const others: Circle[] = [];
  for (const name of names) others.push(await bringIn(a, await newMember(name, platform)));
  await read(a, ...others);
  return [a, ...others] as const;
}

describe("a rotation over real HTTP", () => {
  it("with a removal lets the removed read what was before it, and nothing after", async () => {
    const [a, b, c] = (await founded(["Newsroom B", "Newsroom C"])) as [Circle, Circle, Circle];
    await note(a, "before");
    await read(c);
    await suspend(a, c.me().id);
    await note(a, "after");
    await read(b, c);
    expect(texts(b)).toEqual(["before", "after"]);
    expect(texts(c)).toEqual(["before"]);
    expect(() => c.me()).toThrow(expect.objectContaining({ code: "circle.ended" }));
    expect(c.ledger.ring.has(1)).toBe(false);
    // The rotation that ended it is the last thing that they see.
    expect(c.head()?.size).toBe((b.state().epochs.at(-1)?.position ?? 0) + 1);
  });

  it("is slept over, several at once, and followed from one to the next", async () => {
    const [a, b] = (await founded(["Newsroom B"])) as [Circle, Circle];
    for (const text of ["one", "two", "three"]) {
      await rotate(a);
      await note(a, text);
    }
    await read(b);
    expect(texts(b)).toEqual(["one", "two", "three"]);
    expect(currentEpoch(b.state())).toBe(3);
    await note(b, "here");
    await read(a);
    expect(texts(a).at(-1)).toBe("here");
  });

  it("brings a reinstated device back through its mailbox", async () => {
    const [a, b] = (await founded(["Newsroom B"])) as [Circle, Circle];
    const member = b.me().id;
    await suspend(a, member);
    await note(a, "while away");
    await read(b);
    expect((await reinstate(a, member)).done).toBe(true);
    await note(a, "back again");
    expect(await accept(b.identity, b.id)).toBe(true);
    const again = await openCircle(b.identity, b.id);
    await read(again);
    expect(again.me().status).toBe("active");
    expect(texts(again)).toEqual(["while away", "back again"]); // History is open to all in this circle.
    await note(again, "I am here");
    await rotate(a);
    await read(a, again);
    expect(texts(a).at(-1)).toBe("I am here");
    expect(currentEpoch(again.state())).toBe(2);
  });

  it("made by two at once is made one after the other, with nobody lost", async () => {
    const [a, b, c] = (await founded(["Newsroom B", "Newsroom C"])) as [Circle, Circle, Circle];
    // At two organizations one voice carries; here another has to agree.
    const vote = await setRole(a, b.me().id, "coordinator");
    expect(vote.done).toBe(false);
    await read(b, c);
    if (!vote.done) {
      await approve(c, vote.proposal);
      await a.sync();
      await execute(a, vote.proposal);
    }
    await read(a, b, c);
    expect(b.me().role).toBe("coordinator");
    await Promise.all([rotate(a), rotate(b)]);
    await read(a, b, c);
    for (const circle of [b, c]) expect(circle.state().epochs).toEqual(a.state().epochs);
    expect(a.state().epochs.length).toBe(4);
    expect(a.ledger.voids).toEqual([]);
  });

  it("does not starve, and is not starved by, members who write at the same time", async () => {
    const [a, b, c] = (await founded(["Newsroom B", "Newsroom C"])) as [Circle, Circle, Circle];
    const wrote = Promise.all(
      [b, c].flatMap((circle) => [note(circle, `1 ${circle.id}`), note(circle, `2 ${circle.id}`)]),
    );
    await Promise.all([wrote, rotate(a), note(a, "and a")]);
    await read(a, b, c);
    expect(texts(a).length).toBe(5);
    expect(texts(b)).toEqual(texts(a));
    expect(texts(c)).toEqual(texts(a));
    for (const circle of [a, b, c]) expect(circle.ledger.voids).toEqual([]);
  });

  it("confirmed by a second coordinator keeps the suspended out until a vote", async () => {
    const [a, b] = (await founded(["Newsroom B"])) as [Circle, Circle];
    expect((await setRole(a, b.me().id, "coordinator")).done).toBe(true);
    await read(b);
    const c = await bringIn(a, await newMember("Newsroom C", a.platform));
    await suspend(a, c.me().id);
    await read(b);
    await confirm(b, c.me().id);
    await read(a);
    expect((await reinstate(a, c.me().id)).done).toBe(false);
    expect(a.state().members.get(c.device as never)?.status).toBe("suspended");
  });

  it("removes at once where one voice carries, and by proposal where it does not", async () => {
    const [a, b] = (await founded(["Newsroom B"])) as [Circle, Circle];
    expect((await remove(a, { kind: "member", member: b.me().id })).done).toBe(true);
    const [d, , f] = (await founded(["Newsroom E", "Newsroom F"])) as [Circle, Circle, Circle];
    expect((await remove(d, { kind: "member", member: f.me().id })).done).toBe(false);
    expect(f.me().status).toBe("active");
  });
});
