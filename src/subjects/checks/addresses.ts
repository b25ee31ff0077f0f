import { decodeWords } from "postal-mime";

export type Mailbox = { readonly name: string; readonly address: string; readonly domain: string };

/** The mailboxes of an address field (RFC 5322 §3.4), at most 64 of the first 16,384 characters; lenient. */
export function mailboxes(value: string): Mailbox[] {
  const out: Mailbox[] = [];
  for (const part of splitList(value.slice(0, 16_384))) {
    if (out.length >= 64) break;
    const angle = part.lastIndexOf("<");
    const close = part.indexOf(">", angle);
    const address = (angle >= 0 ? part.slice(angle + 1, close < 0 ? undefined : close) : part)
      .trim()
      .replace(/^["']|["']$/g, "");
    if (!address.includes("@")) continue;
    const name = angle >= 0 ? part.slice(0, angle).trim().replace(/^"|"$/g, "").replace(/\\(.)/g, "$1") : "";
    out.push({
      name: decode(name),
      address: address.toLowerCase(),
      domain: address
        .slice(address.lastIndexOf("@") + 1)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}.-].*$/u, ""),
    });
  }
  return out;
}

/** Encoded words (RFC 2047) in plain text. */
export function decode(text: string): string {
  if (!text.includes("=?")) return text;
  try {
    return decodeWords(text);
  } catch {
    return text;
  }
}

function splitList(value: string): string[] {
  const out: string[] = [];
  let from = 0;
  let quotedPart = false;
  let angle = false;
  for (let i = 0; i < value.length; i++) {
    const c = value[i];
    if (c === "\\") i++;
    else if (c === '"') quotedPart = !quotedPart;
    else if (c === "<" && !quotedPart) angle = true;
    else if (c === ">" && !quotedPart) angle = false;
    else if (!quotedPart && !angle && (c === "," || c === ";" || (c === ":" && !value.slice(from, i).includes("@")))) {
      if (c !== ":") out.push(value.slice(from, i));
      from = i + 1;
    }
  }
  out.push(value.slice(from));
  return out.map((part) => part.trim()).filter(Boolean);
}
