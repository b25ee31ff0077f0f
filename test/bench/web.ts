/* The web application in a real Chromium, served by the world's own host, as a person meets it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { loadCrypto } from "../../src/client/index.ts";
import { hasBrowser, makeIdentity, startBrowser } from "../e2e/kit.ts";
import { testPhrase } from "../kit/members.ts";
import { webFiles } from "../kit/web-files.ts";
import { bootstrap } from "./bootstrap.ts";
import { type Figure, figure, median, medianTime, timed } from "./figure.ts";
import { bareLibsodium } from "./floor.ts";
import { longestTask } from "./longest-task.ts";
import type { World } from "./world.ts";

const runs = 5;

/** What is loaded later than everything else, by the beginning of its name: cryptography as this browser can run it. */
const later = /^(?:libsodium|sodium|noble|sha3)/;

/** A page of a browser that was never here before. */
async function stranger(browser: Browser): Promise<Page> {
  return (await browser.newContext({ reducedMotion: "reduce" })).newPage();
}

/** Milliseconds from the call for the page until `selector` is there, by the page's own clock. */
function until(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector(wanted) !== null) resolve(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    selector,
  );
}

const close = (page: Page) => page.context().close();

/** `web-first-view`, `web-bytes`: from a cold cache until the first button can be used, and what came over for it. */
async function firstView(browser: Browser, world: World): Promise<Figure[]> {
  const times: number[] = [];
  const loaded = new Set<string>();
  for (let run = 0; run < runs; run++) {
    const page = await stranger(browser);
    page.on("request", (request) => loaded.add(new URL(request.url()).pathname.slice(1)));
    await page.goto(world.url, { waitUntil: "commit" });
    times.push(await until(page, "main button"));
    await close(page);
  }
  const files = [...loaded].filter((file) => /\.(?:js|css|json)$/.test(file) && existsSync(join(webFiles, file)));
  const weigh = (some: readonly string[]) =>
    some.reduce((sum, file) => sum + gzipSync(readFileSync(join(webFiles, file)), { level: 9 }).length, 0) / 1024;
  const isLater = (file: string) => later.test(file.slice("assets/".length)) || file === "sw.js";
  return [
    figure("web-first-view", median(times), "ms"),
    figure("web-bytes", weigh(files.filter((file) => !isLater(file))), "KiB gzip"),
    figure("web-bytes-cryptography", weigh(files.filter(isLater)), "KiB gzip"),
  ];
}

/** `web-unlock`: from the passphrase until the first view of the identity. The floor is the bare Argon2id. */
async function unlock(browser: Browser, world: World): Promise<Figure> {
  const page = await stranger(browser);
  await page.goto(world.url);
  const phrase = await makeIdentity({ page, context: page.context(), wrongs: [] }, "Newsroom A", "Editor A");
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    await page.getByRole("button", { name: "Lock" }).click();
    await page.getByLabel("Passphrase").fill(phrase);
    const start = await page.evaluate(() => performance.now());
    await page.getByRole("button", { name: "Unlock" }).click();
    times.push((await until(page, ".shell-nav")) - start);
  }
  await close(page);
  const crypto = await loadCrypto("sodium");
  const bare = () => crypto.argon2id(new TextEncoder().encode(phrase), new Uint8Array(16), 64 * 1024, 3);
  return figure("web-unlock", median(times), "ms", await medianTime(runs, bare));
}

/** Brings the joiner's identity file, which has read nothing of the circle, up to the last button. */
async function bringJoiner(page: Page, world: World): Promise<void> {
  await page.goto(world.url);
  await page.getByRole("button", { name: "Bring an identity file" }).click();
  await page.getByLabel("Identity file").setInputFiles(join(world.directory, "joiner", "identity.vault"));
  await page.getByLabel("Passphrase").fill(testPhrase);
}

/** Opens it, and returns the milliseconds from then until the circle is fetched, verified and shown. */
async function openJoiner(page: Page): Promise<number> {
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  return (await timed(() => page.getByRole("heading", { name: "press" }).waitFor({ timeout: 120_000 }))).ms;
}

/**
 * `web-sync-10k`: from the identity until the circle of 10,000 is fetched, verified, indexed and shown, with the longest
 * task of the page's own thread meanwhile. The floor is bare libsodium over the same bytes.
 */
async function sync(browser: Browser, world: World, floor: number): Promise<Figure[]> {
  const times: number[] = [];
  const tasks: number[] = [];
  for (let run = 0; run < runs; run++) {
    const page = await stranger(browser);
    await bringJoiner(page, world);
    tasks.push(
      await longestTask(browser, page, async () => {
        times.push(await openJoiner(page));
      }),
    );
    await close(page);
  }
  return [
    figure("web-sync-10k", median(times), "ms", floor),
    figure("web-sync-10k-longest-task", Math.max(...tasks), "ms of the page's thread"),
  ];
}

/** Types a phone number on the page that looks somebody up, and returns the milliseconds until the assessment is shown. */
function typed(page: Page, number: string, text: string): Promise<number> {
  return page.evaluate(
    ([value, wanted]) =>
      new Promise<number>((resolve) => {
        const field = document.querySelector<HTMLInputElement>("main input");
        const main = document.querySelector("main");
        if (field === null || main === null) throw new Error("there is no field");
        const start = performance.now();
        const observer = new MutationObserver(() => {
          const isShown = main.querySelector(".sentence") !== null && main.textContent?.includes(wanted) === true;
          if (!isShown) return;
          observer.disconnect();
          resolve(performance.now() - start);
        });
        observer.observe(main, { childList: true, characterData: true, subtree: true });
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, value);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    [number, text] as const,
  );
}

/**
 * `web-check`: from the last letter of a subject until its assessment and what is held about it are shown, among 10,000
 * statements; `web-check-first` is the first one after the circle was fetched.
 */
async function check(browser: Browser, world: World): Promise<Figure[]> {
  const firsts: number[] = [];
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const page = await stranger(browser);
    await bringJoiner(page, world);
    await openJoiner(page);
    await page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name: "Vet", exact: true }).click();
    const field = page.getByRole("textbox", { name: /^Phone, mail, account, link/ });
    await field.fill("+84");
    await page.getByRole("button", { name: "Look up", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Look somebody up" }).waitFor();
    for (let i = 0; i <= runs; i++) {
      const number = (run * 3331 + i * 997) % world.statements;
      const took = await typed(page, `+849${String(number).padStart(8, "0")}`, `Number ${number}: `);
      (i === 0 ? firsts : times).push(took);
    }
    await close(page);
  }
  return [figure("web-check", median(times), "ms"), figure("web-check-first", median(firsts), "ms")];
}

/** Every benchmark of the web application. */
export async function benchWeb(world: World): Promise<Figure[]> {
  if (!hasBrowser) throw new Error("there is no browser: install chromium");
  const browser = await startBrowser();
  try {
    const { circle } = await bootstrap(world);
    const floor = await medianTime(runs, await bareLibsodium(circle));
    return [
      ...(await firstView(browser, world)),
      await unlock(browser, world),
      ...(await sync(browser, world, floor)),
      ...(await check(browser, world)),
    ];
  } finally {
    await browser.close();
  }
}
