import { parse } from "tldts";
import { toUnicode } from "./punycode.ts";

/** A host name understood. */
export type Host = {
  /** Lower case, ASCII (punycode), no trailing dot. */
  readonly ascii: string;
  /** As people read it: the Unicode form, if it has one. */
  readonly shown: string;
  readonly idn: boolean;
  readonly ip: boolean;
  /** The registrable domain, ASCII; null for addresses and names under no public suffix. */
  readonly domain: string | null;
};

const cache = new Map<string, Host | null>();

/** The host in `text` (a host name alone), or `undefined` if it can be none. */
export function parseHost(text: string): Host | undefined {
  if (text.length > 253) return undefined;
  const known = cache.get(text);
  if (known !== undefined) return known ?? undefined;
  if (cache.size > 4096) cache.clear();
  const host = readHost(text);
  cache.set(text, host ?? null);
  return host;
}

function readHost(text: string): Host | undefined {
  const given = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\u3002\uff0e\uff61]/g, ".")
    .replace(/\.$/, "");
  if (!/^[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+$/u.test(given)) return undefined;
  let ascii: string;
  try {
    ascii = new URL(`http://${given}/`).hostname; // UTS 46, the same tables as the browser's address bar
  } catch {
    return undefined;
  }
  const found = parse(ascii, { allowPrivateDomains: false, validateHostname: true });
  if (found.isIp) return { ascii, shown: ascii, idn: false, ip: true, domain: null };
  if (!found.hostname || (!found.isIcann && !ascii.endsWith(".onion"))) return undefined;
  if (found.domain === null && !ascii.endsWith(".onion")) return undefined;
  const idn = /(?:^|\.)xn--/.test(ascii);
  return { ascii, shown: idn ? toUnicode(ascii) : ascii, idn, ip: false, domain: found.domain };
}
