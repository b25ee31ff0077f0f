import { type Bytes, utf8 } from "../../core/codec/bytes.ts";

/** One header field as it stands in the message. */
export type HeaderField = {
  /** Lower case. */
  readonly name: string;
  /** The whole field with name, colon and folding, without the last CRLF, as a string of bytes (Latin-1). */
  readonly raw: string;
  /** The value unfolded and trimmed, read as UTF-8. */
  readonly value: string;
};

export type Message = {
  /** From the top. */
  readonly fields: readonly HeaderField[];
  /** Body with CRLF line ends. */
  readonly body: Bytes;
  /** Header and body, with CRLF line ends. */
  readonly bytes: Bytes;
  readonly cut: boolean;
};

const longestMessage = 32 * 2 ** 20;
const mostHeaderBytes = 512 * 1024;
const mostFields = 1000;

/** Splits a message into fields and body. At most 32 MiB, 512 KiB of header and 1,000 fields are read. */
export function splitMessage(eml: string | Uint8Array): Message {
  const given = typeof eml === "string" ? utf8(eml.slice(0, longestMessage)) : eml;
  const bytes = withCrlf(given.subarray(0, longestMessage));
  let end = bytes.length;
  for (let i = 0; i + 3 < bytes.length; i++) {
    if (bytes[i] === 13 && bytes[i + 1] === 10 && bytes[i + 2] === 13 && bytes[i + 3] === 10) {
      end = i;
      break;
    }
  }
  const header = latin1(bytes.subarray(0, Math.min(end, mostHeaderBytes)));
  const fields: HeaderField[] = [];
  let current: string[] = [];
  const flush = () => {
    const raw = current.join("\r\n");
    current = [];
    const colon = raw.indexOf(":");
    if (colon < 1 || fields.length >= mostFields) return;
    const name = raw.slice(0, colon).trim().toLowerCase();
    if (/[^!-9;-~]/.test(name)) return;
    fields.push({ name, raw, value: fromLatin1(raw.slice(colon + 1).replace(/\r\n/g, "")).trim() });
  };
  for (const line of header.split("\r\n")) {
    if (/^[ \t]/.test(line) && current.length > 0) current.push(line);
    else {
      if (current.length > 0) flush();
      // The line that mail stores put in front of a message.
      if (line !== "" && !(fields.length === 0 && line.startsWith("From "))) current = [line];
    }
  }
  if (current.length > 0) flush();
  return { fields, body: bytes.subarray(Math.min(bytes.length, end + 4)), bytes, cut: given.length > longestMessage };
}

/** Copies with every line end as CRLF: files saved on other systems have lost the CR that signatures cover. */
function withCrlf(bytes: Uint8Array): Bytes {
  let lone = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10 && bytes[i - 1] !== 13) lone++;
  const out = new Uint8Array(bytes.length + lone);
  if (lone === 0) {
    out.set(bytes);
    return out;
  }
  let at = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 10 && bytes[i - 1] !== 13) out[at++] = 13;
    out[at++] = bytes[i] as number;
  }
  return out;
}

/** Bytes as a string of the same length, each character one byte. */
export function latin1(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 8192) out += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return out;
}

/** The bytes of a string whose characters are bytes. */
export function latin1Bytes(text: string): Bytes {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

function fromLatin1(text: string): string {
  return new TextDecoder().decode(latin1Bytes(text));
}

/** The first field called `name`. */
export function field(message: Message, name: string): HeaderField | undefined {
  return message.fields.find((f) => f.name === name);
}
