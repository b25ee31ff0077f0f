import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as subjects from "../../src/subjects/index.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a tip of any form is recognized and looked at", () => {
  it.each([
    ["mail", "From: PayPal Support <a@evil.net>\nSubject: x\n\nHello", undefined, "name-borrows-brand"],
    ["link", "hxxps://faceb00k[.]com/login", undefined, "domain-look-alike"],
    ["text", "Look at http://203.0.113.9/x and call 0912 345 678", undefined, "link-to-number"],
    ["file", "MZ\0\0", "report.pdf", "file-runs"],
    ["file", "<html><form><input type=password>", "a.html", "page-asks-password"],
  ] as const)("%s", async (kind, text, name, code) => {
    const examined = await subjects.examine(bytes(text), name);
    expect(examined.kind).toBe(kind);
    expect(examined.findings.map((f) => f.code)).toContain(code);
  });
  it("gives the identifiers to look up and the text to compare", async () => {
    const { field, text } = await subjects.examine(bytes("From: Nam <nam@example.org>\nSubject: x\n\nHello"));
    expect(field.understood.map((u) => u.identifier.value)).toEqual(["nam@example.org"]);
    expect(text).toContain("Hello");
  });
});

describe("the examples of the documentation comments are true", () => {
  it("parseIdentifiers, compareNames, compareSubjects, tipSimilarity, checkMail", async () => {
    expect(subjects.parseIdentifiers("Zalo 0168 123 4567")[0]?.identifier).toEqual({
      kind: "phone",
      value: "+84381234567",
    });
    expect(subjects.compareNames("Nguyễn Văn Nam", "nam nguyen").verdict).toBe("cannot tell");
    expect(subjects.compareNames("Nguyễn Văn Nam", "Nguyễn Văn Năm").verdict).toBe("different");
    const phone = { kind: "phone", value: "+84381234567" } as const;
    expect(subjects.compareSubjects({ identifiers: [phone] }, { identifiers: [phone] }).verdict).toBe("same");
    expect(subjects.tipSimilarity("The bridge was closed on Monday.", "the BRIDGE was clsoed on monday").level).toBe(
      "suggest",
    );
    const findings = await subjects.checkMail("From: PayPal Support <x@evil.example>\r\n\r\nHello");
    expect(findings[0]?.code).toBe("name-borrows-brand");
  });
});

describe("runs in browsers", () => {
  it("imports nothing of Node and reads no clock, network or chance", async () => {
    const { globSync } = await import("node:fs");
    const files = globSync("src/subjects/**/*.ts", { cwd: new URL("../..", import.meta.url) });
    expect(files.length).toBeGreaterThan(30);
    for (const file of files) {
      const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8").replace(
        /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
        "",
      );
      expect(source, file).not.toMatch(
        /from "node:|process\.|\bBuffer\.|Date\.now|Math\.random|fetch\(|XMLHttpRequest|libsodium|@noble/,
      );
    }
  });
});
