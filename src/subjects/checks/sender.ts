import { compareNames } from "../names/compare.ts";
import { bidiControls } from "../text/clean.ts";
import { fold } from "../text/fold.ts";
import { scriptsOf } from "../text/script.ts";
import { type Mailbox, mailboxes } from "./addresses.ts";
import { aligned, checkHost, organizational } from "./domains.ts";
import { type Finding, quoted } from "./finding.ts";
import { ambiguousBrands, brands, freeMail } from "./known.ts";
import { field, type Message } from "./message.ts";

export type KnownPerson = { readonly name: string; readonly mail: string };

/** Whose the mail says it is, and what in its header speaks against it. `vouchedDomains`: whose signature held. */
export function checkSender(
  message: Message,
  own: readonly string[],
  people: readonly KnownPerson[],
  vouchedDomains: readonly string[],
): { readonly findings: Finding[]; readonly from: Mailbox | undefined } {
  const findings: Finding[] = [];
  const froms = message.fields.filter((f) => f.name === "from");
  const senders = froms.flatMap((f) => mailboxes(f.value));
  const from = senders[0];
  const about = quoted(from?.address ?? "From");
  const add = (code: string, weight: Finding["weight"], sentence: string, reason: string, on = about) =>
    findings.push({ code, weight, sentence, reason, about: on });
  if (!from) {
    add("from-missing", "high", "The mail names no sender address.", "Every mail program writes one.");
    return { findings, from };
  }
  if (froms.length > 1)
    add(
      "from-twice",
      "high",
      "The mail has more than one From line.",
      "Programs show one and check another (RFC 5322 §3.6 allows one).",
    );
  else if (senders.length > 1)
    add(
      "from-many",
      "medium",
      "The mail names several senders in From.",
      "Programs show one of them and may check another.",
    );
  findings.push(...checkHost(from.domain, own));
  checkDisplayName(from, own, people, add);
  const trusted = vouchedDomains.some((domain) => aligned(domain, from.domain));

  const replies = mailboxes(field(message, "reply-to")?.value ?? "");
  const other = replies.find((reply) => !aligned(reply.domain, from.domain));
  if (other) {
    const free = freeMail.has(other.domain);
    const weight =
      free && !freeMail.has(from.domain)
        ? "medium"
        : free && freeMail.has(from.domain)
          ? "medium"
          : trusted
            ? "note"
            : "low";
    add(
      "reply-to-differs",
      weight,
      `Answers go to ${quoted(other.address)}, not to ${quoted(from.address)}.`,
      "A borrowed sender gets no answers, so swindlers give another address; mailing services do, too.",
    );
    findings.push(...checkHost(other.domain, own));
  } else if (
    replies.length > 0 &&
    freeMail.has(from.domain) &&
    !replies.some((reply) => reply.address === from.address)
  ) {
    add(
      "reply-to-differs",
      "medium",
      `Answers go to ${quoted((replies[0] as Mailbox).address)}, not to ${quoted(from.address)}.`,
      "Both are accounts that anybody can open.",
    );
  }
  const returnPath = mailboxes(field(message, "return-path")?.value ?? "")[0];
  if (returnPath && !aligned(returnPath.domain, from.domain)) {
    add(
      "return-path-differs",
      trusted ? "note" : "low",
      `Bounces go to ${quoted(returnPath.domain)}, the sender names ${quoted(from.domain)}.`,
      "The way the mail came is another organization's; mailing services do this, and forgers cannot avoid it.",
    );
  }
  const sender = mailboxes(field(message, "sender")?.value ?? "")[0];
  if (sender && !aligned(sender.domain, from.domain)) {
    add(
      "sender-differs",
      trusted ? "note" : "low",
      `The mail was sent by ${quoted(sender.address)} in the name of ${quoted(from.address)}.`,
      "Most programs show only the second.",
    );
  }
  const id = /@([^>\s]+)>?/.exec(field(message, "message-id")?.value ?? "")?.[1]?.toLowerCase();
  if (field(message, "message-id") === undefined)
    add(
      "message-id-missing",
      "low",
      "The mail has no Message-ID.",
      "Mail programs and servers write one; scripts often do not.",
    );
  else if (
    id !== undefined &&
    freeMail.has(from.domain) &&
    !aligned(id, from.domain) &&
    /(?:^|\.)(?:localhost|local|localdomain)$|^[\w-]+$/.test(id)
  ) {
    add(
      "message-id-odd",
      "low",
      `The Message-ID was made at “${quoted(id)}”, not at ${quoted(from.domain)}.`,
      "Mail written at the provider carries the provider's name.",
    );
  }
  const mailer = `${field(message, "x-mailer")?.value ?? ""} ${field(message, "x-php-originating-script")?.value ?? ""}`;
  if (/phpmailer|leaf php|php\/|swiftmailer|\.php/i.test(mailer))
    add(
      "sent-by-script",
      "low",
      "The mail was sent by a script on a web server.",
      "Many sites do this; so do most kits for phishing.",
    );
  const subject = field(message, "subject")?.value ?? "";
  if (bidiControls.test(subject))
    add(
      "subject-reordered",
      "low",
      "The subject holds characters that change the order in which it is read.",
      "It may read otherwise than it is stored.",
      "Subject",
    );
  return { findings, from };
}

function checkDisplayName(
  from: Mailbox,
  own: readonly string[],
  people: readonly KnownPerson[],
  add: (code: string, weight: Finding["weight"], sentence: string, reason: string) => void,
): void {
  const name = from.name.slice(0, 512);
  if (name.trim() === "") return;
  const inside = /[\w.+-]{1,64}@((?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}]{2,24})/u.exec(name);
  if (inside && inside[0].toLowerCase() !== from.address) {
    const weight = aligned((inside[1] as string).toLowerCase(), from.domain) ? "low" : "high";
    add(
      "name-shows-other-address",
      weight,
      `The name shows ${quoted(inside[0])}, the mail comes from ${quoted(from.address)}.`,
      "Telephones show only the name.",
    );
  }
  if (bidiControls.test(name))
    add(
      "name-reordered",
      "high",
      "The sender's name holds characters that change the order in which it is read.",
      "It reads otherwise than it is stored.",
    );
  const mixed = name
    .split(/[\s\p{P}]+/u)
    .find((word) => scriptsOf(word).filter((s) => s === "Latin" || s === "Cyrillic" || s === "Greek").length > 1);
  if (mixed)
    add(
      "name-mixed-script",
      "high",
      `“${quoted(mixed)}” in the sender's name mixes letters of two scripts.`,
      "They are there to look like a name and pass by filters.",
    );
  const known = people.find(
    (person) =>
      person.mail.toLowerCase() !== from.address &&
      fold(person.name).length >= 5 &&
      compareNames(person.name, name).score >= 0.9,
  );
  if (known) {
    add(
      "name-of-known",
      "high",
      `The name is that of ${quoted(known.name)}, whose address is ${quoted(known.mail)}; this is ${quoted(from.address)}.`,
      "A name can be written by anybody. Ask on another way.",
    );
  }
  const words = fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const joined = words.join("");
  for (const [brand, domains] of brands) {
    const present = words.includes(brand) || (brand.length >= 7 && joined.includes(brand));
    if (
      !present ||
      domains.some((domain) => organizational(from.domain) === domain) ||
      own.some((o) => aligned(o, from.domain))
    )
      continue;
    // “Amazon Nguyen” may be a person; “Apple Support” is none.
    const official =
      /support|service|security|team|account|alert|admin|help|notif|no.?reply|verif|billing|bank|mail|invoice|update|ho tro|bao mat|thong bao/.test(
        fold(name),
      );
    if (ambiguousBrands.has(brand) && !official && words.length > 1) continue;
    add(
      "name-borrows-brand",
      freeMail.has(from.domain) || official ? "high" : "medium",
      `The name says “${quoted(from.name)}”, the address is at ${quoted(from.domain)}.`,
      `${brand} writes from ${domains[0]}.`,
    );
    break;
  }
  const ownName = own
    .map((o) => organizational(o.toLowerCase()).split(".")[0] as string)
    .find((label) => label.length >= 4 && joined.includes(label));
  if (ownName && !own.some((o) => aligned(o, from.domain))) {
    add(
      "name-borrows-own",
      "high",
      `The name holds “${ownName}”, the address is at ${quoted(from.domain)}.`,
      "It looks like mail from within your circle and comes from outside.",
    );
  }
}
