import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkFile,
  checkLink,
  checkMail,
  commonness,
  compareNames,
  makeNameIndex,
  makeSketcher,
  parseField,
  readExif,
  tipSimilarity,
} from "../../src/subjects/index.ts";

const sketch = makeSketcher(new Uint8Array(32));
const mega = 10 * 2 ** 20;
const repeat = (unit: string, length = mega) => unit.repeat(Math.ceil(length / unit.length));

/** Ten megabytes each, made to be slow: runs that backtrack, floods of marks, of controls, of look-alikes. */
const floods: Readonly<Record<string, string>> = {
  letters: repeat("a"),
  spaces: `${repeat(" ")}x`,
  "spaces and letters": repeat("a "),
  "one letter a time": repeat("a b c "),
  digits: repeat("0"),
  "spaced digits": repeat("0 1-"),
  "at signs": repeat("a@"),
  dots: repeat("a."),
  "opening angles": repeat("<"),
  brackets: repeat("[.]("),
  colons: repeat("a: "),
  "combining marks": `a${repeat("\u0301")}`,
  "right-to-left overrides": repeat("\u202eabc"),
  homoglyphs: repeat("раураӏ "),
  "zero width": repeat("a\u200b"),
  "lone surrogates": repeat("\ud800"),
  "nested redirects": repeat("https://google.com/url?q="),
  "exclamation marks": repeat("n!"),
  percent: repeat("%E2%80"),
  base58: repeat("1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
  hexadecimal: repeat("deadbeef "),
  "line ends": repeat("\r\n"),
  "two lines": repeat("x\n"),
  nul: repeat("\0"),
  Chinese: repeat("习近平"),
};

/** Time of the processor, not of the clock: other work on the machine must not decide. Twice what it takes is allowed. */
const within = async (milliseconds: number, run: () => unknown) => {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(2 * milliseconds);
};

describe("ten megabytes of anything take bounded time", () => {
  it.each(Object.entries(floods))(
    "%s",
    async (_, flood) => {
      // Anything quadratic would take hours.
      const part = flood.slice(0, 2 ** 21);
      await within(2500, () => parseField(flood));
      await within(1500, () => compareNames(flood, "Nguyễn Văn Nam"));
      await within(1500, () => compareNames(flood, flood.slice(1)));
      await within(2500, () => tipSimilarity(flood, `${flood.slice(5)}end`));
      await within(2500, () => sketch(flood));
      await within(2500, () => checkMail(flood));
      await within(3500, () =>
        checkMail(`From: ${flood.slice(0, 600_000)}\r\nSubject: ${flood.slice(0, 100_000)}\r\n\r\n${part}`),
      );
      await within(3500, () => checkMail(`From: a@b.org\r\nContent-Type: text/html\r\n\r\n<a href="x">${part}</a>`));
      await within(1500, () => checkLink(flood));
      await within(2500, () =>
        checkFile({ name: flood.slice(0, 100_000), content: new TextEncoder().encode(`%PDF-${flood}`) }),
      );
      commonness(flood);
    },
    60_000,
  );
});

describe("mail bombs and damaged mails give findings", () => {
  it("parts nested a thousand deep", async () => {
    let eml = "From: a@b.org\r\n";
    for (let i = 0; i < 1000; i++) eml += `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`;
    await within(5000, async () => expect((await checkMail(eml)).map((f) => f.code)).toContain("body-not-read"));
  });
  it("mails in mails", async () => {
    let eml = "From: a@b.org\r\nSubject: x\r\n\r\nend\r\n";
    for (let i = 0; i < 30; i++)
      eml = `From: a@b.org\r\nContent-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\nContent-Type: message/rfc822\r\n\r\n${eml}\r\n--b${i}--\r\n`;
    await within(5000, async () => expect((await checkMail(eml)).map((f) => f.code)).toContain("nested-too-deep"));
  });
  it("ten thousand parts, signatures and header fields", async () => {
    const parts = "--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-\r\n".repeat(10_000);
    await within(8000, async () => {
      const findings = await checkMail(
        `From: a@b.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`,
      );
      expect(findings.map((f) => f.code)).toContain("many-attachments");
    });
    await within(5000, () =>
      checkMail(
        `${"DKIM-Signature: v=1; a=rsa-sha256; b=x; bh=x; d=x; h=from; s=s\r\n".repeat(10_000)}From: a@b.org\r\n\r\nx`,
        { dns: {} },
      ),
    );
    await within(5000, () =>
      checkMail(`${"Received: x; y\r\nAuthentication-Results: a; b=c\r\n".repeat(10_000)}\r\n\r\nx`),
    );
  });
  it("random bytes as mail, file or picture never throw", async () => {
    const magics = [
      "",
      "PK\x03\x04",
      "\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0",
      "MM\0*",
      "\x89PNG\r\n\x1a\n",
      "RIFF\0\0\0\0WEBPEXIF",
      "%PDF-",
      "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
      "Rar!",
      "From: =?utf-8?B?",
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 400 }), async (magic, rest) => {
        const bytes = new Uint8Array([...Array.from(magic, (c) => c.charCodeAt(0)), ...rest]);
        readExif(bytes);
        await checkFile({ name: "a.docx", content: bytes });
        await checkMail(bytes);
      }),
      { numRuns: 400 },
    );
  });
  it("a zip that unpacks without end is not unpacked", async () => {
    const bomb = new Uint8Array(
      await new Response(
        new Blob([new Uint8Array(50 * 2 ** 20)]).stream().pipeThrough(new CompressionStream("deflate-raw")),
      ).arrayBuffer(),
    );
    const name = "word/_rels/document.xml.rels";
    const file = new Uint8Array(30 + name.length + bomb.length + 46 + name.length + 22);
    const view = new DataView(file.buffer);
    const text = (at: number) => file.set(new TextEncoder().encode(name), at);
    view.setUint32(0, 0x04034b50, true);
    view.setUint16(26, name.length, true);
    text(30);
    file.set(bomb, 30 + name.length);
    const central = 30 + name.length + bomb.length;
    view.setUint32(central, 0x02014b50, true);
    view.setUint16(central + 10, 8, true);
    view.setUint32(central + 20, bomb.length, true);
    view.setUint32(central + 24, 2 ** 31, true);
    view.setUint16(central + 28, name.length, true);
    text(central + 46);
    const end = central + 46 + name.length;
    view.setUint32(end, 0x06054b50, true);
    view.setUint16(end + 10, 1, true);
    view.setUint32(end + 16, central, true);
    await within(3000, async () => {
      expect((await checkFile({ name: "a.docx", content: file })).map((f) => f.code)).toContain("archive-bomb");
    });
  });
  it("an index with hostile names answers", async () => {
    const index = makeNameIndex<number>();
    for (let i = 0; i < 2000; i++) index.add(i, `${"a".repeat(i % 300)} ${"b ".repeat(i % 100)}`);
    await within(3000, () => index.find(`${"ab ".repeat(200)}`));
  });
});
