import { beforeAll, describe, expect, it } from "vitest";
import { type Circle, type Contradiction, say } from "../../src/client/index.ts";
import { codeOf, fingerprint, implementations, newcomer, refused, type Scene, scene } from "../kit/attack.ts";
import { replaceEntry, swapSealed, unsigned } from "../kit/evil-host.ts";

describe.each(implementations)("attack 13: ciphertexts swapped between records (%s)", (name) => {
  let stage: Scene;
  let a: Circle;
  let one: number;
  let two: number;
  beforeAll(async () => {
    stage = await scene({ crypto: name, others: 1 });
    a = stage.a;
    const said = await say(a, [
      { kind: "check-in", tlp: "TLP:AMBER", text: "trusted" },
      { kind: "check-in", tlp: "TLP:AMBER", text: "warned" },
    ]);
    [one, two] = said.map(({ position }) => position) as [number, number];
    await a.settle();
  });
  const texts = (circle: Circle) => circle.statements().map((s) => s.statement.text);

  it("under the true head: the entries are not those of the head", async () => {
    const { evil } = stage;
    const late = await newcomer(a, evil.view(unsigned(swapSealed(one, two))));
    await refused(late, "host.tree", () => late.sync());
    expect(texts(late)).toEqual([]);
  });

  it("under a head signed anew, before anybody saw it: both are void, since each header was signed with its own record", async () => {
    const fresh = await newcomer(a, stage.evil.view(swapSealed(one, two)));
    await fresh.sync();
    await fresh.settle();
    expect(fresh.ledger.voids).toEqual([
      { position: one, reason: "signature" },
      { position: two, reason: "signature" },
    ]);
    expect(texts(fresh)).toEqual(texts(a).filter((text) => text !== "trusted" && text !== "warned"));
  });

  it("between a statement and a roster entry: heads that members had seen contradict it", async () => {
    const roster = a.ledger.raws.findLastIndex(({ header }) => header.kind === "roster");
    const fresh = await newcomer(a, stage.evil.view(swapSealed(roster, one)));
    expect((await codeOf(() => fresh.sync()))?.code).toBe("host.contradiction");
    expect(fresh.state().position).toBeLessThanOrEqual(two);
    expect(texts(fresh)).not.toContain("trusted");
  });

  it("parts of two ciphertexts put together open nowhere", async () => {
    const [first, second] = [one, two].map((position) => a.ledger.raws[position]?.sealed as Uint8Array);
    const spliced = (at: number) =>
      new Uint8Array([...(first as Uint8Array).subarray(0, at), ...(second as Uint8Array).subarray(at)]);
    for (const at of [1, 25, 57, 200]) {
      const lie = replaceEntry(one, ({ header }) => ({ header, sealed: spliced(at) }));
      const fresh = await newcomer(a, stage.evil.view(lie));
      await fresh.sync();
      await fresh.settle();
      const expected = at === 1 ? "signature" : "unopened";
      expect(fresh.ledger.voids).toEqual([{ position: one, reason: expected }]);
      expect(JSON.parse(fingerprint(fresh))[0]).toEqual(JSON.parse(fingerprint(a))[0]);
    }
  });

  it("under a head signed anew, to whoever saw the true one: the proof is kept, and the circle goes no further", async () => {
    const { evil } = stage;
    evil.tell(swapSealed(one, two));
    const error = (await refused(a, "host.contradiction", () => a.sync())) as Contradiction;
    expect(a.record().hostFault).toEqual(error.proof);
    evil.tell();
    await refused(a, "host.contradiction", () => a.sync());
  });
});
