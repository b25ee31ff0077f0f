import { rmSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EvilHost, evilHost } from "../kit/evil-host.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { webFiles } from "../kit/web-files.ts";
import { alteredWeb } from "./altered.ts";
import { lookForNews } from "./coordinating.ts";
import { serveLies } from "./evil.ts";
import {
  foundCircle,
  hasBrowser,
  makeIdentity,
  newPerson,
  openTab,
  type Person,
  saved,
  startBrowser,
  startWebHost,
  withoutJit,
} from "./kit.ts";

const open = ({ page }: Person, section: string) =>
  page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name: section, exact: true }).click();

async function unlock({ page }: Person, phrase: string): Promise<void> {
  await page.getByLabel("Passphrase").fill(phrase);
  await page.getByRole("button", { name: "Unlock" }).click();
}

/** Writes a guide, and stops before it is sent. */
async function writeGuide(person: Person, title: string): Promise<void> {
  const { page } = person;
  await open(person, "Statements");
  await page.getByRole("button", { name: "Guides" }).click();
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Steps, one on each line").fill("Call the source.");
}

const guide = ({ page }: Person, title: string) => page.getByRole("article").getByText(title, { exact: true });
const share = ({ page }: Person) => page.getByRole("button", { name: "Share it" }).click();

/** What the browser itself says where a request failed is no fault of the page. */
const faults = ({ wrongs }: Person) => wrongs.filter((wrong) => !wrong.includes("Failed to load resource"));

/** The application whose worker runs `script` before anything else. */
const withWorker = (script: string) => alteredWeb(/^assets\/worker-.*\.js$/, (worker) => `{${script}}\n${worker}`);

describe.skipIf(!hasBrowser)("when something is lost, full, closed or down", () => {
  let host: TestHost;
  let browser: Browser;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("the passphrase is lost: said what that means and what to do, and nothing is deleted for it", async () => {
    const person = await newPerson(browser, host.url);
    const { page } = person;
    const phrase = await makeIdentity(person, "Newsroom A", "Editor A");
    await page.getByRole("button", { name: "Lock" }).click();
    for (let i = 0; i < 3; i++) {
      await unlock(person, `not these words ${i}`);
      await page.getByText("This passphrase does not open the identity").waitFor();
    }
    await page.getByText("I do not have the words any more").click();
    await page.getByText("ask a coordinator to admit you anew").waitFor();
    await unlock(person, phrase);
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
    expect(person.wrongs).toEqual([]);
  });

  test("the storage is full: said, what was there stays, and it goes on when there is room", async () => {
    const web = withWorker(`
      let isFull = false;
      new BroadcastChannel("room").onmessage = ({ data }) => { isFull = data === "full"; };
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...given) {
        if (isFull) throw new DOMException("", "QuotaExceededError");
        return put.apply(this, given);
      };`);
    const small = await startTestHost({ web });
    try {
      const person = await newPerson(browser, small.url);
      const { page } = person;
      const phrase = await makeIdentity(person, "Newsroom A", "Editor A");
      await foundCircle(person, "press");
      const room = (state: "full" | "free") =>
        page.evaluate((told) => new BroadcastChannel("room").postMessage(told), state);
      await room("full");
      await open(person, "Today");
      await page.getByRole("button", { name: "Found a circle" }).click();
      await page.getByLabel("What you call it").fill("allies");
      await page.getByRole("button", { name: "Found it" }).click();
      await page.getByText("This browser has no room left").waitFor();
      expect(await page.getByLabel("What you call it").inputValue()).toBe("allies");
      await room("free");
      await page.getByRole("button", { name: "Found it" }).click();
      await page.getByRole("heading", { name: "allies" }).waitFor();
      await page.reload();
      await unlock(person, phrase);
      await page.getByRole("heading", { name: "press" }).waitFor();
      expect(await page.getByText(/1 organization, \d+ statements?/).count()).toBe(2);
      expect(person.wrongs).toEqual([]);
    } finally {
      await small.stop();
      rmSync(web, { recursive: true, force: true });
    }
  });

  test("the tab is closed while a statement is on its way: it is there once, and the log holds", async () => {
    const evil: EvilHost = await evilHost();
    // The host takes what is sent, and its answer never comes.
    let isDeaf = false;
    let took: () => void = () => {};
    const taken = new Promise<void>((resolve) => {
      took = resolve;
    });
    const server = await serveLies(async (request, init) => {
      const response = await evil.fetch(request, init);
      if (!isDeaf || (request as Request).method !== "POST") return response;
      took();
      return new Promise<never>(() => {});
    });
    try {
      const person = await newPerson(browser, host.url, {}, [server.url]);
      const phrase = await makeIdentity(person, "Newsroom A", "Editor A");
      await person.page.getByRole("button", { name: "Found a circle" }).click();
      await person.page.getByLabel("Address of the host").fill(server.url);
      await person.page.getByLabel("What you call it").fill("press");
      await person.page.getByRole("button", { name: "Found it" }).click();
      await person.page.getByRole("heading", { name: "press" }).waitFor();
      await writeGuide(person, "Before you publish");
      isDeaf = true;
      await share(person);
      await taken;
      await person.page.close();
      isDeaf = false;
      const again = await openTab(person, host.url, [server.url]);
      await unlock(again, phrase);
      await lookForNews(again);
      await open(again, "Statements");
      await again.page.getByRole("button", { name: "Guides" }).click();
      await guide(again, "Before you publish").waitFor();
      expect(await guide(again, "Before you publish").count()).toBe(1);
      expect([...faults(person), ...faults(again)]).toEqual([]);
    } finally {
      await server.close();
    }
  });
});

describe.skipIf(!hasBrowser)("when the host is down, or somebody's clock is wrong", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test("said what to do; what was written stays, and is sent when the host is there again", async () => {
    let host = await startWebHost();
    try {
      const person = await newPerson(browser, host.url);
      const { page } = person;
      await makeIdentity(person, "Newsroom A", "Editor A");
      await foundCircle(person, "press");
      await writeGuide(person, "Before you publish");
      await host.close();
      await share(person);
      await page.getByText("The host does not answer").waitFor();
      expect(await page.getByLabel("Title").inputValue()).toBe("Before you publish");
      host = await host.restart();
      await share(person);
      await guide(person, "Before you publish").waitFor();
      expect(faults(person)).toEqual([]);
    } finally {
      await host.stop();
    }
  });

  test("a clock that is an hour off stops nothing, and is told until it is right", async () => {
    let ahead = 0;
    const host = await startTestHost({ web: webFiles, now: () => Date.now() + ahead });
    try {
      const person = await newPerson(browser, host.url);
      const { page } = person;
      await makeIdentity(person, "Newsroom A", "Editor A");
      await foundCircle(person, "press");
      await writeGuide(person, "Before you publish");
      ahead = 3_600_000;
      await share(person);
      await guide(person, "Before you publish").waitFor();
      await open(person, "Today");
      await page.getByText("This device's clock and the host's are more than five minutes apart").waitFor();
      ahead = 0;
      await lookForNews(person);
      await page.getByText("more than five minutes apart").waitFor({ state: "detached" });
      expect(faults(person)).toEqual([]);
    } finally {
      await host.stop();
    }
  });
});

describe.skipIf(!hasBrowser)("as in Tor Browser's Safer", () => {
  test("without WebAssembly, JIT and storage: the identity is carried as a file", async () => {
    const web = withWorker('IDBFactory.prototype.open = () => { throw new DOMException("", "InvalidStateError"); };');
    const [host, browser] = await Promise.all([startTestHost({ web }), startBrowser([withoutJit])]);
    try {
      const person = await newPerson(browser, host.url);
      const { page } = person;
      expect(await page.evaluate(() => typeof WebAssembly)).toBe("undefined");
      const phrase = await makeIdentity(person, "Newsroom A", "Editor A");
      await foundCircle(person, "press");
      await page.getByText("This browser keeps nothing").waitFor();
      const file = await saved(person, () => page.getByRole("button", { name: "Save the identity file" }).click());
      await page.getByText("This browser keeps nothing").waitFor({ state: "detached" });
      await page.reload();
      await page.getByRole("heading", { level: 1, name: "Welcome" }).waitFor();
      await page.getByRole("button", { name: "Bring an identity file" }).click();
      await page.getByLabel("Identity file").setInputFiles(file);
      await page.getByLabel("Passphrase").fill(phrase);
      await page.getByRole("button", { name: "Open", exact: true }).click();
      await page.getByRole("heading", { name: "press" }).waitFor();
      await page.getByText(/1 organization, \d+ statements?/).waitFor();
      expect(person.wrongs).toEqual([]);
    } finally {
      await browser.close();
      await host.stop();
      rmSync(web, { recursive: true, force: true });
    }
  });

  test("at Safest, where no script runs, a page says which level is needed", async () => {
    const [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
    try {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(host.url);
      const shown = await page.locator("body").innerText();
      expect(shown).toContain("set the security level to Safer");
      expect(shown).toContain("hãy đặt mức bảo mật Safer");
    } finally {
      await browser.close();
      await host.stop();
    }
  });
});
