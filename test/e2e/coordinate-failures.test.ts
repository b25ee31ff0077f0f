import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { approve, type Circle, join, namesIn, remove, say, tick } from "../../src/client/index.ts";
import type { TestHost } from "../kit/host.ts";
import { bringIn, newMember, type TestClock, testPlatform } from "../kit/members.ts";
import {
  bringPersonIn,
  button,
  circleOnHost,
  compareWords,
  inviteBy,
  lookForNews,
  openCirclePart,
  openMember,
  organizationOf,
  weigh,
} from "./coordinating.ts";
import { hasBrowser, newPerson, type Person, startBrowser, startWebHost } from "./kit.ts";

const hoursPerDay = 24;
const phone = { identifiers: [{ kind: "phone", value: "+84912345678" }] } as const;

/** A circle of Newsroom A, Relief Group C and the person, who coordinates as A does; no waiting time. */
async function withPerson(host: TestHost, person: Person): Promise<{ a: Circle; c: Circle }> {
  const a = await circleOnHost(host.url, { policy: { windowHours: 0, sponsors: 0 } });
  const c = await bringIn(a, await newMember("Relief Group C", await testPlatform(), { member: "Medic C" }));
  await bringPersonIn(a, person, {
    organization: "Newsroom P",
    member: "Editor P",
    coordinates: true,
    approvedBy: [c],
  });
  await lookForNews(person);
  return { a, c };
}

/** The only proposal, approved by another member through the SDK. */
async function approvedBy(circle: Circle): Promise<void> {
  await circle.sync();
  const open = [...circle.state().proposals.values()].find((one) => !one.executed);
  if (open === undefined) throw new Error("nothing is proposed");
  await approve(circle, open.id);
}

const card = ({ page }: Person, title: RegExp): Locator =>
  page.getByRole("article").filter({ has: page.getByRole("heading", { name: title }) });

describe.skipIf(!hasBrowser)("when it goes wrong in a circle", () => {
  let host: TestHost;
  let browser: Browser;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("a member is detained: missed, suspended, and what leaned on them since is listed", async () => {
    const past: TestClock = { hours: -10 * hoursPerDay };
    const clocks = { a: { ...past }, b: { ...past }, c: { ...past } };
    const longAgo = { hours: 900 };
    const a = await circleOnHost(host.url, { clock: clocks.a, policy: { windowHours: 0, sponsors: 0 } });
    const editor = await newMember("Newsroom B", await testPlatform(clocks.b), { member: "Editor B" });
    const b = await bringIn(a, editor, longAgo);
    const medic = await newMember("Relief Group C", await testPlatform(clocks.c), { member: "Medic C" });
    const c = await bringIn(a, medic, longAgo);
    await say(b, [{ kind: "attestation", tlp: "TLP:AMBER", attests: "identity", subject: phone }]);
    clocks.b.hours = -8 * hoursPerDay;
    await b.sync();
    await say(b, [{ kind: "attestation", tlp: "TLP:AMBER", attests: "delivered-work", subject: phone }]);
    // From here on nothing comes from B. The others go on.
    clocks.c.hours = 0;
    await say(c, [{ kind: "check-in", tlp: "TLP:AMBER" }]);
    clocks.a.hours = 0;
    await a.sync();
    await a.settle();
    await say(a, [{ kind: "decision", tlp: "TLP:AMBER", verdict: "yes", subject: phone }]);
    const person = await newPerson(browser, host.url);
    await bringPersonIn(a, person, {
      organization: "Newsroom P",
      member: "Editor P",
      coordinates: true,
      approvedBy: [c],
    });
    const { page } = person;

    await lookForNews(person);
    await openCirclePart(person, "Overview");
    await page.getByText("Nothing has come from one member").waitFor();
    await openMember(person, "Editor B");
    await page.getByText("Nothing has come from them for longer than the check-in interval.").waitFor();
    await weigh(page, "Suspend", "Suspend now");

    await button(page, "End trust…").click();
    await page.getByLabel("They are under duress").check();
    const day = new Date(Date.now() - 9 * hoursPerDay * 3_600_000).toISOString().slice(0, 10);
    await page.getByLabel("Since which day").fill(day);
    await page.getByRole("heading", { name: "One statement of theirs stops counting" }).waitFor();
    await page.getByRole("heading", { name: "One decision leaned on them" }).waitFor();
    await weigh(page, "End trust", "Propose it");
    await page.getByText("Proposed: nothing has changed yet").waitFor();
    await approvedBy(c);
    await lookForNews(person);
    await openCirclePart(person, "Decisions");
    await weigh(page, "Carry it out", "Carry it out");
    await openMember(person, "Editor B");
    await page.getByText("under duress", { exact: true }).waitFor();
    expect(person.wrongs).toEqual([]);
  });

  test("a coordinator is arrested: another suspends them together with a reserve", async () => {
    const person = await newPerson(browser, host.url);
    const { a, c } = await withPerson(host, person);
    const { page } = person;
    await openMember(person, "Editor A");
    await page.getByText("A coordinator: needs a second organization. Reversible.").waitFor();
    await weigh(page, "Suspend", "Propose it");
    await page.getByText("Proposed: nothing has changed yet").waitFor();
    await openCirclePart(person, "Decisions");
    await page.getByText(/It concerns .*Newsroom A/).waitFor();
    expect(await button(page, "Carry it out").count()).toBe(0);
    await approvedBy(c);
    await lookForNews(person);
    await openCirclePart(person, "Decisions");
    await weigh(page, "Carry it out", "Carry it out");
    await openMember(person, "Editor A");
    await page.getByText(/Suspended by .*Editor P/).waitFor();
    await c.sync();
    expect(c.state().members.get(a.me().id)?.status).toBe("suspended");
    expect(person.wrongs).toEqual([]);
  });

  test("an organization lost all its keys: it is excluded and comes back with new ones, and the name is told", async () => {
    const person = await newPerson(browser, host.url);
    const { a, c } = await withPerson(host, person);
    const { page } = person;
    await remove(a, { kind: "organization", organization: c.me().organization });
    await lookForNews(person);
    await openCirclePart(person, "Decisions");
    await button(page, "Approve").click();
    await weigh(page, "Carry it out", "Carry it out");
    await openCirclePart(person, "Overview");
    await page.getByText("1 organization that is no longer here").click();
    await page.getByRole("main").getByRole("button", { name: "Medic C" }).click();
    await page.getByText("They can come back with new keys").waitFor();
    const again = await newMember("Relief Group C", await testPlatform(), { member: "Medic C" });
    await join(again, await inviteBy(person), "press");
    await openCirclePart(person, "Coming in");
    await button(page, "Look who has answered").click();
    await button(page, "Compare the safety words").click();
    await page.getByText(/This name looks like .*Relief Group C/).waitFor();
    await compareWords(person);
    await weigh(page, "Admit", "Admit");
    await a.sync();
    await a.settle();
    const names = [...namesIn(a).organizations.values()].filter((name) => name === "Relief Group C");
    expect(names).toHaveLength(2);
    expect(person.wrongs).toEqual([]);
  });

  test("organizations disagree: both sides stand there by name, and a veto asks for one more", async () => {
    const person = await newPerson(browser, host.url);
    const { a, c } = await withPerson(host, person);
    const { page } = person;
    const editor = await newMember("Newsroom B", await testPlatform(), { member: "Editor B" });
    const b = await bringIn(a, editor);
    await remove(a, { kind: "organization", organization: organizationOf(a, "Newsroom B") });
    await lookForNews(person);
    await openCirclePart(person, "Decisions");
    const proposal = card(person, /Exclude the organization .*Newsroom B/);
    await proposal.getByText(/Approved by .*Newsroom A.* \(1 of 2 needed\)/).waitFor();
    await weigh(page, "Veto", "Veto");
    await proposal.getByText("vetoed", { exact: true }).waitFor();
    await proposal.getByText(/Approved by .*Newsroom A.* \(1 of 3 needed\)/).waitFor();
    expect(await proposal.getByRole("button", { name: "Carry it out" }).count()).toBe(0);
    await approvedBy(c);
    await lookForNews(person);
    await openCirclePart(person, "Decisions");
    await proposal.getByText(/Approved by .*Newsroom A.* and .*Relief Group C.* \(2 of 3 needed\)/).waitFor();
    await b.sync();
    expect(b.me().status).toBe("active");
    expect(person.wrongs).toEqual([]);
  });

  test("many flag one person at once, all of one branch: it is told as that", async () => {
    const person = await newPerson(browser, host.url);
    const { a } = await withPerson(host, person);
    const { page } = person;
    const flag = {
      kind: "red-flag",
      tlp: "TLP:AMBER",
      category: "infiltration",
      severity: "high",
      evidence: "told",
      expires: Math.floor(Date.now() / 86_400_000) + 30,
      subject: phone,
    } as const;
    for (const name of ["Newsroom E", "Newsroom F", "Newsroom G"]) {
      await say(await bringIn(a, await newMember(name, await testPlatform())), [flag]);
      await a.sync();
    }
    await lookForNews(person);
    await openCirclePart(person, "Trust");
    await page.getByText(/3 organizations, all by way of .*Newsroom A.* flagged the same within three days/).waitFor();
    await page.getByText("No chain of vouches leads from you to anybody yet.").waitFor();
    const tree = page.getByRole("region", { name: "Who brought whom in" });
    expect(await tree.getByRole("listitem").filter({ hasText: "Newsroom A" }).first().innerText()).toContain(
      "Newsroom G",
    );
    expect(person.wrongs).toEqual([]);
  });

  test("what is approved waits for its time, which no clock of one's own can shorten", async () => {
    const clock: TestClock = { hours: 0 };
    const a = await circleOnHost(host.url, { clock });
    const person = await newPerson(browser, host.url);
    await bringPersonIn(a, person, { organization: "Newsroom P", member: "Editor P", coordinates: true });
    const c = await bringIn(a, await newMember("Relief Group C", await testPlatform(clock), { member: "Medic C" }));
    const { page } = person;
    await lookForNews(person);
    await openMember(person, "Medic C");
    await button(page, "Change the role").click();
    await page.getByLabel("reader: reads only").check();
    await button(page, "Propose it").click();
    await page.getByText("Proposed: nothing has changed yet").waitFor();
    await approvedBy(a);
    await lookForNews(person);
    await openCirclePart(person, "Decisions");
    await page.getByText("Can be carried out from about").waitFor();
    expect(await button(page, "Carry it out").count()).toBe(0);
    // One organization alone does not move the circle's time, two do.
    clock.hours = 80;
    await tick(a);
    await lookForNews(person);
    await openCirclePart(person, "Decisions");
    await page.getByText("Can be carried out from about").waitFor();
    await c.sync();
    await tick(c);
    await lookForNews(person);
    await openCirclePart(person, "Decisions");
    await page.getByText("No waiting time is left").waitFor();
    await weigh(page, "Carry it out", "Carry it out");
    await c.sync();
    expect(c.me().role).toBe("reader");
    expect(person.wrongs).toEqual([]);
  });
});
