import { beforeAll, describe, expect, it } from "vitest";
import { type Circle, say } from "../../src/client/index.ts";
import { entryContext, linkContext } from "../../src/client/sync/keyring.ts";
import { certificateMessage, joinMessage, orgKeyMessage } from "../../src/core/circle/index.ts";
import { type DeviceId, fromUtf8, type PublicKey, toId, utf8 } from "../../src/core/codec/index.ts";
import {
  type Context,
  open,
  type SigningSeed,
  type SymmetricKey,
  seal,
  verifyClaim,
} from "../../src/core/crypto/index.ts";
import {
  accessMessage,
  cancelMessage,
  checkpointBody,
  checkpointOrigin,
  entryMessage,
  eraseMessage,
  keysMessage,
  signatureBase,
} from "../../src/core/log/index.ts";
import { statementMessage } from "../../src/core/statements/index.ts";
import {
  fingerprint,
  forgeRoster,
  forgeStatement,
  implementations,
  newcomer,
  post,
  type Scene,
  scene,
  voidFor,
} from "../kit/attack.ts";
import { changeHeader } from "../kit/evil-host.ts";

const purposes = ["entry", "content", "vault", "cache", "mailbox", "attachment", "link", "profile"] as const;

describe.each(implementations)("attack 9: accepted for another purpose (%s)", (name) => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  beforeAll(async () => {
    stage = await scene({ crypto: name, others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    await b.sync();
  });

  it("an envelope opens for the purpose, circle, epoch, kind and extra it was sealed for, and for no other", () => {
    const { crypto, random } = stage.platform;
    const key = random(32) as SymmetricKey;
    const base = { circle: new Uint8Array(32), epoch: 1, kind: 0 } as const;
    const contexts: Context[] = [
      ...purposes.map((purpose) => ({ ...base, purpose })),
      entryContext(a.id, 1, 0),
      entryContext(a.id, 1, 1),
      linkContext(a.id, 1),
      { ...base, purpose: "entry", epoch: 2 },
      { ...base, purpose: "entry", kind: 1 },
      { ...base, purpose: "entry", circle: new Uint8Array(32).fill(1) },
      { ...base, purpose: "entry", circle: new Uint8Array(0) },
      { ...base, purpose: "entry", extra: true },
      { ...base, purpose: "entry", extra: [1, 0] },
    ];
    for (const [i, sealedFor] of contexts.entries()) {
      const sealed = seal(crypto, random, key, sealedFor, utf8("secret"));
      for (const [j, openedFor] of contexts.entries()) {
        const attempt = () => fromUtf8(open(crypto, key, openedFor, sealed));
        if (i === j) expect(attempt()).toBe("secret");
        else expect(attempt).toThrow(expect.objectContaining({ code: "envelope.unopened" }));
      }
    }
  });

  it("a signature made for one purpose is none for any other, and no message of one begins another's", () => {
    const { crypto, random } = stage.platform;
    const seed = random(32) as SigningSeed;
    const key = toId<PublicKey>(crypto.signingKey(seed));
    const acl = a.state().acl;
    const bytes = new Uint8Array(32).fill(7);
    const messages = [
      entryMessage({ circle: a.id, epoch: 0, kind: "roster" }, { seen: bytes, hour: 0, body: bytes }),
      entryMessage({ circle: a.id, epoch: 0, kind: "statement" }, { seen: bytes, hour: 0, body: bytes }),
      statementMessage(bytes),
      joinMessage(a.id, bytes),
      orgKeyMessage(a.id, bytes, bytes),
      certificateMessage({ key, device: key as string as DeviceId, role: "reader", validUntil: 1 }),
      accessMessage(a.id, acl, bytes),
      keysMessage(a.id, bytes, acl),
      eraseMessage(a.id, [1]),
      cancelMessage(a.id, [1]),
      checkpointBody(checkpointOrigin(a.id), 1, bytes),
      signatureBase({ method: "GET", path: "/", query: "", host: key, created: 60, key }),
    ];
    const domains = messages.map(
      (m) => /^symbolon\/[a-z-]+\/v1|^symbolon\/[0-9a-f]{64}\n|^"@method"/.exec(new TextDecoder().decode(m))?.[0],
    );
    // Two kinds of entry share the first one; everything else has its own.
    expect(new Set(domains).size).toBe(messages.length - 1);
    expect(domains).not.toContain(undefined);
    for (const [i, signed] of messages.entries()) {
      const signature = crypto.sign(seed, signed);
      const holds = messages.map((message) => verifyClaim(crypto, { key, message, signature }));
      expect(holds).toEqual(messages.map((_, j) => i === j));
    }
  });

  it("an entry moved to the other kind does not open, though the host signs for it", async () => {
    const { evil } = stage;
    const [said] = await say(b, [{ kind: "check-in", tlp: "TLP:AMBER", text: "a statement" }]);
    await a.sync();
    await a.settle();
    const position = said?.position as number;
    const without = JSON.parse(fingerprint(a));
    const fresh = await newcomer(a, evil.view(changeHeader(position, { kind: "roster" })));
    await fresh.sync();
    await fresh.settle();
    expect(fresh.ledger.voids).toEqual([{ position, reason: "unopened" }]);
    expect(JSON.parse(fingerprint(fresh))[0]).toEqual(without[0]);
    expect(fresh.statements().length).toBe(a.statements().length - 1);
  });

  it("a key of one purpose does nothing in another's place", async () => {
    const { ring } = b.ledger;
    const { records, roster, access } = ring.get(0) as Required<NonNullable<ReturnType<typeof ring.get>>>;
    const { crypto } = stage.platform;
    const asKey = (seed: SigningSeed) => ({ author: toId<DeviceId>(crypto.signingKey(seed)), signing: seed });
    const tick = { kind: "tick" } as const;
    const organization = b.identity.read().organization.seed as SigningSeed;
    await voidFor(a, ["unopened", "unopened", "signature", "signature", "author", "author", "author", "author"], () =>
      post(
        b,
        forgeRoster(b, tick, { place: { key: records } }),
        forgeStatement(b, new Uint8Array([1]), { place: { key: roster } }),
        forgeRoster(b, tick, { signedFor: { kind: "statement" } }),
        forgeRoster(b, tick, { signedFor: { epoch: 1 } }),
        ...[b.secrets.control, b.secrets.mailbox, access, organization].map((seed) =>
          forgeRoster(b, tick, asKey(seed)),
        ),
      ),
    );
  });
});
