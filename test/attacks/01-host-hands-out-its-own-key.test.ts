import { beforeAll, describe, expect, it } from "vitest";
import type { serve } from "../../src/client/circle/welcome.ts";
import { deviceSecrets, publicKeys } from "../../src/client/identity/device.ts";
import { arrivals, invite, join, rotate } from "../../src/client/index.ts";
import { rosterBody } from "../../src/core/circle/index.ts";
import { type BlobHash, encode, type PublicKey } from "../../src/core/codec/index.ts";
import { type SymmetricKey, seal, unwrapKey, wrapSize } from "../../src/core/crypto/index.ts";
import { decodeHeader, makeEntry } from "../../src/core/log/index.ts";
import { codeOf, fingerprint, newcomer, refused, type Scene, scene } from "../kit/attack.ts";
import { addEntries, otherHostKey, replaceMailbox } from "../kit/evil-host.ts";
import { newMember } from "../kit/members.ts";

let stage: Scene;
beforeAll(async () => {
  stage = await scene({ others: 1 });
});

describe("attack 1: the host hands out its own public key", () => {
  it("a joiner whose link names another host key stops before it makes any key", async () => {
    const { evil, platform, a } = stage;
    const { link } = await invite(a);
    const joiner = await newMember("Newsroom X", platform);
    evil.tell(otherHostKey("77".repeat(32) as PublicKey));
    const error = await codeOf(() => join(joiner, link, "circle"));
    evil.tell();
    expect(error?.code).toBe("invitation.host");
    expect(joiner.read().circles).toEqual([]);
  });

  it("a join request that the host puts into the mailbox is refused", async () => {
    const { evil, platform, a } = stage;
    const { link } = await invite(a);
    await join(await newMember("Newsroom Y", platform), link, "circle");
    const own = platform.random(32) as SymmetricKey;
    const context = { purpose: "mailbox", circle: new Uint8Array(32), epoch: 0, kind: 1 } as const;
    const request = seal(platform.crypto, platform.random, own, context, new Uint8Array(900));
    evil.tell(replaceMailbox({ request }));
    await refused(a, "invitation.request", () => arrivals(a));
    evil.tell();
    expect((await arrivals(a)).map((found) => found.organizationName)).toEqual(["Newsroom Y"]);
  });

  it("a device that the host adds to the log is void, and no later seed is wrapped to it", async () => {
    const { evil, platform, a } = stage;
    await a.sync();
    const { crypto, random } = platform;
    const spy = deviceSecrets(crypto, random(32));
    const keys = publicKeys(crypto, spy);
    const context = { purpose: "entry", circle: new Uint8Array(32), epoch: 0, kind: 0 } as const;
    const body = encode(rosterBody, { kind: "tick" });
    const sealed = seal(crypto, random, random(32) as SymmetricKey, context, body);
    const header = { version: 1, circle: a.id, epoch: 0, kind: "roster", blobs: [] } as const;
    const fresh = await newcomer(a, evil.view(addEntries(makeEntry(header, sealed))));
    await fresh.sync();
    await fresh.settle();
    expect(fresh.ledger.voids.map(({ reason }) => reason)).toEqual(["unopened"]);
    expect(fingerprint(fresh)).toBe(fingerprint(a));
    expect(fresh.state().devices.has(keys.id)).toBe(false);

    await rotate(a);
    const [hash] = decodeHeader((await evil.entries(a.id)).at(-2)?.header as Uint8Array).blobs;
    const wraps = (await evil.store.blob(a.id, hash as BlobHash)) as Uint8Array;
    expect(wraps.length).toBe(2 * wrapSize);
    for (const i of [0, 1]) {
      expect(unwrapKey(crypto, wraps.subarray(i * wrapSize, (i + 1) * wrapSize), spy.kem)).toBeUndefined();
    }
  });

  it("raw keys cannot even be passed to what wraps: it takes verified devices only", async () => {
    const { platform, a } = stage;
    const raw = { keys: publicKeys(platform.crypto, deviceSecrets(platform.crypto, platform.random(32))) };
    // @ts-expect-error not a Verified<Device>
    const wraps: Parameters<typeof serve>[1] = raw;
    expect(a.state().devices.has(wraps.keys.id)).toBe(false);
  });
});
