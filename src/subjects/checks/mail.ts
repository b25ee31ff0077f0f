import PostalMime, { type Email } from "postal-mime";
import { decode } from "./addresses.ts";
import { verifyArc } from "./arc.ts";
import { checkContent } from "./content.ts";
import { checkDates } from "./dates.ts";
import { verifyDkim } from "./dkim.ts";
import { checkFile } from "./file.ts";
import { type Finding, quoted, sortFindings } from "./finding.ts";
import { field, type Message, splitMessage } from "./message.ts";
import { checkAuthentication, describeSignatures } from "./route.ts";
import { checkSender, type KnownPerson } from "./sender.ts";
import type { Dns } from "./signature.ts";

export type MailOptions = {
  /** The name under which the reader's own receiver writes Authentication-Results; without it none is believed. */
  readonly authservId?: string | readonly string[];
  /** TXT records for signatures, by name (`selector._domainkey.example.org`), or a function that has them. */
  readonly dns?: Dns;
  /** Domains of the reader's organization and circle. */
  readonly domains?: readonly string[];
  /** People the reader knows, with their right addresses. */
  readonly people?: readonly KnownPerson[];
  /** Milliseconds since 1970; without it nothing is said about the future and about expired signatures. */
  readonly now?: number;
};

const mostAttachments = 50;
const mostNesting = 3;
const mostLines = 200_000;

/**
 * Looks at a mail (RFC 5322, as text or bytes) on the device: nothing is fetched, opened or shown. Findings come
 * weightiest first, at most 200; none says that a mail is safe. Reads at most 32 MiB, 50 attachments, mails inside
 * mails to a depth of 3. Never throws for what a mail holds.
 *
 * @example
 * const findings = await checkMail("From: PayPal Support <x@evil.example>\r\n\r\nHello");
 * findings[0]?.code; // "name-borrows-brand"
 */
export async function checkMail(eml: string | Uint8Array, options: MailOptions = {}): Promise<Finding[]> {
  return sortFindings(await look(eml, options, 0));
}

async function look(eml: string | Uint8Array, options: MailOptions, depth: number): Promise<Finding[]> {
  const message = splitMessage(eml);
  const findings: Finding[] = [];
  const add = (code: string, weight: Finding["weight"], sentence: string, reason: string, about: string) => {
    findings.push({ code, weight, sentence, reason, about });
  };
  if (message.fields.length === 0) {
    add("not-a-mail", "note", "This is no mail: it has no header.", "Only its text can be compared.", "mail");
    return findings;
  }
  if (message.cut)
    add(
      "mail-too-long",
      "note",
      "Only the first 32 MiB of the mail were looked at.",
      "What stands behind is unknown.",
      "mail",
    );
  const own = options.domains ?? [];
  const fromDomain = checkSender(message, [], [], []).from?.domain ?? "";
  const dkim = await verifyDkim(message, options.dns, options.now === undefined ? undefined : options.now / 1000);
  const arc = await verifyArc(message, options.dns);
  const passed = describeSignatures(dkim, arc, fromDomain, options.dns !== undefined, add);
  const servers = typeof options.authservId === "string" ? [options.authservId] : (options.authservId ?? []);
  // Only the outer mail came through the reader's receiver.
  const vouched = checkAuthentication(message, depth === 0 ? servers : [], fromDomain, add);
  const sender = checkSender(message, own, options.people ?? [], [...passed, ...vouched]);
  findings.push(...sender.findings);
  const signedAt = dkim.flatMap((d) => (d.result === "pass" && d.signedAt !== undefined ? [d.signedAt] : []));
  checkDates(message, signedAt, options.now, add);
  await checkBody(message, options, depth, findings, add);
  return findings;
}

/** The beginning of a message with at most `mostLines` lines: the parser takes its time for every one. */
function withinLines(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1))
    if (++lines >= mostLines) return bytes.subarray(0, at + 1);
  return bytes;
}

async function checkBody(
  message: Message,
  options: MailOptions,
  depth: number,
  findings: Finding[],
  add: (code: string, weight: Finding["weight"], sentence: string, reason: string, about: string) => void,
): Promise<void> {
  let mail: Email;
  try {
    const read = withinLines(message.bytes);
    if (read.length < message.bytes.length) {
      add(
        "mail-too-long",
        "note",
        `Only the first ${mostLines} lines of the mail were looked at.`,
        "What stands behind is unknown.",
        "mail",
      );
    }
    mail = await PostalMime.parse(read, {
      attachmentEncoding: "arraybuffer",
      forceRfc822Attachments: true,
      maxNestingDepth: 32,
      maxHeadersSize: 512 * 1024,
    });
  } catch {
    add(
      "body-not-read",
      "medium",
      "The parts of the mail cannot be read.",
      "It is damaged, or nested so deeply that no honest program made it.",
      "body",
    );
    return;
  }
  const subject = decode(field(message, "subject")?.value ?? "");
  findings.push(...checkContent(mail.html, mail.text, subject, options.domains ?? []));
  if (mail.attachments.length > mostAttachments) {
    add(
      "many-attachments",
      "low",
      `The mail has ${mail.attachments.length} attachments; ${mostAttachments} were looked at.`,
      "What the others hold is unknown.",
      "attachments",
    );
  }
  for (const attachment of mail.attachments.slice(0, mostAttachments)) {
    const content =
      typeof attachment.content === "string"
        ? new TextEncoder().encode(attachment.content)
        : new Uint8Array(attachment.content);
    const name = attachment.filename ?? "";
    if (attachment.mimeType === "message/rfc822" || /\.eml$/i.test(name)) {
      if (depth >= mostNesting) {
        add(
          "nested-too-deep",
          "medium",
          "Mails are nested in mails more than three deep.",
          "What stands further in was not looked at.",
          quoted(name || "message"),
        );
        continue;
      }
      const inner = await look(content, options, depth + 1);
      findings.push(...inner.map((f) => ({ ...f, about: `attached mail: ${f.about}`.slice(0, 200) })).slice(0, 100));
      continue;
    }
    findings.push(...(await checkFile({ name, mediaType: attachment.mimeType, content })));
    if (findings.length > 2000) break;
  }
}
