/*
 * `npm run demo`: the main job over real HTTP against a temporary host. With `--json` it prints one document; with
 * `--engine` it runs on another than SQLite.
 */
import { parseArgs } from "node:util";
import { engineNames, isEngine } from "../kit/engine-host.ts";
import type { DemoReport } from "./report.ts";
import { teller } from "./report.ts";
import { type Ending, play } from "./story.ts";

const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, engine: { type: "string", default: "sqlite" } },
});
const { json, engine } = options;
if (!isEngine(engine)) {
  process.stderr.write(`there is no engine of this name: choose ${engineNames.join(", ")}\n`);
  process.exit(2);
}
const tell = teller(json);
let ending: Ending | undefined;
try {
  ending = await play(tell, engine);
} catch (error) {
  if (!json) process.stderr.write(`\n${tell.failure ?? String(error)}\n`);
}
const { removedMemberCanRead = true, verifiedFromGenesis = false, hostPlaintextFound = -1 } = ending ?? {};
const report: DemoReport = {
  engine,
  ok: ending !== undefined && !removedMemberCanRead && verifiedFromGenesis && hostPlaintextFound === 0,
  steps: tell.steps,
  removedMemberCanRead,
  verifiedFromGenesis,
  hostPlaintextFound,
  ...(tell.failure === undefined ? {} : { failure: tell.failure }),
};
if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
else process.stdout.write(`\n${report.ok ? "Everything held." : "Something did not hold."}\n`);
process.exit(report.ok ? 0 : 1);
