import type { Command } from "commander";
import { HostFault, summaryOf, toHex, UsageError, type VerifiedLog, verifyFromGenesis } from "../../client/index.ts";
import { define, group, optionText } from "../command.ts";
import { progressBar } from "../progress.ts";
import { blocks, bold, columns, wrap } from "../text.ts";

function verifiedJson(verified: VerifiedLog) {
  return { ...verified, root: toHex(verified.root), digest: toHex(verified.digest) };
}

/** `log verify`. */
export function addLog(program: Command): void {
  const log = group(program, "log", "The circle's log", "log verify");
  define(
    log,
    {
      usage: "verify",
      summary: "Fetch the whole log again and verify it from genesis",
      example: "log verify --crypto noble",
      options: [["--crypto <name>", "which cryptography: sodium (default) or noble"]],
    },
    async (run, _, options) => {
      const crypto = optionText(options.crypto) ?? "sodium";
      if (crypto !== "sodium" && crypto !== "noble") throw new UsageError("cli.crypto", "--crypto is sodium or noble");
      const circle = await run.circle();
      const own = summaryOf(circle);
      const bar = progressBar();
      const anew = await verifyFromGenesis(await run.identity(), circle.id, crypto, bar.options).finally(bar.end);
      // Others may have appended meanwhile: what this device held must be what the longer log begins with.
      if (anew.size > own.size) await circle.sync();
      const now = summaryOf(circle);
      const agree =
        anew.size === now.size && toHex(anew.root) === toHex(now.root) && toHex(anew.digest) === toHex(now.digest);
      if (!agree) {
        throw new HostFault(
          "log.differs",
          "the log fetched anew is not the one this device holds: do not write, and compare heads with others",
        );
      }
      return {
        json: { verified: true, ...verifiedJson(anew) },
        text: blocks(
          wrap(bold(`The log is whole: ${anew.size} entries verified from genesis, with ${anew.crypto}.`)),
          columns([
            ["statements", String(anew.statements)],
            ["void entries", String(anew.voids)],
            ["root", toHex(anew.root)],
            ["roster", toHex(anew.digest)],
            ["head", anew.words.join(" ")],
          ]),
          wrap("Who compares the head's words with you by voice, and has the same, sees the same log."),
        ),
      };
    },
  );
}
