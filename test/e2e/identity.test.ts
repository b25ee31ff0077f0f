import { readFileSync, writeFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestHost } from "../kit/host.ts";
import {
  addDevice,
  foundCircle,
  hasBrowser,
  makeIdentity,
  newPerson,
  openTab,
  type Person,
  saved,
  startBrowser,
  startWebHost,
} from "./kit.ts";

/** A screen reader's and a person's way to a section. */
const section = ({ page }: Person, name: string) =>
  page.getByRole("navigation").getByRole("button", { name, exact: true }).click();
const unlock = async ({ page }: Person, phrase: string) => {
  await page.getByLabel("Passphrase").fill(phrase);
  await page.getByRole("button", { name: "Unlock" }).click();
};

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
    await unlock(person, "not these words");
    await page.getByText("This passphrase does not open the identity").waitFor();
    await unlock(person, phrase);
    await page.getByRole("heading", { name: "press" }).waitFor();
    expect(person.wrongs).toEqual([]);
  });

  test("does not go on with a phrase that was not written down", async () => {
    const person = await newPerson(browser, host.url);
    const { page } = person;
    await page.getByRole("button", { name: "Make a new identity" }).click();
    await page.getByLabel("Your organization's name").fill("Newsroom A");
    await page.getByLabel("Your own name").fill("Editor A");
    await page.getByRole("button", { name: "Next: the passphrase" }).click();
    await page.getByRole("button", { name: "I wrote the seven words down" }).click();
    expect(await page.getByRole("list", { name: "Your passphrase" }).isVisible()).toBe(false);
    for (const field of await page.getByLabel(/^Word number/).all()) await field.fill("definitely not a word");
    expect(await page.getByRole("button", { name: "Make the identity" }).isDisabled()).toBe(true);
    expect(await page.getByText("This is not the word on the list").count()).toBe(2);
  });

  test("is open in one tab: a second takes it over, and the first locks itself", async () => {
    const first = await newPerson(browser, host.url);
    const phrase = await makeIdentity(first, "Newsroom A", "Editor A");
    const second = await openTab(first, host.url);
    await unlock(second, phrase);
    await second.page.getByText("This identity is open in another tab").waitFor();
    await second.page.getByRole("button", { name: "Use it here, and lock it there" }).click();
    await second.page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
    await first.page.getByText("The identity was opened in another tab").waitFor();
    expect([...first.wrongs, ...second.wrongs]).toEqual([]);
  });

  test("is carried as a file to another browser; a damaged one is refused with a sentence", async () => {
    const person = await newPerson(browser, host.url);
    const phrase = await makeIdentity(person, "Newsroom A", "Editor A");
    await foundCircle(person, "press");
    await section(person, "Safety");
    await person.page.getByRole("button", { name: "Identity file" }).click();
    const path = await saved(person, () => person.page.getByRole("button", { name: "Save the identity file" }).click());

    const bring = async (file: string) => {
      const other = await newPerson(browser, host.url);
      await other.page.getByRole("button", { name: "Bring an identity file" }).click();
      await other.page.getByLabel("Identity file").setInputFiles(file);
      await other.page.getByLabel("Passphrase").fill(phrase);
      await other.page.getByRole("button", { name: "Open", exact: true }).click();
      return other;
    };
    const other = await bring(path);
    await other.page.getByRole("heading", { name: "press" }).waitFor();
    const damaged = `${path}.damaged`;
    writeFileSync(damaged, readFileSync(path).subarray(20));
    const third = await bring(damaged);
    await third.page.getByText("This is no identity file, or it is damaged").waitFor();
    expect([...person.wrongs, ...other.wrongs, ...third.wrongs]).toEqual([]);
  });

  test("locks by itself after fifteen idle minutes, and says so a minute before", async () => {
    const person = await newPerson(browser, host.url);
    const { page } = person;
    await page.clock.install();
    await page.reload();
    await makeIdentity(person, "Newsroom A", "Editor A");
    await page.clock.fastForward("14:01");
    await page.getByRole("dialog", { name: "Still there?" }).waitFor();
    await page.clock.fastForward("01:00");
    await page.getByRole("heading", { level: 1, name: "Unlock" }).waitFor();
  });

  test("leaves at once by Escape three times, and nothing of it stays in the page", async () => {
    const person = await newPerson(browser, host.url);
    await makeIdentity(person, "Newsroom A", "Editor A");
    for (let i = 0; i < 3; i++) await person.page.keyboard.press("Escape");
    await person.page.waitForURL("about:blank");
    expect(await person.page.content()).not.toContain("Newsroom");
  });

  test("is wiped with everything that the browser keeps", async () => {
    const person = await newPerson(browser, host.url);
    const { page } = person;
    await makeIdentity(person, "Newsroom A", "Editor A");
    await section(person, "Safety");
    await page.getByRole("button", { name: "Wipe this device" }).click();
    await page.getByLabel("Delete it all").check();
    await page.getByRole("button", { name: "Wipe and leave" }).click();
    await page.waitForURL("about:blank");
    await page.goto(host.url);
    await page.getByRole("heading", { level: 1, name: "Welcome" }).waitFor();
  });

  test("becomes a second device by a code, once the words were compared", async () => {
    const old = await newPerson(browser, host.url);
    await makeIdentity(old, "Newsroom A", "Editor A");
    await foundCircle(old, "press");
    const fresh = await addDevice(old, browser, host.url);
    await fresh.page.getByText("coordinator").waitFor();
    expect([...old.wrongs, ...fresh.wrongs]).toEqual([]);
  });
});
