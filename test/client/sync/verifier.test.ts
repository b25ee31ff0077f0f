import { describe, expect, it } from "vitest";
import { verifier } from "../../../src/client/sync/verifier.ts";
import { type PublicKey, toId, utf8 } from "../../../src/core/codec/index.ts";
import { loadCrypto } from "../../../src/core/crypto/index.ts";

const crypto = await loadCrypto();
const seed = new Uint8Array(32).fill(7);
const key = toId<PublicKey>(crypto.signingKey(seed));

function claimOf(number: number, isForged: boolean) {
  const message = utf8(`message ${number}`);
  const signature = crypto.sign(seed, isForged ? utf8("another") : message);
  return () => ({ key, message, signature });
}

describe("signatures checked behind the reading", () => {
  it("are all heard once, and right, when it settles", async () => {
    const checks = verifier(crypto);
    const heard = new Map<number, boolean[]>();
    for (let i = 0; i < 1000; i++) {
      checks.add(claimOf(i, i % 7 === 0), (valid) => heard.set(i, [...(heard.get(i) ?? []), valid]));
    }
    expect(checks.waiting).toBe(1000);
    await checks.settle();
    expect(checks.waiting).toBe(0);
    expect([...heard.values()].every((verdicts) => verdicts.length === 1)).toBe(true);
    expect([...heard].every(([i, [valid]]) => valid === (i % 7 !== 0))).toBe(true);
    expect(heard.size).toBe(1000);
  });

  it("are heard, too, where they are added while others are on their way", async () => {
    const checks = verifier(crypto);
    let valid = 0;
    const count = (isValid: boolean) => {
      if (isValid) valid++;
    };
    checks.add(claimOf(0, false), (isValid) => {
      count(isValid);
      for (let i = 1; i < 100; i++) checks.add(claimOf(i, false), count);
    });
    await checks.settle();
    expect(valid).toBe(100);
    checks.add(claimOf(100, false), count);
    await checks.settle();
    expect(valid).toBe(101);
  });

  it("are not asked for what they cover before their turn", () => {
    const checks = verifier(crypto);
    let asked = 0;
    for (let i = 0; i < 100; i++) {
      checks.add(
        () => {
          asked++;
          return claimOf(i, false)();
        },
        () => {},
      );
    }
    expect(asked).toBe(0);
    return checks.settle().then(() => expect(asked).toBe(100));
  });

  it("of a key that is none are invalid, and stop nothing", async () => {
    const checks = verifier(crypto);
    const verdicts: boolean[] = [];
    const bad = { ...claimOf(1, false)(), key: "00".repeat(32) as PublicKey };
    checks.add(
      () => bad,
      (valid) => verdicts.push(valid),
    );
    checks.add(claimOf(2, false), (valid) => verdicts.push(valid));
    await checks.settle();
    expect(verdicts.sort()).toEqual([false, true]);
  });
});
