import { parseHost } from "./host.ts";
import { type Note, type Understood, understood } from "./understood.ts";

type Provider = { readonly as: string; readonly drop: RegExp | undefined };

/** Which spellings of a mailbox are one, by provider; everywhere else only case and the domain's spelling. */
const providers: ReadonlyMap<string, Provider> = new Map<string, Provider>([
  ...["gmail.com", "googlemail.com"].map((d) => [d, { as: "gmail.com", drop: /\./g }] as const),
  ...["proton.me", "protonmail.com", "pm.me", "protonmail.ch"].map(
    (d) => [d, { as: "proton.me", drop: /[._-]/g }] as const,
  ),
  ...["outlook.com", "hotmail.com", "live.com", "msn.com", "fastmail.com", "zoho.com", "me.com", "mac.com"].map(
    (d) => [d, { as: d, drop: undefined }] as const,
  ),
  ["icloud.com", { as: "icloud.com", drop: undefined }],
]);

/** A mail address in canonical form, or `undefined`. `Name <a@b>` is taken and the name kept as `nameSeen`. */
export function parseMail(text: string): Understood | undefined {
  const input = text.trim();
  if (input.length > 512) return undefined;
  const named = /^(.{1,256}?)\s*<([^<>\s]{3,320})>$/.exec(input);
  const address = (named?.[2] ?? input)
    .replace(/^mailto:/i, "")
    .replace(/\?.*$/, "")
    .replace(/^<|>$/g, "");
  const at = address.lastIndexOf("@");
  if (at < 1) return undefined;
  const local = address.slice(0, at);
  // RFC 5321 §4.5.3.1.1 bounds the local part; RFC 6531 lets it hold letters of every script. A slash means a path.
  if (
    local.length > 64 ||
    !/^[\p{L}\p{M}\p{N}!#$%&'*+=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+=?^_`{|}~-]+)*\.?$/u.test(local)
  ) {
    return undefined;
  }
  const host = parseHost(address.slice(at + 1));
  if (!host || host.ip || !host.domain) return undefined;
  const notes: Note[] = host.idn ? ["idn"] : [];
  const lower = local.normalize("NFC").toLowerCase().replace(/\.$/, "");
  const provider = providers.get(host.ascii);
  let canonical = lower;
  if (provider) {
    canonical = lower.replace(/(?<=.)\+.*$/, "");
    if (provider.drop) canonical = canonical.replace(provider.drop, "") || canonical;
  }
  const value = `${canonical}@${provider?.as ?? host.ascii}`;
  if (value !== `${lower}@${host.ascii}`) notes.push("mail-alias");
  const found = understood("mail", value, input, `${lower}@${host.shown}`, notes);
  const name = named?.[1]?.replace(/^["'\s]+|["'\s]+$/g, "");
  return name ? { ...found, identifier: { ...found.identifier, nameSeen: name } } : found;
}
