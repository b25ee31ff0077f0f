import type { Command } from "commander";
import {
  type Bytes,
  checkFile,
  checkLink,
  checkMail,
  displayIdentifier,
  type Finding,
  fileHash,
  makeSketchIndex,
  namesIn,
  parseField,
  type Recorded,
  sketcherOf,
  tipVerdicts,
  toHex,
  UsageError,
} from "../../client/index.ts";
import { behave, define, group, optionText, text, texts } from "../command.ts";
import { readInput } from "../files.ts";
import type { Answer, Run } from "../run.ts";
import { oneOf, sayOne, statementOptions, termsOf } from "../saying.ts";
import { statementJson, statementText } from "../statement.ts";
import { identifiersIn } from "../subject.ts";
import { blocks, bold, columns, lines, wrap } from "../text.ts";

/** `tip`, and `tip check`, which needs no identity and asks nobody. */
export function addTip(program: Command): void {
  const tip = group(
    program,
    "tip",
    "Share the verdict on a tip (a text, mail, file), or check one first",
    "tip mail.eml --verdict fabricated --source press@example.org",
  );
  tip.argument("[file]", "the tip itself: its hash, and a sketch of its text, are shared; - for standard input");
  behave(
    tip,
    {
      options: [
        ["--verdict <verdict>", `${Object.keys(tipVerdicts).join(", ")} (default unverified)`],
        ["--source <identifier...>", "where it came from"],
        ["--checked <sentence...>", "checks that you made"],
        ["--share-content", "share the text itself, not only its sketch"],
        ...statementOptions,
      ],
    },
    async (run, [file], options) => {
      const verdict = oneOf(tipVerdicts, optionText(options.verdict) ?? "unverified", "verdict");
      const sources = texts(options.source);
      if (file === undefined && sources.length === 0) {
        throw new UsageError("tip.empty", "a tip needs its file, or at least one --source");
      }
      const content = file === undefined ? undefined : await readInput(text(file));
      const circle = await run.circle({ write: true });
      const words = content === undefined ? undefined : textOf(content);
      const sketch = words === undefined ? undefined : sketcherOf(circle)(words);
      const checks = texts(options.checked).map((one) => one.normalize("NFC"));
      return sayOne(
        circle,
        {
          kind: "tip",
          ...(await termsOf(circle, options)),
          sources: [...identifiersIn(circle, sources)],
          verdict,
          ...(content === undefined ? {} : { fileHashes: [await fileHash(content)] }),
          ...(sketch === undefined ? {} : { sketch }),
          ...(checks.length === 0 ? {} : { checks }),
          ...(options.shareContent === true && words !== undefined ? { content: shared(words) } : {}),
        },
        options,
      );
    },
  );
  define(
    tip,
    {
      usage: "check <file>",
      summary: "Look at a mail, file or text on this device; nothing is opened or fetched",
      example: "tip check suspicious.eml",
      options: [
        ["--similar", "also compare with the tips in your circles (needs your identity)"],
        ["--authserv-id <name>", "the name under which your own mail server writes its results"],
      ],
    },
    async (run, [file], options) => {
      const path = text(file);
      const content = await readInput(path);
      const answer = await looked(path, content, optionText(options.authservId));
      return options.similar === true ? withSimilar(run, content, answer) : answer;
    },
  );
}

/** The text of a file that is text. */
function textOf(content: Bytes): string | undefined {
  try {
    const words = new TextDecoder("utf-8", { fatal: true }).decode(content);
    return words.includes("\0") ? undefined : words;
  } catch {
    return undefined;
  }
}

/** As the format takes it: NFC, at most 32 KiB. */
function shared(words: string): string {
  const content = words.normalize("NFC");
  if (new TextEncoder().encode(content).length > 32_768) {
    throw new UsageError("tip.content", "only a text of up to 32 KiB is shared whole: attach it with --attach");
  }
  return content;
}

const looksLikeMail = (path: string, words: string | undefined) =>
  /\.eml$/i.test(path) ||
  (words !== undefined &&
    /^(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}/.test(words) &&
    /^(?:from|received|return-path):/im.test(words));

async function looked(path: string, content: Bytes, authservId: string | undefined): Promise<Answer> {
  const words = textOf(content);
  const mail = looksLikeMail(path, words);
  const { understood } = parseField(words ?? "");
  const findings: Finding[] = mail
    ? await checkMail(content, { now: Date.now(), ...(authservId === undefined ? {} : { authservId }) })
    : await checkFile({ name: path === "-" ? "" : (path.split("/").at(-1) ?? ""), content });
  if (!mail && words !== undefined) {
    for (const link of words.match(/\bh(?:tt|xx)ps?:\/\/[^\s<>"]+/gi) ?? []) findings.push(...checkLink(link));
  }
  const kind = mail ? "mail" : words === undefined ? "file" : "text";
  return {
    json: {
      kind,
      findings,
      identifiers: understood.map(({ identifier, sure }) => ({ kind: identifier.kind, value: identifier.value, sure })),
    },
    text: blocks(
      findings.length === 0
        ? wrap(`Nothing odd was found in this ${kind}. That does not make it true, or safe to open.`)
        : lines(
            bold(`Found in this ${kind}, the weightiest first; none of it proves anything alone`),
            ...findings.map(({ weight, sentence, reason }) =>
              lines(
                wrap(`${weight === "high" ? bold("high") : weight}: ${sentence}`, "  ", "    "),
                wrap(reason, "    "),
              ),
            ),
          ),
      understood.length > 0 &&
        lines(
          bold("Identifiers in it; look them up with symbolon check"),
          columns(understood.map(({ identifier }) => [identifier.kind, displayIdentifier(identifier)])),
        ),
    ),
  };
}

/** Tips in the circles whose text is alike, or whose file is the same: the same family, not the same claim. */
async function withSimilar(run: Run, content: Bytes, answer: Answer): Promise<Answer> {
  const words = textOf(content);
  const exact = toHex(await fileHash(content));
  const found: { likeness: string; json: object; text: string }[] = [];
  for (const record of await run.records()) {
    const circle = await run.open(record);
    const names = namesIn(circle);
    const index = makeSketchIndex<Recorded>();
    const same: Recorded[] = [];
    for (const recorded of circle.statements()) {
      const { statement } = recorded;
      if (statement.kind !== "tip") continue;
      if (statement.fileHashes?.some((hash) => toHex(hash) === exact) === true) same.push(recorded);
      else if (statement.sketch !== undefined) index.add(recorded, statement.sketch);
    }
    const sketch = words === undefined ? undefined : sketcherOf(circle)(words);
    const alike = sketch === undefined ? [] : index.find(sketch);
    const likenesses = { match: "alike", suggest: "perhaps alike", none: "" } as const;
    const rows = [
      ...same.map((recorded) => ({ recorded, likeness: "the same file" })),
      ...alike.map(({ id, likeness }) => ({ recorded: id, likeness: likenesses[likeness.level] })),
    ];
    for (const { recorded, likeness } of rows) {
      const json = { likeness, ...statementJson(names, recorded) };
      found.push({
        likeness,
        json,
        text: lines(`  ${likeness}, in “${record.label}”:`, statementText(names, recorded, "    ")),
      });
    }
  }
  return {
    json: { ...(answer.json as object), similar: found.map((one) => one.json) },
    text: blocks(
      answer.text,
      found.length === 0
        ? "No tip like this in your circles."
        : lines(bold("Tips like this: one family of text, not one claim"), ...found.map((one) => one.text)),
    ),
  };
}
