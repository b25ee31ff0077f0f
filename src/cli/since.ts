import { type Circle, positionSince, UsageError } from "../client/index.ts";
import { readDay } from "./dates.ts";

/** The option of everything that can mark somebody as under duress. */
export const sinceOption = [["--since <when>", "for duress: 2026-05-17, or a position in the log like 412"]] as const;

/** The first position that no longer counts: given, or found by the day. */
export function sincePosition(circle: Circle, since: string | undefined): number | undefined {
  if (since === undefined) return undefined;
  if (/^\d{1,9}$/.test(since)) return Number(since);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(since))
    throw new UsageError("cli.since", "--since takes a date like 2026-05-17, or a position");
  return positionSince(circle, readDay(since, circle.platform.now()) * 24);
}
