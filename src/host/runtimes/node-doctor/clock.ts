import { clockTolerance } from "../../../core/log/index.ts";
import { type Finding, failure, ok, warning } from "./finding.ts";

const check = "clock";
/** Seconds that a clock kept by NTP is never off by, the way to the host included. */
const usual = 30;

/** `seconds` that the host's clock is ahead of this machine's; negative where it is behind. */
export function clockFinding(seconds: number): Finding {
  const off = Math.round(Math.abs(seconds));
  const way = seconds > 0 ? "ahead of" : "behind";
  if (off <= usual) return ok(check, "The host's clock agrees with this machine's.");
  const says = `The host's clock is ${spelled(off)} ${way} this machine's.`;
  const todo = "Find out which of the two is wrong, and keep it by NTP (timedatectl set-ntp true).";
  // Mailboxes expire and held erasures fall due by this clock.
  return off > clockTolerance ? failure(check, says, todo) : warning(check, says, todo);
}

function spelled(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}
