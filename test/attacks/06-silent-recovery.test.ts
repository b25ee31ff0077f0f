import { beforeAll, describe, expect, it } from "vitest";
import { approve, type Circle, execute, propose, tick } from "../../src/client/index.ts";
import { orgKeyMessage, rosterBody } from "../../src/core/circle/index.ts";
import { type Cbor, encode, encodeCbor, fromHex, idBytes, type PublicKey, toId } from "../../src/core/codec/index.ts";
import { type SigningSeed, wrapKey } from "../../src/core/crypto/index.ts";
import { forgeRoster, post, postRotation, type Scene, scene, voidFor } from "../kit/attack.ts";

const clock = { hours: 0 };
let stage: Scene;
let a: Circle;
let b: Circle;
let c: Circle;
beforeAll(async () => {
  stage = await scene({ others: 2, clock, policy: { windowHours: 24 } });
  a = stage.a;
  [b, c] = stage.others as [Circle, Circle];
  await b.sync();
});

/** A new key for B's organization, held by whoever made it. */
function keyForB() {
  const { crypto, random } = stage.platform;
  const seed = random(32) as SigningSeed;
  const key = toId<PublicKey>(crypto.signingKey(seed));
  const { organization } = b.me();
  const proof = crypto.sign(seed, orgKeyMessage(a.id, idBytes(organization), idBytes(key)));
  return { organization, key, proof };
}

describe("attack 6: silent enrollment into recovery", () => {
  it("there is nothing to enroll into: an act with one more field, for a key, is void", async () => {
    const escrow = stage.platform.random(32);
    const tickWithKey = encodeCbor(
      new Map<number, Cbor>([
        [0, 22],
        [1, escrow],
      ]),
    );
    await voidFor(b, ["malformed"], () => post(a, forgeRoster(a, tickWithKey)));
    expect(encode(rosterBody, { kind: "tick" })).toEqual(encodeCbor(new Map([[0, 22]])));
  });

  it("a coordinator alone gives no other organization a new key, neither directly nor by a proposal", async () => {
    const orgKey = keyForB();
    const own = stage.platform.crypto.sign(
      a.identity.read().organization.seed as SigningSeed,
      orgKeyMessage(a.id, idBytes(orgKey.organization), idBytes(orgKey.key)),
    );
    const id = await propose(a, { kind: "org-key", orgKey });
    await voidFor(b, ["role", "duplicate", "quorum"], () =>
      post(
        a,
        forgeRoster(a, { kind: "org-key", orgKey: { ...orgKey, signature: own } }),
        forgeRoster(a, { kind: "approve", proposal: fromHex(id) as Uint8Array<ArrayBuffer> }),
        forgeRoster(a, { kind: "org-key", proposal: fromHex(id) as Uint8Array<ArrayBuffer> }),
      ),
    );
    expect(b.state().organizations.get(b.me().organization)?.key).toBe(b.me().organization);
  });

  it("the quorum gives one in the open: every member sees the vote, and it waits its window", async () => {
    const orgKey = keyForB();
    const id = await propose(a, { kind: "org-key", orgKey });
    await c.sync();
    await approve(c, id);
    await voidFor(b, ["quorum"], () =>
      post(a, forgeRoster(a, { kind: "org-key", proposal: fromHex(id) as Uint8Array<ArrayBuffer> })),
    );
    expect(b.state().proposals.get(id)?.approvals.length).toBe(2);
    clock.hours += 30;
    await a.sync();
    await tick(a);
    await c.sync();
    await tick(c);
    await a.sync();
    await execute(a, id);
    await b.sync();
    expect(b.state().organizations.get(b.me().organization)?.key).toBe(orgKey.key);
  });

  it("a seed wrapped to one more key than there are devices begins no epoch", async () => {
    const { crypto, random } = stage.platform;
    const escrow = crypto.kemKey(random(32));
    await a.sync();
    const epochs = b.state().epochs.length;
    const held = b.ledger.ring.size;
    const { position } = await postRotation(a, {
      wraps: (wraps, seed) => [...wraps, wrapKey(crypto, seed, escrow, { circle: a.id, number: 1, device: a.device })],
    });
    for (const member of [b, c]) {
      await member.sync();
      expect(member.ledger.voids.find((found) => found.position === position)?.reason).toBe("rotation");
      expect([member.state().epochs.length, member.ledger.ring.size]).toEqual([epochs, held]);
    }
  });
});
