import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Circle,
  foundCircle,
  headCode,
  headWords,
  join,
  memoryStorage,
  openCircle,
  say,
} from "../../src/client/index.ts";
import { dropEntry, type EvilHost, evilHost, rollBack, unsigned } from "../kit/evil-host.ts";
import type { TestHost } from "../kit/host.ts";
import { newMember, testPlatform } from "../kit/members.ts";
import { cameraThatSees } from "./camera.ts";
import { bringPersonIn, button, inviteBy, lookForNews, openCirclePart, weigh } from "./coordinating.ts";
import { type EvilServer, serveLies } from "./evil.ts";
import { hasBrowser, makeIdentity, newPerson, type Person, startBrowser, startWebHost } from "./kit.ts";

const checkIn = (circle: Circle) => say(circle, [{ kind: "check-in", tlp: "TLP:AMBER" }]);

/** The same member on the same data as now, through another network: what happens there is unknown here. */
async function reopened(circle: Circle, fetch: typeof globalThis.fetch): Promise<Circle> {
  let record = circle.identity.read();
  const apart = {
    ...circle.identity,
    storage: memoryStorage(),
    platform: { ...circle.platform, fetch },
    read: () => record,
    update: async (change: (before: typeof record) => typeof record) => {
      record = change(record);
    },
  };
  const opened = await openCircle(apart, circle.id);
  await opened.sync();
  return opened;
}

describe.skipIf(!hasBrowser)("a host that lies, and what a person sees", () => {
  let web: TestHost;
  let evil: EvilHost;
  let server: EvilServer;
  beforeAll(async () => {
    [web, evil] = await Promise.all([startWebHost(), evilHost()]);
    server = await serveLies(evil.fetch);
  });
  afterAll(async () => {
    await server.close();
    await web.stop();
  });

  /** A circle at the host that lies, as its founder knows it. */
  async function founded(): Promise<Circle> {
    const platform = { ...(await testPlatform()), fetch: evil.fetch };
    const identity = await newMember("Newsroom A", platform, { member: "Editor A" });
    return foundCircle(identity, { address: server.url, label: "press", policy: { windowHours: 0 } });
  }

  async function opened(browser: Browser): Promise<Person> {
    return newPerson(browser, web.url, {}, [server.url]);
  }

  test("an entry dropped, and a log set back: said, nothing of it used, what was verified stays", async () => {
    const browser = await startBrowser();
    try {
      const a = await founded();
      const person = await opened(browser);
      const { page } = person;
      await bringPersonIn(a, person, { organization: "Newsroom P", member: "Editor P", coordinates: true });
      await lookForNews(person);
      await openCirclePart(person, "Log");
      const verified = await page.getByText(/\d+ entries, verified on this device/).innerText();
      const size = Number(/\d+/.exec(verified)?.[0]);

      await checkIn(a);
      for (const lie of [unsigned(dropEntry(size)), rollBack(size - 1)]) {
        evil.tell(lie);
        await lookForNews(person);
        await openCirclePart(person, "Log");
        await page.getByText("The host shows something false").waitFor();
        await page.getByText(new RegExp(`as it was verified before, ${size} entries`)).waitFor();
        evil.tell();
      }
      await lookForNews(person);
      await openCirclePart(person, "Log");
      await page.getByText(/\d+ entries, verified on this device/).waitFor();
      expect(person.wrongs).toEqual([]);
    } finally {
      evil.tell();
      await browser.close();
    }
  });

  test("two histories: the code of another member, seen by the camera, tells it", async () => {
    const a = await founded();
    // What A is shown from here on is another history than everybody else's.
    const elsewhere = await evil.fork();
    const there = await reopened(a, elsewhere.fetch);
    await checkIn(there);
    const camera = cameraThatSees(headCode(there));
    const browser = await startBrowser(camera.flags);
    try {
      const person = await opened(browser);
      const { page } = person;
      await bringPersonIn(a, person, { organization: "Newsroom P", member: "Editor P" });
      await openCirclePart(person, "Log");
      await button(page, "Scan their code").click();
      await page.getByText("The host shows you two different logs").waitFor();
      expect(person.wrongs).toEqual([]);
    } finally {
      await browser.close();
      camera.remove();
    }
  });

  test("one history: what the other has of it is the same, by code and by the words of as many entries", async () => {
    const a = await founded();
    const shorter = a.state().position;
    const words = headWords(a, shorter, "en");
    const camera = cameraThatSees(headCode(a));
    const browser = await startBrowser(camera.flags);
    try {
      const person = await opened(browser);
      const { page } = person;
      await bringPersonIn(a, person, { organization: "Newsroom P", member: "Editor P" });
      await openCirclePart(person, "Log");
      await button(page, "Scan their code").click();
      await page.getByText("You see the same log").waitFor();
      await page.getByLabel("They see fewer entries: how many").fill(String(shorter));
      await button(page, "Show those words").click();
      const list = page.getByRole("list", { name: "Words of the log" }).getByRole("listitem");
      await expect.poll(() => list.allTextContents()).toEqual(words);
      expect(person.wrongs).toEqual([]);
    } finally {
      await browser.close();
      camera.remove();
    }
  });

  test("a contradiction signed by the host: kept as proof, and the circle is read and not written to", async () => {
    const browser = await startBrowser();
    try {
      const a = await founded();
      const person = await opened(browser);
      const { page } = person;
      await bringPersonIn(a, person, { organization: "Newsroom P", member: "Editor P", coordinates: true });
      await lookForNews(person);
      const elsewhere = await evil.fork();
      const there = await reopened(a, elsewhere.fetch);
      await checkIn(there);
      await checkIn(there);
      await checkIn(a);
      await lookForNews(person);
      const other = await elsewhere.entries(a.id);
      evil.tell({ log: () => other });
      await lookForNews(person);
      await openCirclePart(person, "Log");
      await page.getByText("The host has shown two different histories").waitFor();
      await openCirclePart(person, "Overview");
      await page.getByRole("alert").first().waitFor();
      expect(person.wrongs).toEqual([]);
    } finally {
      evil.tell();
      await browser.close();
    }
  });

  test("an invitation that somebody else answered: said to the joiner and, loudly, to who gave it out", async () => {
    const browser = await startBrowser();
    try {
      const a = await founded();
      const person = await opened(browser);
      const { page } = person;
      await bringPersonIn(a, person, { organization: "Newsroom P", member: "Editor P", coordinates: true });
      await lookForNews(person);
      const link = await inviteBy(person);
      const platform = { ...(await testPlatform()), fetch: evil.fetch };
      await join(await newMember("Relief Group C", platform), link, "press");
      const late = await opened(browser);
      await makeIdentity(late, "Relief Group C", "Medic C");
      await button(late.page, "Join by an invitation").click();
      await late.page.getByLabel("Invitation link").fill(link);
      await late.page.getByLabel("What you call it").fill("press");
      await button(late.page, "Ask to join").click();
      await late.page.getByRole("alert").waitFor();
      await openCirclePart(person, "Coming in");
      await button(page, "Look who has answered").click();
      await page.getByText("Two devices answered this invitation").waitFor();
      expect(await button(page, "Compare the safety words").count()).toBe(0);
      await weigh(page, "Withdraw", "Withdraw");
      await page.getByText("None is open.").waitFor();
      expect(person.wrongs).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
