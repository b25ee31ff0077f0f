import { checkMail } from "../../../src/subjects/index.ts";
import { type Row, row } from "./row.ts";
import { makeSigner } from "./signer.ts";

const plain = (headers: readonly string[], body = "Hello,\r\nsee you on Friday.\r\n") =>
  `${headers.join("\r\n")}\r\n\r\n${body}`;
const date = "Date: Mon, 02 Nov 2026 10:00:00 +0700";
const id = (domain: string) => `Message-ID: <1@${domain}>`;

/** Mails that must raise the code given, with weight medium or high. */
const bad: readonly (readonly [code: string, eml: string])[] = [
  [
    "name-borrows-brand",
    plain([
      "From: PayPal Support <service@account-check.example.com>",
      "To: a@b.org",
      "Subject: Verify",
      date,
      id("example.com"),
    ]),
  ],
  [
    "name-borrows-brand",
    plain(['From: "Microsoft account team" <ms.team77@gmail.com>', "Subject: x", date, id("mail.gmail.com")]),
  ],
  ["domain-look-alike", plain(["From: Facebook <security@faceb00k.com>", "Subject: x", date, id("faceb00k.com")])],
  ["domain-look-alike", plain(["From: Lan <lan@bao-moi-vlet.org>", "Subject: x", date, id("x.org")])],
  ["domain-mixed-script", plain(["From: Support <a@xn--pypal-4ve.com>", "Subject: x", date, id("x.com")])],
  [
    "domain-borrows-name",
    plain(["From: Security <a@paypal.com.login-check.net>", "Subject: x", date, id("login-check.net")]),
  ],
  [
    "name-shows-other-address",
    plain(['From: "director@ngo.org" <x7731@freemail.example.net>', "Subject: x", date, id("example.net")]),
  ],
  [
    "reply-to-differs",
    plain([
      "From: Editor <editor@newspaper.org>",
      "Reply-To: editor.newspaper@gmail.com",
      "Subject: x",
      date,
      id("newspaper.org"),
    ]),
  ],
  ["name-of-known", plain(["From: Trần Thị Mai <mai.tran.1990@gmail.com>", "Subject: x", date, id("mail.gmail.com")])],
  [
    "results-dmarc-fail",
    plain([
      "Authentication-Results: mx.own.org; dmarc=fail header.from=newspaper.org; spf=fail smtp.mailfrom=evil.net",
      "From: Editor <editor@newspaper.org>",
      "Subject: x",
      date,
      id("newspaper.org"),
    ]),
  ],
  [
    "link-shows-other",
    plain(
      ["From: A <a@newspaper.org>", "Subject: x", date, id("newspaper.org"), "Content-Type: text/html"],
      '<a href="https://evil.net/login">https://mail.google.com/</a>',
    ),
  ],
  [
    "link-user-part",
    plain(
      ["From: A <a@newspaper.org>", "Subject: x", date, id("newspaper.org")],
      "See https://google.com@evil.net/x now",
    ),
  ],
  [
    "link-to-number",
    plain(["From: A <a@newspaper.org>", "Subject: x", date, id("newspaper.org")], "See http://203.0.113.9/login now"),
  ],
  [
    "form-in-mail",
    plain(
      ["From: A <a@newspaper.org>", "Subject: x", date, id("newspaper.org"), "Content-Type: text/html"],
      '<form action="https://evil.net"><input type=password></form>',
    ),
  ],
  [
    "double-extension",
    plain(
      [
        "From: A <a@newspaper.org>",
        "Subject: x",
        date,
        id("newspaper.org"),
        'Content-Type: application/octet-stream; name="report.pdf.exe"',
        "Content-Transfer-Encoding: base64",
      ],
      "TVqQAAMAAAAEAAAA",
    ),
  ],
  [
    "type-lies",
    plain(
      [
        "From: A <a@newspaper.org>",
        "Subject: x",
        date,
        id("newspaper.org"),
        'Content-Type: application/pdf; name="report.pdf"',
        "Content-Disposition: attachment; filename=report.pdf",
        "Content-Transfer-Encoding: base64",
      ],
      btoa("<!doctype html><html><script>1</script></html>"),
    ),
  ],
  ["from-twice", plain(["From: A <a@newspaper.org>", "From: B <b@evil.net>", "Subject: x", date, id("newspaper.org")])],
];

/** Ordinary mail: nothing of weight high, and medium not either. */
const ordinary: readonly string[] = [
  plain(["From: Lan Tran <lan@newspaper.org>", "To: b@own.org", "Subject: Friday", date, id("newspaper.org")]),
  plain(
    [
      "Return-Path: <bounce+77@mailer.example.net>",
      "From: Newsletter <news@newspaper.org>",
      "Reply-To: news@newspaper.org",
      "Subject: This week",
      date,
      id("mailer.example.net"),
      "Content-Type: text/html",
    ],
    '<p>Hi</p><a href="https://newspaper.org/a?utm_source=x">Read more</a><img src="https://newspaper.org/p.png">',
  ),
  plain(["From: Nam <nam.nguyen@gmail.com>", "Subject: photos", date, id("mail.gmail.com")]),
  plain(
    ["From: Google <no-reply@accounts.google.com>", "Subject: Security alert", date, id("google.com")],
    "See https://accounts.google.com/x\r\n",
  ),
  plain([
    "From: =?UTF-8?B?Tmd1eeG7hW4gVsSDbiBOYW0=?= <nam@newspaper.org>",
    "Subject: =?UTF-8?Q?Xin_ch=C3=A0o?=",
    date,
    id("newspaper.org"),
  ]),
];

const options = {
  authservId: "mx.own.org",
  domains: ["own.org", "baomoiviet.org"],
  people: [{ name: "Trần Thị Mai", mail: "mai@newspaper.org" }],
  now: Date.parse("2026-11-03T00:00:00Z"),
};

export async function evaluateMails(): Promise<Row[]> {
  let found = 0;
  const missed: string[] = [];
  for (const [code, eml] of bad) {
    const findings = await checkMail(eml, options);
    if (findings.some((f) => f.code === code && (f.weight === "high" || f.weight === "medium"))) found++;
    else missed.push(code);
  }
  let quiet = 0;
  for (const eml of ordinary) {
    const findings = await checkMail(eml, options);
    if (findings.every((f) => f.weight === "low" || f.weight === "note")) quiet++;
    else missed.push(`ordinary: ${findings[0]?.code}`);
  }
  const rows = [
    row("mails", "signs of phishing found", bad.length, found, missed.join(", ") || undefined),
    row("mails", "ordinary mail without alarm", ordinary.length, quiet),
  ];
  for (const algorithm of ["rsa-sha256", "ed25519-sha256"] as const) {
    const signer = await makeSigner(algorithm);
    let right = 0;
    let cases = 0;
    for (const canonical of ["simple/simple", "relaxed/relaxed", "relaxed/simple", "simple/relaxed"] as const) {
      const eml = await signer.sign(
        plain(
          ["From: A <a@newspaper.org>", "To: b@own.org", "Subject:  spaced   out", date, id("newspaper.org")],
          "Line one  \r\n\tline two\r\n\r\n\r\n",
        ),
        canonical,
      );
      const code = async (text: string) => (await checkMail(text, { ...options, dns: signer.dns })).map((f) => f.code);
      const checks = [
        (await code(eml)).includes("dkim-pass"),
        (await code(eml.replaceAll("\r\n", "\n"))).includes("dkim-pass"), // saved with other line ends
        (await code(eml.replace("Line one", "Line 0ne"))).includes("dkim-fail"),
        (await code(eml.replace("spaced", "Spaced"))).includes("dkim-fail"),
        (await code(`${eml}added\r\n`)).includes("dkim-fail"),
      ];
      cases += checks.length;
      right += checks.filter(Boolean).length;
    }
    rows.push(row("mails", `DKIM ${algorithm}`, cases, right));
  }
  return rows;
}
