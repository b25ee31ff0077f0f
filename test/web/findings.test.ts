import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { en } from "../../src/web/i18n/en.ts";

const checks = fileURLToPath(new URL("../../src/subjects/checks", import.meta.url));

/** Codes of findings, as the checks write them: followed by a weight. Those of a receiver's results are put together. */
function codes(): readonly string[] {
  const found = readdirSync(checks).flatMap((file) => {
    const text = readFileSync(join(checks, file), "utf8");
    const called = [...text.matchAll(/\(\s*"([a-z]+(?:-[a-z0-9]+)*)",\s*(?=[^;]*?"(?:note|low|medium|high)")/g)];
    const named = [...text.matchAll(/code:\s*"([a-z-]+)"/g)];
    return [...called, ...named].map(([, code]) => code as string);
  });
  const results = ["dkim", "spf", "dmarc", "arc"].flatMap((method) => [
    `results-${method}-fail`,
    `results-${method}-none`,
  ]);
  return [...new Set([...found, ...results])];
}

test("every finding is said in the interface's own words, with why it matters", () => {
  expect(codes().length).toBeGreaterThan(90);
  const missing = codes().filter(
    (code) => !Object.hasOwn(en, `finding.${code}`) || !Object.hasOwn(en, `finding.${code}.why`),
  );
  expect(missing).toEqual([]);
});
