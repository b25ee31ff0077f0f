/* What all commands that make a statement share: its terms, its audience, and how it is answered. */
import {
  type Circle,
  type Draft,
  evidenceClasses,
  type Grade,
  namesIn,
  paps,
  type SayOptions,
  say,
  tlps,
  UsageError,
} from "../client/index.ts";
import { type Options, optionText, texts } from "./command.ts";
import { readDay, readEventDay } from "./dates.ts";
import { readAttached, readText } from "./files.ts";
import { organizationNamed, short } from "./names.ts";
import type { Answer } from "./run.ts";
import { statementJson, statementText } from "./statement.ts";
import { blocks, lines } from "./text.ts";

/** Options of every statement. */
export const statementOptions = [
  ["--text <text>", "in your own words; - reads standard input"],
  ["--tlp <tlp>", "TLP:RED, TLP:AMBER+STRICT, TLP:AMBER (default), TLP:GREEN or TLP:CLEAR"],
  ["--pap <pap>", "PAP:RED, PAP:AMBER, PAP:GREEN or PAP:CLEAR"],
  ["--chatham-house", "may be used, never who said it"],
  ["--to <organization...>", "only these organizations may read it (TLP:RED needs it)"],
  ["--evidence <class>", `how you know: ${Object.keys(evidenceClasses).join(", ")}`],
  ["--grade <grade>", "Admiralty grade, A1 to F6"],
  ["--date <date>", "of the event: 2026-05-17, 2026-05 or 2026"],
  ["--expires <when>", "last day on which it counts: 2027-03-01, or 90d"],
  ["--attach <file...>", "files to attach, encrypted"],
  ["--language <tag>", "language of the text, like vi or en"],
  ["--forwardable", "may leave the circle (GREEN, CLEAR): a signature that is evidence against you"],
] as const;

/** A word of a list. Throws `UsageError` that names the list. */
export function oneOf<K extends string>(list: Readonly<Record<K, unknown>>, value: string, what: string): K {
  if (Object.hasOwn(list, value)) return value as K;
  throw new UsageError(`cli.${what.replaceAll(" ", "-")}`, `${what} is one of: ${Object.keys(list).join(", ")}`);
}

function protocolWord<K extends string>(list: Readonly<Record<K, unknown>>, prefix: string, value: string): K {
  const upper = value.trim().toUpperCase();
  return oneOf(list, upper.startsWith(`${prefix}:`) ? upper : `${prefix}:${upper}`, prefix);
}

function readGrade(text: string): Grade {
  const [, source, information] = /^([A-F])([1-6])$/i.exec(text.trim()) ?? [];
  if (source === undefined || information === undefined) {
    throw new UsageError("cli.grade", "a grade is a letter A to F and a digit 1 to 6, like B2");
  }
  return { source: source.toUpperCase() as Grade["source"], information: information as Grade["information"] };
}

/** The common fields of a statement, as options give them. */
export async function termsOf(circle: Circle, options: Options) {
  const given = (name: string) => optionText(options[name]);
  const text = given("text");
  const [tlp, pap, evidence, grade] = [given("tlp"), given("pap"), given("evidence"), given("grade")];
  const [date, expires, language] = [given("date"), given("expires"), given("language")];
  return {
    tlp: tlp === undefined ? ("TLP:AMBER" as const) : protocolWord(tlps, "TLP", tlp),
    ...(text === undefined ? {} : { text: (await readText(text)).normalize("NFC") }),
    ...(pap === undefined ? {} : { pap: protocolWord(paps, "PAP", pap) }),
    ...(options.chathamHouse === true ? { chathamHouse: true as const } : {}),
    ...(evidence === undefined ? {} : { evidence: oneOf(evidenceClasses, evidence, "evidence") }),
    ...(grade === undefined ? {} : { grade: readGrade(grade) }),
    ...(date === undefined ? {} : readEventDay(date)),
    ...(expires === undefined ? {} : { expires: readDay(expires, circle.platform.now()) }),
    ...(language === undefined ? {} : { language }),
  };
}

/** Who may read it, what is attached, and whether it may leave the circle. */
async function carriageOf(circle: Circle, options: Options): Promise<SayOptions> {
  const names = namesIn(circle);
  const to = texts(options.to).map((name) => organizationNamed(circle, name, names));
  const attachments = [];
  for (const path of texts(options.attach)) attachments.push(await readAttached(path));
  return {
    ...(to.length === 0 ? {} : { to }),
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(options.forwardable === true ? { forwardable: true } : {}),
  };
}

/** Makes one statement and answers with it as it now stands in the log. */
export async function sayOne(circle: Circle, draft: Draft, options: Options, more: SayOptions = {}): Promise<Answer> {
  const [said] = await say(circle, [draft], { ...(await carriageOf(circle, options)), ...more });
  await circle.settle();
  const names = namesIn(circle);
  const recorded = said === undefined ? undefined : circle.ledger.record(said.position);
  if (said === undefined || recorded === undefined) {
    throw new UsageError("statement.void", "the circle does not count this statement: see circle show");
  }
  return {
    json: statementJson(names, recorded),
    text: blocks(
      lines(`Said in “${circle.record().label}” at position ${said.position}:`, statementText(names, recorded)),
      `Refer to it as ${short(said.hash)}.`,
    ),
  };
}
