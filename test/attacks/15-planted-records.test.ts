import { beforeAll, describe, expect, it } from "vitest";
import { appendBodies, carried, completed, type Draft } from "../../src/client/circle/say.ts";
import { certify } from "../../src/client/identity/device.ts";
import { type Circle, lookup, say, suspend } from "../../src/client/index.ts";
import { type DeviceId, encode, toId } from "../../src/core/codec/index.ts";
import type { SigningSeed } from "../../src/core/crypto/index.ts";
import {
  encodeStatement,
  type Statement,
  type StatementBody,
  statementBody,
  statementMessage,
} from "../../src/core/statements/index.ts";
import { forgeStatement, implementations, newcomer, post, type Scene, scene, voidFor } from "../kit/attack.ts";
import { addEntries } from "../kit/evil-host.ts";
import { bringIn, newMember } from "../kit/members.ts";

const draft: Draft = {
  kind: "attestation",
  tlp: "TLP:GREEN",
  evidence: "witnessed",
  attests: "identity",
  subject: { identifiers: [{ kind: "phone", value: "+84912345678" }] },
};

describe.each(implementations)("attack 15: planted records (%s)", (name) => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  let c: Circle;
  beforeAll(async () => {
    stage = await scene({ crypto: name, others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    c = await bringIn(a, await newMember("Readers", stage.platform), { role: "reader" });
    await b.sync();
  });
  const found = (circle: Circle) => lookup(circle, "0912 345 678").found.length;
  const body = (statement: Statement): StatementBody => ({ statement: encodeStatement(statement) });
  const forged = (by: Circle, statement: Statement, forgery = {}) =>
    forgeStatement(by, encode(statementBody, body(statement)), forgery);

  it("in another's name: by another device, under another organization, or with both", async () => {
    const mine = completed(b, draft);
    const organization = a.me().organization;
    await voidFor(a, ["author", "author", "author", "signature"], () =>
      post(
        b,
        forged(b, { ...mine, organization }),
        forged(b, { ...mine, device: a.device }),
        forged(b, { ...mine, organization, device: a.device }),
        // As a's own entry; only the signature is b's.
        forged(b, { ...mine, organization, device: a.device }, { author: a.device }),
      ),
    );
    expect(found(a)).toBe(0);
  });

  it("as if relayed for another: with certificates that its organization never gave", async () => {
    const { crypto, random } = stage.platform;
    const device = random(32) as SigningSeed;
    const organization = a.me().organization;
    const id = toId<DeviceId>(crypto.signingKey(device));
    const statement = { ...completed(b, draft), organization, device: id };
    const bytes = encodeStatement(statement);
    const signature = crypto.sign(device, statementMessage(bytes));
    const self = certify(crypto, random(32), id, "contributor", 60_000_000);
    const own = certify(crypto, b.identity.read().organization.seed as SigningSeed, id, "contributor", 60_000_000);
    const stolen = { ...own, key: organization as string as typeof own.key };
    const bodies = [self, own, stolen].map((certificate) => ({ statement: bytes, signature, certificate }));
    await voidFor(a, ["author", "author", "signature"], () =>
      post(b, ...bodies.map((made) => forgeStatement(b, encode(statementBody, made)))),
    );
    expect(found(a)).toBe(0);
  });

  it("a true statement with one word changed, relayed: its author's signature does not cover it", async () => {
    const said = completed(a, { ...draft, text: "reliable" });
    const honest = carried(a, said, true);
    const changed = { ...honest, statement: encodeStatement({ ...said, text: "unreliable" }) };
    await voidFor(a, ["signature"], () => post(b, forgeStatement(b, encode(statementBody, changed))));
    expect(found(a)).toBe(0);
    // As it was said it may be relayed, in its author's name.
    await appendBodies(b, [honest]);
    await a.sync();
    await a.settle();
    expect(a.statements().at(-1)).toMatchObject({ organization: a.me().organization, relayedBy: b.me().organization });
  });

  it("by who may only read, or by nobody", async () => {
    await c.sync();
    await voidFor(a, ["role", "malformed", "malformed"], () =>
      post(
        c,
        forged(c, completed(c, draft)),
        forgeStatement(c, encode(statementBody, { statement: new Uint8Array([0xf6]) })),
        forgeStatement(c, new Uint8Array([0])),
      ),
    );
    expect(found(a)).toBe(1);
  });

  it("by a member who was suspended, with the host's help: not under the old epoch, and not as said before it", async () => {
    await b.sync();
    const late = forged(b, completed(b, draft));
    const [before] = await say(b, [{ kind: "check-in", tlp: "TLP:AMBER" }]);
    await a.sync();
    expect(await suspend(a, b.me().id)).toEqual({ done: true });
    await a.settle();
    const fresh = await newcomer(a, stage.evil.view(addEntries(late)));
    await fresh.sync();
    await fresh.settle();
    expect(fresh.ledger.voids).toContainEqual({ position: a.ledger.raws.length, reason: "author" });
    expect(found(fresh)).toBe(found(a));
    expect(fresh.statements().some(({ position }) => position === before?.position)).toBe(true);
  });
});
