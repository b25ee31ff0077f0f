import type { Command } from "commander";
import { toHex, UsageError, type VerifiedLog, verifyAnew } from "../../client/index.ts";
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
      const bar = progressBar();
      const anew = await verifyAnew(circle, crypto, bar.options).finally(bar.end);
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
