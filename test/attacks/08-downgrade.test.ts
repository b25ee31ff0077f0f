import { beforeAll, describe, expect, it } from "vitest";
import { type Circle, memoryStorage, openCircle, openIdentity, type Said, say } from "../../src/client/index.ts";
import { entryContext } from "../../src/client/sync/keyring.ts";
import { type BodyOf, circleIdOf, rosterBody } from "../../src/core/circle/index.ts";
import { decode, encode } from "../../src/core/codec/index.ts";
import { open, type SymmetricKey, seal, sha256 } from "../../src/core/crypto/index.ts";
import { accessMessage, decodeHeader, type Entry, entryMessage, inner, makeEntry } from "../../src/core/log/index.ts";
import { codeOf, fingerprint, implementations, newcomer, refused, type Scene, scene } from "../kit/attack.ts";
import { changeHeader, replaceEntry, unsigned } from "../kit/evil-host.ts";
import { testPhrase } from "../kit/members.ts";

describe.each(implementations)("attack 8: downgrade of suite or version (%s)", (name) => {
  let stage: Scene;
  let a: Circle;
  let position: number;
  beforeAll(async () => {
    stage = await scene({ crypto: name });
    a = stage.a;
    const [said] = await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text: "marked" }]);
    position = (said as Said).position;
    await a.settle();
  });
  const texts = (circle: Circle) => circle.statements().map((s) => s.statement.text);

  it.each([0, 2, 255])("an entry under version %i is not read, whatever head is over it", async (version) => {
    const { evil } = stage;
    const fresh = await newcomer(a, evil.view(changeHeader(position, { version })));
    await fresh.sync();
    await fresh.settle();
    expect(fresh.ledger.voids).toEqual([{ position, reason: "malformed" }]);
    expect(texts(fresh)).not.toContain("marked");
    evil.tell(unsigned(changeHeader(position, { version })));
    expect((await codeOf(async () => (await newcomer(a)).sync()))?.code).toBe("host.tree");
    evil.tell();
  });

  it.each([0, 2, 255])("an envelope under suite %i is not opened, whatever head is over it", async (suite) => {
    const change = ({ header, sealed }: Entry): Entry => {
      const other = (sealed as Uint8Array<ArrayBuffer>).slice();
      other[0] = suite;
      return { header, sealed: other };
    };
    const fresh = await newcomer(a, stage.evil.view(replaceEntry(position, change)));
    await fresh.sync();
    await fresh.settle();
    expect(fresh.ledger.voids).toEqual([{ position, reason: "unopened" }]);
    expect(texts(fresh)).not.toContain("marked");
  });

  /** The circle founded anew with a change to its genesis, by its founder's own keys. */
  async function refounded(change: Partial<BodyOf<"genesis">>) {
    const { crypto, random } = stage.platform;
    const [first] = (await stage.evil.entries(a.id)) as [Entry];
    const roster = a.ledger.ring.get(0)?.roster as SymmetricKey;
    const said = decode(inner, open(crypto, roster, entryContext(a.id, 0, 0), first.sealed as Uint8Array));
    const body = encode(rosterBody, { ...(decode(rosterBody, said.body) as BodyOf<"genesis">), ...change });
    const circle = circleIdOf(body);
    const message = entryMessage({ circle, epoch: 0, kind: "roster" }, { ...said, body });
    const plaintext = encode(inner, { ...said, body, signature: crypto.sign(a.secrets.signing, message) });
    const sealed = seal(crypto, random, roster, entryContext(circle, 0, 0), plaintext);
    const { acl, signatures, ...header } = decodeHeader(first.header);
    const key = signatures?.[0]?.key as NonNullable<typeof signatures>[0]["key"];
    const signature = crypto.sign(
      a.secrets.control,
      accessMessage(circle, acl as NonNullable<typeof acl>, sha256(sealed)),
    );
    const entry = makeEntry({ ...header, circle, ...(acl && { acl }), signatures: [{ key, signature }] }, sealed);
    const { head: _, ...record } = a.record();
    const identity = {
      ...a.identity,
      storage: memoryStorage(),
      read: () => ({ ...a.identity.read(), circles: [{ ...record, circle }] }),
    };
    const fetch = stage.evil.view({ log: () => [entry] });
    return openCircle({ ...identity, update: async () => {}, platform: { ...a.platform, fetch } }, circle);
  }

  it.each([0, 2, 255])("a circle whose genesis names suite %i is not entered", async (suite) => {
    const circle = await refounded({ suite });
    await refused(circle, "circle.genesis", () => circle.sync());
    // The same genesis under the suite that this client knows is.
    const honest = await refounded({ suite: 1 });
    await honest.sync();
    expect(honest.state().suite).toBe(1);
  });

  it("a vault of another version is left alone", async () => {
    const storage = memoryStorage();
    const file = await a.identity.export();
    for (const version of [0, 2]) {
      const other = file.slice();
      other["symbolon-vault".length] = version;
      await storage.write("identity.vault", other);
      expect((await codeOf(() => openIdentity(stage.platform, storage, testPhrase)))?.code).toBe("vault.damaged");
      expect(await storage.read("identity.vault")).toEqual(other);
    }
    expect(fingerprint(a)).toContain('"suite":1');
  });
});
