/* A real browser on a real host, with everything watched that must not happen in a page. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { webFiles } from "../kit/web-files.ts";

/** Where the browser is that tests use. */
export const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Whether there is a browser to test with; `setup.ts` says what that means. */
export const hasBrowser = existsSync(browserPath);

/** Without a compiler there is no WebAssembly either, as in Tor Browser's Safer: the second implementation runs, interpreted. */
export const withoutJit = "--js-flags=--jitless";
/** Whether the browsers of this run have WebAssembly. */
export const hasWasm = process.env.TEST_WITHOUT_WASM !== "true";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless Chromium; `flags` besides those that keep it quiet. */
export function startBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath, args: [...quiet, ...(hasWasm ? [] : [withoutJit]), ...flags] });
}

/** A host that serves the built web application. */
export function startWebHost(): Promise<TestHost> {
  if (!existsSync(webFiles)) throw new Error("the web application is not built: npm run build:web");
  return startTestHost({ web: webFiles });
}

/** A person at a browser of their own. */
export type Person = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page: console errors, violations of its policy, requests elsewhere. */
  readonly wrongs: readonly string[];
};

export type Looks = {
  readonly language?: "en" | "vi" | "x-pseudo";
  readonly scheme?: "light" | "dark";
  readonly size?: { readonly width: number; readonly height: number };
};

/**
 * Opens the application for a new person, who has nothing stored. What is at `url` may call itself and `hosts`;
 * anything else is noted as wrong.
 */
export async function newPerson(
  browser: Browser,
  url: string,
  looks: Looks = {},
  hosts: readonly string[] = [],
): Promise<Person> {
  const context = await browser.newContext({
    locale: looks.language === "vi" ? "vi-VN" : "en-US",
    colorScheme: looks.scheme ?? "light",
    viewport: looks.size ?? { width: 1280, height: 900 },
    reducedMotion: "reduce",
  });
  const person = await watched(context, [url, ...hosts]);
  await person.page.goto(looks.language === "x-pseudo" ? `${url}/?language=x-pseudo` : url);
  const found = await person.page.evaluate(() => typeof WebAssembly !== "undefined");
  if (found && !hasWasm) throw new Error("this browser has WebAssembly, which the test must not");
  return person;
}

/** Another tab of a person's browser. */
export async function openTab({ context }: Person, url: string, hosts: readonly string[] = []): Promise<Person> {
  const person = await watched(context, [url, ...hosts]);
  await person.page.goto(url);
  return person;
}

/** The path of the file that `act` makes the page give out. */
export async function saved({ page }: Person, act: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return download.path();
}

/** A new page of which everything is noted that must not happen. */
async function watched(context: BrowserContext, own: readonly string[]): Promise<Person> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  const wrongs: string[] = [];
  const origins = own.map((url) => url.replace(/#.*$/, ""));
  page.on("console", (message) => {
    if (message.type() === "error") wrongs.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrongs.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const target = new URL(request.url());
    const isOwn = origins.some((one) => request.url().startsWith(one));
    if (!isOwn && !["data:", "blob:", "about:"].includes(target.protocol)) wrongs.push(`request: ${target.origin}`);
  });
  return { page, context, wrongs };
}

/** Makes an identity as a person does, and returns its passphrase. */
export async function makeIdentity({ page }: Person, organization: string, member: string): Promise<string> {
  await page.getByRole("button", { name: "Make a new identity" }).click();
  await page.getByLabel("Your organization's name").fill(organization);
  await page.getByLabel("Your own name").fill(member);
  await page.getByRole("button", { name: "Next: the passphrase" }).click();
  const list = page.getByRole("list", { name: "Your passphrase" }).getByRole("listitem");
  await list.first().waitFor();
  const words = await list.allTextContents();
  await page.getByRole("button", { name: "I wrote the seven words down: hide them" }).click();
  await page
    .getByLabel(/^Word number/)
    .first()
    .waitFor();
  for (const [i, word] of words.entries()) {
    const asked = page.getByLabel(`Word number ${i + 1}`);
    if (await asked.isVisible()) await asked.fill(word);
  }
  await page.getByRole("button", { name: "Make the identity" }).click();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  return words.join(" ");
}

/** Founds a circle as a person does. */
export async function foundCircle({ page }: Person, label: string, kind: "network" | "organization" = "network") {
  await page.getByRole("button", { name: "Found a circle" }).click();
  if (kind === "organization") await page.getByLabel("Only my own organization").check();
  await page.getByLabel("What you call it").fill(label);
  await page.getByRole("button", { name: "Found it" }).click();
  await page.getByRole("heading", { name: label }).waitFor();
}

/** Makes a browser that was never here before a second device of a person, by the code, once the words were compared. */
export async function addDevice(old: Person, browser: Browser, url: string): Promise<Person> {
  const section = (name: string) => old.page.getByRole("navigation").getByRole("button", { name, exact: true }).click();
  const wordsIn = async ({ page }: Person, name: string) => {
    const list = page.getByRole("list", { name }).getByRole("listitem");
    await list.first().waitFor();
    return list.allTextContents();
  };
  await section("Safety");
  await old.page.getByRole("button", { name: "Devices" }).click();
  await old.page.getByRole("button", { name: "Make the code" }).click();
  await old.page.getByRole("img", { name: "Code for the new device" }).waitFor();
  const phrase = await wordsIn(old, "The seven words that open it");
  await old.page.getByText("The code as text").click();
  const link = await old.page.getByText(/#device=/).textContent();

  const fresh = await newPerson(browser, link ?? url);
  await fresh.page.getByLabel("The seven words that it shows").fill(phrase.join(" "));
  await fresh.page.getByRole("button", { name: "Go on" }).click();
  const shown = await wordsIn(fresh, "Safety words");
  if (fresh.page.url().includes("device")) throw new Error("the code stays in the address");
  await section("Today");
  await old.page.getByText("A device of yours asks to be added").click();
  const compared = await wordsIn(old, "Safety words");
  if (compared.join() !== shown.join()) throw new Error("the safety words differ");
  await old.page.getByRole("button", { name: "They are the same: add it" }).click();
  await old.page.getByText("End this device").waitFor();
  await fresh.page.getByRole("button", { name: "They are the same" }).click();
  await fresh.page.getByRole("button", { name: "Look whether I was admitted" }).click();
  await fresh.page.getByText(/\d organizations?, \d+ statements?/).waitFor();
  return fresh;
}
