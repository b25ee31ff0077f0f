import { describe, expect, test } from "vitest";
import { type CircleId, toHex, toId, utf8 } from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import { noteSigner } from "../../src/core/crypto/webcrypto.ts";
import * as log from "../../src/core/log/index.ts";
import { verifyStore } from "../../src/host/store/index.ts";
import {
  accessKey,
  append,
  control,
  entryOf,
  found,
  type Key,
  keyOf,
  makeHost,
  positionsIn,
  problemIn,
  read,
  reserve,
  rootOf,
  rotation,
  type TestHost,
} from "./kit.ts";
import { answered, giveBack } from "./restoring.ts";

const access = accessKey(0);

describe("a circle that moves", () => {
  const proposal = sha256(utf8("proposal"));
  const orderFor = (target: TestHost, circle: CircleId, keys: readonly Key[]): log.MoveOrder => ({
    host: target.key,
    signatures: keys.map((key) => ({
      key: key.id,
      proposal,
      signature: key.sign(log.moveMessage(circle, proposal, target.key)),
    })),
  });

  async function moving() {
    const old = await makeHost();
    const { circle, acl } = await found(old);
    await append(old, circle, access, entryOf(circle, 0));
    const one = { ...acl, epoch: 1, accessVersion: 1, access: accessKey(1).id };
    await append(old, circle, control[0], ...rotation(circle, 0, one));
    await append(old, circle, accessKey(1), ...Array.from({ length: 60 }, () => entryOf(circle, 1)));
    const { entries } = await read(old, circle, control[0]);
    const next = await makeHost({ signer: await noteSigner(sha256(utf8("the next host"))) });
    const target = { ...next, key: toId(next.host.signer.publicKey) } as TestHost;
    return { old, next: target, circle, entries };
  }
  const bring = async (next: TestHost, circle: CircleId, entries: readonly log.Entry[], key: Key = control[1]) => {
    for (let from = 0; from < entries.length; from += 40) {
      await answered(await giveBack(next, circle, key, { from, entries: entries.slice(from, from + 40) }));
    }
  };

  test("is brought whole, opened by `need` groups, and goes on with the same tree", async () => {
    const { next, circle, entries } = await moving();
    await bring(next, circle, entries);
    const arriving = await read(next, circle, accessKey(1));
    expect([arriving.entries, arriving.standing]).toEqual([entries, "arriving"]);
    expect(toHex(arriving.head.root)).toBe(toHex(rootOf(entries)));
    expect(await problemIn(await append(next, circle, accessKey(1), entryOf(circle, 1)))).toBe("read-only");
    const order = orderFor(next, circle, [control[0], reserve]);
    expect(
      await answered(await giveBack(next, circle, accessKey(1), { from: entries.length, entries: [], order })),
    ).toMatchObject({ standing: "open" });
    expect(await positionsIn(await append(next, circle, accessKey(1), entryOf(circle, 1)))).toEqual([entries.length]);
    expect((await verifyStore(next.store)).entries).toBe(entries.length + 1);
  });

  test("takes roster entries while it arrives, so that a move can be voted on where the old host is lost", async () => {
    const { next, circle, entries } = await moving();
    await bring(next, circle, entries);
    const vote = entryOf(circle, 1, { kind: "roster" });
    expect(await positionsIn(await append(next, circle, accessKey(1), vote))).toEqual([entries.length]);
  });

  test.each<[string, (next: TestHost, circle: CircleId) => log.MoveOrder]>([
    ["one group's", (next, circle) => orderFor(next, circle, [control[0]])],
    ["one group's, twice", (next, circle) => orderFor(next, circle, [control[0], control[0]])],
    ["a stranger's", (next, circle) => orderFor(next, circle, [control[0], keyOf("stranger")])],
    [
      "those for another host",
      (next, circle) => ({
        ...orderFor({ ...next, key: keyOf("third").id }, circle, [control[0], reserve]),
        host: next.key,
      }),
    ],
    [
      "those of two proposals",
      (next, circle) => {
        const { host, signatures } = orderFor(next, circle, [control[0], reserve]);
        return { host, signatures: signatures.map((one, i) => (i === 0 ? { ...one, proposal: sha256() } : one)) };
      },
    ],
  ])("is not opened by signatures that are %s", async (_, make) => {
    const { next, circle, entries } = await moving();
    await bring(next, circle, entries);
    const order = make(next, circle);
    const answer = await giveBack(next, circle, control[1], { from: entries.length, entries: [], order });
    expect(["move-refused", "acl-refused"]).toContain(await problemIn(answer));
    expect((await read(next, circle, accessKey(1))).standing).toBe("arriving");
  });

  test("is closed for good at the host that it leaves, which goes on showing it", async () => {
    const { old, next, circle, entries } = await moving();
    const order = orderFor(next, circle, [control[0], reserve]);
    expect(
      await answered(await giveBack(old, circle, accessKey(1), { from: entries.length, entries: [], order })),
    ).toEqual({ size: entries.length, standing: "left" });
    const refused = await append(old, circle, control[0], entryOf(circle, 1, { kind: "roster" }));
    expect([refused.status, await problemIn(refused)]).toEqual([410, "moved"]);
    expect((await read(old, circle, accessKey(1))).entries).toEqual(entries);
  });

  test("cannot be begun by another's word, nor with entries that do not follow", async () => {
    const { next, circle, entries } = await moving();
    await answered(await giveBack(next, circle, control[1], { from: 0, entries: entries.slice(0, 10) }));
    const rest = { from: 10, entries: entries.slice(10, 20) };
    expect(await problemIn(await giveBack(next, circle, keyOf("stranger"), rest))).toBe("unauthorized");
    expect(await problemIn(await giveBack(next, circle, accessKey(1), rest))).toBe("forbidden");
    const stale = { from: 10, entries: [entryOf(circle, 0)] };
    expect(await problemIn(await giveBack(next, circle, control[1], stale))).toBe("restore-refused");
    const twice = { from: 10, entries: [entries[9] as log.Entry] };
    expect(await problemIn(await giveBack(next, circle, control[1], twice))).toBe("restore-refused");
  });

  test("asks for a founding token where the host asks founders for one", async () => {
    const { circle, entries } = await moving();
    const next = await makeHost({ foundingTokens: ["correct-horse-battery"] });
    const request = { from: 0, entries: entries.slice(0, 5) };
    expect(await problemIn(await giveBack(next, circle, control[1], request))).toBe("founding-token");
  });
});
