import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  accept,
  admit,
  arrivals,
  type Circle,
  candidateBytes,
  consider,
  type Identity,
  invite,
  join,
  memoryStorage,
  openCircle,
  openIdentity,
  readAttachment,
  rotate,
  type Storage,
  say,
} from "../../src/client/index.ts";
import type { Bytes } from "../../src/core/codec/index.ts";
import type { Entry } from "../../src/core/log/index.ts";
import { codeOf, fingerprint, flipped, newcomer, reopened, type Scene, scene } from "../kit/attack.ts";
import { type Lie, replaceBlob, replaceEntry, replaceMailbox, unsigned } from "../kit/evil-host.ts";
import { newMember, testPhrase } from "../kit/members.ts";

/* One property over everything that is stored anywhere: turn any bit, and it is refused or has no effect. */

let stage: Scene;
let a: Circle;
let truth: string;
beforeAll(async () => {
  stage = await scene({ others: 1 });
  a = stage.a;
  await rotate(a);
  const bytes = stage.platform.random(5000);
  const draft = { kind: "check-in", tlp: "TLP:AMBER", text: "said" } as const;
  await say(a, [draft], { attachments: [{ name: "file", mediaType: "text/plain", bytes }] });
  await a.settle();
  truth = fingerprint(a);
}, 60_000);

/** Where a bit is turned: any place is as likely as the next. */
const anyBit = fc.noBias(fc.nat());
const place = fc.record({ which: anyBit, bit: anyBit });
const turned = (bytes: Uint8Array, bit: number) => flipped(bytes, bit % (8 * bytes.length));
const runs = { numRuns: 40 };

/** What a reader who starts from nothing makes of `lies`: nothing, or a part of the truth, or all of it. */
async function readAnew(...lies: readonly Lie[]) {
  const fresh = await newcomer(a, stage.evil.view(...lies));
  const error = await codeOf(() => fresh.sync());
  await fresh.ledger.settle();
  return { fresh, error };
}
const hashes = (circle: Circle) => circle.statements().map((s) => s.hash as string);

describe("any bit of anything that is stored, turned", () => {
  it("an entry's header or sealed bytes, under the head that the host signed before: refused whole", async () => {
    const size = (await stage.evil.entries(a.id)).length;
    await fc.assert(
      fc.asyncProperty(place, fc.constantFrom("header", "sealed" as const), async ({ which, bit }, part) => {
        const change = (entry: Entry) => ({ ...entry, [part]: turned(entry[part] as Bytes, bit) });
        const { fresh, error } = await readAnew(unsigned(replaceEntry(which % size, change)));
        expect(["host.tree", "host.garbage"]).toContain(error?.code);
        expect(fresh.ledger.raws).toEqual([]);
      }),
      runs,
    );
  });

  it("the same, under a head signed anew: never another statement, member or key than were there", async () => {
    const size = (await stage.evil.entries(a.id)).length;
    const known = new Set(hashes(a));
    const roster = a.state();
    await fc.assert(
      fc.asyncProperty(place, fc.constantFrom("header", "sealed" as const), async ({ which, bit }, part) => {
        const at = which % size;
        const change = (entry: Entry) => ({ ...entry, [part]: turned(entry[part] as Bytes, bit) });
        const { fresh, error } = await readAnew(replaceEntry(at, change));
        for (const hash of hashes(fresh)) expect(known).toContain(hash);
        const members = [...(fresh.ledger.state?.devices.keys() ?? [])];
        for (const device of members) expect(roster.devices.has(device)).toBe(true);
        // Either the reader stops with a reason, or the entry is void, or its header alone changed, in what nobody reads.
        const isVoid = fresh.ledger.voids.some(({ position }) => position === at);
        if (error === undefined && !isVoid) expect([part, fingerprint(fresh)]).toEqual(["header", truth]);
        else if (error === undefined) expect(hashes(fresh).length).toBeLessThanOrEqual(known.size);
      }),
      runs,
    );
  });

  it("the checkpoint: refused", async () => {
    const honest = await stage.evil.head(a.id, await stage.evil.entries(a.id));
    await fc.assert(
      fc.asyncProperty(fc.noBias(fc.nat(8 * honest.length - 1)), async (bit) => {
        const { fresh, error } = await readAnew({
          page: (page) => ({ ...page, checkpoint: flipped(page.checkpoint, bit) }),
        });
        expect(["host.checkpoint", "host.garbage"]).toContain(error?.code);
        expect(fresh.ledger.raws).toEqual([]);
      }),
      runs,
    );
  });

  it("an attachment's blob: refused", async () => {
    const [file] = a.statements().flatMap((s) => s.statement.attachments ?? []);
    await fc.assert(
      fc.asyncProperty(anyBit, async (bit) => {
        stage.evil.tell(replaceBlob("any", (bytes) => turned(bytes, bit)));
        const error = await codeOf(() => readAttachment(a, file as NonNullable<typeof file>));
        stage.evil.tell();
        expect(error?.code).toBe("host.garbage");
        expect(fingerprint(a)).toBe(truth);
      }),
      runs,
    );
  });

  it("a rotation's wraps: refused, and no epoch begins for whoever was to read them", async () => {
    const b = stage.others[0] as Circle;
    await fc.assert(
      fc.asyncProperty(anyBit, async (bit) => {
        const fresh = await newcomer(b, stage.evil.view(replaceBlob("any", (bytes) => turned(bytes, bit))));
        expect((await codeOf(() => fresh.sync()))?.code).toBe("host.garbage");
        expect([fresh.state().epochs.length, fresh.ledger.ring.size]).toEqual([1, 1]);
      }),
      runs,
    );
  });

  it("the vault: refused, whichever bit", async () => {
    const file = await a.identity.export();
    await fc.assert(
      fc.asyncProperty(fc.noBias(fc.nat(8 * file.length - 1)), async (bit) => {
        const storage = memoryStorage();
        await storage.write("identity.vault", flipped(file, bit));
        const error = await codeOf(() => openIdentity(stage.platform, storage, testPhrase));
        expect(["vault.locked", "vault.damaged"]).toContain(error?.code);
      }),
      { numRuns: 25, examples: [[0], [8 * 14], [8 * 15], [8 * 16], [8 * 20], [8 * file.length - 1]] },
    );
  });

  it("the local copy of the log, or the note of how far it was verified: thrown away and fetched again", async () => {
    const { storage } = a.identity;
    const names = ["log", "note"].map((kind) => `${a.id.slice(0, 32)}.${kind}`);
    const kept = await Promise.all(names.map(async (name) => (await storage.read(name)) as Bytes));
    await fc.assert(
      fc.asyncProperty(place, async ({ which, bit }) => {
        const i = which % 2;
        const own: Storage = memoryStorage();
        for (const [j, name] of names.entries()) {
          await own.write(name, i === j ? turned(kept[j] as Bytes, bit) : (kept[j] as Bytes));
        }
        const circle = await openCircle({ ...a.identity, storage: own }, a.id);
        await circle.sync();
        await circle.settle();
        expect(fingerprint(circle)).toBe(truth);
        expect(circle.ledger.voids).toEqual(a.ledger.voids);
      }),
      // The end of the log, too: nobody's head that came later speaks for its last entry.
      { ...runs, examples: [[{ which: 0, bit: 8 * (kept[0] as Bytes).length - 1 }]] },
    );
    expect(fingerprint(await reopened(a))).toBe(truth);
  });

  it("a join request and a welcome in the mailbox: refused, and the true ones are taken afterwards", async () => {
    const joiner: Identity = await newMember("Newsroom C", stage.platform);
    const { link } = await invite(a);
    await join(joiner, link, "circle");
    const before = JSON.stringify(joiner.read());
    const turn = (slot: "request" | "welcome", bit: number) =>
      replaceMailbox((box) => ({ ...box, [slot]: turned(box[slot] as Bytes, bit) }));
    await fc.assert(
      fc.asyncProperty(anyBit, async (bit) => {
        stage.evil.tell(turn("request", bit));
        expect((await codeOf(() => arrivals(a)))?.code).toBe("invitation.request");
      }),
      runs,
    );
    stage.evil.tell();
    const [arrived] = await arrivals(a);
    await admit(a, candidateBytes(a, await consider(a, arrived as NonNullable<typeof arrived>)));
    await fc.assert(
      fc.asyncProperty(anyBit, async (bit) => {
        stage.evil.tell(turn("welcome", bit));
        expect((await codeOf(() => accept(joiner, a.id)))?.code).toBe("invitation.welcome");
        expect(JSON.stringify(joiner.read())).toBe(before);
      }),
      runs,
    );
    stage.evil.tell();
    expect(await accept(joiner, a.id)).toBe(true);
  });
});
