import { readFileSync, rmSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { alteredWeb } from "./altered.ts";
import { lookForNews } from "./coordinating.ts";
import {
  addDevice,
  foundCircle,
  hasBrowser,
  makeIdentity,
  newPerson,
  type Person,
  saved,
  startBrowser,
  startWebHost,
} from "./kit.ts";
import { about, attest, carry, newsroom, tell, vouchFor, warn } from "./vet-world.ts";

const phone = "+84912345678";

const open = ({ page }: Person, section: string) =>
  page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name: section, exact: true }).click();

/** Asks what is held about a phone number. */
async function askAbout(person: Person, number: string): Promise<void> {
  const { page } = person;
  await open(person, "Safety");
  await page.getByRole("button", { name: "What is held about somebody" }).click();
  await page.getByLabel("Their phone, mail, accounts").fill(number);
  await page.getByRole("button", { name: "Find", exact: true }).click();
}

describe.skipIf(!hasBrowser)("when something is taken or asked for", () => {
  let host: TestHost;
  let browser: Browser;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("a laptop seized unlocked: ended from another device, it reads nothing that comes after", async () => {
    const desk = await newPerson(browser, host.url);
    await makeIdentity(desk, "Newsroom A", "Editor A");
    await foundCircle(desk, "press");
    const laptop = await addDevice(desk, browser, host.url);
    await open(desk, "Safety");
    await desk.page.getByRole("button", { name: "Devices" }).click();
    await desk.page.getByRole("button", { name: "End this device" }).click();
    await desk.page.getByRole("dialog").getByRole("button", { name: "End it", exact: true }).click();
    await desk.page.getByText("ended", { exact: true }).waitFor();
    await open(desk, "Statements");
    await desk.page.getByRole("button", { name: "Guides" }).click();
    await desk.page.getByLabel("Title").fill("After the laptop was taken");
    await desk.page.getByLabel("Steps, one on each line").fill("Meet elsewhere.");
    await desk.page.getByRole("button", { name: "Share it" }).click();
    await desk.page.getByText("Meet elsewhere.").waitFor();

    await open(laptop, "Today");
    await lookForNews(laptop);
    await laptop.page.getByText("no longer a member").first().waitFor();
    await open(laptop, "Statements");
    await laptop.page.getByRole("button", { name: "Guides" }).click();
    await laptop.page.getByText("No guides yet.").waitFor();
    expect(await laptop.page.content()).not.toContain("Meet elsewhere.");
    expect(desk.wrongs).toEqual([]);
  });

  test("the host is seized: everybody keeps what they had, looks it up, and carries the log away", async () => {
    const own = await startTestHost();
    let isStopped = false;
    try {
      const cast = await newsroom(own);
      const b = await cast.join("Newsroom B");
      await tell(cast.press, vouchFor(b));
      await tell(b, attest(about(phone), "Delivered three stories."));
      const person = await newPerson(browser, host.url, {}, [own.url]);
      const { page } = person;
      await carry(person, cast.editor);
      await page
        .getByText(/\d organizations?, \d+ statements?/)
        .first()
        .waitFor();
      await own.stop();
      isStopped = true;
      await page.getByRole("button", { name: "Look for news now" }).click();
      await page.getByText("The host does not answer").first().waitFor();
      await askAbout(person, "0912 345 678");
      await page.getByText("Delivered three stories.").waitFor();
      await open(person, "Circle");
      await page.getByRole("main").getByRole("button", { name: "press" }).click();
      await page.getByRole("navigation", { name: "Parts of this circle" }).getByRole("button", { name: "Log" }).click();
      const log = readFileSync(await saved(person, () => page.getByRole("button", { name: "Save the log" }).click()));
      expect(log.length).toBeGreaterThan(1000);
      expect(person.wrongs.filter((wrong) => !wrong.includes("ERR_CONNECTION_REFUSED"))).toEqual([]);
    } finally {
      if (!isStopped) await own.stop();
    }
  });

  test("somebody asks what is held about them: it is handed out, corrected, and one's own is erased", async () => {
    const cast = await newsroom(host);
    const b = await cast.join("Newsroom B");
    await tell(cast.press, vouchFor(b));
    await tell(b, { ...attest(about(phone), "Delivered three stories."), chathamHouse: true });
    await tell(cast.press, warn(about(phone), "Asked for the names of sources."));
    const person = await newPerson(browser, host.url);
    const { page } = person;
    await carry(person, cast.editor);
    await askAbout(person, "0912 345 678");
    await page.getByRole("heading", { name: "2 statements" }).waitFor();
    const file = await saved(person, () => page.getByRole("button", { name: "Save it for the person" }).click());
    const held = readFileSync(file, "utf8");
    expect(held).toContain("Delivered three stories.");
    expect(held).toContain("Asked for the names of sources.");
    // What was said under the Chatham House Rule says nothing of who said it.
    expect(held).not.toContain("Newsroom B");
    expect(held).not.toContain(b.me().organization);

    const card = (text: string) => page.getByRole("article").filter({ hasText: text });
    await card("Delivered three stories.").getByRole("button", { name: "Open" }).click();
    await page.getByRole("button", { name: "Say something of it" }).click();
    await page.getByLabel("pass on the subject's own words").check();
    await page.getByLabel("In the subject's own words").fill("It was four.");
    await page.getByRole("button", { name: "Say it" }).click();
    await page.getByText("It was four.").waitFor();

    await askAbout(person, "0912 345 678");
    await card("Asked for the names of sources.").getByRole("button", { name: "Open" }).click();
    await page.getByRole("button", { name: "Erase it" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Erase", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await askAbout(person, "0912 345 678");
    await page.getByRole("heading", { name: "1 statement", exact: true }).waitFor();
    await b.sync();
    await b.settle();
    const texts = b.statements().map(({ statement }) => statement.text);
    expect(texts).toContain("It was four.");
    expect(texts).not.toContain("Asked for the names of sources.");
    expect(person.wrongs).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)("when the host serves bad code", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  async function visit(web: string, look: (person: Person) => Promise<void>): Promise<void> {
    const host = await startTestHost({ web });
    try {
      await look(await newPerson(browser, host.url));
    } finally {
      await host.stop();
      rmSync(web, { recursive: true, force: true });
    }
  }

  test("a script that is not the one whose hash the page names does not run", async () => {
    await visit(
      alteredWeb(/^assets\/index-.*\.js$/, (script) => `document.title = "taken";${script}`),
      async ({ page, wrongs }) => {
        await page.getByText("Loading. If nothing comes, reload the page.").waitFor();
        await expect.poll(() => wrongs.join()).toContain("integrity");
        expect(await page.title()).toBe("Notes");
        expect(await page.getByRole("button").count()).toBe(0);
      },
    );
  });

  test("a careless host is told apart: the check names the file that differs", async () => {
    await visit(
      alteredWeb(/^assets\/worker-.*\.js$/, (script) => `${script};`),
      async (person) => {
        const { page } = person;
        await makeIdentity(person, "Newsroom A", "Editor A");
        await open(person, "Safety");
        await page.getByRole("button", { name: "Compare the files" }).click();
        await page.getByText("1 file is not what the manifest names. Do not go on here").waitFor();
        await page.getByLabel("Published hash").fill("00".repeat(32));
        await page.getByText("This is another hash: the application here is not the published one.").waitFor();
        expect(person.wrongs).toEqual([]);
      },
    );
  });
});
