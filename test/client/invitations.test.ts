import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  arrivals,
  type Circle,
  candidateNames,
  consider,
  foundCircle,
  invitationsGiven,
  invite,
  join,
  openCandidates,
  withdraw,
} from "../../src/client/index.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { newMember, type TestClock, testPlatform } from "../kit/members.ts";

let host: TestHost;
let circle: Circle;
const clock: TestClock = { hours: 0 };
const standings = async () => (await invitationsGiven(circle)).map(({ standing }) => standing);
const somebody = async (organization: string) => newMember(organization, await testPlatform(clock));
beforeAll(async () => {
  host = await startTestHost({ now: () => Date.now() + clock.hours * 3_600_000 });
  circle = await foundCircle(await somebody("Newsroom A"), { address: host.url, label: "press" });
});
afterAll(() => host.stop());

describe("an invitation that was given out", () => {
  it("is open, then asked; a second answer shows it as intercepted, and hides no other", async () => {
    const first = await invite(circle);
    const second = await invite(circle);
    expect(await standings()).toEqual(["open", "open"]);
    await join(await somebody("Newsroom B"), second.link, "press");
    expect(await standings()).toEqual(["open", "asked"]);
    await join(await somebody("Relief Group C"), first.link, "press");
    await expect(join(await somebody("Newsroom B"), first.link, "press")).rejects.toMatchObject({
      code: "host.mailbox-written",
    });
    expect(await standings()).toEqual(["intercepted", "asked"]);
    await expect(arrivals(circle)).rejects.toMatchObject({ code: "invitation.intercepted" });
    await withdraw(circle, first.key);
    expect(await standings()).toEqual(["asked"]);
  });

  it("leads to a candidate, whose names are those that the request promised", async () => {
    const [arrived] = await arrivals(circle);
    if (arrived === undefined) throw new Error("nobody arrived");
    await consider(circle, arrived);
    await circle.settle();
    expect(await standings()).toEqual([]);
    const [candidate] = openCandidates(circle);
    if (candidate === undefined) throw new Error("there is no candidate");
    expect(candidateNames(circle, candidate)).toMatchObject({
      organization: "Newsroom B",
      member: "Editor of Newsroom B",
    });
    const promised = { ...candidate, request: { ...candidate.request, memberName: new Uint8Array(32) } };
    expect(candidateNames(circle, promised)).toEqual({ organization: "Newsroom B" });
  });

  it("is taken back, and then nobody comes in by it", async () => {
    const { link, key } = await invite(circle);
    await withdraw(circle, key);
    expect(await standings()).toEqual([]);
    await expect(join(await somebody("Film Collective D"), link, "press")).rejects.toMatchObject({
      code: "host.unauthorized",
    });
  });

  it("runs out, and is shown as that", async () => {
    await invite(circle, { hours: 1 });
    clock.hours += 3;
    expect(await standings()).toEqual(["expired"]);
  });
});
