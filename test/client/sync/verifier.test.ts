import { describe, expect, it } from "vitest";
import { verifier } from "../../../src/client/sync/verifier.ts";
import { type PublicKey, toId, utf8 } from "../../../src/core/codec/index.ts";
import { loadCrypto } from "../../../src/core/crypto/index.ts";

const crypto = await loadCrypto();
const seed = new Uint8Array(32).fill(7);
const key = toId<PublicKey>(crypto.signingKey(seed));

function claimOf(number: number, isForged = false) {
  const message = utf8(`message ${number}`);
  const signature = crypto.sign(seed, isForged ? utf8("another") : message);
  return { key, message, signature };
}

describe("signatures checked behind the reading", () => {
  it("are all heard once, and right, when it settles", async () => {
    const heard = new Map<number, boolean[]>();
    const checks = verifier<number>(
      crypto,
      (i) => [claimOf(i, i % 7 === 0)],
      (i, valid) => heard.set(i, [...(heard.get(i) ?? []), valid]),
    );
    for (let i = 0; i < 1000; i++) checks.add(i);
    expect(checks.waiting).toBe(1000);
    await checks.settle();
    expect(checks.waiting).toBe(0);
    expect([...heard.values()].every((verdicts) => verdicts.length === 1)).toBe(true);
    expect([...heard].every(([i, [valid]]) => valid === (i % 7 !== 0))).toBe(true);
    expect(heard.size).toBe(1000);
  });

  it("are heard, too, where they are added while others are on their way", async () => {
    let valid = 0;
    const checks = verifier<number>(
      crypto,
      (i) => [claimOf(i)],
      (number, isValid) => {
        if (isValid) valid++;
        if (number === 0) for (let i = 1; i < 100; i++) checks.add(i);
      },
    );
    checks.add(0);
    await checks.settle();
    expect(valid).toBe(100);
    checks.add(100);
    await checks.settle();
    expect(valid).toBe(101);
  });

  it("wait, and what they cover is not asked for, while reading goes on and nobody waits for them", async () => {
    let asked = 0;
    const checks = verifier<number>(
      crypto,
      (i) => {
        asked++;
        return [claimOf(i)];
      },
      () => {},
    );
    for (let i = 0; i < 100; i++) {
      checks.add(i);
      if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 0));
      expect(asked).toBe(0);
    }
    await checks.settle();
    expect(asked).toBe(100);
  });

  it("are heard, though nobody waits for them, once reading is over", async () => {
    const heard = await new Promise<boolean>((resolve) => {
      const checks = verifier<number>(
        crypto,
        (i) => [claimOf(i)],
        (_, valid) => resolve(valid),
      );
      checks.add(1);
    });
    expect(heard).toBe(true);
  });

  it("hold where all of one item's do", async () => {
    const verdicts = new Map<string, boolean>();
    const checks = verifier<string>(
      crypto,
      (name) => (name === "both" ? [claimOf(1), claimOf(2)] : [claimOf(1), claimOf(2, true)]),
      (name, valid) => verdicts.set(name, valid),
    );
    for (const name of ["both", "one"]) checks.add(name);
    await checks.settle();
    expect([verdicts.get("both"), verdicts.get("one")]).toEqual([true, false]);
  });

  it("of a key that is none are invalid, and stop nothing", async () => {
    const verdicts: boolean[] = [];
    const bad = { ...claimOf(1), key: "00".repeat(32) as PublicKey };
    const checks = verifier<boolean>(
      crypto,
      (isGood) => [isGood ? claimOf(2) : bad],
      (isGood, valid) => verdicts.push(valid === isGood),
    );
    for (const isGood of [false, true]) checks.add(isGood);
    await checks.settle();
    expect(verdicts).toEqual([true, true]);
  });
});
