/** Bytes of any meaning. Always a view that owns its range: never reach for `.buffer`. */
export type Bytes = Uint8Array<ArrayBuffer>;

declare const brand: unique symbol;

/** `T` with a name that the type checker keeps apart: a hash cannot be passed for a key. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The UTF-8 bytes of `text`. */
export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** The text of UTF-8 `bytes`. Throws `TypeError` on malformed UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return strictDecoder.decode(bytes);
}

/** The parts joined, in order, in a new array. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Whether `a` and `b` hold the same bytes; the time taken depends on the lengths alone. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** The order of byte strings: bytewise, the shorter first where one begins the other. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** `value` (a safe integer ≥ 0) as 4 bytes, most significant first. */
export function u32be(value: number): Bytes {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
}

/** The number in the first 4 bytes, most significant first. */
export function readU32be(bytes: Uint8Array): number {
  return (
    (bytes[0] as number) * 2 ** 24 + (((bytes[1] as number) << 16) | ((bytes[2] as number) << 8) | (bytes[3] as number))
  );
}

/** `value` (a safe integer ≥ 0) as 8 bytes, most significant first. */
export function u64be(value: number): Bytes {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value));
  return out;
}

/** The values of digits, by the code of their character; 255 for what is none. */
function digitValues(digits: string): Uint8Array {
  const values = new Uint8Array(128).fill(255);
  for (let i = 0; i < digits.length; i++) values[digits.charCodeAt(i)] = i;
  return values;
}

const hexDigits = "0123456789abcdef";
const hexValues = digitValues(hexDigits);
const hexCodes = Uint8Array.from(hexDigits, (digit) => digit.charCodeAt(0));
const base64Values = digitValues("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
/** Bytes turned into text by one call: engines limit how many arguments one may have. */
const hexAtOnce = 1024;

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  // Ids are made by the thousand: one flat string is several times cheaper than one joined of pairs.
  const codes = new Array<number>(2 * Math.min(bytes.length, hexAtOnce));
  for (let i = 0; 2 * i < codes.length; i++) {
    const byte = bytes[i] as number;
    codes[2 * i] = hexCodes[byte >> 4] as number;
    codes[2 * i + 1] = hexCodes[byte & 15] as number;
  }
  const text = String.fromCharCode(...codes);
  return bytes.length > hexAtOnce ? text + toHex(bytes.subarray(hexAtOnce)) : text;
}

/** The bytes of lower-case hexadecimal, the only spelling taken; `undefined` for anything else. */
export function fromHex(text: string): Bytes | undefined {
  if (text.length % 2 !== 0) return undefined;
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) {
    const high = hexValues[text.charCodeAt(2 * i)] ?? 255;
    const low = hexValues[text.charCodeAt(2 * i + 1)] ?? 255;
    if (high > 15 || low > 15) return undefined;
    out[i] = (high << 4) | low;
  }
  return out;
}

/** Base64 (RFC 4648 §4, padded). */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i++) binary += String.fromCharCode(bytes[i] as number);
  return btoa(binary);
}

/** The bytes of base64 in its one canonical spelling; `undefined` for anything else. */
export function fromBase64(text: string): Bytes | undefined {
  if (text.length % 4 !== 0) return undefined;
  const end = text.length - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
  const out = new Uint8Array(Math.floor((end * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < end; i++) {
    const value = base64Values[text.charCodeAt(i)] ?? 255;
    if (value > 63) return undefined;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  // RFC 4648 §3.5: what the last digit says beyond the last byte is zero.
  return held === 0 ? out : undefined;
}

/** Base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of unpadded base64url in its one canonical spelling; `undefined` for anything else. */
export function fromBase64Url(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const padded = text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4);
  return fromBase64(padded);
}
