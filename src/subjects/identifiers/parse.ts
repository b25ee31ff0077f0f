import { clean, stripInvisible } from "../text/clean.ts";
import { readCards } from "./card.ts";
import { parseDocument, parsePgp, parseRegistration } from "./codes.ts";
import { identifierKey } from "./key.ts";
import { labelOf } from "./labels.ts";
import { parseMail } from "./mail.ts";
import { parseOnion } from "./onion.ts";
import { findPhones, parsePhone } from "./phone.ts";
import { type PlatformKind, parseHandle, platformKinds } from "./platforms.ts";
import { type Doubt, type Settings, type Understood, understood } from "./understood.ts";
import { parseWallet } from "./wallet.ts";
import { parseWeb, refang } from "./web.ts";

const longestText = 262_144;
const longestLine = 8192;
const most = 256;

/** What a text field held. */
export type Field = {
  readonly understood: readonly Understood[];
  readonly doubts: readonly Doubt[];
  /** Characters at the end that were not looked at, because the text is too long. */
  readonly unread: number;
};

type Collector = { readonly found: Understood[]; readonly doubts: Doubt[]; readonly settings: Settings };

/** One token or labeled value, tried against every kind in the order of how unmistakable it is. */
function parseOne(text: string, label: string, into: Collector): boolean {
  const { found, doubts, settings } = into;
  const before = found.length;
  const add = (item: Understood | undefined): boolean => {
    if (item) found.push(item);
    return item !== undefined;
  };
  const value = text.trim();
  if (value === "") return false;
  if (label === "organization" && /^[0-9a-f]{64}$/i.test(value)) {
    return add(understood("organization", value.toLowerCase(), value, value.toLowerCase()));
  }
  if ((platformKinds as readonly string[]).includes(label)) {
    const kind = label as PlatformKind;
    const web = /[/.]/.test(value) && kind !== "signal" ? parseWeb(value, settings) : undefined;
    if (web && (web.identifier.kind === kind || /^https?:/i.test(value))) return add(web);
    const phone = kind === "telegram" || kind === "signal" ? parsePhone(value, settings) : undefined;
    return add(phone ?? parseHandle(kind, value));
  }
  if (label === "zalo" || label === "whatsapp" || label === "viber") {
    const phone = parsePhone(value, settings);
    if (phone) return add({ ...phone, notes: [...phone.notes, label] });
  }
  if (label === "phone" && add(parsePhone(value, settings))) return true;
  if (label === "pgp" && add(parsePgp(value, true))) return true;
  if (["mst", "registration", "cccd", "ein", "company"].includes(label) && add(parseRegistration(value, label)))
    return true;

  const plain = refang(value);
  const session = parseHandle("session", value, value);
  if (session) return add(session);
  if (add(parseOnion(value))) return true;
  if (/^[a-z0-9]{50,60}\.onion$/i.test(value)) {
    doubts.push({ input: value, code: "mistyped-onion" });
    return false;
  }
  const wallet = parseWallet(value);
  if (wallet === "mistyped") {
    doubts.push({ input: value, code: "mistyped-wallet" });
    return false;
  }
  if (wallet && /^0x(?=.*[A-F])[0-9A-F]{40}$/.test(value)) {
    // Without a checksum this is also how key rings write fingerprints.
    found.push({ ...wallet, sure: false });
    const fingerprint = parsePgp(value, true);
    return add(fingerprint && { ...fingerprint, sure: false });
  }
  if (add(wallet)) return true;
  const key = parsePgp(value);
  add(key);
  const document = key?.sure ? undefined : parseDocument(value);
  add(document);
  if (found.length > before) return true;
  if (
    /^0x[0-9a-f]{8}(?:[0-9a-f]{8})?$/i.test(value) ||
    (label === "pgp" && /^[0-9a-f]{8}(?:[0-9a-f]{8})?$/i.test(value))
  ) {
    doubts.push({ input: value, code: "short-key-id" }); // anybody can make a key with a given short id
    return false;
  }
  const telegram = /^tg:(?:\/\/)?(?:resolve\?domain=(\w+)|user\?id=(\d+))/i.exec(value);
  if (telegram) return add(parseHandle("telegram", telegram[1] ?? telegram[2] ?? "", value));
  const viber = /^viber:\/\/(?:chat|contact|add)\?number=(?:%2B)?\+?(\d+)/i.exec(value);
  if (viber) return add(parsePhone(`+${viber[1]}`, settings));
  const messenger = /^(?:sgnl:\/\/signal\.me\/|whatsapp:\/\/send\/?\?)(?:#p\/|phone=)\+?(\d+)/i.exec(value);
  if (messenger) return add(parsePhone(`+${messenger[1]}`, settings));
  if (plain.includes("@")) {
    const mail = parseMail(plain);
    if (mail) return add(plain === value ? mail : { ...mail, input: value, notes: [...mail.notes, "defanged"] });
  }
  if (/^@[\p{L}\p{N}_.-]{2,64}$/u.test(value)) {
    for (const kind of ["telegram", "x", "instagram", "tiktok", "youtube"] as const) {
      add(parseHandle(kind, value, value, ["platform-not-named"], false));
    }
    return found.length > before;
  }
  if (/^[+(\d][\d\s().+-]{6,}$/.test(value) || /^(?:tel|sms|callto):/i.test(value)) {
    if (add(parsePhone(value, settings))) return true;
    if (add(parseRegistration(value))) return true;
  }
  if (/^1000\d{11}$/.test(value)) return add(parseHandle("facebook", value, value, ["platform-not-named"], false));
  if (add(parseRegistration(value))) return true;
  if (/^[a-z_]\w{2,31}\.\d{2,9}$/i.test(value)) {
    return add(parseHandle("signal", value, value, ["platform-not-named"], false));
  }
  return add(parseWeb(value, settings));
}

function parseLine(line: string, into: Collector): void {
  const labeled = labelOf(line);
  const value = labeled?.value ?? line;
  const label = labeled?.label ?? "";
  if (parseOne(value, label, into)) return;
  // "Zalo/Viber: …", "facebook: a, b" and free text: piece by piece.
  let rest = refang(value).replace(
    /(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{4}[ \t:]{1,3}){9}[0-9A-Fa-f]{4}(?![0-9A-Fa-f])/g,
    (piece) => {
      const key = parsePgp(piece, true);
      if (key) into.found.push(key);
      return key ? " ; " : piece;
    },
  );
  const address = /(?:"?([^"<>,;]{1,128}?)"?\s*)<([^<>\s]{3,320}@[^<>\s]{3,255})>/g;
  rest = rest.replace(address, (piece) => {
    const mail = parseMail(piece.trim());
    if (mail) into.found.push(mail);
    return mail ? " ; " : piece;
  });
  let pending = label;
  const unread: string[] = [];
  for (const token of rest.split(/[\s,;<>"|“”「」]+/)) {
    if (into.found.length >= most) return;
    const bare = token.replace(/^[("'[{*]+|[)"'\]}*.!?:;,]+$/g, "");
    if (bare === "") continue;
    const inner =
      labelOf(bare) ?? (/[:：]$/.test(token) ? { label: labelOf(`${bare}: x`)?.label ?? "", value: "" } : undefined);
    if (inner && inner.value === "" && inner.label !== "") {
      pending = inner.label;
      unread.push(" ; ");
      continue;
    }
    const strong =
      /[@/:[\]]|\.[\p{L}]{2,}|^[0-9A-Za-z]{26,}$|\.onion$/u.test(bare) || pending !== "" || inner !== undefined;
    if (strong && parseOne(inner?.value ?? bare, inner?.label || pending, into)) {
      unread.push(" ; ");
      // A label in the text names the one thing after it; one at the line's head names all.
      if (pending !== label) pending = label;
    } else unread.push(token);
  }
  const phones = findPhones(unread.join(" "), into.settings);
  const messenger = label === "zalo" || label === "whatsapp" || label === "viber" ? label : undefined;
  for (const phone of phones) {
    if (into.found.length >= most) return;
    into.found.push(messenger ? { ...phone, notes: [...phone.notes, messenger] } : phone);
  }
  if (phones.length === 0 && label === "phone")
    into.doubts.push({ input: value.slice(0, 128), code: "not-a-phone-number" });
}

/**
 * Everything in a text field: identifiers, what looks like one and is none, and how much was not read. Takes one
 * identifier of any kind, a contact card, a signature, or running text of which the first 262,144 characters are
 * read. Never throws.
 */
export function parseField(text: string, settings: Settings = {}): Field {
  const read = text.length > longestText ? text.slice(0, longestText) : text;
  const into: Collector = { found: [], doubts: [], settings };
  const cleaned = clean(read);
  const cards = readCards(cleaned);
  for (const card of cards) {
    for (const field of card.fields) {
      const from = into.found.length;
      const label = labelOf(`${field.label}: x`)?.label ?? "";
      if (field.text.length <= longestLine && !parseOne(field.text, label, into)) parseLine(field.text, into);
      for (let i = from; i < into.found.length && card.name; i++) {
        const item = into.found[i] as Understood;
        into.found[i] = { ...item, identifier: { ...item.identifier, nameSeen: card.name.slice(0, 256) } };
      }
    }
  }
  let unread = text.length - read.length;
  if (cards.length === 0) {
    for (const line of cleaned.split("\n")) {
      if (into.found.length >= most) break;
      for (let at = 0; at < line.length && into.found.length < most; ) {
        // A line without end is cut at a space near the limit, so that no identifier is torn.
        let end = Math.min(line.length, at + longestLine);
        if (end < line.length) {
          const space = line.lastIndexOf(" ", end);
          if (space > at) end = space;
        }
        const piece = line.slice(at, end).trim();
        if (piece !== "") parseLine(piece, into);
        at = end + (line[end] === " " ? 1 : 0);
      }
    }
  }
  if (into.found.length >= most) unread = Math.max(unread, 1);
  const hidden = stripInvisible(read) !== read;
  const known = new Set<string>();
  const out: Understood[] = [];
  for (const item of into.found) {
    const id = identifierKey(item.identifier);
    if (known.has(id) || out.length >= most || item.identifier.value.length > 2048) continue;
    known.add(id);
    out.push(hidden && cleaned.length < 512 ? { ...item, notes: [...item.notes, "invisible-characters"] } : item);
  }
  return { understood: out, doubts: into.doubts.slice(0, 64), unread };
}

/**
 * The identifiers in `text`, in canonical form, most certain reading first for each piece; entries with
 * `sure: false` are readings a person has to choose from. Never throws.
 *
 * @example
 * parseIdentifiers("Zalo 0168 123 4567")[0]?.identifier; // { kind: "phone", value: "+84381234567" }
 */
export function parseIdentifiers(text: string, settings: Settings = {}): Understood[] {
  return [...parseField(text, settings).understood];
}
