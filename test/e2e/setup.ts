/* Runs once before all tests in a browser: says what is missing, before anything is skipped for it. */
import { existsSync } from "node:fs";
import { webFiles } from "../kit/web-files.ts";
import { browserPath, hasBrowser } from "./kit.ts";

export default function setup(): void {
  if (!hasBrowser) {
    const missing = `there is no browser at ${browserPath}: install chromium, or name one in CHROMIUM`;
    if (process.env.CI === "true") throw new Error(missing);
    console.warn(`SKIPPED: every test of the web application. ${missing}`);
  } else if (!existsSync(webFiles)) {
    throw new Error("the web application is not built: npm run build:web");
  }
}
