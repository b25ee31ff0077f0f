import { type CountryCode, findPhoneNumbersInText, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { renumbered } from "./renumber.ts";
import { type Note, type Settings, type Understood, understood } from "./understood.ts";

/** A phone number in E.164, or `undefined`. Takes the text of one number, written as people write it. */
export function parsePhone(text: string, settings: Settings = {}): Understood | undefined {
  const input = text.trim();
  if (input.length > 64 || !/\d{3}/.test(input.replace(/[^\d\p{L}]/gu, ""))) return undefined;
  const digits = input
    .replace(/^(?:tel|sms|callto):/i, "")
    .replace(/\(0\)/, "")
    .replace(/^00(?=[1-9])/, "+");
  const bare = digits.replace(/[^\d+]/g, "");
  if (bare.length < 6 || bare.length > 20) return undefined;
  const region = (settings.region ?? "VN") as CountryCode;
  // The old prefixes are no valid numbers any more, so they go before the library sees them.
  const before = /^(?:\+?84|0)(1\d\d)(\d{7})$/.exec(bare);
  const prefix = before && (region === "VN" || !bare.startsWith("0")) ? renumbered.get(before[1] as string) : undefined;
  const parsed = parsePhoneNumberFromString(before && prefix ? `+84${prefix}${before[2]}` : digits, region);
  if (!parsed?.isValid()) return undefined;
  const notes: Note[] = [];
  if (before && prefix) notes.push("renumbered-2018");
  if (parsed.ext) notes.push("extension-dropped");
  return understood("phone", parsed.number, input, parsed.formatInternational(), notes);
}

/** Every phone number in a line of text, at most 32. */
export function findPhones(line: string, settings: Settings = {}): Understood[] {
  if (!/\d[\d\s().+-]{5}/.test(line)) return [];
  const region = (settings.region ?? "VN") as CountryCode;
  const out: Understood[] = [];
  // No number has more than 15 digits and a prefix (E.164); long runs would only keep the finder busy.
  const plain = line.replace(/\d{21,}/g, ";");
  const taken = plain.replace(/(?<![\d+])(?:\+?84|0)[ .-]?1[268]\d(?:[ .-]?\d){7}(?!\d)/g, (piece) => {
    const found = parsePhone(piece, settings);
    if (found) out.push(found);
    return found ? " ".repeat(piece.length) : piece;
  });
  for (const { number, startsAt, endsAt } of findPhoneNumbersInText(taken, region)) {
    if (out.length >= 32) break;
    if (!number.isValid()) continue;
    const notes: Note[] = number.ext ? ["extension-dropped"] : [];
    out.push(understood("phone", number.number, taken.slice(startsAt, endsAt), number.formatInternational(), notes));
  }
  return out;
}
