import { beforeAll, describe, expect, it } from "vitest";
import { type Circle, type Said, say } from "../../src/client/index.ts";
import { entryContext } from "../../src/client/sync/keyring.ts";
import { decode, encode } from "../../src/core/codec/index.ts";
import { open, type SymmetricKey, seal } from "../../src/core/crypto/index.ts";
import { decodeHeader, type Entry, type Header, type Inner, inner } from "../../src/core/log/index.ts";
import { forCircle, readAudience } from "../../src/core/statements/index.ts";
import { codeOf, fingerprint, forgeRoster, newcomer, refused, type Scene, scene } from "../kit/attack.ts";
import { addEntries, changeHeader, type Lie, replaceEntry, swapEntries, unsigned } from "../kit/evil-host.ts";

let stage: Scene;
let a: Circle;
let b: Circle;
let position: number;
beforeAll(async () => {
  stage = await scene({ others: 1 });
  a = stage.a;
  b = stage.others[0] as Circle;
  await b.sync();
  const text = (said: string) => ({ kind: "check-in", tlp: "TLP:AMBER", text: said }) as const;
  const [said] = await say(a, [text("first"), text("second")]);
  position = (said as Said).position;
  await b.sync();
  await b.settle();
});
const texts = (circle: Circle) => circle.statements().map((s) => s.statement.text);

/** What somebody who never saw the true log makes of a lie about it. */
async function seenAnew(...lies: readonly Lie[]) {
  const fresh = await newcomer(b, stage.evil.view(...lies));
  await fresh.sync();
  await fresh.settle();
  return fresh;
}

/** The entry with its inside changed, sealed again by a member who helps the host: they have the key, too. */
function resealed(change: Partial<Inner>) {
  return replaceEntry(position, ({ header, sealed }: Entry) => {
    const { crypto, random } = stage.platform;
    const key = b.ledger.ring.get(0)?.records as SymmetricKey;
    const context = entryContext(a.id, 0, 1);
    const read = readAudience(
      crypto,
      { circle: a.id, epoch: 0 },
      b.secrets.kem,
      open(crypto, key, context, sealed as Uint8Array),
    );
    if (read === "for-others") throw new Error("not for b");
    const bytes = encode(inner, { ...decode(inner, read.inner), ...change });
    return { header, sealed: seal(crypto, random, key, context, forCircle(bytes)) };
  });
}

describe("attack 18: metadata that nobody authenticates", () => {
  it("sender, hour, what was seen, and body cannot be changed even by a member who holds the key", async () => {
    const honest = decode(inner, readInner());
    const earlier = await stage.evil.head(a.id, (await stage.evil.entries(a.id)).slice(0, 3));
    const changes: Partial<Inner>[] = [
      { author: b.device },
      { hour: honest.hour - 1 },
      { hour: honest.hour + 1000 },
      { seen: b.head()?.checkpoint as Inner["seen"] },
      { seen: earlier },
      { body: encode(inner, honest) },
    ];
    const reasons = [];
    for (const change of changes) {
      const fresh = await seenAnew(resealed(change));
      const [found] = fresh.ledger.voids;
      expect([fresh.ledger.voids.length, found?.position, texts(fresh).includes("first")]).toEqual([
        1,
        position,
        false,
      ]);
      reasons.push(found?.reason);
    }
    // Another author cannot have written what names its device; a head larger than the position was not seen there.
    expect(reasons).toEqual(["author", "signature", "signature", "seen", "signature", "malformed"]);
    expect(texts(await seenAnew(resealed({})))).toContain("first");
  });

  it.each([
    ["epoch", { epoch: 1 }, "unopened"],
    ["kind", { kind: "roster" }, "unopened"],
    ["circle", { circle: "22".repeat(32) }, "malformed"],
    ["erase hash", { eraseHash: new Uint8Array(32) }, "signature"],
  ] as const)("another %s in the clear header: void, and under the true head refused", async (_, change, reason) => {
    const lie = changeHeader(position, change as Partial<Header>);
    const fresh = await seenAnew(lie);
    expect(fresh.ledger.voids).toEqual([{ position, reason }]);
    expect(texts(fresh)).not.toContain("first");
    const late = await newcomer(b, stage.evil.view(unsigned(lie)));
    await refused(late, "host.tree", () => late.sync());
  });

  it("a token that is not the author's erases nothing", async () => {
    const token = new Uint8Array(32).fill(3);
    const order = forgeRoster(
      b,
      { kind: "erase", positions: [position] },
      { header: { erases: [{ position, token }] } },
    );
    const fresh = await seenAnew(addEntries(order));
    expect(fresh.ledger.voids).toEqual([{ position: fresh.ledger.raws.length - 1, reason: "erased" }]);
    expect([...fresh.state().erased.keys()]).toEqual([]);
    expect(texts(fresh)).toContain("first");
  });

  it("order: whoever saw the log holds the proof, whoever did not is warned by what its members saw", async () => {
    await say(b, [{ kind: "check-in", tlp: "TLP:AMBER", text: "third" }]);
    await b.settle();
    const fresh = await newcomer(b, stage.evil.view(swapEntries(position, position + 1)));
    expect((await codeOf(() => fresh.sync()))?.code).toBe("host.contradiction");
    await a.sync();
    await a.settle();
    expect(fingerprint(a)).toBe(fingerprint(b));
    stage.evil.tell(swapEntries(position, position + 1));
    await refused(a, "host.contradiction", () => a.sync());
    stage.evil.tell();
  });

  it("an author finds at once that the host stored another header than was sent", async () => {
    const next = b.ledger.raws.length;
    stage.evil.tell(changeHeader(next, { eraseHash: new Uint8Array(32) }));
    const error = await codeOf(() => say(b, [{ kind: "check-in", tlp: "TLP:AMBER", text: "last" }]));
    expect([error?.name, error?.code]).toEqual(["HostFault", "host.lost"]);
    await b.settle();
    expect(b.ledger.voids).toEqual([{ position: next, reason: "signature" }]);
    expect(texts(b)).not.toContain("last");
  });
});

function readInner() {
  const { crypto } = stage.platform;
  const raw = b.ledger.raws[position] as (typeof b.ledger.raws)[number];
  expect(decodeHeader(raw.headerBytes).eraseHash?.length).toBe(32);
  const plaintext = open(
    crypto,
    b.ledger.ring.get(0)?.records as SymmetricKey,
    entryContext(a.id, 0, 1),
    raw.sealed as Uint8Array,
  );
  const read = readAudience(crypto, { circle: a.id, epoch: 0 }, b.secrets.kem, plaintext);
  if (read === "for-others") throw new Error("not for b");
  return read.inner;
}
