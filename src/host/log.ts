import { type DestinationStream, type Logger, pino } from "pino";
import type { Observer } from "./options.ts";

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

/** What of an error is logged: its name and code. Messages and stacks may quote what was sent. */
function outline(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, cause } = error;
  const code = (error as { code?: unknown }).code ?? (cause as { code?: unknown } | undefined)?.code;
  const at = /at (?:async )?([\w.$<>]+) /.exec(error.stack ?? "")?.[1];
  return {
    name,
    ...(typeof code === "string" ? { code } : {}),
    ...("reason" in error && typeof error.reason === "string" ? { reason: error.reason } : {}),
    ...(at === undefined ? {} : { at }),
  };
}

/** Logs failures as errors; single requests only at level `debug`, by pattern and status. */
export function logObserver(log: HostLog): Pick<Observer, "answered" | "failed"> {
  return {
    answered: (route, method, status) => log.debug({ route, method, status }, "answered"),
    failed: (route, error) => log.error({ route, error: outline(error) }, "failed"),
  };
}
