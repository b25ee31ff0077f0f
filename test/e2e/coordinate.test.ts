import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { join } from "../../src/client/index.ts";
import type { TestHost } from "../kit/host.ts";
import { newMember, testPlatform } from "../kit/members.ts";
import {
  askToJoin,
  button,
  compareWords,
  inviteBy,
  lookForNews,
  openCirclePart,
  openMember,
  weigh,
} from "./coordinating.ts";
import {
  foundCircle,
  hasBrowser,
  hasWasm,
  makeIdentity,
  newPerson,
  type Person,
  startBrowser,
  startWebHost,
} from "./kit.ts";

const candidate = (page: Page, name: string) => page.getByRole("article").filter({ hasText: name });

/** What a browser logs of itself where the host refuses a request: not the page's doing. */
const beside = (wrongs: readonly string[]) =>
  wrongs.filter((wrong) => !/Failed to load resource: .* 40[134]/.test(wrong));

describe.skipIf(!hasBrowser)("coordinating a circle in browsers", () => {
  let host: TestHost;
  let browser: Browser;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("three organizations invite, compare, sponsor, object, admit, suspend, exclude and rotate", {
    timeout: 240_000,
  }, async () => {
    const [a, b, c] = (await Promise.all([1, 2, 3].map(() => newPerson(browser, host.url)))) as [
      Person,
      Person,
      Person,
    ];
    await makeIdentity(a, "Newsroom A", "Editor A");
    await makeIdentity(b, "Newsroom B", "Editor B");
    await makeIdentity(c, "Relief Group C", "Medic C");
    await foundCircle(a, "press");

    // While A is alone its word is enough: no waiting time, so that the test does not wait for three days.
    await openCirclePart(a, "Rules");
    await button(a.page, "Propose other rules").click();
    await a.page.getByLabel("Waiting time, in hours").fill("0");
    await button(a.page, "Go on").click();
    await a.page.getByRole("dialog").getByText("Waiting time, in hours: 0 (was 72)").waitFor();
    await button(a.page, "Propose it").click();
    await a.page.getByText("Done. Everybody in the circle will see it.").waitFor();

    // B: invited by a link, the words equal on both sides, admitted, made a coordinator.
    const seenByB = await askToJoin(b, await inviteBy(a));
    expect(await compareWords(a)).toEqual(seenByB);
    expect(seenByB).toHaveLength(8);
    await weigh(a.page, "Admit", "Admit");
    await button(b.page, "Look whether I was admitted").click();
    await b.page.getByText("2 organizations").waitFor();
    await openMember(a, "Editor B");
    await button(a.page, "Change the role").click();
    await a.page.getByLabel("coordinator: invites").check();
    await button(a.page, "Propose it").click();
    await a.page.getByText("Done. Everybody in the circle will see it.").waitFor();

    // C: invited by B.
    await lookForNews(b);
    const seenByC = await askToJoin(c, await inviteBy(b));
    expect(await compareWords(b)).toEqual(seenByC);
    await weigh(b.page, "Admit", "Admit");
    await button(c.page, "Look whether I was admitted").click();
    await c.page.getByText("3 organizations").waitFor();

    // D: B objects and says why, A and C sponsor, and only then can D be admitted.
    const link = await inviteBy(a);
    const d = await newMember("Film Collective D", await testPlatform(), { member: "Director D" });
    await join(d, link, "press");
    await compareWords(a);
    expect(await candidate(a.page, "Director D").getByRole("button", { name: "Admit" }).count()).toBe(0);
    await lookForNews(b);
    await openCirclePart(b, "Coming in");
    await button(b.page, "Object").click();
    await b.page.getByLabel("they are not who they say").check();
    await b.page.getByLabel("What you know").fill("Their mail came from another domain.");
    await b.page.getByRole("dialog").getByRole("button", { name: "Object" }).click();
    await b.page.getByText(/Newsroom B.* objects: they are not who they say/).waitFor();
    await lookForNews(c);
    await openCirclePart(c, "Coming in");
    await c.page.getByText("Their mail came from another domain.").waitFor();
    await weigh(c.page, "Sponsor", "Sponsor");
    await lookForNews(a);
    await openCirclePart(a, "Coming in");
    await candidate(a.page, "Director D").getByText("Their mail came from another domain.").waitFor();
    await weigh(a.page, "Sponsor", "Sponsor");
    await weigh(a.page, "Admit", "Admit");
    await a.page.getByText("Nobody is under consideration.").waitFor();

    // D is suspended by A at once, and B, of another organization, confirms it.
    await openMember(a, "Director D");
    await weigh(a.page, "Suspend", "Suspend now");
    await a.page.getByText(/Suspended by .*Editor A.* nobody has confirmed it yet/).waitFor();
    await lookForNews(b);
    await openMember(b, "Director D");
    await weigh(b.page, "Confirm the suspension", "Confirm the suspension");
    await b.page.getByText(/confirmed by a second organization/).waitFor();

    // C is excluded: no one alone does it.
    await lookForNews(a);
    await openMember(a, "Medic C");
    await weigh(a.page, "Exclude", "Propose it");
    await a.page.getByText("Proposed: nothing has changed yet").waitFor();
    await lookForNews(b);
    await openCirclePart(b, "Decisions");
    await b.page.getByRole("heading", { name: /Exclude .*Medic C/ }).waitFor();
    expect(await b.page.getByRole("button", { name: "Carry it out" }).count()).toBe(0);
    await button(b.page, "Approve").click();
    await weigh(b.page, "Carry it out", "Carry it out");
    await b.page.getByText("Nothing is before the circle.").waitFor();
    await lookForNews(c);
    await openCirclePart(c, "Overview");
    await c.page.getByText("You are no longer a member of this circle").waitFor();

    // New keys by choice; who has not shown them yet is named.
    await lookForNews(a);
    await openCirclePart(a, "Overview");
    const keys = async () =>
      Number(/number (\d+)/.exec(await a.page.getByText(/These are keys number/).innerText())?.[1]);
    const before = await keys();
    await weigh(a.page, "Change the keys", "Change them now");
    await expect.poll(keys).toBe(before + 1);
    await a.page.getByText("1 device has not shown yet that it has the current keys").waitFor();

    // What both see is the same: compared by words, checked from the first entry by every implementation here, kept.
    await lookForNews(b);
    for (const person of [a, b]) await openCirclePart(person, "Log");
    const heard = (page: Page) =>
      page.getByRole("list", { name: "Words of the log" }).getByRole("listitem").allTextContents();
    await expect
      .poll(async () => {
        const [one, other] = await Promise.all([heard(a.page), heard(b.page)]);
        return one.length > 0 && one.join() === other.join();
      })
      .toBe(true);
    await button(a.page, "Check the whole log").click();
    await a.page
      .getByText(hasWasm ? "Both implementations come to the same." : "One implementation runs in this browser")
      .waitFor();
    const download = a.page.waitForEvent("download");
    await button(a.page, "Save the log").click();
    expect((await download).suggestedFilename()).toBe("log.cborseq");
    for (const person of [a, b]) expect(person.wrongs).toEqual([]);
    expect(beside(c.wrongs)).toEqual([]);
  });
});
