import { readFile } from "node:fs/promises";
import { UsageError } from "../client/index.ts";

/** Where a phrase may come from: never an argument, which other users of the machine can read. */
export type PhraseSources = { readonly file?: string; readonly variable?: string };

const sourcesText = "--passphrase-file, $SYMBOLON_PASSPHRASE, or a terminal";

/** The phrase from a file or the variable; `undefined` where neither is given. */
export async function givenPhrase({ file, variable }: PhraseSources): Promise<string | undefined> {
  if (file !== undefined) {
    let text: string;
    try {
      text = (await readFile(file, "utf8")).trim();
    } catch {
      throw new UsageError("vault.no-phrase", "the passphrase file cannot be read");
    }
    if (text === "") throw new UsageError("vault.no-phrase", "the passphrase file is empty");
    return text;
  }
  const phrase = variable?.trim() ?? "";
  return phrase === "" ? undefined : phrase;
}

/** The phrase from wherever it is given, at last from a hidden prompt. Throws `UsageError` `vault.no-phrase`. */
export async function askPhrase(sources: PhraseSources, question = "Phrase: "): Promise<string> {
  const given = await givenPhrase(sources);
  if (given !== undefined) return given;
  if (process.stdin.isTTY !== true) {
    throw new UsageError("vault.no-phrase", `the phrase that unlocks this identity is needed: by ${sourcesText}`);
  }
  const typed = (await hidden(question)).trim();
  if (typed === "") throw new UsageError("vault.no-phrase", "no phrase was typed");
  return typed;
}

/** A line typed at the terminal and not shown. */
function hidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  return new Promise((resolve, reject) => {
    let typed = "";
    stderr.write(question);
    stdin.setRawMode(true);
    stdin.setEncoding("utf8");
    stdin.resume();
    const end = () => {
      stdin.off("data", onData);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
    };
    const onData = (chunk: string) => {
      for (const character of chunk) {
        if (character === "\r" || character === "\n" || character === "\u0004") {
          end();
          resolve(typed);
          return;
        }
        if (character === "\u0003") {
          end();
          reject(new UsageError("vault.no-phrase", "stopped"));
          return;
        }
        if (character === "\u007f" || character === "\b") typed = [...typed].slice(0, -1).join("");
        else if (character === "\u0015") typed = "";
        else typed += character;
      }
    };
    stdin.on("data", onData);
  });
}
