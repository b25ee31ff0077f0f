import { beforeAll, describe, expect, it } from "vitest";
import { deviceSecrets, publicKeys } from "../../src/client/identity/device.ts";
import { arrivals, type Circle, consider, invite, join, remove, rotate, say } from "../../src/client/index.ts";
import { type PublicKey, toId } from "../../src/core/codec/index.ts";
import { wrapSize } from "../../src/core/crypto/index.ts";
import { decodeHeader } from "../../src/core/log/index.ts";
import { forgeRoster, forgeStatement, newcomer, post, type Scene, scene, voidFor } from "../kit/attack.ts";
import { addEntries } from "../kit/evil-host.ts";
import { newMember } from "../kit/members.ts";

let stage: Scene;
let a: Circle;
let b: Circle;
let ghost: Awaited<ReturnType<typeof arrivals>>[number];
beforeAll(async () => {
  stage = await scene({ others: 1 });
  a = stage.a;
  b = stage.others[0] as Circle;
  const { link } = await invite(a);
  await join(await newMember("Nobody", stage.platform), link, "circle");
  ghost = (await arrivals(a))[0] as typeof ghost;
  await b.sync();
});
const candidate = () => Uint8Array.from(Buffer.from(ghost.checked.id, "hex"));

/** That the next seed goes to the members' devices and to nobody else. */
async function wrapsAreFor(devices: number) {
  await rotate(a);
  const header = decodeHeader((await stage.evil.entries(a.id)).at(-2)?.header as Uint8Array);
  const wraps = await stage.evil.store.blob(a.id, header.blobs[0] as (typeof header.blobs)[0]);
  expect(wraps?.length).toBe(devices * wrapSize);
}

describe("attack 4: a ghost among members and devices", () => {
  it("a member without the right brings nobody in: the entries are void, not warned about", async () => {
    const key = toId<PublicKey>(new Uint8Array(32).fill(9));
    const invitation = { kind: "invite", inviteKey: key, role: "contributor", expires: 70_000_000 } as const;
    await voidFor(a, ["role", "unknown", "unknown", "unknown", "unknown", "role"], () =>
      post(
        b,
        forgeRoster(b, invitation),
        forgeRoster(b, { kind: "candidate", request: ghost.signed }),
        forgeRoster(b, { kind: "device-add", request: ghost.signed }),
        forgeRoster(b, { kind: "sponsor", candidate: candidate() }),
        forgeRoster(b, { kind: "object", candidate: candidate(), reason: "other" }),
        forgeRoster(b, { kind: "admit", candidate: candidate() }),
      ),
    );
    await wrapsAreFor(2);
  });

  it("nor does a coordinator past the rules: no invitation to coordinate, no device for another's member", async () => {
    const key = toId<PublicKey>(new Uint8Array(32).fill(8));
    const invitation = { kind: "invite", inviteKey: key, expires: 70_000_000 } as const;
    await voidFor(b, ["role", "role", "role", "unknown"], async () => {
      await post(
        a,
        forgeRoster(a, { ...invitation, role: "coordinator" }),
        forgeRoster(a, { ...invitation, role: "contributor", member: b.me().id }),
        // The mailbox was opened for a new member, not for a further device.
        forgeRoster(a, { kind: "device-add", request: ghost.signed }),
        forgeRoster(a, { kind: "admit", candidate: candidate() }),
      );
    });
    await wrapsAreFor(2);
  });

  it("the signature of a device that was never added counts for nothing, though it has every key of the epoch", async () => {
    const secrets = deviceSecrets(stage.platform.crypto, stage.platform.random(32));
    const as = { author: publicKeys(stage.platform.crypto, secrets).id, signing: secrets.signing };
    await b.sync();
    const statement = new Uint8Array([1]);
    await voidFor(a, ["author", "author"], () =>
      post(b, forgeRoster(b, { kind: "tick" }, as), forgeStatement(b, statement, as)),
    );
  });

  it("a candidate who was considered and not admitted can still neither speak nor read", async () => {
    await consider(a, ghost);
    await b.sync();
    expect(a.state().candidates.get(ghost.checked.id)?.admitted).toBe(false);
    await wrapsAreFor(2);
  });

  it("a removed member with the host's help stays outside", async () => {
    await b.sync();
    const last = forgeRoster(b, { kind: "tick" });
    await remove(a, { kind: "member", member: b.me().id });
    await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text: "after" }]);
    const fresh = await newcomer(a, stage.evil.view(addEntries(last)));
    await fresh.sync();
    expect(fresh.ledger.voids.at(-1)?.reason).toBe("author");
    await wrapsAreFor(1);
  });
});
