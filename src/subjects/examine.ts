import { checkFile } from "./checks/file.ts";
import { type Finding, sortFindings } from "./checks/finding.ts";
import { checkLink } from "./checks/link.ts";
import { checkMail, type MailOptions } from "./checks/mail.ts";
import { splitMessage } from "./checks/message.ts";
import { type Field, parseField } from "./identifiers/parse.ts";
import type { Settings } from "./identifiers/understood.ts";

/** What was pasted or dropped, looked at on the device. */
export type Examined = {
  readonly kind: "mail" | "link" | "text" | "file";
  readonly findings: readonly Finding[];
  /** Identifiers in it: of a mail those in its header, of a text all. */
  readonly field: Field;
  /** Text to compare and to sketch; absent for files that hold none to read. */
  readonly text?: string;
};

const mostLinks = 200;

/**
 * Tells what a tip is (mail, link, text or another file) and runs the checks that fit; what `symbolon tip check` shows.
 * `name` is the file's name, or absent for pasted text. Opens and fetches nothing; never throws for what it holds.
 */
export async function examine(
  content: Uint8Array<ArrayBuffer>,
  name?: string,
  options: MailOptions & Settings = {},
): Promise<Examined> {
  const text = readText(content);
  const own = options.domains ?? [];
  if (text === undefined || /\.(?:html?|svg|rtf|js|vbs|bat|cmd|ps1|lnk|hta)$/i.test(name ?? "")) {
    const findings = await checkFile({ name: name ?? "", content });
    return { kind: "file", findings, field: parseField("") };
  }
  const trimmed = text.trim();
  if (/\.eml$/i.test(name ?? "") || looksLikeMail(content)) {
    const message = splitMessage(content);
    const wanted = /^(?:from|reply-to|sender|return-path)$/;
    const header = message.fields.filter((f) => wanted.test(f.name)).map((f) => f.value);
    const findings = await checkMail(content, options);
    return { kind: "mail", findings, field: parseField(header.join("\n"), options), text };
  }
  if (/^\S{4,4096}$/.test(trimmed) && /^(?:h(?:tt|xx)ps?|ftp|data|javascript):|^www\./i.test(trimmed)) {
    return { kind: "link", findings: checkLink(trimmed, { domains: own }), field: parseField(trimmed, options), text };
  }
  const findings: Finding[] = name === undefined ? [] : await checkFile({ name, content });
  let links = 0;
  for (const match of text.slice(0, 1_000_000).matchAll(/\b(?:https?|hxxps?):\/\/[^\s<>"')\]]{3,2048}/gi)) {
    if (links++ >= mostLinks) break;
    findings.push(...checkLink(match[0], { domains: own }));
  }
  return { kind: "text", findings: sortFindings(findings), field: parseField(text, options), text };
}

/** The content as text, if it is any: UTF-8 without the bytes that only binary files hold. */
function readText(content: Uint8Array<ArrayBuffer>): string | undefined {
  const head = content.subarray(0, 4096);
  if (head.includes(0)) return undefined;
  const magic = String.fromCharCode(...head.subarray(0, 4));
  if (/^(?:%PDF|PK|.PNG|\xff\xd8|GIF8|Rar!|7z|MZ)/.test(magic)) return undefined;
  return new TextDecoder().decode(content.subarray(0, 32 * 2 ** 20));
}

/** Two fields that every mail has, before an empty line. */
function looksLikeMail(content: Uint8Array<ArrayBuffer>): boolean {
  const { fields } = splitMessage(content.subarray(0, 65_536));
  const has = (name: string) => fields.some((f) => f.name === name);
  return has("from") && (has("date") || has("subject") || has("received") || has("message-id"));
}
