import { utf8 } from "../../core/codec/bytes.ts";
import { sha3 } from "../../core/crypto/hashes.ts";
import { type Understood, understood } from "./understood.ts";

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * The 56 characters of a version 3 onion address in `host` (Tor rend-spec-v3 §6): base32 of key, checksum and
 * version. `mistyped` if the checksum does not fit; `undefined` if it is no onion address at all.
 */
export function onionOf(host: string): string | "mistyped" | undefined {
  const match = /(?:^|\.)([a-z2-7]{56})\.onion$/.exec(host.toLowerCase());
  if (!match) return /(?:^|\.)[a-z0-9]{50,60}\.onion$/i.test(host) ? "mistyped" : undefined;
  const address = match[1] as string;
  const bytes = new Uint8Array(35);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const c of address) {
    held = ((held << 5) | alphabet.indexOf(c)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  const prefix = utf8(".onion checksum");
  const data = new Uint8Array(prefix.length + 33);
  data.set(prefix);
  data.set(bytes.subarray(0, 32), prefix.length);
  data[prefix.length + 32] = 3;
  const sum = sha3(data);
  return bytes[34] === 3 && bytes[32] === sum[0] && bytes[33] === sum[1] ? address : "mistyped";
}

/** A bare onion address, with or without `.onion`. */
export function parseOnion(text: string): Understood | undefined {
  const input = text.trim();
  if (input.length > 300) return undefined;
  const found = onionOf(/\.onion$/i.test(input) ? input : `${input}.onion`);
  if (!found || found === "mistyped") return undefined;
  return understood("onion", found, input, `${found}.onion`, ["checksum-verified"]);
}
