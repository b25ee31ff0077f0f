import { type DestinationStream, type Logger, pino } from "pino";
import type { Observer } from "./options.ts";
import { outline } from "./outline.ts";

export type HostLog = Pick<Logger, "debug" | "info" | "warn" | "error" | "flush">;

/** `milliseconds` since 1970 as a JSON member, cut to the hour: finer times would help to tell who came when. */
function hourOnly(milliseconds: number): string {
  return `,"time":"${new Date(Math.floor(milliseconds / 3_600_000) * 3_600_000).toISOString()}"`;
}

/**
 * A structured log, one JSON object a line, without addresses, ids, paths or process numbers. `level` is
 * pino's; `silent` writes nothing.
 */
export function createLog(level: string, now: () => number = Date.now, to?: DestinationStream): HostLog {
  const options = { level, base: null, timestamp: () => hourOnly(now()) };
  return to === undefined ? pino(options) : pino(options, to);
}

/** Logs failures as errors; single requests only at level `debug`, by pattern and status. */
export function logObserver(log: HostLog): Pick<Observer, "answered" | "failed"> {
  return {
    answered: (route, method, status) => log.debug({ route, method, status }, "answered"),
    failed: (route, error) => log.error({ route, error: outline(error) }, "failed"),
  };
}
