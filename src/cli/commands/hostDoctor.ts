import type { Command } from "commander";
import { UsageError } from "../../client/index.ts";
import { define, optionText } from "../command.ts";
import { exits } from "../exit.ts";
import { hostEnvironment } from "../hostEnvironment.ts";
import { blocks, bold, columns, wrap } from "../text.ts";

/** `host doctor`: examines a deployment, over the network and, where this machine has them, its data. */
export function addDoctor(host: Command): void {
  define(
    host,
    {
      usage: "doctor [url]",
      summary: "Examine a deployment for half a minute, and say what to do; exit code 8 where something failed",
      example: "host doctor https://host.example --data /var/lib/symbolon",
      options: [
        ["--data <directory>", "its data, if they are on this machine ($SYMBOLON_DATA, ./data where no url is given)"],
      ],
    },
    async (_, [given], options) => {
      const [{ examine }, { readConfig }] = await Promise.all([
        import("../../host/runtimes/node-doctor/index.ts"),
        import("../../host/config.ts"),
      ]);
      const environment = hostEnvironment(options);
      const config = readConfig(environment);
      const url = typeof given === "string" ? given : localUrl(config);
      if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
        throw new UsageError("host.url", "the address of a host begins with https:// or http://");
      }
      const data = optionText(options.data) ?? (given === undefined ? config.data : undefined);
      const databaseElsewhere = (environment.DATABASE_URL ?? "") !== "";
      const report = await examine({ url, databaseElsewhere, ...(data === undefined ? {} : { data }) });
      if (!report.healthy) process.exitCode = exits.unwell;
      const rows = report.findings.map(({ check, state, says, todo }) => {
        const shown = state === "ok" ? "ok     " : bold(state);
        return [`${shown}  ${check}`, todo === undefined ? says : `${says}\n→ ${todo}`] as const;
      });
      return {
        json: report,
        text: blocks(
          wrap(`${report.url}${data === undefined ? "" : ` and ${data}`}`),
          columns(rows, ""),
          wrap(summary(report.findings.map(({ state }) => state))),
        ),
      };
    },
  );
}

/** Where a host of this configuration is asked on its own machine. */
function localUrl({ address, port }: { readonly address: string; readonly port: number }): string {
  if (["0.0.0.0", "::"].includes(address)) return `http://127.0.0.1:${port}`;
  return `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
}

function summary(states: readonly string[]): string {
  const count = (state: string) => states.filter((one) => one === state).length;
  const failures = count("failure");
  if (failures > 0) return `${failures} to repair, ${count("warning")} to think about.`;
  return count("warning") > 0 ? `Nothing to repair, ${count("warning")} to think about.` : "All is well.";
}
