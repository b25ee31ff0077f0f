import type { ArcResult } from "./arc.ts";
import { parseAuthResults } from "./authentication.ts";
import type { DkimResult } from "./dkim.ts";
import { aligned } from "./domains.ts";
import { type Finding, quoted } from "./finding.ts";
import type { Message } from "./message.ts";

type Add = (code: string, weight: Finding["weight"], sentence: string, reason: string, about: string) => void;

/** What the reader's own receiver said. `vouched`: domains it found to hold. */
export function checkAuthentication(
  message: Message,
  servers: readonly string[],
  fromDomain: string,
  add: Add,
): string[] {
  const mine = new Set(servers.map((s) => s.toLowerCase()));
  const all = message.fields.filter((f) => f.name === "authentication-results").slice(0, 32);
  const vouched: string[] = [];
  let read = false;
  for (const f of all) {
    const parsed = parseAuthResults(f.value);
    if (!parsed || !mine.has(parsed.server)) {
      const who = parsed?.server ?? "an unreadable line";
      add(
        "results-not-ours",
        "note",
        `Results by “${quoted(who)}” are not believed.`,
        mine.size === 0
          ? "Anybody can write such a line; name your own receiver to have its lines read."
          : "Only your own receiver's line counts; any other can be written by the sender.",
        quoted(who),
      );
      continue;
    }
    if (read) {
      // RFC 8601 §5: a receiver takes away lines in its own name; the topmost is the one it wrote.
      add(
        "results-twice",
        "medium",
        `A second line claims to be by ${quoted(parsed.server)}; it is not believed.`,
        "The sender may have written it to look checked.",
        quoted(parsed.server),
      );
      continue;
    }
    read = true;
    for (const { method, result, properties } of parsed.results) {
      const about = `${method} by ${parsed.server}`;
      if (method === "dkim" && result === "pass") {
        const domain = (
          properties.get("header.d") ??
          properties.get("header.i")?.replace(/^.*@/, "") ??
          ""
        ).toLowerCase();
        if (domain) vouched.push(domain);
        add(
          "results-dkim-pass",
          "note",
          `Your receiver found a valid signature of ${quoted(domain || "an unnamed domain")}.`,
          "The mail was sent through that domain's servers; that says nothing of who sat there. Two in five phishing mails pass this.",
          about,
        );
      } else if (method === "spf" && result === "pass") {
        const domain = (properties.get("smtp.mailfrom") ?? "").replace(/^.*@/, "").toLowerCase();
        add(
          "results-spf-pass",
          "note",
          `The mail was handed over by a server that may send for ${quoted(domain || "its domain")}.`,
          "More than half of phishing mails pass this.",
          about,
        );
      } else if (method === "dmarc" && result === "pass") {
        const domain = (properties.get("header.from") ?? fromDomain).toLowerCase();
        vouched.push(domain);
        add(
          "results-dmarc-pass",
          "note",
          `The mail was sent through servers of ${quoted(domain)}.`,
          "One in five phishing mails passes this too: from taken-over accounts, or from domains made for it.",
          about,
        );
      } else if (/^(?:dkim|spf|dmarc|arc)$/.test(method) && /^(?:fail|hardfail|softfail|permerror)$/.test(result)) {
        const weight =
          method === "dmarc"
            ? "high"
            : result === "softfail" || method === "arc" || result === "permerror"
              ? "low"
              : "medium";
        add(
          `results-${method}-fail`,
          weight,
          `Your receiver's ${method.toUpperCase()} check says “${quoted(result)}”.`,
          method === "dmarc"
            ? "The mail did not come on a way that the sender's domain allows."
            : "The mail was changed, forwarded, or did not come from where it says.",
          about,
        );
      } else if (/^(?:dkim|spf|dmarc)$/.test(method) && /^(?:none|neutral|temperror)$/.test(result)) {
        add(
          `results-${method}-none`,
          method === "dmarc" ? "low" : "note",
          `Your receiver's ${method.toUpperCase()} check has no result (“${quoted(result)}”).`,
          "Nothing shows that the mail came from where it says.",
          about,
        );
      }
    }
  }
  return vouched;
}

const problems: Readonly<Record<string, string>> = {
  "no-record": "its public key was not supplied",
  revoked: "its key was withdrawn",
  "bad-record": "its key record cannot be read",
  "wrong-key-type": "its key is of another type",
  "weak-key": "its key is too short to count",
  "not-on-this-device": "this device does not know the method",
  malformed: "it is malformed",
  unsupported: "its method is not known here",
  "weak-algorithm": "it uses SHA-1, which does not count any more",
  "from-not-signed": "it does not cover the sender",
  expired: "it has expired",
  "body-changed": "the text was changed after signing",
  "body-longer": "a part of the signed text is missing",
  "signature-wrong": "the signature does not fit the header",
};

/** Says what verified signatures mean, and never more. Gives the domains whose signatures held. */
export function describeSignatures(
  dkim: readonly DkimResult[],
  arc: ArcResult,
  fromDomain: string,
  supplied: boolean,
  add: Add,
): string[] {
  const passed: string[] = [];
  for (const result of dkim) {
    const domain = quoted(result.domain || "(no domain)");
    if (result.result === "pass") {
      passed.push(result.domain);
      const ours = aligned(result.domain, fromDomain);
      add(
        "dkim-pass",
        "note",
        `The mail was sent through ${domain}'s servers${ours ? ", the domain of the sender" : ""}.`,
        "The signature holds. It does not tell who wrote, nor whether the account was taken over; two in five phishing mails have one.",
        domain,
      );
      if (!ours)
        add(
          "dkim-other-domain",
          "low",
          `The valid signature is ${domain}'s; the sender names ${quoted(fromDomain)}.`,
          "The sender's own domain vouches for nothing here.",
          domain,
        );
      if (result.uncovered.includes("body-part"))
        add(
          "dkim-body-added",
          "high",
          `Text was added behind what ${domain} signed.`,
          "What stands at the end is not the signer's.",
          domain,
        );
      else if (result.uncovered.includes("body-could-grow"))
        add(
          "dkim-length",
          "low",
          `${domain}'s signature lets text be added at the end.`,
          "Anybody on the way could.",
          domain,
        );
      if (result.uncovered.includes("subject"))
        add(
          "dkim-no-subject",
          "low",
          `${domain}'s signature does not cover the subject.`,
          "It could have been changed on the way.",
          domain,
        );
      if (result.testing)
        add(
          "dkim-testing",
          "low",
          `${domain} says its signatures are only a test.`,
          "Its own receivers are asked not to rely on them.",
          domain,
        );
    } else if (result.result === "cannot tell") {
      if (result.problem === "not-on-this-device")
        add(
          "dkim-not-here",
          "note",
          `The signature by ${domain} is of a kind that this device cannot check.`,
          "Another device may.",
          domain,
        );
      else if (supplied)
        add(
          "dkim-no-record",
          "low",
          `The key for ${domain}'s signature was not supplied.`,
          "The signature could not be checked; old keys are taken away after a time.",
          domain,
        );
      else
        add(
          "dkim-not-checked",
          "note",
          `The mail carries a signature by ${domain} that was not checked.`,
          "Checking needs the domain's key record; asking for it shows whoever runs the name servers that somebody checks.",
          domain,
        );
    } else {
      add(
        "dkim-fail",
        "medium",
        `The signature by ${domain} does not hold: ${problems[result.problem ?? "malformed"]}.`,
        "The mail was changed on the way (mailing lists do that), or is forged.",
        domain,
      );
    }
  }
  if (dkim.length === 0)
    add(
      "dkim-none",
      "low",
      "The mail carries no signature.",
      "Nearly all large providers sign; nothing shows where this one came from.",
      "DKIM-Signature",
    );
  if (arc.result === "pass") {
    const last = quoted(arc.sealers.at(-1) ?? "");
    add(
      "arc-pass",
      "note",
      `The chain of forwarders is whole; the last was ${last}.`,
      "It says what each forwarder found, as far as you believe them.",
      last,
    );
  } else if (arc.result === "fail")
    add(
      "arc-fail",
      "low",
      "The chain of forwarders is broken.",
      "A forwarder's findings were changed, or the chain is forged.",
      "ARC-Seal",
    );
  else if (arc.result === "cannot tell")
    add(
      "arc-not-checked",
      "note",
      "The mail carries a chain of forwarders that was not checked.",
      "Checking needs the forwarders' key records.",
      "ARC-Seal",
    );
  return passed;
}
