import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestHost } from "../kit/host.ts";
import { foundCircle, hasBrowser, makeIdentity, newPerson, startBrowser, startWebHost } from "./kit.ts";

describe.skipIf(!hasBrowser)("an identity in a browser", () => {
  let host: TestHost;
  let browser: Browser;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("is made, locked, and opened again by its phrase alone", async () => {
    const person = await newPerson(browser, host.url);
    const { page } = person;
    const phrase = await makeIdentity(person, "Newsroom A", "Editor A");
    await foundCircle(person, "press");
    await page.getByRole("button", { name: "Lock" }).click();
    await page.getByLabel("Passphrase").fill("not these words");
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByText("This passphrase does not open the identity").waitFor();
    await page.getByLabel("Passphrase").fill(phrase);
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByRole("heading", { name: "press" }).waitFor();
    expect(person.wrongs).toEqual([]);
  });
});
