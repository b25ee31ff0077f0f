import { beforeAll, describe, expect, it } from "vitest";
import { type Circle, rotate, say, setRole, sponsor } from "../../src/client/index.ts";
import { currentEpoch } from "../../src/core/circle/index.ts";
import { type Bytes, type DeviceId, toId } from "../../src/core/codec/index.ts";
import { wrapKey } from "../../src/core/crypto/index.ts";
import { codeOf, implementations, postRotation, type RotationForgery, type Scene, scene } from "../kit/attack.ts";
import { rollBack } from "../kit/evil-host.ts";
import { bringIn, newMember } from "../kit/members.ts";

describe.each(implementations)("attack 27: false wraps, commitments and links (%s)", (name) => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  let c: Circle;
  beforeAll(async () => {
    stage = await scene({ crypto: name, others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    await setRole(a, b.me().id, "coordinator");
    await b.sync();
    c = await bringIn(a, await newMember("Newsroom C", stage.platform));
    await b.sync();
  });

  const flip = (bytes: Bytes, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)) as Bytes;
  const indexOf = (device: DeviceId) =>
    [a, b, c]
      .map((x) => x.device)
      .sort()
      .indexOf(device);
  const ghostWrap = (seed: Bytes) => {
    const { crypto, random } = stage.platform;
    const number = a.state().acl.epoch + 1;
    return wrapKey(crypto, seed, crypto.kemKey(random(32)), {
      circle: a.id,
      number,
      device: toId<DeviceId>(random(32)),
    });
  };

  const attacks: readonly (readonly [string, () => RotationForgery])[] = [
    ["a wrap to a ghost beside the others", () => ({ wraps: (wraps, seed) => [...wraps, ghostWrap(seed)] })],
    [
      "a wrap to a ghost in a member's place",
      () => ({ wraps: (wraps, seed) => wraps.map((w, i) => (i === indexOf(c.device) ? ghostWrap(seed) : w)) }),
    ],
    ["a member skipped", () => ({ wraps: (wraps) => wraps.filter((_, i) => i !== indexOf(c.device)) })],
    [
      "garbage to one member",
      () => ({ wraps: (wraps) => wraps.map((w, i) => (i === indexOf(c.device) ? flip(w, 9) : w)) }),
    ],
    [
      "one member's wrap twice",
      () => ({
        wraps: (wraps) => wraps.map((w, i) => (i === indexOf(c.device) ? (wraps[indexOf(b.device)] as Bytes) : w)),
      }),
    ],
    ["wraps in another order", () => ({ wraps: (wraps) => [...wraps].reverse() })],
    [
      "a commitment to another roster key",
      () => ({ commitment: (promised) => ({ ...promised, roster: flip(promised.roster, 0) }) }),
    ],
    [
      "a commitment to another records key",
      () => ({ commitment: (promised) => ({ ...promised, records: flip(promised.records, 0) }) }),
    ],
    ["a link to another past", () => ({ link: (link) => ({ ...link, roster: flip(link.roster, 0) }) })],
    [
      "a link whose records key does not open",
      () => ({ link: (link) => ({ ...link, records: flip(link.records as Bytes, 70) }) }),
    ],
    ["a link that keeps the records key back", () => ({ link: ({ records: _, ...link }) => link })],
    ["no link, but something else", () => ({ link: () => ({ kind: "tick" }) })],
  ];

  for (const [what, forgery] of attacks) {
    it(`${what} is void for everybody, gives nobody a key, and is repaired by another coordinator`, async () => {
      for (const circle of [a, b, c]) {
        await circle.sync();
        await circle.settle();
      }
      const epoch = currentEpoch(a.state());
      const { acl: _, ...before } = b.state();
      const { position } = await postRotation(a, forgery());
      for (const circle of [b, c]) {
        await circle.sync();
        await circle.settle();
        expect(currentEpoch(circle.state())).toBe(epoch);
        expect(circle.ledger.voids.find((v) => v.position === position)?.reason).toBe("rotation");
        expect([...circle.ledger.ring.keys()].every((number) => number <= epoch)).toBe(true);
      }
      expect({ ...b.state(), acl: undefined, position: 0, hours: 0, logTime: 0 }).toEqual({
        ...before,
        acl: undefined,
        position: 0,
        hours: 0,
        logTime: 0,
      });
      await rotate(b);
      for (const circle of [a, c]) await circle.sync();
      expect(currentEpoch(a.state())).toBe(currentEpoch(b.state()));
      await say(b, [{ kind: "check-in", tlp: "TLP:AMBER", text: what }]);
      await c.sync();
      await c.settle();
      expect(c.statements().at(-1)?.statement.text).toBe(what);
    });
  }

  it("a rotation sent without its link is refused by an honest host, and moves nothing", async () => {
    for (const circle of [a, b, c]) await circle.sync();
    const size = a.head()?.size;
    const { host } = a;
    const alone = { ...host, append: (entries, key) => host.append(entries.slice(0, 1), key) } as typeof host;
    const error = await codeOf(() => postRotation({ ...a, host: alone } as Circle));
    expect(error?.code).toBe("host.acl-refused");
    await a.sync();
    expect(a.head()?.size).toBe(size);
  });

  it("a rotation that a host shows without its link stops nobody: it is undecided until something follows", async () => {
    const epoch = currentEpoch(b.state());
    await rotate(a);
    const shown = (a.head()?.size as number) - 1;
    stage.evil.tell(rollBack(shown));
    for (const circle of [b, c]) {
      await circle.sync();
      expect([circle.head()?.size, currentEpoch(circle.state())]).toEqual([shown, epoch]);
    }
    stage.evil.tell();
    for (const circle of [b, c]) {
      await circle.sync();
      expect(circle.state().epochs).toEqual(a.state().epochs);
    }
    await say(c, [{ kind: "check-in", tlp: "TLP:AMBER", text: "still here" }]);
  });

  it("and who joins after a repair comes to the same roster", async () => {
    await a.sync();
    const beforeAdmission = async (candidate: Bytes) => {
      for (const circle of [a, c]) {
        await circle.sync();
        await sponsor(circle, candidate);
      }
    };
    const d = await bringIn(b, await newMember("Newsroom D", stage.platform), { beforeAdmission });
    await b.sync();
    expect(d.state().epochs).toEqual(b.state().epochs);
  });
});
