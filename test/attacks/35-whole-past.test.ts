import { describe, expect, it } from "vitest";
import { eraseExpired } from "../../src/client/circle/duties.ts";
import {
  type Circle,
  createIdentity,
  foundCircle,
  memoryStorage,
  namesIn,
  openCircle,
  rotate,
  say,
  tick,
} from "../../src/client/index.ts";
import { entryContext } from "../../src/client/sync/keyring.ts";
import { toHex, utf8 } from "../../src/core/codec/index.ts";
import { open, type SymmetricKey } from "../../src/core/crypto/index.ts";
import { readAudience } from "../../src/core/statements/index.ts";
import { evilPlatform, scene } from "../kit/attack.ts";
import { evilHost } from "../kit/evil-host.ts";
import { bringIn, newMember, type TestClock, testPhrase } from "../kit/members.ts";

const secret = "Tường trình trước khi vào";
const note = { kind: "check-in", tlp: "TLP:AMBER" } as const;

describe("attack 35: a joiner or captured phone reads the whole past", () => {
  it("with `from-joining` finds no statement from before, though the roster is visible and names are known", async () => {
    const { evil, a, others } = await scene({ others: 1, policy: { history: "from-joining" } });
    const b = others[0] as Circle;
    await say(a, [{ ...note, text: secret }]);
    await rotate(a);
    await say(a, [{ ...note, text: "still before" }]);
    const c = await bringIn(a, await newMember("Newsroom C", a.platform));
    await say(a, [{ ...note, text: "after" }]);
    await c.sync();
    await c.settle();
    expect(c.statements().flatMap((s) => s.statement.text ?? [])).toEqual(["after"]);
    expect(c.state().members.size).toBe(3);
    expect([...namesIn(c).organizations.values()].sort()).toEqual(["Newsroom A", "Newsroom B", "Newsroom C"]);

    // With every key that the phone holds, over everything that the host holds.
    const keys = [...c.ledger.ring.values()].flatMap(({ roster, records, seed }) => [
      roster,
      records,
      seed as SymmetricKey | undefined,
    ]);
    const records = (await evil.entries(c.id)).flatMap(({ sealed }, position) => {
      const { header } = c.ledger.raws[position] ?? {};
      if (sealed === undefined || header?.kind !== "statement") return [];
      return keys.flatMap((key) => {
        try {
          if (key === undefined) return [];
          const plaintext = open(c.platform.crypto, key, entryContext(c.id, header.epoch, 1), sealed);
          return [readAudience(c.platform.crypto, { circle: c.id, epoch: header.epoch }, c.secrets.kem, plaintext)];
        } catch {
          return [];
        }
      });
    });
    expect(records.length).toBeGreaterThan(0);
    expect(records.some((r) => r !== "for-others" && toHex(r.inner).includes(toHex(utf8(secret))))).toBe(false);
    await b.sync();
    await b.settle();
    expect(b.statements().some((s) => s.statement.text === secret)).toBe(true);
  });

  it("finds nothing on the device without the phrase but ciphertext", async () => {
    const evil = await evilHost();
    const platform = await evilPlatform(evil);
    const files = new Map<string, string>();
    const inner = memoryStorage();
    const storage = {
      ...inner,
      write: async (name: string, bytes: Uint8Array) => {
        files.set(name, toHex(bytes));
        await inner.write(name, bytes);
      },
      append: async (name: string, bytes: Uint8Array) => {
        files.set(name, (files.get(name) ?? "") + toHex(bytes));
        await inner.append(name, bytes);
      },
    };
    const identity = await createIdentity(platform, storage, {
      phrase: testPhrase,
      organization: "Tòa soạn Sông",
      member: "Nguyễn Văn A",
      parameters: { kdf: "pbkdf2", memory: 0, passes: 600_000 },
    });
    const a = await foundCircle(identity, { address: evil.url, label: "Hội kín" });
    await say(a, [{ ...note, text: secret }]);
    await a.settle();
    const { deviceSeed, seeds } = a.record();
    const all = [...files.values()].join();
    expect(files.size).toBeGreaterThanOrEqual(3);
    for (const plain of [secret, "Tòa soạn Sông", "Nguyễn Văn A", "Hội kín", testPhrase].map(utf8))
      expect(all).not.toContain(toHex(plain));
    for (const key of [deviceSeed, ...seeds.map((s) => s.seed)]) expect(all).not.toContain(toHex(key));
  });

  it("finds nothing that retention has let go, on any device", async () => {
    const clock: TestClock = { hours: 0 };
    const { a, others } = await scene({ others: 1, clock, policy: { retentionDays: 10 } });
    const b = others[0] as Circle;
    await b.sync();
    const [said] = await say(a, [{ ...note, text: secret }]);
    const at = said?.position as number;
    await b.sync();
    await b.settle();
    const days = async (count: number) => {
      for (let i = 0; i < count; i++) {
        clock.hours += 24;
        for (const circle of [a, b]) {
          await circle.sync();
          await tick(circle);
        }
      }
      for (const circle of [a, b]) {
        await circle.sync();
        await circle.settle();
      }
    };
    await days(11);
    expect(b.ledger.raws[at]?.sealed).toBeDefined();
    expect(await eraseExpired(a)).toBeGreaterThan(0);
    await days(8);
    for (const circle of [a, b]) {
      expect(circle.statements().some((s) => s.statement.text === secret)).toBe(false);
      expect(circle.ledger.raws[at]?.sealed).toBeUndefined();
      const again = await openCircle(circle.identity, circle.id);
      expect(again.ledger.raws[at]?.sealed).toBeUndefined();
      await again.sync();
      expect([...namesIn(again).organizations.values()].length).toBe(2);
    }
  });
});
