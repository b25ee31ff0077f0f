import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  accept,
  admit,
  arrivals,
  candidateBytes,
  consider,
  type Identity,
  invite,
  join,
  memoryStorage,
  openIdentity,
} from "../../src/client/index.ts";
import { readVault } from "../../src/core/crypto/index.ts";
import { codeOf, flipped, type Scene, scene } from "../kit/attack.ts";
import { type Lie, replaceMailbox } from "../kit/evil-host.ts";
import { newMember, testPhrase } from "../kit/members.ts";

let stage: Scene;
let joiner: Identity;
let welcome: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  stage = await scene();
  const { a, platform, evil } = stage;
  joiner = await newMember("Newsroom B", platform);
  const { link } = await invite(a);
  await join(joiner, link, "circle");
  const [arrived] = await arrivals(a);
  const id = await consider(a, arrived as NonNullable<typeof arrived>);
  await admit(a, candidateBytes(a, id));
  evil.tell({
    mailbox: (box) => {
      welcome = box.welcome as typeof welcome;
      return { ...box, welcome: flipped(welcome, 0) };
    },
  });
  await codeOf(() => accept(joiner, a.id));
});

describe("attack 3: a malleable key blob as an oracle", () => {
  it("wherever a welcome is changed there is one error, one sentence, and nothing more that the host could see", async () => {
    const { a, evil } = stage;
    const before = JSON.stringify(joiner.read());
    const seen = new Set<string>();
    let requests: string[] = [];
    const watch: Lie = {
      answer: (answer, request) => {
        requests.push(`${request.method} ${new URL(request.url).pathname}`);
        return answer;
      },
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(8 * welcome.length - 1), async (bit) => {
        requests = [];
        evil.tell(replaceMailbox({ welcome: flipped(welcome, bit) }), watch);
        const error = await codeOf(() => accept(joiner, a.id));
        seen.add(JSON.stringify([error?.name, error?.code, error?.message, requests]));
        return JSON.stringify(joiner.read()) === before;
      }),
      {
        numRuns: 60,
        examples: [[0], [8 * 1119], [8 * 1120], [8 * 1167], [8 * 1168], [8 * 1169], [8 * 1200], [8 * 1300]],
      },
    );
    expect(seen.size).toBe(1);
    expect([...seen][0]).toContain('"PeerFault","invitation.welcome"');
    evil.tell();
    expect(await accept(joiner, a.id)).toBe(true);
  });

  it("a welcome that is cut, doubled or empty gives the same error", async () => {
    const { a, evil } = stage;
    const late = await newMember("Newsroom C", stage.platform);
    const { link } = await invite(a);
    await join(late, link, "circle");
    for (const bytes of [
      welcome.slice(0, 1),
      welcome.slice(0, 1168),
      welcome.slice(0, -1),
      new Uint8Array([...welcome, 0]),
    ]) {
      evil.tell(replaceMailbox({ welcome: bytes }));
      expect((await codeOf(() => accept(late, a.id)))?.code).toBe("invitation.welcome");
    }
    evil.tell();
    expect(late.read().circles[0]?.seeds).toEqual([]);
  });

  it("a vault says the same for a wrong phrase as for a change anywhere in its envelope", async () => {
    const { a, platform } = stage;
    const file = await a.identity.export();
    const start = 8 * (file.length - readVault(file).envelope.length);
    const seen = new Set<string>();
    const attempt = async (bytes: Uint8Array, phrase: string) => {
      const storage = memoryStorage();
      await storage.write("identity.vault", bytes);
      const error = await codeOf(() => openIdentity(platform, storage, phrase));
      seen.add(JSON.stringify([error?.name, error?.code, error?.message]));
    };
    await attempt(file, `${testPhrase} x`);
    for (const bit of [0, 8, 8 * 24, 8 * 25, 8 * 56, 8 * 57, 8 * 200])
      await attempt(flipped(file, start + bit), testPhrase);
    await attempt(flipped(file, 8 * file.length - 1), testPhrase);
    expect([...seen]).toEqual([expect.stringContaining('"UsageError","vault.locked"')]);
  });
});
