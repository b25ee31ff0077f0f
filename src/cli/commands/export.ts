import type { Command } from "commander";
import {
  type Bytes,
  exportLog,
  forExport,
  freshVault,
  generatePhrase,
  namesIn,
  readAttachment,
  UsageError,
} from "../../client/index.ts";
import { define, group, optionText, text } from "../command.ts";
import { writeNew } from "../files.ts";
import { statementNamed } from "../names.ts";
import { givenPhrase } from "../phrase.ts";
import type { Answer, Run } from "../run.ts";
import { statementJson } from "../statement.ts";
import { blocks, bold, harmlessJson, wrap } from "../text.ts";

const output = ["--output <file>", "the file to write, a new one"] as const;

async function written(file: string, bytes: Bytes, what: string): Promise<Answer> {
  await writeNew(file, bytes);
  return { json: { file, bytes: bytes.length }, text: wrap(`${what}: ${bytes.length} bytes in ${file}.`) };
}

/** `export log | identity | statements | attachments`. */
export function addExport(program: Command): void {
  const exporting = group(
    program,
    "export",
    "Write out the log, the identity, or statements",
    "export log --output press.cborseq",
  );
  define(
    exporting,
    {
      usage: "log",
      summary: "The circle's raw log, as a CBOR sequence: ciphertext that a new host can take",
      example: "export log --blobs --output press.cborseq",
      required: [output],
      options: [["--blobs", "and the attachments in it, encrypted: only the host has them otherwise"]],
    },
    async (run, _, options) => {
      const circle = await run.circle();
      const log = await exportLog(circle, options.blobs === true);
      return written(optionText(options.output) ?? "", log, `${circle.state().position} entries`);
    },
  );
  define(
    exporting,
    {
      usage: "identity",
      summary: "The identity file, to keep or to carry; it stays locked by its phrase",
      example: "export identity --output lan.vault",
      required: [output],
      options: [
        ["--fresh", "for a further device or a colleague: same organization, no circles yet"],
        ["--member <name>", "with --fresh: the colleague's name"],
      ],
    },
    (run, _, options) =>
      exportIdentity(run, optionText(options.output) ?? "", options.fresh === true, optionText(options.member)),
  );
  define(
    exporting,
    {
      usage: "statements",
      summary: "All that you can read, as JSON; the Chatham House Rule hides who said it",
      example: "export statements --output statements.json",
      options: [output],
    },
    async (run, _, options) => {
      const circle = await run.circle();
      const names = namesIn(circle);
      const statements = circle
        .statements()
        .map((recorded) => forExport(recorded.statement, statementJson(names, recorded)));
      const file = optionText(options.output);
      const document = { statements };
      if (file === undefined) return { json: document, text: harmlessJson(JSON.stringify(document, null, 2)) };
      const bytes = new TextEncoder().encode(`${harmlessJson(JSON.stringify(document, null, 2))}\n`);
      return written(file, bytes, `${statements.length} statements`);
    },
  );
  define(
    exporting,
    {
      usage: "attachment <statement> <name>",
      summary: "One file that is attached to a statement, decrypted",
      example: "export attachment 3a9f02c1 letter.pdf --output letter.pdf",
      required: [output],
    },
    async (run, [hash, name], options) => {
      const circle = await run.circle();
      const { statement } = statementNamed(circle, text(hash));
      const attached = (statement.attachments ?? []).find((one) => one.name === text(name).normalize("NFC"));
      if (attached === undefined)
        throw new UsageError("attachment.unknown", "this statement has no attachment of this name");
      return written(optionText(options.output) ?? "", await readAttachment(circle, attached), "The attachment");
    },
  );
}

async function exportIdentity(run: Run, file: string, fresh: boolean, member: string | undefined): Promise<Answer> {
  const identity = await run.identity();
  if (!fresh) {
    if (member !== undefined) throw new UsageError("cli.fresh", "--member goes with --fresh");
    return written(file, await identity.export(), "The identity");
  }
  const own = member === undefined;
  // A colleague gets a phrase of their own; a further device keeps the member's.
  const phrase = own ? await givenPhrase(run.phraseSources) : undefined;
  const made = phrase ?? generatePhrase(identity.platform.random);
  const answer = await written(file, await freshVault(identity, made, member, run.kdf), "The new identity");
  if (phrase !== undefined) return answer;
  return {
    json: { ...(answer.json as object), phrase: made },
    text: blocks(
      answer.text,
      wrap(bold(made), "    "),
      wrap(
        "This phrase opens it and is shown only now: hand it over by another way than the file. It holds the organization's key.",
      ),
    ),
  };
}
