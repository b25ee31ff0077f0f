import { beforeEach, describe, expect, it } from "vitest";
import { act } from "../../src/client/circle/write.ts";
import { type Circle, erase, openCircle, say } from "../../src/client/index.ts";
import { eraseHashOf } from "../../src/core/log/index.ts";
import { codeOf, fingerprint, newcomer, refused, type Scene, scene } from "../kit/attack.ts";
import { dropEntry, dropSealed, insertEntries, swapEntries, unsigned } from "../kit/evil-host.ts";

describe("attack 26: one entry dropped or moved, or called erased", () => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  let at: number;
  beforeEach(async () => {
    stage = await scene({ others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    await b.sync();
    const said = await say(
      a,
      ["one", "two", "three"].map((text) => ({ kind: "check-in", tlp: "TLP:AMBER", text })),
    );
    at = said[1]?.position as number;
    await a.settle();
  });

  it("under the true head fails the tree, for who was there and for who reads it first", async () => {
    for (const lie of [dropEntry(at), swapEntries(at, at + 1), dropEntry(at - 3)]) {
      stage.evil.tell(unsigned(lie));
      const fresh = await newcomer(a, stage.evil.fetch);
      expect(["host.tree", "circle.chain"]).toContain((await codeOf(() => fresh.sync()))?.code);
      expect(fresh.statements()).toEqual([]);
    }
    stage.evil.tell(unsigned(dropEntry(at)));
    await refused(b, "host.tree", () => b.sync());
    stage.evil.tell(unsigned(insertEntries(at, (await stage.evil.entries(a.id))[at - 1] as never)));
    await refused(b, "host.tree", () => b.sync());
  });

  it("under a head that is signed anew contradicts the head that was taken", async () => {
    await b.sync();
    await b.settle();
    for (const lie of [dropEntry(at), swapEntries(at, at + 1)]) {
      stage.evil.tell(lie);
      const again = await openCircle(b.identity, b.id);
      await again.settle();
      const before = fingerprint(again);
      const code = (await codeOf(() => again.sync()))?.code;
      expect(["host.contradiction", "host.stale"]).toContain(code);
      expect(fingerprint(again)).toBe(before);
    }
  });

  it("called erased without an entry that erases it is the host's fault", async () => {
    stage.evil.tell(dropSealed(at));
    const fresh = await newcomer(b, stage.evil.fetch);
    expect((await codeOf(() => fresh.sync()))?.code).toBe("host.missing");
    await fresh.settle();
    await refused(fresh, "host.missing", () => fresh.sync());
  });

  it("of the roster, called erased, is void and found out by every reader of what follows", async () => {
    stage.evil.tell(dropSealed(0));
    const fresh = await newcomer(b, stage.evil.fetch);
    expect((await codeOf(() => fresh.sync()))?.code).toBe("circle.genesis");
    stage.evil.tell(dropSealed(3));
    const other = await newcomer(b, stage.evil.fetch);
    await other.sync().catch(() => undefined);
    expect(other.ledger.voids.some((v) => v.position === 3)).toBe(true);
  });

  it("erased by its author's token is no fault, and is gone from every device", async () => {
    await b.sync();
    await b.settle();
    expect(await erase(a, at)).toBe("erased");
    await b.sync();
    expect(b.statements().map((s) => s.statement.text)).not.toContain("two");
    expect(b.ledger.raws[at]?.sealed).toBeUndefined();
    const fresh = await newcomer(b);
    await fresh.sync();
    await fresh.settle();
    expect(
      fresh
        .statements()
        .filter((s) => s.statement.kind === "check-in")
        .map((s) => s.statement.text),
    ).toEqual(["one", "three"]);
  });

  it("erased by somebody who guesses a token is refused", async () => {
    const header = a.ledger.raws[at]?.header;
    expect(header?.eraseHash).not.toEqual(eraseHashOf(new Uint8Array(32)));
    const code = (
      await codeOf(() =>
        act(b, { kind: "erase", positions: [at] }, { erases: [{ position: at, token: new Uint8Array(32) }] }),
      )
    )?.code;
    expect(code).toBe("host.erase-refused");
    expect(a.ledger.record(at)?.statement.text).toBe("two");
  });
});
