#!/usr/bin/env node
import { CommanderError } from "commander";
import { exits, failureOf } from "./exit.ts";
import { programOf } from "./program.ts";
import { harmlessJson, painted, wantsColor, wrap } from "./text.ts";

const given = process.argv.slice(2);
const asked = given.slice(0, given.includes("--") ? given.indexOf("--") : given.length);
const json = asked.includes("--json");

// A reader that goes away (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exits.ok);
  throw error;
});

try {
  await programOf(json).parseAsync(process.argv);
} catch (error) {
  const { exit, code, message } = failureOf(error);
  process.exitCode = exit;
  if (exit !== exits.ok) {
    if (json) process.stdout.write(`${harmlessJson(JSON.stringify({ error: { code, message } }))}\n`);
    // commander has printed its own sentence already.
    else if (!(error instanceof CommanderError)) {
      process.stderr.write(`${painted(wrap(message, "symbolon: ", "  "), wantsColor(process.stderr))}\n`);
    }
    if (asked.includes("--debug")) console.error(error);
  }
}
