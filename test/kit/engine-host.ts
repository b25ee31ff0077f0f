/* A host in processes of its own, on any engine: for what is played over HTTP and survives the host's death. */
import { type Given, startHostProcess } from "./host-process.ts";
import { runSql, startPostgres } from "./postgres.ts";
import { startWorkerProcess } from "./worker-process.ts";

export type EngineHost = {
  /** Stays the same when it is started again. */
  readonly url: string;
  /** Ends the host as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Starts it again on what it had kept. */
  readonly revive: () => Promise<void>;
  /** Asks it to finish, and has everything that it keeps written to its directories. */
  readonly end: () => Promise<void>;
  /** Where everything that it keeps is. */
  readonly directories: readonly string[];
  /** Ends whatever runs, and removes what was kept. */
  readonly remove: () => Promise<void>;
};

async function processHost(given: Given = {}): Promise<EngineHost> {
  let host = await startHostProcess(given);
  const { url, data, port } = host;
  return {
    url,
    kill: () => host.kill(),
    revive: async () => {
      host = await startHostProcess({ ...given, data, port });
    },
    end: () => host.end(),
    directories: [data],
    remove: async () => {
      await host.kill();
      host.remove();
    },
  };
}

async function postgresHost(): Promise<EngineHost> {
  const server = await startPostgres();
  try {
    const database = await server.database();
    const host = await processHost({ database });
    return {
      ...host,
      end: async () => {
        await host.end();
        await runSql(database, "CHECKPOINT");
      },
      directories: [...host.directories, server.directory],
      remove: async () => {
        await host.remove();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const starters = {
  sqlite: () => processHost(),
  postgres: postgresHost,
  d1: startWorkerProcess,
} as const satisfies Readonly<Record<string, () => Promise<EngineHost>>>;

export type EngineName = keyof typeof starters;

export const engineNames = Object.keys(starters) as readonly EngineName[];

/** Whether there is an engine of this name. */
export function isEngine(name: string): name is EngineName {
  return Object.hasOwn(starters, name);
}

/** Starts an empty host on an engine. */
export function startEngineHost(engine: EngineName): Promise<EngineHost> {
  return starters[engine]();
}
