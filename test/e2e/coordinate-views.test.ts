import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Circle, join, object, openCandidates, remove } from "../../src/client/index.ts";
import type { TestHost } from "../kit/host.ts";
import { bringIn, newMember, testPlatform } from "../kit/members.ts";
import { bringPersonIn, button, circleOnHost, inviteBy, openCirclePart, openMember } from "./coordinating.ts";
import { hasBrowser, newPerson, type Person, startBrowser, startWebHost } from "./kit.ts";

const parts = ["Overview", "Coming in", "Decisions", "Trust", "Rules", "Log"] as const;

/** Nothing that somebody could not see, hear or reach; nothing that has to be scrolled sideways. */
async function isFit(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, what).toBe(0);
}

describe.skipIf(!hasBrowser)("the views of a circle", () => {
  let host: TestHost;
  let browser: Browser;
  let person: Person;
  let a: Circle;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
    a = await circleOnHost(host.url, { policy: { windowHours: 0, sponsors: 0 } });
    const platform = await testPlatform();
    const c = await bringIn(a, await newMember("Relief Group C", platform, { member: "Medic C" }));
    person = await newPerson(browser, host.url);
    await bringPersonIn(a, person, {
      organization: "Newsroom P",
      member: "Editor P",
      coordinates: true,
      approvedBy: [c],
    });
    // Something of everything: an answered invitation, a candidate objected to, a proposal.
    await join(await newMember("Legal Aid D", platform), await inviteBy(person), "press");
    await openCirclePart(person, "Coming in");
    await button(person.page, "Compare the safety words").click();
    await button(person.page, "The words are the same").click();
    await person.page.getByRole("article").waitFor();
    await c.sync();
    const [candidate] = openCandidates(c);
    if (candidate === undefined) throw new Error("there is no candidate");
    await object(c, Uint8Array.from(Buffer.from(candidate.id, "hex")), "unknown");
    await remove(a, { kind: "organization", organization: c.me().organization });
    await join(await newMember("Film Collective E", platform), await inviteBy(person), "press");
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("have no fault that axe finds: at a desk, light and in English", { timeout: 120_000 }, async () => {
    const { page } = person;
    for (const part of parts) {
      await openCirclePart(person, part);
      await expect.poll(() => page.getByRole("progressbar").count()).toBe(0);
      await isFit(page, part);
    }
    await button(page, "Check the whole log").click();
    await page.getByText("Both implementations come to the same.").waitFor();
    await isFit(page, "log, checked");
    await openCirclePart(person, "Coming in");
    await button(page, "Object").click();
    await isFit(page, "objecting");
    await page.keyboard.press("Escape");
    await button(page, "Compare the safety words").click();
    await page.getByRole("list", { name: "Safety words" }).waitFor();
    await isFit(page, "safety words");
    await inviteBy(person);
    await openMember(person, "Medic C");
    await isFit(page, "member");
    await button(page, "Suspend").click();
    await isFit(page, "suspending");
    await page.keyboard.press("Escape");
    await button(page, "End trust…").click();
    await page.getByLabel("They are under duress").check();
    await page.getByText(/Nothing of theirs counts from entry/).waitFor();
    await isFit(page, "mark");
    await openCirclePart(person, "Overview");
    await page.getByRole("main").getByRole("button", { name: "Relief Group C" }).first().click();
    await page.getByRole("heading", { name: "Who vouches for them" }).waitFor();
    await isFit(page, "organization");
    await openCirclePart(person, "Rules");
    await button(page, "Propose other rules").click();
    await isFit(page, "other rules");
    expect(person.wrongs).toEqual([]);
  });

  test("nor on a narrow phone, dark and in Vietnamese", { timeout: 120_000 }, async () => {
    const { page } = person;
    await page.setViewportSize({ width: 320, height: 640 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator("header select").selectOption("vi");
    const nav = page.getByRole("navigation", { name: "Các phần", exact: true });
    for (const [i, part] of parts.entries()) {
      await nav.getByRole("button", { name: "Nhóm" }).click();
      await page.getByRole("navigation", { name: "Các phần của nhóm này" }).getByRole("button").nth(i).click();
      await page.getByRole("heading", { level: 2 }).or(page.getByRole("definition")).first().waitFor();
      await isFit(page, `${part}, vi`);
    }
    expect(person.wrongs).toEqual([]);
  });

  test("go by the keyboard alone, from the section to a member and back", async () => {
    const { page } = person;
    await page.locator("header select").selectOption("en");
    await page.setViewportSize({ width: 1280, height: 900 });
    await openCirclePart(person, "Overview");
    const heading = () => page.evaluate(() => document.activeElement?.textContent);
    expect(await heading()).toBe("press");
    const wanted = page.getByRole("main").getByRole("button", { name: "Editor A", exact: true });
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      if (await wanted.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Editor A" }).waitFor();
    expect(await heading()).toBe("Editor A");
    expect(person.wrongs).toEqual([]);
  });
});
