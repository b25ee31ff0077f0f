import { beforeEach, describe, expect, it } from "vitest";
import { carried, completed } from "../../src/client/circle/say.ts";
import { summaryOf } from "../../src/client/circle/verify.ts";
import { type Circle, Contradiction, memoryStorage, openCircle, say } from "../../src/client/index.ts";
import { encode } from "../../src/core/codec/index.ts";
import { verifyClaim } from "../../src/core/crypto/index.ts";
import { checkpointClaim, parseCheckpoint } from "../../src/core/log/index.ts";
import { statementBody } from "../../src/core/statements/index.ts";
import { markRestored } from "../../src/host/index.ts";
import {
  codeOf,
  forgeRoster,
  forgeStatement,
  newcomer,
  post,
  refused,
  type Scene,
  scene,
  voidFor,
} from "../kit/attack.ts";
import { bytesOf, evilHost } from "../kit/evil-host.ts";

describe("attack 24: fork", () => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  beforeEach(async () => {
    stage = await scene({ others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    await b.sync();
    await b.settle();
  });
  /** The same vault and storage, copied, through another network: what happens there does not touch the first. */
  const reopened = async (circle: Circle, fetch: typeof globalThis.fetch) => {
    let record = circle.identity.read();
    const storage = memoryStorage();
    const apart = {
      ...circle.identity,
      storage,
      platform: { ...circle.platform, fetch },
      read: () => record,
      update: async (change: (before: typeof record) => typeof record) => {
        record = change(record);
      },
    };
    return openCircle(apart, circle.id);
  };
  const checkIn = (circle: Circle, text: string) => say(circle, [{ kind: "check-in", tlp: "TLP:AMBER", text }]);
  const isProof = (error: unknown) => {
    expect(error).toBeInstanceOf(Contradiction);
    for (const note of (error as Contradiction).proof)
      expect(verifyClaim(a.platform.crypto, checkpointClaim(parseCheckpoint(note), a.id, stage.evil.key))).toBe(true);
  };

  it("shown to one who was on the other branch is a contradiction: proof is kept and the circle is read-only", async () => {
    const other = await stage.evil.fork();
    const there = await reopened(b, other.fetch);
    await there.sync();
    await checkIn(there, "on the other branch");
    await there.settle();
    await checkIn(a, "on this branch");
    await checkIn(a, "and on");
    const back = await openCircle({ ...there.identity, platform: b.platform }, b.id);
    isProof(await back.sync().catch((error: unknown) => error));
    expect(back.statements().some((s) => s.statement.text === "on this branch")).toBe(false);
    expect(back.record().hostFault?.length).toBe(2);
    const again = await openCircle(back.identity, back.id);
    expect((await codeOf(() => again.sync()))?.code).toBe("host.contradiction");
  });

  it("of the same size is a contradiction, too", async () => {
    const other = await stage.evil.fork();
    const there = await reopened(a, other.fetch);
    await checkIn(a, "here");
    await there.sync();
    await post(there, forgeRoster(there, { kind: "tick" }));
    stage.evil.tell({
      page: async (page) => ({ ...page, checkpoint: await other.head(a.id, await other.entries(a.id)), entries: [] }),
    });
    isProof(await a.sync().catch((error: unknown) => error));
  });

  it("by showing every other entry to every other member is found in the first entry that crosses", async () => {
    const other = await stage.evil.fork();
    const there = await reopened(b, other.fetch);
    await there.sync();
    await checkIn(there, "even");
    await checkIn(a, "odd");
    // What the one wrote after it had seen its branch is carried over to the other.
    await post(
      a,
      forgeStatement(
        a,
        encode(statementBody, carried(there, completed(there, { kind: "check-in", tlp: "TLP:AMBER" }), false)),
        {
          author: there.device,
          signing: there.secrets.signing,
          seen: there.head()?.checkpoint as never,
        },
      ),
    );
    isProof(await a.sync().catch((error: unknown) => error));
    expect(a.record().hostFault?.length).toBe(2);
  });

  it("is told by head words, which differ on two branches and agree on one", async () => {
    const other = await stage.evil.fork();
    const there = await reopened(b, other.fetch);
    await there.sync();
    await checkIn(there, "there");
    await checkIn(a, "here");
    expect(summaryOf(there).size).toBe(summaryOf(a).size);
    expect(summaryOf(there).words).not.toEqual(summaryOf(a).words);
    await b.sync();
    expect(summaryOf(b).words).toEqual(summaryOf(a).words);
  });

  it("that a member forges, to stop the circle, makes only their own entry void", async () => {
    const real = b.head()?.checkpoint as Uint8Array<ArrayBuffer>;
    const stranger = await evilHost();
    const body = encode(statementBody, carried(b, completed(b, { kind: "check-in", tlp: "TLP:AMBER" }), false));
    const root = new Uint8Array(32).fill(7);
    const size = b.head()?.size as number;
    const unsigned = await stage.evil.note(a.id, size, root);
    const broken = unsigned.map((byte, i) => (i === unsigned.length - 30 ? byte ^ 1 : byte)) as typeof real;
    const otherCircle = await stage.evil.note("77".repeat(32) as never, size, root);
    await voidFor(a, ["seen", "seen", "seen"], () =>
      post(b, ...[broken, otherCircle, bytesOf("00ff")].map((seen) => forgeStatement(b, body, { seen }))),
    );
    expect(stranger.key).toBe(stage.evil.key); // One key: only the circle in the note tells them apart.
    await checkIn(a, "still here");
  });

  it("is not what an honest restore looks like: the host says so, and is given back what it lost", async () => {
    const before = await stage.evil.fork();
    await checkIn(a, "after the backup");
    const restored = await openCircle({ ...a.identity, platform: { ...a.platform, fetch: before.fetch } }, a.id);
    // Where it does not say so, it is the alarm of a rollback.
    expect((await codeOf(() => restored.sync()))?.code).toBe("host.stale");
    expect(restored.record().hostFault).toBeUndefined();
    await markRestored(before.store, Math.floor(Date.now() / 3_600_000));
    await restored.sync();
    expect(restored.head()).toEqual(a.head());
    expect((await before.entries(a.id)).length).toBe(a.head()?.size);
  });

  it("under another genesis or another host's key is nothing to read", async () => {
    const fresh = await newcomer(a, stage.evil.view({ log: (entries) => entries.slice(1) }));
    await refusedFresh(fresh);
    async function refusedFresh(circle: Circle) {
      const error = await codeOf(() => circle.sync());
      expect(["circle.genesis", "circle.chain"]).toContain(error?.code);
      expect(circle.ledger.state).toBeUndefined();
    }
    await refused(b, "host.checkpoint", async () => {
      stage.evil.tell({
        page: async (page) => ({
          ...page,
          checkpoint: await stage.evil.note("77".repeat(32) as never, 1, new Uint8Array(32)),
        }),
      });
      await b.sync();
    });
  });
});
