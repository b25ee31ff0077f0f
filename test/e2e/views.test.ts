import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sections } from "../../src/web/views/index.ts";
import type { TestHost } from "../kit/host.ts";
import { type At, stage, walk, walkIdentity } from "./every-view.ts";
import { hasBrowser, newPerson, type Person, startBrowser, startWebHost } from "./kit.ts";
import type { Cast } from "./vet-world.ts";

type Looks = {
  readonly language: "en" | "vi" | "x-pseudo";
  readonly scheme: "light" | "dark";
  readonly width: 320 | 1280;
};

/** Both languages in both themes, each language wide and narrow; and a longer one, written from right to left. */
const looks: readonly Looks[] = [
  { language: "en", scheme: "light", width: 1280 },
  { language: "en", scheme: "dark", width: 320 },
  { language: "vi", scheme: "dark", width: 1280 },
  { language: "vi", scheme: "light", width: 320 },
  { language: "x-pseudo", scheme: "light", width: 320 },
];

async function show(page: Page, { language, scheme, width }: Looks): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: scheme });
  await page.locator("header select").evaluate((select: HTMLSelectElement, code) => {
    // The pseudo-language is offered to nobody.
    if (![...select.options].some(({ value }) => value === code)) select.add(new Option(code, code));
    select.value = code;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }, language);
  await page.locator(`html[lang="${language === "x-pseudo" ? "ar-XB" : language}"]`).waitFor();
  await page.getByRole("progressbar").first().waitFor({ state: "detached" });
}

/** Nothing that somebody could not see, hear or reach; nothing that has to be scrolled sideways. */
async function faultsOf(page: Page, { language }: Looks): Promise<readonly string[]> {
  // Of the pseudo-language the layout counts: its words are no Arabic.
  const violations = language === "x-pseudo" ? [] : (await new AxeBuilder({ page }).analyze()).violations;
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
    ...(over > 0 ? [`${over} pixels wider than the window`] : []),
  ];
}

describe.skipIf(!hasBrowser)("every view", () => {
  let host: TestHost;
  let browser: Browser;
  let cast: Cast;
  const seen = new Set<string>();
  const faults: string[] = [];
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
    cast = await stage(host);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  const at: At = async (name, page) => {
    seen.add(name.replace(/:.*/, ""));
    for (const look of looks) {
      await show(page, look);
      const where = `${name}, ${look.language}, ${look.scheme}, ${look.width} wide`;
      for (const fault of await faultsOf(page, look)) faults.push(`${where}: ${fault}`);
    }
    await show(page, { language: "en", scheme: "light", width: 1280 });
  };

  async function walked(way: (person: Person) => Promise<void>): Promise<void> {
    const person = await newPerson(browser, host.url);
    await way(person);
    expect(faults.splice(0)).toEqual([]);
    expect(person.wrongs).toEqual([]);
    await person.context.close();
  }

  test("before there is an identity has no fault that axe finds, in any language, theme or width", () =>
    walked((person) => walkIdentity(person, at)));

  test("of an identity has none either, and none was left out", { timeout: 600_000 }, async () => {
    await walked((person) => walk(person, host.url, cast, at));
    const all = sections.flatMap(({ view, views }) => [view, ...views]);
    expect(all.filter((view) => !seen.has(view))).toEqual([]);
  });
});
