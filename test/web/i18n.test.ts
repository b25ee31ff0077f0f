import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { IntlMessageFormat } from "intl-messageformat";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { en } from "../../src/web/i18n/en.ts";
import { pseudo } from "../../src/web/i18n/pseudo.ts";
import { languages, preferredLanguage, speak, translator } from "../../src/web/i18n/translate.ts";
import { vi } from "../../src/web/i18n/vi.ts";

const web = fileURLToPath(new URL("../../src/web", import.meta.url));

type Element = ReturnType<IntlMessageFormat["getAst"]>[number];

const parsed = (message: string) => new IntlMessageFormat(message, "en", undefined, { ignoreTag: true }).getAst();
/** What stands in the branches of a plural or choice. */
const inside = (element: Element) =>
  "options" in element ? Object.values(element.options).flatMap(({ value }) => value) : [];
/** Only a text itself and the sign for a plural's number ask for no value. */
const asks = (element: Element) =>
  "value" in element && ("style" in element || "options" in element || !isText(element));
const isText = (element: Element) => element.type === parsed("text")[0]?.type;

/** The values that a message asks for, in all of its branches. */
const valuesOf = (elements: readonly Element[]): readonly string[] =>
  elements.flatMap((element) => [
    ...(asks(element) && "value" in element ? [element.value] : []),
    ...valuesOf(inside(element)),
  ]);

/** The branches of every plural in a message. */
const pluralsOf = (elements: readonly Element[]): readonly (readonly string[])[] =>
  elements.flatMap((element) => [
    ...("pluralType" in element ? [Object.keys(element.options)] : []),
    ...pluralsOf(inside(element)),
  ]);

const spoken = await Promise.all(languages.map(({ code }) => speak(code)));

describe("every language", () => {
  test("says everything that English says, and nothing else", () => {
    expect(Object.keys(vi)).toEqual(Object.keys(en));
    expect(Object.values(vi).filter((message) => message.trim() === "")).toEqual([]);
  });

  test.each(spoken)("asks for the same values in each message: $name", ({ messages }) => {
    for (const [key, message] of Object.entries(messages)) {
      const wanted = new Set(valuesOf(parsed(en[key as keyof typeof en])));
      expect(new Set(valuesOf(parsed(message))), key).toEqual(wanted);
    }
  });

  test.each(spoken)("has a branch for every number that it tells apart: $name", ({ code, tag, messages }) => {
    if (code === "x-pseudo") return;
    const needed = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(messages)) {
      for (const branches of pluralsOf(parsed(message))) {
        for (const category of needed) expect(branches, `${key}: ${category}`).toContain(category);
      }
    }
  });

  test("keeps the labels of TLP and PAP as they are", () => {
    for (const [key, message] of Object.entries(vi)) {
      for (const label of en[key as keyof typeof en].match(/\b(?:TLP|PAP):[A-Z+]+/g) ?? [])
        expect(message, key).toContain(label);
    }
  });

  test("is written in its own letters: Vietnamese with its marks", () => {
    const same = Object.entries(vi).filter(([key, message]) => message === en[key as keyof typeof en]);
    // Names of products, a line to write on, and values alone.
    const allowed =
      /^(?:identifier\.(?:facebook|telegram|x|tiktok|youtube|instagram|signal|session|threema)|kit\.blank|answer\.check)$/;
    expect(same.map(([key]) => key).filter((key) => !allowed.test(key))).toEqual([]);
  });
});

test("numbers are said as the language says them", async () => {
  const t = translator(await speak("en"));
  expect(t("circle.summary", { organizations: 1, statements: 2 })).toBe("1 organization, 2 statements");
  expect(translator(await speak("vi"))("circle.summary", { organizations: 1, statements: 2 })).toBe(
    "1 tổ chức, 2 phát biểu",
  );
});

test("a browser's own language is taken where it is spoken here", () => {
  expect(preferredLanguage(["vi-VN", "en"])).toBe("vi");
  expect(preferredLanguage(["de-DE", "vi"])).toBe("vi");
  expect(preferredLanguage(["fr"])).toBe("en");
});

test("the pseudo language leaves what ICU reads alone", () => {
  const { text } = pseudo({ text: "{count, plural, one {# page} other {# pages}} read" });
  expect(text).toBe("⟦{count, plural, one {# paagee} other {# paagees}} reeaad⟧");
});

/** Texts for people in a view: between elements, and in attributes that are read out or shown. */
function textsIn(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const shown = /^(?:label|title|alt|aria-label|placeholder|hint|confirm|wrong)$/;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    if (
      ts.isJsxAttribute(node) &&
      shown.test(node.name.getText(source)) &&
      node.initializer !== undefined &&
      ts.isStringLiteral(node.initializer) &&
      /\p{L}/u.test(node.initializer.text)
    ) {
      found.push(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("no view has words of its own", () => {
  const files = readdirSync(web, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  expect(files.length).toBeGreaterThan(10);
  const found = files.flatMap((file) => textsIn(join(web, file)).map((text) => `${file}: ${text}`));
  expect(found).toEqual([]);
});
