import type { Command } from "commander";
import { type Answer, type GlobalOptions, type Run, runOf } from "./run.ts";
import { harmlessJson, painted, wantsColor } from "./text.ts";

/** A command: its usage as commander writes it, one line of what it does, and an example to type. */
export type Spec = {
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
  /** Flags and what they mean; `<value>` makes it take one, `<value...>` several. */
  readonly options?: readonly (readonly [flags: string, text: string])[];
  readonly required?: readonly (readonly [flags: string, text: string])[];
};

/** Options as commander gives them: a text, several, or set. */
export type Options = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** Arguments in order; an argument that takes several is a list. */
export type Arguments = readonly (string | readonly string[] | undefined)[];

type Act = (run: Run, args: Arguments, options: Options) => Promise<Answer | undefined>;

/** Prints an answer: one JSON document, or text. */
export function print(options: GlobalOptions, answer: Answer): void {
  const { stdout } = process;
  if (options.json === true) stdout.write(`${harmlessJson(JSON.stringify(answer.json))}\n`);
  else if (answer.text !== "") stdout.write(`${painted(answer.text, wantsColor(stdout))}\n`);
}

/** A group of commands. */
export function group(parent: Command, name: string, summary: string, example: string): Command {
  return parent.command(name).description(summary).addHelpText("after", `\nExample:\n  $ symbolon ${example}`);
}

/** Adds a command to `parent`, and returns it. `act` may print by itself and answer nothing. */
export function define(parent: Command, spec: Spec, act: Act): Command {
  const made = parent
    .command(spec.usage)
    .description(spec.summary)
    .addHelpText("after", `\nExample:\n  $ symbolon ${spec.example}`);
  return behave(made, spec, act);
}

/** Gives a group an act of its own, for when none of its commands is named. */
export function behave(command: Command, spec: Pick<Spec, "options" | "required">, act: Act): Command {
  for (const [flags, text] of spec.required ?? []) command.requiredOption(flags, text);
  for (const [flags, text] of spec.options ?? []) command.option(flags, text);
  return command.action(async (...given: unknown[]) => {
    const self = given.at(-1) as Command;
    const args = given.slice(0, -2) as Arguments;
    const globals = self.optsWithGlobals() as GlobalOptions;
    const answer = await act(runOf(globals), args, self.opts() as Options);
    if (answer !== undefined) print(globals, answer);
  });
}

/** The one text of an argument that must be there. */
export function text(value: Arguments[number]): string {
  return typeof value === "string" ? value : "";
}

/** The texts of an option or argument that takes several. */
export function texts(value: Options[string]): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value : [];
}

/** The text of an option, if it was given. */
export function optionText(value: Options[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}
