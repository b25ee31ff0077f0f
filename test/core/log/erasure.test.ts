import { describe, expect, test } from "vitest";
import type { CircleId, PublicKey } from "../../../src/core/codec/index.ts";
import { PeerFault } from "../../../src/core/codec/index.ts";
import { cancelMessage, checkCancel, checkErasure, eraseHashOf, eraseMessage } from "../../../src/core/log/erasure.ts";
import type { Acl, Erasure, Header } from "../../../src/core/log/format.ts";

const circle = "c1".repeat(32) as CircleId;
const key = (digit: string) => digit.repeat(64) as PublicKey;
const acl: Acl = {
  epoch: 0,
  keysVersion: 0,
  accessVersion: 0,
  access: key("0"),
  control: [[key("a"), key("1")], [key("b")]],
  reserve: [[key("c")]],
  need: 2,
};
const token = new Uint8Array(32).fill(4);
const signature = new Uint8Array(64);
const log: readonly Pick<Header, "kind" | "eraseHash">[] = [
  { kind: "roster" },
  { kind: "statement", eraseHash: eraseHashOf(token) },
  { kind: "statement" },
];
const by = (...keys: PublicKey[]) => keys.map((k) => ({ key: k, signature }));
function header(change: Partial<Header>): Header {
  return { version: 1, circle, epoch: 0, kind: "roster", blobs: [], ...change };
}
const erase = (erases: readonly Erasure[], ...keys: PublicKey[]) =>
  checkErasure(acl, header({ erases, ...(keys.length > 0 ? { signatures: by(...keys) } : {}) }), (at) => log[at]);

describe("an erasure", () => {
  test("with the author's token is at once and needs no signature", () => {
    expect(erase([{ position: 1, token }])).toEqual({ atOnce: [1], held: [], claims: [] });
  });
  test("by `need` groups is at once", () => {
    const judged = erase([{ position: 2 }, { position: 1 }], key("a"), key("c"));
    expect(judged.atOnce).toEqual([2, 1]);
    expect(judged.held).toEqual([]);
    expect(judged.claims.map((claim) => claim.key)).toEqual([key("a"), key("c")]);
    expect(judged.claims[0]?.message).toEqual(eraseMessage(circle, [2, 1]));
  });
  test("by one control key is held", () => {
    expect(erase([{ position: 2 }], key("b"))).toMatchObject({ atOnce: [], held: [2] });
  });
  test("by two keys of one organization is held", () => {
    expect(erase([{ position: 2 }], key("a"), key("1"))).toMatchObject({ atOnce: [], held: [2] });
  });
  test("with a token for one and a key for the other does each by its right", () => {
    const judged = erase([{ position: 1, token }, { position: 2 }], key("b"));
    expect([judged.atOnce, judged.held]).toEqual([[1], [2]]);
    expect(judged.claims[0]?.message).toEqual(eraseMessage(circle, [2]));
  });
  test.each<[string, () => unknown]>([
    ["a wrong token", () => erase([{ position: 1, token: new Uint8Array(32) }])],
    ["a token where the statement has none", () => erase([{ position: 2, token }])],
    ["a roster entry", () => erase([{ position: 0 }], key("a"), key("b"))],
    ["a position that is not there", () => erase([{ position: 3 }], key("a"), key("b"))],
    ["no signature", () => erase([{ position: 2 }])],
    ["a reserve alone", () => erase([{ position: 2 }], key("c"))],
    ["a stranger", () => erase([{ position: 2 }], key("a"), key("e"))],
    ["one key twice", () => erase([{ position: 2 }], key("a"), key("a"))],
    ["one position twice", () => erase([{ position: 2 }, { position: 2 }], key("a"))],
    ["signatures nobody asked for", () => erase([{ position: 1, token }], key("a"))],
    ["an acl beside it", () => checkErasure(acl, header({ erases: [{ position: 1, token }], acl }), (at) => log[at])],
    [
      "an approval for its signature",
      () =>
        checkErasure(
          acl,
          header({ erases: [{ position: 2 }], signatures: [{ key: key("a"), signature, proposal: token }] }),
          (at) => log[at],
        ),
    ],
  ])("is refused with %s", (_, act) => {
    expect(act).toThrow(PeerFault);
  });
});

describe("a cancellation", () => {
  const pending = (at: number) => (at === 7 || at === 9 ? [key("b")] : undefined);
  const cancel = (cancels: readonly number[], ...keys: PublicKey[]) =>
    checkCancel(acl, header({ cancels, signatures: by(...keys) }), pending);
  test("is signed by any other control or reserve key", () => {
    for (const other of [key("a"), key("1"), key("c")]) {
      expect(cancel([7, 9], other)).toEqual([{ key: other, message: cancelMessage(circle, [7, 9]), signature }]);
    }
  });
  test.each<[string, () => unknown]>([
    ["the key that asked for the erasure", () => cancel([7], key("b"))],
    ["a stranger", () => cancel([7], key("e"))],
    ["nobody", () => cancel([7])],
    ["two keys", () => cancel([7], key("a"), key("c"))],
    ["nothing held there", () => cancel([8], key("a"))],
    ["one position twice", () => cancel([7, 7], key("a"))],
  ])("is refused with %s", (_, act) => {
    expect(act).toThrow(PeerFault);
  });
});
