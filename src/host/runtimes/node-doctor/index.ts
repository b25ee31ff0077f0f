/** Checks of a deployment: what is well, what is not, and what to do. Nothing is changed, and nothing else is asked. */
import { existsSync } from "node:fs";
import { decode, type Infer } from "../../../core/codec/index.ts";
import { hostInfo, paths } from "../../../core/log/index.ts";
import { corsFinding, foundingFinding, headersFinding, healthFinding, metricsFinding } from "./answers.ts";
import { type Answered, ask, type Target } from "./ask.ts";
import { bodiesFinding } from "./bodies.ts";
import { clockFinding } from "./clock.ts";
import { type Finding, failure, ok } from "./finding.ts";
import { keyFinding } from "./key.ts";
import { outsideFinding, type Place, placeOf } from "./place.ts";
import { slowFinding } from "./slow.ts";
import { databaseFindings, directoryFinding, spaceFinding } from "./storage.ts";
import { transportFinding } from "./transport.ts";

export type { Finding, State } from "./finding.ts";

export type Examination = {
  /** The address as members use it. */
  readonly url: string;
  /** The data directory, where this machine has it. */
  readonly data?: string;
  /** The database is not in the data directory, as with PostgreSQL. */
  readonly databaseElsewhere?: boolean;
} & Partial<Pick<Target, "patience" | "longest" | "ca" | "now">>;

/** Findings in the order of what to look at first. */
export type Report = { readonly url: string; readonly findings: readonly Finding[]; readonly healthy: boolean };

/** The host lets go of half a request in 20 seconds, and looks every five; a proxy in front may take as long again. */
const longest = 45_000;

/**
 * Examines a deployment from here. `healthy` says that no check failed. Takes as long as the host takes to let go of
 * a slow client, up to 45 seconds.
 *
 * @example
 * const { healthy, findings } = await examine({ url: "http://127.0.0.1:8787", data: "./data" });
 */
export async function examine(examination: Examination): Promise<Report> {
  const { data, databaseElsewhere = false, patience = 15_000, now = Date.now } = examination;
  const url = new URL("/", examination.url);
  const target: Target = {
    url,
    patience,
    longest: examination.longest ?? longest,
    now,
    ...(examination.ca === undefined ? {} : { ca: examination.ca }),
  };
  const place = await placeOf(url);
  const met = await meet(target);
  const findings = [
    met === undefined ? unreached(place) : ok("reach", `A host answers: ${met.info.software}.`),
    ...(met === undefined ? [] : await overNetwork(target, place, met)),
    ...(data === undefined ? [] : await onDisk(data, databaseElsewhere, met)),
  ];
  return { url: url.origin, findings, healthy: findings.every(({ state }) => state !== "failure") };
}

type Met = { readonly answer: Answered; readonly info: Infer<typeof hostInfo>; readonly ahead: number };

/** The host's own description, and how many seconds its clock is ahead. */
async function meet(target: Target): Promise<Met | undefined> {
  const start = target.now();
  const answer = await ask(target, { path: paths.host });
  const middle = (start + target.now()) / 2;
  if (answer?.status !== 200) return undefined;
  try {
    const info = decode(hostInfo, new Uint8Array(answer.body));
    // The host tells whole seconds: half of one is its middle.
    return { answer, info, ahead: info.time + 0.5 - middle / 1000 };
  } catch {
    return undefined;
  }
}

function unreached(place: Place): Finding {
  if (place === "onion") {
    return failure(
      "reach",
      "An onion service is reached through Tor only.",
      "Run it by torsocks, or on the host's machine with http://127.0.0.1 and the host's port.",
    );
  }
  return failure(
    "reach",
    "No host answers at this address.",
    "See that the host runs, and that what is in front passes requests on to it.",
  );
}

async function overNetwork(target: Target, place: Place, { answer, info, ahead }: Met): Promise<readonly Finding[]> {
  return Promise.all([
    transportFinding(target, place),
    clockFinding(ahead),
    healthFinding(target),
    headersFinding(target, answer),
    corsFinding(target, answer),
    bodiesFinding(target, info.limits.blob),
    slowFinding(target),
    metricsFinding(target),
    foundingFinding(target, place === "public" || place === "onion"),
    outsideFinding(place),
  ]);
}

async function onDisk(data: string, elsewhere: boolean, met: Met | undefined): Promise<readonly Finding[]> {
  if (!existsSync(data)) return [failure("directory", "There is no such data directory.", "Name it with --data.")];
  return [
    directoryFinding(data),
    await spaceFinding(data),
    await keyFinding(data, met?.info.key),
    ...(elsewhere
      ? [ok("database", "The database is elsewhere: what can be said of it from here is “health”.")]
      : await databaseFindings(data)),
  ];
}
