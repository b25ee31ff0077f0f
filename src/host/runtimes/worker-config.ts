/* What a Worker is set up with: variables and secrets as everywhere, and its databases as bindings. */
import { type Bytes, fromHex, UsageError } from "../../core/codec/index.ts";
import { type HostConfig, readConfig } from "../config.ts";
import { runsOfIsolate } from "../isolate.ts";
import { defaultLimits } from "../options.ts";
import { type D1Binding, freeQueries, queriesBesides } from "../store/d1.ts";

/** Variables and secrets as text, bindings as objects. */
export type WorkerEnv = Readonly<Record<string, unknown>>;

export type WorkerConfig = Pick<HostConfig, "limits" | "foundingTokens"> & {
  /** 32 bytes, of the host's checkpoint key. */
  readonly seed: Bytes;
  readonly databases: readonly D1Binding[];
  /** How many databases there were from each growth on; the last is how many there are. */
  readonly growth: readonly number[];
  /** Queries that one invocation may make. */
  readonly queries: number;
};

/** What fits the free plan: 500 MB a database, and pages that are made in few queries and little memory. */
const defaults = {
  SYMBOLON_LIMIT_PAGE_ENTRIES: "256",
  SYMBOLON_LIMIT_PAGE_BYTES: String(2 ** 19),
  SYMBOLON_LIMIT_CIRCLE_BYTES: String(200 * 2 ** 20),
  SYMBOLON_LIMIT_CONTROL_BYTES: String(50 * 2 ** 20),
};

const isDatabase = (value: unknown): value is D1Binding =>
  typeof value === "object" && value !== null && "prepare" in value && "batch" in value;

/** The binding of the `i`th database: `DB`, `DB2`, `DB3` … */
const bindingName = (i: number) => (i === 0 ? "DB" : `DB${i + 1}`);

/** Throws `UsageError` `host.config`, naming what is wrong; no value is repeated. */
export function readWorkerConfig(env: WorkerEnv): WorkerConfig {
  const text: Record<string, string> = { ...defaults };
  for (const [name, value] of Object.entries(env)) if (typeof value === "string") text[name] = value;
  const { limits, foundingTokens } = readConfig(text);

  const wrong: string[] = [];
  const seed = fromHex(text.SYMBOLON_HOST_SEED?.trim() ?? "");
  if (seed?.length !== 32) wrong.push("SYMBOLON_HOST_SEED: a secret of 64 hexadecimal digits, the same for ever");
  const growth = (text.SYMBOLON_DATABASES ?? "1").trim().split(/\s+/).map(Number);
  const isRising = growth.every((count, i) => Number.isInteger(count) && count > (growth[i - 1] ?? 0));
  if (!isRising) wrong.push("SYMBOLON_DATABASES: rising numbers of databases, such as `1 4`");
  const names = Array.from({ length: isRising ? Math.min(growth.at(-1) ?? 1, mostDatabases) : 1 }, (_, i) =>
    bindingName(i),
  );
  if ((growth.at(-1) ?? 1) > mostDatabases) wrong.push(`SYMBOLON_DATABASES: at most ${mostDatabases}`);
  const databases = names.map((name) => env[name]).filter(isDatabase);
  for (const name of names) if (!isDatabase(env[name])) wrong.push(`${name}: the binding of a D1 database`);
  const queries = Number(text.SYMBOLON_D1_QUERIES ?? freeQueries);
  if (!(Number.isInteger(queries) && queries >= freeQueries)) {
    wrong.push(`SYMBOLON_D1_QUERIES: a whole number from ${freeQueries}, what the plan allows an invocation`);
  }
  const mostPage = runsOfIsolate.length * (queries - queriesBesides);
  if (limits.pageEntries > mostPage) wrong.push(`SYMBOLON_LIMIT_PAGE_ENTRIES: at most ${mostPage} on Workers`);
  if (limits.blobBytes > defaultLimits.blobBytes) {
    wrong.push(`SYMBOLON_LIMIT_BLOB_BYTES: at most ${defaultLimits.blobBytes} on Workers`);
  }
  if (wrong.length > 0 || seed === undefined) {
    throw new UsageError("host.config", `configuration is wrong:\n  ${wrong.join("\n  ")}`);
  }
  return { seed, databases, growth, queries, limits, foundingTokens };
}

/** A sweep asks each of them, and an invocation may make a thousand queries. */
const mostDatabases = 1000;
