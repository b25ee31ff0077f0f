import { utf8 } from "../../core/codec/bytes.ts";
import { keccak } from "../../core/crypto/hashes.ts";
import { sha256 } from "../../core/crypto/sha256.ts";
import { type Understood, understood } from "./understood.ts";

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/** Bytes of a base58 text of at most 120 characters, or `undefined`. */
function fromBase58(text: string): Uint8Array | undefined {
  if (text.length > 120) return undefined;
  let number = 0n;
  for (const c of text) {
    const digit = base58.indexOf(c);
    if (digit < 0) return undefined;
    number = number * 58n + BigInt(digit);
  }
  const bytes: number[] = [];
  for (; number > 0n; number >>= 8n) bytes.push(Number(number & 255n));
  for (let i = 0; text[i] === "1"; i++) bytes.push(0);
  return Uint8Array.from(bytes.reverse());
}

/** Version byte of an address in Base58Check of 25 bytes; `undefined` if the checksum does not fit. */
function base58Check(text: string): number | undefined {
  const bytes = fromBase58(text);
  if (bytes?.length !== 25) return undefined;
  const sum = sha256(sha256(bytes.subarray(0, 21)));
  for (let i = 0; i < 4; i++) if (sum[i] !== bytes[21 + i]) return undefined;
  return bytes[0];
}

/** Whether a segwit address of prefix `hrp` carries the checksum of BIP 173 (version 0) or BIP 350. */
function bech32Check(address: string, hrp: string): boolean {
  const data = [...address.slice(hrp.length + 1)].map((c) => bech32.indexOf(c));
  if (data.length < 14 || data.length > 74 || data.includes(-1)) return false;
  const expanded = [...hrp].map((c) => c.charCodeAt(0) >> 5);
  const values = [...expanded, 0, ...[...hrp].map((c) => c.charCodeAt(0) & 31), ...data];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [i, generator] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries()) {
      if ((top >> i) & 1) sum ^= generator;
    }
  }
  return sum === (data[0] === 0 ? 1 : 0x2bc830a3);
}

/** EIP-55: letters in mixed case carry a checksum; all lower or all upper carry none. */
function ethereumCase(address: string): "none" | "right" | "wrong" {
  const hex = address.slice(2);
  if (hex === hex.toLowerCase() || hex === hex.toUpperCase()) return "none";
  const hash = keccak(utf8(hex.toLowerCase()));
  for (let i = 0; i < 40; i++) {
    const nibble = ((hash[i >> 1] as number) >> (i % 2 === 0 ? 4 : 0)) & 15;
    const c = hex[i] as string;
    if (c !== (nibble >= 8 ? c.toUpperCase() : c.toLowerCase())) return "wrong";
  }
  return "right";
}

const versions: ReadonlyMap<number, string> = new Map([
  [0x00, "btc"],
  [0x05, "btc"],
  [0x30, "ltc"],
  [0x32, "ltc"],
  [0x1e, "doge"],
  [0x41, "tron"],
]);

/**
 * A wallet address as `chain:address`. `mistyped` where it has an address's form and a wrong checksum, so that a
 * wrong digit is told before it is recorded about somebody.
 */
export function parseWallet(text: string): Understood | "mistyped" | undefined {
  const input = text.trim();
  const address = input
    .replace(/^(?:bitcoin|ethereum|litecoin|dogecoin|monero|tron|btc|eth|ltc|doge|xmr):/i, "")
    .replace(/[?@].*$/, "");
  if (address.length < 26 || address.length > 110) return undefined;
  const found = (chain: string, value: string, checked = true): Understood =>
    understood("wallet", `${chain}:${value}`, input, value, [checked ? "checksum-verified" : "no-checksum"]);
  if (/^0x[0-9a-f]{40}$/i.test(address)) {
    const letters = ethereumCase(address);
    return letters === "wrong" ? "mistyped" : found("eth", address.toLowerCase(), letters === "right");
  }
  const segwit = /^(bc|ltc)1[a-z0-9]{14,74}$/.exec(address) ?? /^(BC|LTC)1[A-Z0-9]{14,74}$/.exec(address);
  if (segwit) {
    const low = address.toLowerCase();
    const hrp = (segwit[1] as string).toLowerCase();
    return bech32Check(low, hrp) ? found(hrp === "bc" ? "btc" : "ltc", low) : "mistyped";
  }
  if (/^[48][1-9A-HJ-NP-Za-km-z]{94}$/.test(address) || /^4[1-9A-HJ-NP-Za-km-z]{105}$/.test(address)) {
    return found("xmr", address, false);
  }
  if (/^[13LMDAT][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(address)) {
    const version = base58Check(address);
    const chain = version === undefined ? undefined : versions.get(version);
    if (chain) return found(chain, address);
    // Without a fitting checksum only what has an address's exact length and mixed classes is called mistyped.
    return /^(?:T.{33}|[13].{32,33})$/.test(address) &&
      /\d/.test(address) &&
      /[a-z]/.test(address) &&
      /[A-Z]/.test(address)
      ? "mistyped"
      : undefined;
  }
  return undefined;
}
