import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { problems } from "../../src/core/log/index.ts";
import { en } from "../../src/web/i18n/en.ts";
import { speak, translator } from "../../src/web/i18n/translate.ts";
import { sayError } from "../../src/web/ui/errors.ts";

const source = fileURLToPath(new URL("../../src", import.meta.url));

/** Codes that no person meets in the web application, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  "attachment.size": "a file is measured where it is chosen",
  "codec.malformed": "caught where it is read, and told as what was read",
  "codec.shape": "caught where it is read, and told as what was read",
  "codec.unencodable": "a mistake of the program",
  "crypto.empty-key": "a mistake of the program",
  "crypto.kem-ciphertext": "caught where it is read",
  "crypto.kem-key": "caught where it is read",
  "id.malformed": "a mistake of the program",
  "log.acl": "the host's own judgment",
  "log.checkpoint": "told as host.checkpoint",
  "log.entry": "told as host.garbage",
  "log.erasure": "the host's own judgment",
  "log.move": "the host's own judgment",
  "log.outside": "a mistake of the program",
  "safety.short": "a mistake of the program",
  "sketch-hash": "a mistake of the program",
  "sketch-key": "a mistake of the program",
  "storage.name": "a mistake of the program",
  "trust.now": "a mistake of the program",
};

/** Codes of errors that are thrown in a folder, as they stand in the code. */
function codesIn(folder: string): readonly string[] {
  const files = readdirSync(join(source, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(source, folder, file), "utf8");
      return [...text.matchAll(/new (?:UsageError|PeerFault|HostFault|Corrupt|Refused)\(\s*"([^"]+)"/g)].map(
        ([, code]) => code as string,
      );
    });
}

const voidReasons = readFileSync(join(source, "core/circle/entry.ts"), "utf8").match(
  /export type VoidReason =([\s\S]*?);/,
)?.[1];
const breaches = readFileSync(join(source, "core/statements/rules.ts"), "utf8").match(
  /export type RuleBreach =([\s\S]*?);/,
)?.[1];
const words = (union: string | undefined) =>
  [...(union ?? "").matchAll(/"([^"]+)"/g)].map(([, word]) => word as string);

const codes = new Set([
  ...["client", "core", "subjects", "trust", "web"].flatMap(codesIn),
  ...Object.keys(problems).map((code) => `host.${code}`),
  ...words(voidReasons).map((reason) => `circle.void.${reason}`),
  ...words(breaches).map((breach) => `statement.${breach}`),
]);

test("every error that can reach a person has a sentence of its own", () => {
  expect(words(voidReasons).length).toBeGreaterThan(10);
  const missing = [...codes].filter((code) => !Object.hasOwn(en, `error.${code}`) && !Object.hasOwn(elsewhere, code));
  expect(missing).toEqual([]);
});

test("no sentence is kept for an error that there is not", () => {
  const own = new Set(["unexpected", "stopped", "engine.broken", "circle.void.standing", "page.part"]);
  const kept = Object.keys(en).flatMap((key) => (key.startsWith("error.") ? [key.slice("error.".length)] : []));
  expect(kept.filter((code) => !codes.has(code) && !own.has(code))).toEqual([]);
});

test("an unknown code is told by whose fault it is", async () => {
  const { messages, tag } = await speak("en");
  const t = translator({ messages, tag });
  expect(sayError({ code: "of.tomorrow", fault: "HostFault" }, messages, t)).toBe(en["fault.HostFault"]);
  expect(sayError({ code: "vault.locked", fault: "UsageError" }, messages, t)).toBe(en["error.vault.locked"]);
});
