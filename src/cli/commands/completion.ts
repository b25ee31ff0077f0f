import type { Command } from "commander";
import { UsageError } from "../../client/index.ts";
import { define, text } from "../command.ts";

type Node = {
  readonly path: string;
  readonly summary: string;
  readonly words: readonly { word: string; text: string }[];
};

/** Every command with what may follow it: its commands and options. */
function nodesOf(command: Command, globals: readonly string[], path = "symbolon"): readonly Node[] {
  const own = command.commands.map((one) => ({ word: one.name(), text: one.description() }));
  const flags = command.options.map((option) => ({ word: option.long ?? "", text: option.description }));
  const here = { path, summary: command.description(), words: [...own, ...flags].filter(({ word }) => word !== "") };
  return [here, ...command.commands.flatMap((one) => nodesOf(one, globals, `${path} ${one.name()}`))];
}

const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
const wordsOf = (node: Node) => node.words.map(({ word }) => word).join(" ");

/** The names before the cursor that are commands, joined: what the table of completions is asked for. */
const walk = `  local at="symbolon" word
  for word in "\${words_before[@]}"; do
    case " \${names[*]} " in *" $at $word|"*) at="$at $word" ;; esac
  done`;

function bash(nodes: readonly Node[], globals: string): string {
  return `# symbolon for bash: eval "$(symbolon completion bash)"
_symbolon() {
  local cur="\${COMP_WORDS[COMP_CWORD]}"
  local words_before=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
  local names=(${nodes.map((node) => quoted(`${node.path}|`)).join(" ")})
${walk}
  local choices=""
  case "$at" in
${nodes.map((node) => `    ${quoted(node.path)}) choices=${quoted(wordsOf(node))} ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$choices ${globals}" -- "$cur"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$cur"))
}
complete -o filenames -F _symbolon symbolon
`;
}

function zsh(nodes: readonly Node[], globals: string): string {
  return `#compdef symbolon
# symbolon for zsh: eval "$(symbolon completion zsh)"
_symbolon() {
  local -a words_before names choices
  words_before=("\${(@)words[2,CURRENT-1]}")
  names=(${nodes.map((node) => quoted(`${node.path}|`)).join(" ")})
${walk}
  case "$at" in
${nodes.map((node) => `    ${quoted(node.path)}) choices=(${node.words.map(({ word }) => quoted(word)).join(" ")}) ;;`).join("\n")}
  esac
  choices+=(${globals})
  compadd -- "\${choices[@]}" || _files
}
compdef _symbolon symbolon
`;
}

function fish(nodes: readonly Node[], root: Command): string {
  const lines = ["# symbolon for fish: symbolon completion fish | source"];
  for (const option of root.options) {
    lines.push(`complete -c symbolon -l ${(option.long ?? "").slice(2)} -d ${quoted(option.description)}`);
  }
  for (const node of nodes) {
    const above = node.path.split(" ").slice(1);
    for (const { word, text: summary } of node.words) {
      if (above.length === 0 && word.startsWith("--")) continue;
      const when =
        above.length === 0
          ? "__fish_use_subcommand"
          : above.map((name) => `__fish_seen_subcommand_from ${name}`).join("; and ");
      const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
      lines.push(`complete -c symbolon -n ${quoted(when)} ${what} -d ${quoted(summary)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** `completion bash | zsh | fish`: a script for the shell, on standard output. */
export function addCompletion(program: Command): void {
  define(
    program,
    {
      usage: "completion <shell>",
      summary: "Completion for bash, zsh or fish",
      example: "completion bash >> ~/.bashrc",
    },
    async (_, [shell]) => {
      const globals = program.options.map((option) => option.long ?? "").join(" ");
      const nodes = nodesOf(program, []);
      const made: Readonly<Record<string, () => string>> = {
        bash: () => bash(nodes, globals),
        zsh: () => zsh(nodes, globals),
        fish: () => fish(nodes, program),
      };
      const script = made[text(shell)]?.();
      if (script === undefined) throw new UsageError("cli.shell", "completion is for bash, zsh or fish");
      return { json: { shell: text(shell), script }, text: script.trimEnd() };
    },
  );
}
