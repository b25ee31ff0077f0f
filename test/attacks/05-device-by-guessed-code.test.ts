import { beforeAll, describe, expect, it } from "vitest";
import {
  type Arrived,
  accept,
  arrivals,
  type Circle,
  consider,
  invite,
  join,
  openCircle,
} from "../../src/client/index.ts";
import { activeDevice } from "../../src/core/circle/index.ts";
import { codeOf, fingerprint, forgeRoster, post, type Scene, scene, voidFor } from "../kit/attack.ts";
import { newMember } from "../kit/members.ts";

let stage: Scene;
let a: Circle;
let b: Circle;
let link: string;
beforeAll(async () => {
  stage = await scene({ others: 1 });
  a = stage.a;
  b = stage.others[0] as Circle;
});

/** Somebody answers a's invitation for a further device with a device of their own organization. */
async function answered(link: string) {
  await join(await newMember("Agency", stage.platform), link, "circle");
  return (await arrivals(a))[0] as Arrived;
}

describe("attack 5: a device enrolled behind a guessed code", () => {
  it("whoever guesses the code still needs the organization's certificate: the old device cannot add theirs", async () => {
    const { link } = await invite(a, { ownDevice: true });
    const arrived = await answered(link);
    expect(arrived.organizationName).toBe("Agency");
    const before = fingerprint(a);
    expect((await codeOf(() => consider(a, arrived)))?.code).toBe("circle.void.proof");
    expect(fingerprint(a)).toBe(before);
    await a.keep((record) => ({ ...record, invites: [] }));
  });

  it("the code alone enrolls nothing: only the old device's signed entry does, at its own invitation", async () => {
    ({ link } = await invite(a, { ownDevice: true }));
    const { organization } = a.identity.read();
    const phone = await newMember("Newsroom A", stage.platform, {
      ...(organization.seed === undefined ? {} : { organizationSeed: organization.seed }),
    });
    const asked = await join(phone, link, "circle");
    const arrived = (await arrivals(a))[0] as Arrived;
    const { signed: request, checked } = arrived;
    expect(arrived.words).toEqual(asked.words);
    await b.sync();
    // Another member, who has the code and the whole request, tries to enroll it; and the device itself does.
    await voidFor(a, ["unknown", "signature"], () =>
      post(
        b,
        forgeRoster(b, { kind: "device-add", request }),
        forgeRoster(b, { kind: "device-add", request }, { author: checked.request.device.id }),
      ),
    );
    expect(await accept(phone, a.id)).toBe(false);
    expect((await codeOf(() => openCircle(phone, a.id)))?.code).toBe("circle.waiting");
    // With the old device's word it is enrolled.
    await consider(a, arrived);
    const device = activeDevice(a.state(), checked.request.device.id);
    expect(device?.member).toBe(a.me().id);
  });

  it("a code that enrolled a device is used up", async () => {
    const used = [...a.state().invites.values()].findLast((found) => found.used);
    expect(used?.member).toBe(a.me().id);
    expect(await arrivals(a)).toEqual([]);
    const late = await newMember("Agency", stage.platform);
    expect((await codeOf(() => join(late, link, "circle")))?.code).toBe("host.mailbox-written");
    expect(late.read().circles).toEqual([]);
  });
});
