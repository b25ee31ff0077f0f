import { describe, expect, it } from "vitest";
import {
  checkFile,
  checkHost,
  checkLink,
  checkMail,
  type Finding,
  parseAuthResults,
  readExif,
  splitMessage,
  verifyArc,
  verifyDkim,
} from "../../src/subjects/index.ts";
import { evaluateMails } from "../eval/subjects/mails.ts";
import { makeSigner } from "../eval/subjects/signer.ts";

const codes = (findings: readonly Finding[]) => findings.map((f) => f.code);
const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const header = [
  "From: A <a@newspaper.org>",
  "To: b@own.org",
  "Subject: Hi",
  "Date: Mon, 02 Nov 2026 10:00:00 +0700",
  "Message-ID: <1@newspaper.org>",
];
const mail = `${header.join("\r\n")}\r\n\r\nHello\r\n`;

describe("checks on a mail", async () => {
  it.each(await evaluateMails())("$category", ({ share }) => {
    expect(share).toBe(1);
  });

  it("every finding has a sentence, a reason and a weight, and none says safe or genuine", async () => {
    const signer = await makeSigner("rsa-sha256");
    const findings = await checkMail(await signer.sign(mail, "relaxed/relaxed"), {
      dns: signer.dns,
      authservId: "mx.own.org",
    });
    for (const { sentence, reason, weight } of findings) {
      expect(sentence).toMatch(/\.$/);
      expect(reason).toMatch(/\.$/);
      expect(["note", "low", "medium", "high"]).toContain(weight);
      expect(`${sentence} ${reason}`).not.toMatch(/\b(?:safe|genuine|authentic|trustworthy|harmless)\b/i);
    }
    expect(findings.find((f) => f.code === "dkim-pass")?.sentence).toContain("sent through newspaper.org's servers");
  });

  it("results are believed only from one's own receiver, and only its topmost line", async () => {
    const forged = `Authentication-Results: mx.evil.net; dmarc=pass header.from=newspaper.org\r\n${mail}`;
    const found = codes(await checkMail(forged, { authservId: "mx.own.org" }));
    expect(found).toContain("results-not-ours");
    expect(found).not.toContain("results-dmarc-pass");
    const twice = `Authentication-Results: mx.own.org; dmarc=fail\r\nAuthentication-Results: mx.own.org; dmarc=pass\r\n${mail}`;
    const both = codes(await checkMail(twice, { authservId: "MX.own.org" }));
    expect(both).toEqual(expect.arrayContaining(["results-dmarc-fail", "results-twice"]));
    expect(both).not.toContain("results-dmarc-pass");
    expect(
      parseAuthResults('mx.own.org (a; dkim=fail); dkim=pass (ok) header.d="x.org"; spf=none')?.results,
    ).toMatchObject([
      { method: "dkim", result: "pass" },
      { method: "spf", result: "none" },
    ]);
  });

  it("dates that disagree are pointed out", async () => {
    const late = `Received: from x by y; Sun, 01 Nov 2026 00:00:00 +0000\r\n${mail}`;
    expect(codes(await checkMail(late))).toContain("dates-disagree");
    expect(codes(await checkMail(mail, { now: Date.parse("2026-10-01") }))).toContain("date-in-future");
  });
});

describe("signatures", () => {
  const result = async (eml: string, dns: Readonly<Record<string, string>>, now?: number) =>
    (await verifyDkim(splitMessage(eml), dns, now))[0];

  it("without the record nothing is said of the signature", async () => {
    const signer = await makeSigner("rsa-sha256");
    const eml = await signer.sign(mail, "relaxed/relaxed");
    expect(await result(eml, {})).toMatchObject({ result: "cannot tell", problem: "no-record" });
    expect(codes(await checkMail(eml))).toContain("dkim-not-checked");
  });
  it("text added behind a signed length, expiry and withdrawn keys are seen", async () => {
    const signer = await makeSigner("ed25519-sha256");
    const long = await signer.sign(mail, "relaxed/relaxed", " l=7; t=100; x=200;");
    expect(await result(`${long}Pay here\r\n`, signer.dns, 150)).toMatchObject({
      result: "pass",
      uncovered: ["body-part"],
    });
    expect(await result(long, signer.dns, 300)).toMatchObject({ result: "fail", problem: "expired" });
    expect(await result(long, { "s1._domainkey.newspaper.org": "v=DKIM1; k=ed25519; p=" })).toMatchObject({
      problem: "revoked",
    });
    expect(await result(long, { "s1._domainkey.newspaper.org": "v=DKIM1; k=rsa; p=AAAA" })).toMatchObject({
      problem: "wrong-key-type",
    });
  });
  it.each([
    ["a second From", (eml: string) => eml.replace("From: A", "From: Evil <e@evil.net>\r\nFrom: A"), "from-twice"],
    ["SHA-1", (eml: string) => eml.replace("rsa-sha256", "rsa-sha1"), "dkim-fail"],
    ["an unsigned From", (eml: string) => eml.replace("h=From:", "h="), "dkim-fail"],
    ["a tag twice", (eml: string) => eml.replace("v=1;", "v=1; v=1;"), "dkim-fail"],
    ["another domain's identity", (eml: string) => eml.replace("v=1;", "v=1; i=@evil.net;"), "dkim-fail"],
  ])("%s is not accepted", async (_, change, code) => {
    const signer = await makeSigner("rsa-sha256");
    const findings = await checkMail(change(await signer.sign(mail, "relaxed/relaxed")), { dns: signer.dns });
    expect(codes(findings)).toContain(code);
  });
  it("the example of RFC 8463 verifies with both its keys", async () => {
    const dns = {
      "brisbane._domainkey.football.example.com": "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
      "test._domainkey.football.example.com":
        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
    };
    const eml = [
      "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;",
      " d=football.example.com; i=@football.example.com;",
      " q=dns/txt; s=brisbane; t=1528637909; h=from : to :",
      " subject : date : message-id : from : subject : date;",
      " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
      " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus",
      " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==",
      "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;",
      " d=football.example.com; i=@football.example.com;",
      " q=dns/txt; s=test; t=1528637909; h=from : to : subject :",
      " date : message-id : from : subject : date;",
      " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
      " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3",
      " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz",
      " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=",
      "From: Joe SixPack <joe@football.example.com>",
      "To: Suzie Q <suzie@shopping.example.net>",
      "Subject: Is dinner ready?",
      "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)",
      "Message-ID: <20030712040037.46341.5F8J@football.example.com>",
      "",
      "Hi.",
      "",
      "We lost the game.  Are you hungry yet?",
      "",
      "Joe.",
      "",
    ].join("\r\n");
    const found = await verifyDkim(splitMessage(eml), dns);
    expect(found.map((f) => f.result)).toEqual(["pass", "pass"]);
  });
  it("a chain of forwarders holds, and breaks when a finding in it is changed", async () => {
    const { sealed, dns } = await seal(mail);
    expect(await verifyArc(splitMessage(sealed), dns)).toMatchObject({ result: "pass", sealers: ["forward.example"] });
    expect((await verifyArc(splitMessage(sealed.replace("dmarc=pass", "dmarc=fail")), dns)).result).toBe("fail");
    expect((await verifyArc(splitMessage(sealed.replace("Hello", "Hullo")), dns)).result).toBe("fail");
    expect((await verifyArc(splitMessage(sealed.replace("cv=none", "cv=pass")), dns)).result).toBe("fail");
    expect((await verifyArc(splitMessage(sealed), {})).result).toBe("cannot tell");
    expect((await verifyArc(splitMessage(mail), dns)).result).toBe("none");
  });
});

/** One ARC set by a forwarder, signed apart from the code under test (RFC 8617). */
async function seal(eml: string): Promise<{ sealed: string; dns: Record<string, string> }> {
  const { subtle } = globalThis.crypto;
  const pair = (await subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"])) as CryptoKeyPair;
  const base64 = (b: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(b)));
  const sign = async (text: string) =>
    base64(await subtle.sign("Ed25519", pair.privateKey, await subtle.digest("SHA-256", ascii(text))));
  const relaxed = (raw: string) =>
    `${raw.slice(0, raw.indexOf(":")).toLowerCase()}:${raw.slice(raw.indexOf(":") + 1).trim()}`;
  const [head = "", body = ""] = eml.split("\r\n\r\n");
  const bh = base64(await subtle.digest("SHA-256", ascii(body)));
  const from = head.split("\r\n").find((l) => l.startsWith("From:")) as string;
  const aar = "ARC-Authentication-Results: i=1; forward.example; dmarc=pass header.from=newspaper.org";
  const ams = `ARC-Message-Signature: i=1; a=ed25519-sha256; c=relaxed/relaxed; d=forward.example; s=k; h=from; bh=${bh}; b=`;
  const amsSigned = ams + (await sign(`${relaxed(from)}\r\n${relaxed(ams)}`));
  const as = "ARC-Seal: i=1; a=ed25519-sha256; cv=none; d=forward.example; s=k; b=";
  const asSigned = as + (await sign([aar, amsSigned, as].map(relaxed).join("\r\n")));
  const key = base64(await subtle.exportKey("raw", pair.publicKey));
  return {
    sealed: [asSigned, amsSigned, aar, eml].join("\r\n"),
    dns: { "k._domainkey.forward.example": `v=DKIM1; k=ed25519; p=${key}` },
  };
}

describe("checks on a link", () => {
  it.each([
    ["https://bit.ly/3xyz", "link-shortened"],
    ["https://www.google.com/url?q=https://evil.net/x", "link-redirects"],
    ["http://203.0.113.9/", "link-to-number"],
    ["https://google.com@evil.net/", "link-user-part"],
    ["javascript:alert(1)", "link-runs-code"],
    ["data:text/html,<script>", "link-carries-page"],
    ["https://faceb00k.com/login", "domain-look-alike"],
    ["https://xn--80ak6aa92e.com/", "domain-whole-look-alike"],
    ["https://paypal.com.login.example.net/", "domain-borrows-name"],
    ["https://files.example.net/report.pdf.exe", "link-to-program"],
    ["https://good.org/go?to=https%3A%2F%2Fevil.net%2F", "link-inside-link"],
  ])("%s: %s", (link, code) => {
    expect(codes(checkLink(link))).toContain(code);
  });
  it("an ordinary link raises nothing, and what is shown is compared with where it leads", () => {
    expect(checkLink("https://newspaper.org/news/2026/11")).toEqual([]);
    expect(codes(checkLink("https://evil.net/", { shownAs: "https://newspaper.org" }))).toContain("link-shows-other");
    expect(codes(checkLink("https://mail.newspaper.org/", { shownAs: "newspaper.org" }))).toEqual([]);
  });
  it("known services and one's own domains are not their own imitation", () => {
    for (const host of ["accounts.google.com", "facebook.com", "own.org", "mail.own.org"])
      expect(checkHost(host, ["own.org"])).toEqual([]);
    expect(codes(checkHost("luatkh0a.org", ["luatkhoa.org"]))).toContain("domain-look-alike");
  });
});

describe("checks on a file", () => {
  const check = async (name: string, content: Uint8Array, mediaType?: string) =>
    codes(await checkFile({ name, content, ...(mediaType ? { mediaType } : {}) }));
  it.each([
    ["cat.jpg.exe", "MZ", "double-extension"],
    ["photo\u202egpj.exe", "MZ", "name-reordered"],
    ["report.pdf", "MZ\x90\0", "file-runs"],
    ["report.pdf", "<html><body>", "type-lies"],
    ["form.html", "<html><input type=password>", "page-asks-password"],
    ["a.svg", "<svg onload=alert(1)>", "picture-with-script"],
    ["a.pdf", "%PDF-1.7 /OpenAction << /S /J#61vaScript", "pdf-script"],
    ["a.pdf", "%PDF-1.7 /Launch", "pdf-launch"],
    ["a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....._\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0", "office-macros"],
    ["a.rtf", "{\\rtf1 {\\object\\objdata 0105}}", "office-embedded"],
    ["a.lnk", "L\0\0\0", "file-runs"],
  ])("%s: %s … %s", async (name, text, code) => {
    expect(await check(name, ascii(text))).toContain(code);
  });
  it("macros, remote templates, passwords and programs inside an archive", async () => {
    expect(await check("a.docx", zip([["word/vbaProject.bin", "x", 0]]))).toContain("office-macros");
    const rels = '<Relationship Type="http://x/attachedTemplate" Target="https://evil.net/t" TargetMode="External"/>';
    expect(await check("a.docx", zip([["word/_rels/settings.xml.rels", rels, 0]]))).toContain("office-remote");
    expect(await check("a.zip", zip([["x.txt", "x", 1]]))).toContain("archive-password");
    expect(await check("a.zip", zip([["invoice.js", "x", 0]]))).toContain("archive-with-program");
    expect(await check("a.docx", zip([["word/document.xml", "x", 0]]))).toEqual([]);
  });
  it("what a photograph tells", async () => {
    const photo = tiff();
    expect(readExif(photo)).toMatchObject({ make: "Cam", latitude: 21.5, longitude: -105 });
    expect(await check("a.tif", photo)).toEqual(expect.arrayContaining(["photo-place", "photo-device"]));
    expect(readExif(photo.subarray(0, 60))).toBeUndefined();
  });
});

/** A stored (unpacked) zip with entries of name, content and flag bits. */
function zip(entries: readonly (readonly [string, string, number])[]): Uint8Array {
  const parts: number[] = [];
  const central: number[] = [];
  const u16 = (n: number) => [n & 255, n >> 8];
  const u32 = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24];
  for (const [name, content, flags] of entries) {
    const at = parts.length;
    const common = [
      ...u16(20),
      ...u16(flags),
      ...u16(0),
      ...u32(0),
      ...u32(0),
      ...u32(content.length),
      ...u32(content.length),
      ...u16(name.length),
      ...u16(0),
    ];
    parts.push(0x50, 0x4b, 3, 4, ...common, ...ascii(name), ...ascii(content));
    central.push(
      0x50,
      0x4b,
      1,
      2,
      ...u16(20),
      ...common,
      ...u16(0),
      ...u16(0),
      ...u16(0),
      ...u32(0),
      ...u32(at),
      ...ascii(name),
    );
  }
  return Uint8Array.from([
    ...parts,
    ...central,
    0x50,
    0x4b,
    5,
    6,
    0,
    0,
    0,
    0,
    ...u16(entries.length),
    ...u16(entries.length),
    ...u32(central.length),
    ...u32(parts.length),
    0,
    0,
  ]);
}

/** A little-endian TIFF with a maker and a place. */
function tiff(): Uint8Array {
  const out = new Uint8Array(180);
  const view = new DataView(out.buffer);
  out.set(ascii("II*\0"));
  view.setUint32(4, 8, true);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    view.setUint32(at + 8, value, true);
  };
  view.setUint16(8, 2, true);
  entry(10, 0x010f, 2, 4, 0x006d6143);
  entry(22, 0x8825, 4, 1, 40);
  view.setUint16(40, 4, true);
  entry(42, 1, 2, 2, 0x4e);
  entry(54, 2, 5, 3, 100);
  entry(66, 3, 2, 2, 0x57);
  entry(78, 4, 5, 3, 130);
  for (const [at, degrees, minutes] of [
    [100, 21, 30],
    [130, 105, 0],
  ] as const) {
    for (const [i, n] of [degrees, minutes, 0].entries()) {
      view.setUint32(at + 8 * i, n, true);
      view.setUint32(at + 8 * i + 4, 1, true);
    }
  }
  return out;
}
