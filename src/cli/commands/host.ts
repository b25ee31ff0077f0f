import type { Command } from "commander";
import { define, group, type Options, optionText, print, text } from "../command.ts";
import { hostEnvironment } from "../hostEnvironment.ts";
import type { Run } from "../run.ts";
import { oneOf } from "../saying.ts";
import { columns, lines, wrap } from "../text.ts";
import { addDoctor } from "./hostDoctor.ts";

/** `host serve | doctor | backup | restore | restored | reopen | copy`: the commands of who runs a host. They need no identity. */
export function addHost(program: Command): void {
  const host = group(
    program,
    "host",
    "Run a host: serve, examine, back up, restore",
    "host serve --data ./data --port 8787",
  );
  define(
    host,
    {
      usage: "serve",
      summary: "Serve circles from a directory, or from $DATABASE_URL, until stopped",
      example: "host serve --data ./data --port 8787",
      options: [
        ["--data <directory>", "database and key ($SYMBOLON_DATA, default ./data)"],
        ["--address <address>", "to listen on ($SYMBOLON_ADDRESS, default 127.0.0.1)"],
        ["--port <port>", "to listen on ($SYMBOLON_PORT, default 8787; 0 for any)"],
        ["--metrics-port <port>", "of /metrics ($SYMBOLON_METRICS_PORT, default none)"],
        ["--web <directory>", "serve the built web application, too"],
      ],
    },
    async (run, _, options) => {
      await serve(run, options);
      return undefined;
    },
  );
  define(
    host,
    {
      usage: "backup <target>",
      summary: "Copy a host's data while it runs, into a new directory",
      example: "host backup ./backup-2026-11-24 --data ./data",
      options: [["--data <directory>", "database and key ($SYMBOLON_DATA, default ./data)"]],
    },
    async (_, [target], options) => {
      const { backup } = await import("../../host/runtimes/node-backup.ts");
      const data = hostEnvironment(options).SYMBOLON_DATA ?? "./data";
      await backup(data, text(target));
      return {
        json: { data, target: text(target) },
        text: wrap(`Backed up into ${text(target)}. It holds the key that signs for this host: keep it as safely.`),
      };
    },
  );
  define(
    host,
    {
      usage: "restore <source>",
      summary: "Put a backup in place, after verifying it whole; the host must not run",
      example: "host restore ./backup-2026-11-24 --data ./data --replace",
      options: [
        ["--data <directory>", "where to ($SYMBOLON_DATA, default ./data)"],
        ["--replace", "keep what is there beside it, and put the backup in its place"],
        ["--complete", "the backup was made after the host had stopped: nothing is missing"],
      ],
    },
    async (_, [source], options) => {
      const { restore } = await import("../../host/runtimes/node-backup.ts");
      const data = hostEnvironment(options).SYMBOLON_DATA ?? "./data";
      const complete = options.complete === true;
      const { waiting, ...verified } = await restore(text(source), data, {
        replace: options.replace === true,
        complete,
      });
      return {
        json: { data, ...verified, waiting },
        text: lines(
          `Restored into ${data}, and verified:`,
          columns(Object.entries(verified).map(([name, count]) => [name, String(count)])),
          waiting > 0 &&
            wrap(
              "Circles are read-only until their members have given back what came after the backup and a day has passed. If you know that nothing is missing: symbolon host reopen",
            ),
        ),
      };
    },
  );
  define(
    host,
    {
      usage: "restored",
      summary: "Say that a host was set back by other means, like a snapshot of its disk; the host must not run",
      example: "host restored --data ./data",
      options: [["--data <directory>", "database and key ($SYMBOLON_DATA, default ./data)"]],
    },
    async (_, __, options) => {
      const { setBack } = await import("../../host/runtimes/node-standing.ts");
      const waiting = await setBack(await configured(options));
      return { json: { waiting }, text: wrap(`Circles that wait for what they lost: ${waiting}.`) };
    },
  );
  define(
    host,
    {
      usage: "reopen",
      summary: "End the wait of restored circles: nothing is missing, or it will not come; the host must not run",
      example: "host reopen --data ./data",
      options: [["--data <directory>", "database and key ($SYMBOLON_DATA, default ./data)"]],
    },
    async (_, __, options) => {
      const { reopen } = await import("../../host/runtimes/node-standing.ts");
      const reopened = await reopen(await configured(options));
      return { json: { reopened }, text: wrap(`Circles that take entries again: ${reopened}.`) };
    },
  );
  define(
    host,
    {
      usage: "copy <engine>",
      summary: "Copy a host between SQLite in --data and PostgreSQL in $DATABASE_URL; no host must run on either",
      example: "host copy postgres --data ./data",
      options: [["--data <directory>", "SQLite database and key ($SYMBOLON_DATA, default ./data)"]],
    },
    async (_, [engine], options) => {
      const to = oneOf({ postgres: 1, sqlite: 2 }, text(engine), "engine");
      const { copyHost } = await import("../../host/runtimes/node-standing.ts");
      await copyHost(await configured(options), to);
      return {
        json: { to },
        text: wrap("Copied. Serve the copy with the same key, and never both: they are one host."),
      };
    },
  );
  addDoctor(host);
}

/** The configuration of the environment, with the options put over it. */
async function configured(options: Options) {
  const { readConfig } = await import("../../host/config.ts");
  return readConfig(hostEnvironment(options));
}

async function serve(run: Run, options: Options): Promise<void> {
  const [{ readConfig }, { start }, { createLog }] = await Promise.all([
    import("../../host/config.ts"),
    import("../../host/runtimes/node.ts"),
    import("../../host/log.ts"),
  ]);
  const { logLevel, foundingTokens, ...config } = readConfig(hostEnvironment(options));
  const web = optionText(options.web);
  // Standard output is for the answer.
  const log = createLog(logLevel, Date.now, { write: (line: string) => process.stderr.write(line) });
  const running = await start({ ...config, log, foundingTokens, ...(web === undefined ? {} : { web }) });
  // Before the address is printed: whoever reads it may stop the host at once.
  const stopped = new Promise<void>((resolve, reject) => {
    const stop = () => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
      running.close().then(resolve, reject);
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
  print(run.options, {
    json: {
      url: running.url,
      key: running.key,
      ...(running.metricsUrl === undefined ? {} : { metricsUrl: running.metricsUrl }),
    },
    text: lines(
      wrap(
        `Serving circles at ${running.url}, from ${config.database === undefined ? config.data : "PostgreSQL"}. Stop with Ctrl-C.`,
      ),
      columns([["host key", running.key]]),
      web !== undefined &&
        wrap("The web application comes from this host, too: whoever can change the host can change it."),
    ),
  });
  await stopped;
}
