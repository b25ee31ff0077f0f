import { type Finding, quoted } from "./finding.ts";
import { field, type Message } from "./message.ts";

type Add = (code: string, weight: Finding["weight"], sentence: string, reason: string, about: string) => void;

const day = 86_400_000;

/** Dates that disagree: the stated one, the receivers' stamps, now (milliseconds since 1970). */
export function checkDates(message: Message, signedAt: readonly number[], now: number | undefined, add: Add): void {
  const stated = field(message, "date")?.value;
  const date = parseDate(stated ?? "");
  if (stated === undefined)
    add("date-missing", "low", "The mail has no date.", "Every mail program writes one.", "Date");
  else if (date === undefined)
    add(
      "date-broken",
      "low",
      `The date “${quoted(stated)}” cannot be read.`,
      "Every mail program writes a standard one.",
      "Date",
    );
  const stamps = message.fields
    .filter((f) => f.name === "received")
    .slice(0, 64)
    .map((f) => parseDate(f.value.slice(f.value.lastIndexOf(";") + 1)))
    .filter((time) => time !== undefined);
  if (date !== undefined && now !== undefined && date > now + day)
    add(
      "date-in-future",
      "medium",
      "The mail is dated in the future.",
      "Its clock is wrong, or it wants to stay on top.",
      "Date",
    );
  const first = stamps.at(-1);
  if (date !== undefined && first !== undefined && Math.abs(first - date) > day) {
    const days = Math.round(Math.abs(first - date) / day);
    add(
      "dates-disagree",
      first < date ? "medium" : "low",
      `The mail says ${first < date ? "it was written after" : "it was written before"} the first server took it, by ${days} ${days === 1 ? "day" : "days"}.`,
      "One of the dates was made up, or it lay about for long.",
      "Date",
    );
  }
  for (let i = 1; i < stamps.length; i++) {
    if ((stamps[i - 1] as number) < (stamps[i] as number) - day) {
      add(
        "stamps-disagree",
        "low",
        "The servers' stamps run backwards.",
        "A lower line may have been made up by the sender.",
        "Received",
      );
      break;
    }
  }
  if (date !== undefined && signedAt.some((t) => Math.abs(1000 * t - date) > 7 * day))
    add(
      "signed-other-day",
      "medium",
      "The mail was signed more than a week away from its date.",
      "An old signed mail may have been sent again.",
      "Date",
    );
}

function parseDate(text: string): number | undefined {
  const plain = text
    .slice(0, 200)
    .replace(/\([^()]*\)/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const time = Date.parse(plain);
  return Number.isNaN(time) ? undefined : time;
}
