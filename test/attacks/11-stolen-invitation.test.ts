import { beforeAll, describe, expect, it } from "vitest";
import { invitationKeys, readInvitation } from "../../src/client/circle/link.ts";
import { certify, deviceSecrets, publicKeys } from "../../src/client/identity/device.ts";
import { type Arrived, arrivals, type Circle, consider, invite, join } from "../../src/client/index.ts";
import { type JoinRequest, joinMessage, joinRequest, type SignedRequest } from "../../src/core/circle/index.ts";
import { type Bytes, type CircleId, encode, type OrganizationId, toId } from "../../src/core/codec/index.ts";
import type { SigningSeed } from "../../src/core/crypto/index.ts";
import { codeOf, forgeRoster, post, refused, type Scene, scene, voidFor } from "../kit/attack.ts";
import { replaceMailbox } from "../kit/evil-host.ts";
import { newMember } from "../kit/members.ts";

const clock = { hours: 0 };
let stage: Scene;
let a: Circle;
let b: Circle;
let link: string;
let arrived: Arrived;
let words: readonly string[];
beforeAll(async () => {
  stage = await scene({ others: 1, clock });
  a = stage.a;
  b = stage.others[0] as Circle;
  ({ link } = await invite(a));
  ({ words } = await join(await newMember("Newsroom C", stage.platform), link, "circle"));
  arrived = (await arrivals(a))[0] as Arrived;
});
const forget = () => a.keep((record) => ({ ...record, invites: [] }));

/** A request by a device that the thief holds, for a link that the thief read; with whatever proofs there are. */
function thiefs(options: { secret?: Bytes; change?: Partial<JoinRequest>; circle?: CircleId } = {}): SignedRequest {
  const { crypto, random } = stage.platform;
  const secrets = deviceSecrets(crypto, random(32));
  const device = publicKeys(crypto, secrets);
  const organization = random(32) as SigningSeed;
  const certificate = certify(
    crypto,
    organization,
    device.id,
    "contributor",
    arrived.checked.request.certificate.validUntil,
  );
  const id = toId<OrganizationId>(crypto.signingKey(organization));
  const request = encode(joinRequest, {
    ...arrived.checked.request,
    device,
    certificate,
    organization: id,
    ...options.change,
  });
  const message = joinMessage(options.circle ?? a.id, request);
  const inviteSignature =
    options.secret === undefined
      ? arrived.signed.inviteSignature
      : crypto.sign(invitationKeys(crypto, a.id, options.secret).seed, message);
  return { request, inviteSignature, deviceSignature: crypto.sign(secrets.signing, message) };
}

describe("attack 11: an invitation stolen, relayed or replayed for another joiner", () => {
  it("both sides see the same eight words; a second joiner is refused, and the inviter told", async () => {
    expect(arrived.words).toEqual(words);
    const thief = await newMember("Thief", stage.platform);
    expect((await codeOf(() => join(thief, link, "circle")))?.code).toBe("host.mailbox-written");
    expect(thief.read().circles).toEqual([]);
    await refused(a, "invitation.intercepted", () => arrivals(a));
    await forget();
  });

  it("a host that gives the thief's request instead, and hides the second, gives other words", async () => {
    const { evil, platform } = stage;
    const { link } = await invite(a);
    const asked = await join(await newMember("Newsroom D", platform), link, "circle");
    // The thief has the link: the request is well made, for a device of the thief's. The host keeps it for itself.
    let stolen: Bytes | undefined;
    evil.tell({
      answer: async (answer, request) => {
        if (!request.url.endsWith("slot=request")) return answer;
        stolen = new Uint8Array(await request.arrayBuffer());
        return new Response(null, { status: 204 });
      },
    });
    const thief = await join(await newMember("Newsroom D", platform), link, "circle");
    evil.tell(replaceMailbox((box) => ({ ...box, request: stolen as Bytes, contested: false })));
    const [shown] = await arrivals(a);
    expect(shown?.words).toEqual(thief.words);
    expect(shown?.words).not.toEqual(asked.words);
    evil.tell();
    await forget();
  });

  it("proofs made for one joiner, circle or expiry are none for another", async () => {
    const { secret } = readInvitation(link);
    const later = { expires: arrived.checked.request.expires + 1 };
    const requests = [
      thiefs(), // the proof of the invitation was made for another device
      { ...arrived.signed, request: thiefs().request }, // both proofs were
      { ...arrived.signed, deviceSignature: thiefs().deviceSignature }, // the device's own is missing
      thiefs({ secret, circle: "11".repeat(32) as CircleId }), // made for another circle
      thiefs({ secret, change: { organization: a.me().organization } }), // an organization that is known, by another key
    ];
    await voidFor(b, ["proof", "proof", "proof", "proof", "proof", "expired"], () =>
      post(
        a,
        ...[...requests, thiefs({ secret, change: later })].map((request) =>
          forgeRoster(a, { kind: "candidate", request }),
        ),
      ),
    );
  });

  it("an invitation serves once, by position, and another member's does not serve", async () => {
    await b.sync();
    await voidFor(a, ["unknown"], () => post(b, forgeRoster(b, { kind: "candidate", request: arrived.signed })));
    await consider(a, arrived);
    const { secret } = readInvitation(link);
    await voidFor(b, ["duplicate", "duplicate"], () =>
      post(
        a,
        forgeRoster(a, { kind: "candidate", request: thiefs({ secret }) }),
        forgeRoster(a, { kind: "candidate", request: arrived.signed }),
      ),
    );
  });

  it("after it expired it serves nobody, whether the client keeps to that or not", async () => {
    const { link } = await invite(a, { hours: 1 });
    await join(await newMember("Newsroom E", stage.platform), link, "circle");
    const late = (await arrivals(a))[0] as Arrived;
    clock.hours += 3;
    const slow = await newMember("Newsroom F", stage.platform);
    expect((await codeOf(() => join(slow, link, "circle")))?.code).toBe("invitation.expired");
    // Log time moves when a and b have stated the hour.
    await b.sync();
    await post(b, forgeRoster(b, { kind: "tick" }));
    await voidFor(b, ["expired"], () =>
      post(a, forgeRoster(a, { kind: "tick" }), forgeRoster(a, { kind: "candidate", request: late.signed })),
    );
  });
});
