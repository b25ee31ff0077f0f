import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestHost } from "../kit/host.ts";
import { bringPersonIn, circleOnHost, openCirclePart } from "./coordinating.ts";
import { hasBrowser, newPerson, startBrowser, startWebHost } from "./kit.ts";

describe.skipIf(!hasBrowser)("by the keyboard alone", () => {
  let host: TestHost;
  let browser: Browser;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("one goes from the section to a member, and the focus comes along", async () => {
    const circle = await circleOnHost(host.url, { policy: { windowHours: 0, sponsors: 0 } });
    const person = await newPerson(browser, host.url);
    await bringPersonIn(circle, person, { organization: "Newsroom P", member: "Editor P" });
    const { page } = person;
    await openCirclePart(person, "Overview");
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await expect.poll(focused).toBe("press");
    const wanted = page.getByRole("main").getByRole("button", { name: "Editor A", exact: true });
    await wanted.waitFor();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      if (await wanted.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Editor A" }).waitFor();
    expect(await focused()).toBe("Editor A");
    expect(person.wrongs).toEqual([]);
  });
});
