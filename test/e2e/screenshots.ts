/*
 * Pictures of every view, in both languages and themes, on a phone and at a desk: `node test/e2e/screenshots.ts`. They
 * are written to `screenshots/`; with `--readme` six small ones to `docs/pictures/` instead.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { type At, stage, walk, walkIdentity } from "./every-view.ts";
import { newPerson, type Person, startBrowser, startWebHost } from "./kit.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { values: options } = parseArgs({ options: { readme: { type: "boolean", default: false } } });
const folder = join(root, options.readme ? "docs/pictures" : "screenshots");

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;

/** What the README shows, by view: the file's name. */
const inReadme: Readonly<Record<string, string>> = {
  home: "today",
  lookup: "assessment",
  "case-held: the ways as a picture": "ways",
  "tips: like another": "tip",
  "circle-arrival": "safety-words",
  safety: "safety",
};

let count = 0;

async function show(page: Page, language: string, scheme: "light" | "dark", size: keyof typeof sizes): Promise<void> {
  await page.setViewportSize(sizes[size]);
  await page.emulateMedia({ colorScheme: scheme });
  await page.locator("header select").selectOption(language, { force: true });
  await page.locator(`html[lang="${language}"]`).waitFor();
  await page.getByRole("progressbar").first().waitFor({ state: "detached" });
}

/** A view as everybody may see it, from its beginning to its end. */
const everyLook: At = async (name, page) => {
  for (const language of ["en", "vi"]) {
    for (const scheme of ["light", "dark"] as const) {
      for (const size of ["phone", "desktop"] as const) {
        await show(page, language, scheme, size);
        // Where the whole length is shown, what stays in sight stands where it belongs.
        await page.evaluate(() => {
          for (const bar of document.querySelectorAll<HTMLElement>(".shell-bar, .shell-nav"))
            bar.style.position = "static";
        });
        const file = `${name.replaceAll(/[^a-z]+/g, "-")}.${language}.${scheme}.${size}.png`;
        await page.screenshot({ path: join(folder, file), fullPage: true });
        count++;
      }
    }
  }
  await show(page, "en", "light", "desktop");
};

/** Six views on a phone: the first screen of each, or the picture in it. */
const forReadme: At = async (name, page) => {
  const file = inReadme[name];
  if (file === undefined) return;
  await show(page, "en", "light", "phone");
  await page.evaluate((isPicture) => {
    if (isPicture) document.querySelector("main svg")?.scrollIntoView({ block: "center" });
    else scrollTo(0, 0);
  }, name.endsWith("picture"));
  await page.screenshot({ path: join(folder, `${file}.jpg`), type: "jpeg", quality: 70 });
  count++;
  await show(page, "en", "light", "desktop");
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
try {
  const at = options.readme ? forReadme : everyLook;
  const cast = await stage(host);
  const walked = async (way: (person: Person) => Promise<void>) => {
    const person = await newPerson(browser, host.url);
    await way(person);
    await person.context.close();
  };
  await walked((person) => walkIdentity(person, at));
  await walked((person) => walk(person, host.url, cast, at));
} finally {
  await browser.close();
  await host.stop();
}
process.stdout.write(`${count} pictures in ${folder}\n`);
