import { UsageError } from "../client/index.ts";

const msPerDay = 86_400_000;

const wrongDate = () =>
  new UsageError("cli.date", "a date is written like 2027-03-01, or as a time from now like 90d, 6w, 12m, 1y");

function dayOfDate(text: string): number {
  const time = Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes the 31st of February as the 3rd of March.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) throw wrongDate();
  return time / msPerDay;
}

/** Days since 1970 of `2027-03-01`, or so far from `now` (milliseconds): `90d`, `6w`, `12m`, `1y`. */
export function readDay(text: string, now: number): number {
  const given = /^(\d{1,4})([dwmy])$/.exec(text.trim());
  if (given === null) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) throw wrongDate();
    return dayOfDate(text.trim());
  }
  const count = Number(given[1]);
  const date = new Date(now);
  if (given[2] === "m") date.setUTCMonth(date.getUTCMonth() + count);
  else if (given[2] === "y") date.setUTCFullYear(date.getUTCFullYear() + count);
  else date.setUTCDate(date.getUTCDate() + count * (given[2] === "w" ? 7 : 1));
  return Math.floor(date.getTime() / msPerDay);
}

/** The day of an event, and how exact it is meant: `2026`, `2026-05` or `2026-05-17`. */
export function readEventDay(text: string): { eventDay: number; eventPrecision?: "month" | "year" } {
  if (/^\d{4}$/.test(text)) return { eventDay: dayOfDate(`${text}-01-01`), eventPrecision: "year" };
  if (/^\d{4}-\d{2}$/.test(text)) return { eventDay: dayOfDate(`${text}-01`), eventPrecision: "month" };
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    throw new UsageError("cli.date", "the date of an event is written like 2026-05-17, 2026-05 or 2026");
  }
  return { eventDay: dayOfDate(text) };
}

/** A day since 1970 as `2027-03-01`, or less of it where it is meant less exactly. */
export function showDay(day: number, precision?: "day" | "month" | "year"): string {
  const text = new Date(day * msPerDay).toISOString().slice(0, 10);
  return precision === "year" ? text.slice(0, 4) : precision === "month" ? text.slice(0, 7) : text;
}

/** An hour since 1970 as `2027-03-01 14:00 UTC`. */
export function showHour(hour: number): string {
  return `${new Date(hour * 3_600_000).toISOString().slice(0, 13).replace("T", " ")}:00 UTC`;
}

/** An hour since 1970, for programs. */
export function isoHour(hour: number): string {
  return new Date(hour * 3_600_000).toISOString();
}
