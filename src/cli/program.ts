import { Command } from "commander";
import { addAdmission } from "./commands/admission.ts";
import { addCheck } from "./commands/check.ts";
import { addCircle } from "./commands/circle.ts";
import { addCompletion } from "./commands/completion.ts";
import { addDevice } from "./commands/device.ts";
import { addExport } from "./commands/export.ts";
import { addHost } from "./commands/host.ts";
import { addInit } from "./commands/init.ts";
import { addLog } from "./commands/log.ts";
import { addReferring } from "./commands/referring.ts";
import { addSanctions } from "./commands/sanctions.ts";
import { addStatements } from "./commands/statements.ts";
import { addTip } from "./commands/tip.ts";
import { addVetting } from "./commands/vetting.ts";
import { addVotes } from "./commands/votes.ts";
import { exitTable } from "./exit.ts";
import { width } from "./text.ts";

const epilogue = `
Every command takes --json and has --help with an example.

The phrase that unlocks the identity comes from a hidden prompt, from
--passphrase-file, or from $SYMBOLON_PASSPHRASE; never from an argument.
$SYMBOLON_HOME is the home where --home is not given.

${exitTable}

Example:
  $ symbolon check "0912 345 678"`;

/** The whole command line. `json`: usage errors are printed by who runs it, as a document. */
export function programOf(json: boolean): Command {
  const program = new Command("symbolon")
    .description("Who can we work with? What the organizations you trust say, encrypted end to end.")
    .option("--json", "one JSON document on standard output")
    .option("--home <directory>", "identity and local copies (default ~/.symbolon)")
    .option("--circle <name>", "which circle, where there are several")
    .option("--passphrase-file <file>", "the phrase that unlocks the identity, in a file")
    .option("--debug", "show where a failure comes from")
    .addHelpText("after", epilogue)
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureHelp({
      helpWidth: width,
      minWidthToWrap: 20,
      showGlobalOptions: true,
      subcommandTerm: (command) => command.name(),
    })
    .configureOutput(json ? { writeErr: () => undefined } : {});
  addInit(program);
  addCircle(program);
  addAdmission(program);
  addVotes(program);
  addSanctions(program);
  addDevice(program);
  addStatements(program);
  addTip(program);
  addReferring(program);
  addVetting(program);
  addCheck(program);
  addLog(program);
  addExport(program);
  addHost(program);
  addCompletion(program);
  return program;
}
