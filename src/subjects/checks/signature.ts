import { type Bytes, concat } from "../../core/codec/bytes.ts";
import { type HeaderField, latin1Bytes, type Message } from "./message.ts";

/**
 * TXT records the caller has: by name, or by a function that may ask the network (the caller says who will see
 * the query). A record of several strings is given joined.
 */
export type Dns =
  | Readonly<Record<string, string | readonly string[]>>
  | ReadonlyMap<string, string | readonly string[]>
  | ((name: string) => Promise<string | readonly string[] | undefined> | string | readonly string[] | undefined);

/** The TXT records of `name`; `undefined` if none was supplied. */
export async function txt(dns: Dns | undefined, name: string): Promise<readonly string[] | undefined> {
  const key = name.toLowerCase().replace(/\.$/, "");
  if (!dns) return undefined;
  let found: string | readonly string[] | undefined;
  if (typeof dns === "function") found = await dns(key);
  else if (dns instanceof Map) found = dns.get(key) ?? dns.get(`${key}.`);
  else {
    const records = dns as Readonly<Record<string, string | readonly string[]>>;
    const own = [key, `${key}.`, name].find((k) => Object.hasOwn(records, k));
    found = own === undefined ? undefined : records[own];
  }
  return found === undefined ? undefined : typeof found === "string" ? [found] : found;
}

export type Tags = ReadonlyMap<string, string>;

/** A tag list (RFC 6376 §3.2); `undefined` if malformed or a tag stands twice. */
export function parseTags(text: string): Tags | undefined {
  const tags = new Map<string, string>();
  for (const part of text.split(";")) {
    if (part.trim() === "") continue;
    const equals = part.indexOf("=");
    if (equals < 0) return undefined;
    const name = part.slice(0, equals).trim();
    if (!/^[A-Za-z]\w*$/.test(name) || tags.has(name)) return undefined;
    tags.set(name, part.slice(equals + 1).trim());
  }
  return tags;
}

/** A header field in the form it is signed in (RFC 6376 §3.4.1, §3.4.2), without the last CRLF. */
export function canonicalField(raw: string, relaxed: boolean): string {
  if (!relaxed) return raw;
  const colon = raw.indexOf(":");
  const value = raw
    .slice(colon + 1)
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ");
  return `${raw.slice(0, colon).trimEnd().toLowerCase()}:${value.trim()}`;
}

/** The body in the form it is hashed in (§3.4.3, §3.4.4). In one pass, whatever it holds. */
export function canonicalBody(body: Uint8Array, relaxed: boolean): Bytes {
  const out = new Uint8Array(body.length + 2);
  let at = 0;
  let lineStart = 0;
  let keep = 0; // length up to the last line that is not empty
  let space = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] as number;
    if (byte === 13 && body[i + 1] === 10) {
      space = false;
      if (at > lineStart) keep = at + 2;
      out[at++] = 13;
      out[at++] = 10;
      lineStart = at;
      i++;
    } else if (relaxed && (byte === 32 || byte === 9)) space = true;
    else {
      if (space) out[at++] = 32;
      space = false;
      out[at++] = byte;
    }
  }
  if (at > lineStart) {
    out[at++] = 13;
    out[at++] = 10;
    keep = at;
  }
  // Simple keeps one empty line of an empty body, relaxed none.
  if (keep === 0 && !relaxed) {
    out[0] = 13;
    out[1] = 10;
    keep = 2;
  }
  return out.slice(0, keep);
}

/** `raw` with the value of its `b=` tag taken out. */
export function withoutSignature(raw: string): string {
  return raw.replace(/([:;][ \t\r\n]*b[ \t\r\n]*=)[^;]*/, "$1");
}

/** The fields that `names` select, from the bottom, each once (§5.4.2); names without a field are left out. */
export function selectFields(message: Message, names: readonly string[], not?: HeaderField): HeaderField[] {
  const left = new Map<string, HeaderField[]>();
  for (const f of message.fields) {
    if (f === not) continue;
    const list = left.get(f.name);
    if (list) list.push(f);
    else left.set(f.name, [f]);
  }
  return names.flatMap((name) => left.get(name.trim().toLowerCase())?.pop() ?? []);
}

export type KeyProblem = "no-record" | "revoked" | "bad-record" | "wrong-key-type" | "weak-key" | "not-on-this-device";
export type PublicKey = { readonly key: CryptoKey; readonly testing: boolean; readonly strict: boolean };

const rsaHeader = Uint8Array.from([
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
]);

function der(tag: number, content: Uint8Array): Bytes {
  const n = content.length;
  const head = n < 128 ? [tag, n] : n < 256 ? [tag, 0x81, n] : [tag, 0x82, n >> 8, n & 255];
  return concat(Uint8Array.from(head), content);
}

/** The public key of a DKIM record (§3.6.1; RFC 8463 §3; RFC 8301 §3.2 for the least size). */
export async function publicKey(
  dns: Dns | undefined,
  selector: string,
  domain: string,
  algorithm: "rsa" | "ed25519",
): Promise<PublicKey | KeyProblem> {
  const records = await txt(dns, `${selector}._domainkey.${domain}`);
  if (!records || records.length === 0) return "no-record";
  const tags = parseTags(records[0] as string);
  const version = tags?.get("v");
  if (!tags || (version !== undefined && version !== "DKIM1")) return "bad-record";
  const p = tags.get("p")?.replace(/\s+/g, "");
  if (p === undefined) return "bad-record";
  if (p === "") return "revoked";
  if ((tags.get("k") ?? "rsa") !== algorithm) return "wrong-key-type";
  const services = tags
    .get("s")
    ?.split(":")
    .map((s) => s.trim());
  if (services && !services.includes("*") && !services.includes("email")) return "bad-record";
  const hashes = tags
    .get("h")
    ?.split(":")
    .map((h) => h.trim());
  if (hashes && !hashes.includes("sha256")) return "bad-record";
  const flags = (tags.get("t") ?? "").split(":").map((t) => t.trim());
  let bytes: Bytes;
  try {
    bytes = Uint8Array.from(atob(p), (c) => c.charCodeAt(0));
  } catch {
    return "bad-record";
  }
  const flagged = (key: CryptoKey): PublicKey => ({ key, testing: flags.includes("y"), strict: flags.includes("s") });
  const { subtle } = globalThis.crypto;
  try {
    if (algorithm === "ed25519") {
      const raw = bytes.length === 44 ? bytes.slice(12) : bytes;
      return flagged(await subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]));
    }
    const kind = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const load = (spki: Bytes) => subtle.importKey("spki", spki, kind, true, ["verify"]);
    // Some records hold the bare RSAPublicKey of PKCS #1.
    const key = await load(bytes).catch(() =>
      load(der(0x30, concat(rsaHeader, der(0x03, concat(Uint8Array.of(0), bytes))))),
    );
    const { modulusLength } = key.algorithm as RsaHashedKeyAlgorithm;
    return modulusLength < 1024 ? "weak-key" : flagged(key);
  } catch (error) {
    // Older browsers have no Ed25519; that says nothing of the mail.
    return error instanceof DOMException && error.name === "NotSupportedError" ? "not-on-this-device" : "bad-record";
  }
}

/** Whether `signature` (base64, folded) is `key`'s over `data`. */
export async function verifySignature(key: CryptoKey, signature: string, data: string): Promise<boolean> {
  const { subtle } = globalThis.crypto;
  try {
    const bytes = Uint8Array.from(atob(signature.replace(/\s+/g, "")), (c) => c.charCodeAt(0));
    const message = latin1Bytes(data);
    // RFC 8463 §3: Ed25519 signs the SHA-256 of the data.
    const signed = key.algorithm.name === "Ed25519" ? new Uint8Array(await subtle.digest("SHA-256", message)) : message;
    return await subtle.verify(key.algorithm.name === "Ed25519" ? "Ed25519" : "RSASSA-PKCS1-v1_5", key, bytes, signed);
  } catch {
    return false;
  }
}

/** SHA-256 in base64. */
export async function sha256Base64(data: Bytes): Promise<string> {
  const hash = new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", data));
  return btoa(String.fromCharCode(...hash));
}
