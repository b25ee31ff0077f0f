import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesBelow } from "../../src/web/build/files.ts";
import type { TestHost } from "../kit/host.ts";
import { webFiles } from "../kit/web-files.ts";
import { foundCircle, hasBrowser, makeIdentity, newPerson, startBrowser, startWebHost } from "./kit.ts";

const isPart = (file: string) => file.startsWith("assets/") && /\.(?:js|css)$/.test(file);

describe.skipIf(!hasBrowser)("without a network", () => {
  let host: TestHost;
  let browser: Browser;
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("the application opens, shows what was fetched, says so, and goes on when it is back", async () => {
    const person = await newPerson(browser, host.url);
    const { page, context } = person;
    const phrase = await makeIdentity(person, "Newsroom A", "Editor A");
    await foundCircle(person, "press");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await context.setOffline(true);
    await page.reload();
    await page.getByLabel("Passphrase").fill(phrase);
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByRole("heading", { name: "press" }).waitFor();
    await page.getByText("There is no network").waitFor();
    await page.getByText("Shown as this device last knew it").waitFor();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Look for news now" }).click();
    await page.getByText("Shown as this device last knew it").waitFor({ state: "detached" });
    expect(await page.getByText("There is no network").count()).toBe(0);
    const others = person.wrongs.filter((wrong) => !wrong.includes("ERR_INTERNET_DISCONNECTED"));
    expect(others).toEqual([]);
  });

  test("nothing of a host's answers is kept beside the identity's own storage", async () => {
    const person = await newPerson(browser, host.url);
    await makeIdentity(person, "Newsroom A", "Editor A");
    await foundCircle(person, "press");
    await person.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const kept = await person.page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toContain("/index.html");
    expect(kept.filter((path) => path.startsWith("/v1"))).toEqual([]);
  });

  test("where a browser keeps nothing, all of it is fetched at the beginning, and later no part is asked for", async () => {
    const person = await newPerson(browser, host.url);
    const { page, context } = person;
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => undefined });
    });
    const asked: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith("/assets/")) asked.push(pathname);
    });
    await page.goto(host.url);
    await expect
      .poll(() =>
        filesBelow(webFiles)
          .filter(isPart)
          .every((file) => asked.includes(`/${file}`)),
      )
      .toBe(true);
    await makeIdentity(person, "Newsroom A", "Editor A");
    await context.setOffline(true);
    await page.getByRole("navigation").getByRole("button", { name: "Safety" }).click();
    await page.getByRole("button", { name: "What is held about somebody" }).click();
    await page.getByRole("textbox").fill("+84 912 345 678");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.getByRole("heading", { name: "Nothing is held" }).waitFor();
    expect(person.wrongs).toEqual([]);
  });
});
