import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { hasBrowser, makeIdentity, newPerson, startBrowser } from "./kit.ts";

const file = new URL("../../dist/symbolon.html", import.meta.url).href;

describe.skipIf(!hasBrowser)("the single file", () => {
  let host: TestHost;
  let browser: Browser;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startTestHost(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("works from a disk, and asks nobody but the circle's host", async () => {
    const person = await newPerson(browser, file, {}, [host.url]);
    const { page } = person;
    expect(fileURLToPath(page.url())).toMatch(/symbolon\.html$/);
    await makeIdentity(person, "Newsroom A", "Editor A");
    await page.getByRole("button", { name: "Found a circle" }).click();
    await page.getByLabel("What you call it").fill("press");
    await page.getByLabel("Address of the host").fill(host.url);
    await page.getByRole("button", { name: "Found it" }).click();
    await page.getByRole("heading", { name: "press" }).waitFor();
    expect(person.wrongs).toEqual([]);
  });
});
