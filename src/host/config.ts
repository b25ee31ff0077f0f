import { UsageError } from "../core/codec/index.ts";
import { defaultLimits, type Limits } from "./options.ts";
import { readPostgresUrl } from "./store/postgresUrl.ts";

/** What a host on Node is started with. */
export type HostConfig = {
  readonly data: string;
  /** Absent: in `data`. */
  readonly keyFile?: string;
  /** Absent: SQLite in `data`. */
  readonly database?: {
    readonly url: string;
    readonly connections: number;
    readonly statementSeconds: number;
    readonly lockSeconds: number;
    readonly connectSeconds: number;
  };
  readonly address: string;
  readonly port: number;
  /** Absent: no metrics. */
  readonly metricsPort?: number;
  readonly metricsAddress: string;
  readonly foundingTokens: readonly string[];
  /** The header in which a proxy names a client's address, in lower case; absent: none is believed. */
  readonly addressHeader?: string;
  readonly logLevel: string;
  readonly limits: Limits;
};

/** One environment variable. */
export type Variable = {
  readonly name: string;
  /** As text, as it would be set; empty for none. */
  readonly otherwise: string;
  readonly text: string;
};

const levels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

const limitNames: Readonly<Record<keyof Limits, string>> = {
  entryBytes: "Bytes of one entry.",
  blobBytes: "Bytes of one blob.",
  batchEntries: "Entries of one append (at most 64).",
  batchBytes: "Bytes of one append.",
  pageEntries: "Entries of one page (at most 4096).",
  pageBytes: "Bytes after which a page ends.",
  waitSeconds: "Seconds that a long poll may wait.",
  waiters: "Long polls of one circle at a time.",
  queue: "Appends of one circle that wait for their turn.",
  mailboxes: "Open mailboxes of one circle.",
  mailboxDays: "Days that a mailbox may stay open.",
  requestBytes: "Bytes of a join request.",
  welcomeBytes: "Bytes of a welcome.",
  circleBytes: "Bytes kept for the members of one circle.",
  controlBytes: "Bytes kept for its control keys besides.",
  writesPerMinute: "Entries and blobs that the members of one circle may send in a minute; `none` for no limit.",
  controlWritesPerMinute: "The same for its control keys.",
  keyWritesPerMinute: "The same for each append key while these are in force.",
  foundingsPerHour: "Circles founded in an hour.",
  addressFoundingsPerHour: "The same by one address, where addresses are known.",
  refusalsPerMinute: "Refused requests of one address or connection in a minute; further ones are not looked at.",
  bodyBytes: "Bytes of request bodies in memory at a time; a quarter for one circle.",
  connections: "Connections at a time.",
  addressConnections: "Connections of one address at a time, where addresses are known.",
  holdHours: "Hours for which an erasure by one control key is held.",
  restoreHours: "Hours for which a restored circle waits for what it lost before it takes new entries.",
  unlistedHours: "Hours after which a blob that no entry lists is dropped.",
};

/** The most that the wire format allows. */
const ceilings: Partial<Record<keyof Limits, number>> = {
  entryBytes: 65_536,
  batchEntries: 64,
  pageEntries: 4096,
  requestBytes: 65_536,
  welcomeBytes: 1_048_576,
  mailboxDays: 60,
  // A connection without traffic is closed after two minutes.
  waitSeconds: 100,
};

const constantCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
const limitVariable = (name: string) => `SYMBOLON_LIMIT_${constantCase(name)}`;

/** Every variable that the host reads, for the README and `--help`. */
export const variables: readonly Variable[] = [
  { name: "SYMBOLON_DATA", otherwise: "./data", text: "Directory of the SQLite database and of the host's key." },
  {
    name: "SYMBOLON_KEY_FILE",
    otherwise: "",
    text: "File of the host's key; `host.key` in the data directory if empty.",
  },
  {
    name: "DATABASE_URL",
    otherwise: "",
    text: "PostgreSQL, as `postgres://user:password@address/database`; SQLite if empty.",
  },
  {
    name: "SYMBOLON_DATABASE_CONNECTIONS",
    otherwise: "10",
    text: "Connections to PostgreSQL of one process, besides the one that listens.",
  },
  {
    name: "SYMBOLON_DATABASE_STATEMENT_SECONDS",
    otherwise: "15",
    text: "Seconds after which PostgreSQL gives a statement up.",
  },
  {
    name: "SYMBOLON_DATABASE_LOCK_SECONDS",
    otherwise: "5",
    text: "Seconds that a statement waits for another transaction.",
  },
  {
    name: "SYMBOLON_DATABASE_CONNECT_SECONDS",
    otherwise: "5",
    text: "Seconds that a request waits for a connection to PostgreSQL.",
  },
  { name: "SYMBOLON_ADDRESS", otherwise: "127.0.0.1", text: "Address to listen on." },
  { name: "SYMBOLON_PORT", otherwise: "8787", text: "Port to listen on; 0 for any free one." },
  { name: "SYMBOLON_METRICS_ADDRESS", otherwise: "127.0.0.1", text: "Address of /metrics." },
  { name: "SYMBOLON_METRICS_PORT", otherwise: "", text: "Port of /metrics, never the same; none if empty." },
  {
    name: "SYMBOLON_FOUNDING_TOKENS",
    otherwise: "",
    text: "Tokens, separated by commas, that found circles; everybody may if empty.",
  },
  {
    name: "SYMBOLON_ADDRESS_HEADER",
    otherwise: "",
    text: "Header in which the proxy in front names the client's address; none is believed if empty.",
  },
  { name: "SYMBOLON_LOG_LEVEL", otherwise: "info", text: `One of ${levels.join(", ")}.` },
  ...(Object.keys(limitNames) as (keyof Limits)[]).map((name) => ({
    name: limitVariable(name),
    otherwise: String(defaultLimits[name]),
    text: limitNames[name],
  })),
];

/**
 * The configuration in `env`. Throws `UsageError` `host.config`, naming every variable that is wrong and what
 * it takes; values are not repeated, as one may be a token.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): HostConfig {
  const wrong: string[] = [];
  const known = new Set(variables.map(({ name }) => name));
  const text = (name: string): string => {
    const value = env[name]?.trim();
    return value === undefined || value === "" ? (variables.find((one) => one.name === name)?.otherwise ?? "") : value;
  };
  const whole = (name: string, most: number, least = 0): number => {
    const value = text(name);
    const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) wrong.push(`${name}: a whole number from ${least} to ${most}`);
    return number;
  };
  const limit = (name: keyof Limits): number => {
    const variable = limitVariable(name);
    const isRate = name.includes("Per");
    if (isRate && text(variable) === "none") return Number.POSITIVE_INFINITY;
    return whole(
      variable,
      ceilings[name] ?? Number.MAX_SAFE_INTEGER,
      name === "holdHours" || name === "restoreHours" ? 0 : 1,
    );
  };

  const port = whole("SYMBOLON_PORT", 65_535);
  const metricsPort = text("SYMBOLON_METRICS_PORT") === "" ? undefined : whole("SYMBOLON_METRICS_PORT", 65_535);
  if (metricsPort !== undefined && metricsPort === port && port !== 0) {
    wrong.push("SYMBOLON_METRICS_PORT: another port than SYMBOLON_PORT");
  }
  const logLevel = text("SYMBOLON_LOG_LEVEL");
  if (!levels.includes(logLevel)) wrong.push(`SYMBOLON_LOG_LEVEL: one of ${levels.join(", ")}`);
  const foundingTokens = text("SYMBOLON_FOUNDING_TOKENS")
    .split(",")
    .filter((token) => token !== "");
  if (foundingTokens.some((token) => !/^\S{16,256}$/.test(token))) {
    wrong.push("SYMBOLON_FOUNDING_TOKENS: tokens of 16 to 256 characters without spaces, separated by commas");
  }
  const addressHeader = text("SYMBOLON_ADDRESS_HEADER").toLowerCase();
  if (!/^[a-z0-9-]{0,64}$/.test(addressHeader)) {
    wrong.push("SYMBOLON_ADDRESS_HEADER: the name of a header, as x-forwarded-for");
  }
  const url = text("DATABASE_URL");
  if (url !== "" && readPostgresUrl(url) === undefined) {
    wrong.push(
      "DATABASE_URL: postgres://user:password@address/database, with sslmode verify-full, require or disable if any",
    );
  }
  const database = {
    url,
    connections: whole("SYMBOLON_DATABASE_CONNECTIONS", 1000, 1),
    statementSeconds: whole("SYMBOLON_DATABASE_STATEMENT_SECONDS", 3600, 1),
    lockSeconds: whole("SYMBOLON_DATABASE_LOCK_SECONDS", 3600, 1),
    connectSeconds: whole("SYMBOLON_DATABASE_CONNECT_SECONDS", 3600, 1),
  };
  const keyFile = text("SYMBOLON_KEY_FILE");
  const limits = Object.fromEntries(
    (Object.keys(limitNames) as (keyof Limits)[]).map((name) => [name, limit(name)]),
  ) as Limits;
  for (const name of Object.keys(env)) {
    if (name.startsWith("SYMBOLON_LIMIT_") && !known.has(name)) wrong.push(`${name}: no such variable`);
  }
  if (wrong.length > 0) throw new UsageError("host.config", `configuration is wrong:\n  ${wrong.join("\n  ")}`);
  return {
    data: text("SYMBOLON_DATA"),
    ...(keyFile === "" ? {} : { keyFile }),
    ...(url === "" ? {} : { database }),
    address: text("SYMBOLON_ADDRESS"),
    port,
    ...(metricsPort === undefined ? {} : { metricsPort }),
    metricsAddress: text("SYMBOLON_METRICS_ADDRESS"),
    foundingTokens,
    ...(addressHeader === "" ? {} : { addressHeader }),
    logLevel,
    limits,
  };
}
