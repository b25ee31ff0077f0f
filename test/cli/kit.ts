/* The command line as its users have it: a process, with a home of its own. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testPhrase } from "../kit/members.ts";

// Stripping the types of every module again for every command would take most of the time.
const compiled = join(tmpdir(), `symbolon-compiled-${process.pid}`);
process.once("exit", () => rmSync(compiled, { recursive: true, force: true }));

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export type Ran = { readonly exit: number; readonly out: string; readonly err: string };

export type Person = {
  readonly home: string;
  /** Runs a command as typed. */
  readonly run: (...args: readonly string[]) => Promise<Ran>;
  /** Runs it with `--json` and gives the one document of standard output. */
  readonly json: (...args: readonly string[]) => Promise<Document>;
};

/** A JSON document: tests say what they expect of it. */
export type Document = any;

/** Runs the command line with an environment of nothing but what it needs. */
export function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}, input = ""): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const options = {
      env: { PATH: process.env.PATH, SYMBOLON_KDF: "pbkdf2", NODE_COMPILE_CACHE: compiled, ...env },
      timeout: 30_000,
    };
    const child = execFile(process.execPath, [main, ...args], options, (error, out, err) => {
      const exit = error === null ? 0 : error.code;
      if (typeof exit === "number") resolve({ exit, out, err });
      else reject(error);
    });
    child.stdin?.end(input);
  });
}

/** A temporary directory and its end. */
export function temporary(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "symbolon-cli-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Somebody with a home and a phrase. */
export function person(home: string, env: Readonly<Record<string, string>> = {}): Person {
  const run = (...args: readonly string[]) =>
    cli(args, { SYMBOLON_HOME: home, SYMBOLON_PASSPHRASE: testPhrase, ...env });
  return {
    home,
    run,
    json: async (...args) => {
      const { exit, out, err } = await run(...args, "--json");
      if (exit !== 0) throw new Error(`symbolon ${args.join(" ")}: exit ${exit}\n${out}${err}`);
      return JSON.parse(out);
    },
  };
}
