/* `npm run demo`: the main job over real HTTP against a temporary host. With `--json` it prints one document. */
import type { DemoReport } from "./report.ts";
import { teller } from "./report.ts";
import { type Ending, play } from "./story.ts";

const json = process.argv.includes("--json");
const tell = teller(json);
let ending: Ending | undefined;
try {
  ending = await play(tell);
} catch (error) {
  if (!json) process.stderr.write(`\n${tell.failure ?? String(error)}\n`);
}
const { removedMemberCanRead = true, verifiedFromGenesis = false, hostPlaintextFound = -1 } = ending ?? {};
const report: DemoReport = {
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
