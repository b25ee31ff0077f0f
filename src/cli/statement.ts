/* A statement as people and programs see it. */
import {
  displayIdentifier,
  type Found,
  type Identifier,
  type Names,
  type Recorded,
  signedBySecond,
} from "../client/index.ts";
import { isoHour, showDay, showHour } from "./dates.ts";
import { memberJson, organizationJson, organizationShown, short } from "./names.ts";
import { bold, lines, wrap } from "./text.ts";

type Fields = Readonly<Record<string, unknown>>;

const days = new Set(["expires", "eventDay", "since", "deadline", "review", "seenFrom", "seenUntil"]);

/** A statement's fields for programs: bytes in hexadecimal, days as dates; keys of attachments stay inside. */
export function plainFields(fields: Fields): Fields {
  const plain = (value: unknown, name: string): unknown => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
    if (typeof value === "number" && days.has(name)) return showDay(value);
    if (name === "attachments" && Array.isArray(value)) {
      return value.map((item: Fields) => ({ name: item.name, mediaType: item.mediaType, size: item.size }));
    }
    if (Array.isArray(value)) return value.map((item) => plain(item, ""));
    if (typeof value === "object" && value !== null) return plainFields(value as Fields);
    return value;
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plain(value, name)]));
}

/** A statement for programs. */
export function statementJson(names: Names, recorded: Recorded): Fields {
  const { id: _, organization, device: __, ...fields } = recorded.statement;
  return {
    hash: recorded.hash,
    circle: recorded.circle,
    position: recorded.position,
    organization: organizationJson(names, organization),
    member: memberJson(names, recorded.member),
    ...(recorded.relayedBy === undefined ? {} : { relayedBy: organizationJson(names, recorded.relayedBy) }),
    time: isoHour(recorded.hour),
    audience: recorded.audience,
    ...plainFields(fields),
  };
}

/** A statement with what was said of it, for programs. */
export function foundJson(names: Names, found: Found): Fields {
  const all = (list: readonly Recorded[]) => list.map((recorded) => statementJson(names, recorded));
  return {
    ...statementJson(names, found.recorded),
    counts: found.counts,
    ...(found.recorded.statement.kind === "decision" ? { signedBySecond: signedBySecond(found) } : {}),
    retracted: found.retracted,
    positions: all(found.positions),
    corrections: all(found.corrections),
    replies: all(found.replies),
  };
}

const spaced = (word: string) => word.replaceAll("-", " ");

/** What a statement says, in one line. */
export function headline(names: Names, { statement }: Recorded): string {
  switch (statement.kind) {
    case "profile":
      return `profile: ${statement.name}`;
    case "vouch":
      return `vouch for ${organizationShown(names, statement.vouched)}: ${statement.amount} of 120, ${spaced(statement.role)}`;
    case "attestation":
      return `attestation: ${spaced(statement.attests)}`;
    case "red-flag":
      return `red flag: ${spaced(statement.category)}, ${statement.severity}`;
    case "tip":
      return `tip: ${statement.verdict}`;
    case "position":
      return `${spaced(statement.opinion)} (on ${short(statement.target)})`;
    case "correction":
    case "retraction":
    case "reply":
      return `${statement.kind} (of ${short(statement.target)})`;
    case "inquiry":
      return "inquiry";
    case "answer":
      return `answer (to ${short(statement.target)})`;
    case "decision":
      return `decision: ${spaced(statement.verdict)}`;
    case "case":
      return `case: ${statement.purpose}`;
    case "guide":
      return `guide: ${statement.title}`;
    case "check-in":
      return "check-in";
    case "judgment":
      return `judgment: ${statement.judgment}`;
  }
}

const shownIdentifiers = (identifiers: readonly Identifier[]) =>
  identifiers.map((identifier) => `${identifier.kind} ${displayIdentifier(identifier)}`).join(", ");

/** The lines that belong to one kind of statement. */
function particulars({ statement }: Recorded): readonly (string | undefined)[] {
  const numbered = (name: string, items: readonly string[]) => items.map((item, i) => `${name} ${i + 1}: ${item}`);
  const about = (subject: { identifiers: readonly Identifier[]; names?: readonly string[] | undefined }) =>
    `About ${shownIdentifiers(subject.identifiers)}${subject.names === undefined ? "" : ` (${subject.names.join(", ")})`}`;
  switch (statement.kind) {
    case "attestation":
    case "red-flag":
      return [about(statement.subject)];
    case "tip":
      return [
        statement.sources.length > 0 && `From ${shownIdentifiers(statement.sources)}`,
        ...(statement.checks ?? []).map((check) => `Checked: ${check}`),
        statement.content !== undefined && `Content: ${statement.content}`,
      ].map((line) => line || undefined);
    case "inquiry":
      return [
        about(statement.subject),
        ...numbered("Question", statement.questions),
        statement.deadline === undefined ? undefined : `Until ${showDay(statement.deadline)}`,
      ];
    case "answer":
      return numbered("Answer", statement.answers);
    case "decision":
      return [
        about(statement.subject),
        statement.limits === undefined ? undefined : `Limits: ${statement.limits}`,
        statement.contest === undefined ? undefined : `How to contest it: ${statement.contest}`,
        statement.untold === undefined ? undefined : `Not told, because: ${statement.untold}`,
        statement.review === undefined ? undefined : `Review on ${showDay(statement.review)}`,
      ];
    case "case":
      return [
        about(statement.subject),
        `Will be able to touch: ${statement.access}`,
        ...(statement.groundwork ?? []).map(
          ({ item, done, note }) => `[${done ? "x" : " "}] ${item}${note ? `: ${note}` : ""}`,
        ),
      ];
    case "guide":
      return numbered("Step", statement.steps);
    default:
      return [];
  }
}

/** How the author knows, how sure they are, and who may see it. */
function terms({ statement, audience }: Recorded): string {
  const { evidence, grade, eventDay, eventPrecision, tlp, pap, chathamHouse, expires } = statement;
  return [
    evidence,
    grade === undefined ? undefined : `grade ${grade.source}${grade.information}`,
    eventDay === undefined ? undefined : `event ${showDay(eventDay, eventPrecision)}`,
    tlp,
    pap,
    chathamHouse === true ? "Chatham House Rule" : undefined,
    audience === "named" ? "named recipients" : undefined,
    expires === undefined ? undefined : `until ${showDay(expires)}`,
  ]
    .filter((term) => term !== undefined)
    .join(" · ");
}

/** A statement as text, indented by `indent`. */
export function statementText(names: Names, recorded: Recorded, indent = "  "): string {
  const inner = `${indent}  `;
  const by = recorded.relayedBy === undefined ? "" : `, relayed by ${organizationShown(names, recorded.relayedBy)}`;
  const { text } = recorded.statement;
  return lines(
    wrap(`${bold(headline(names, recorded))}  [${short(recorded.hash)}]`, indent, inner),
    wrap(`${organizationShown(names, recorded.organization)}${by} · ${showHour(recorded.hour)}`, inner),
    wrap(terms(recorded), inner),
    ...particulars(recorded).map((line) => line !== undefined && wrap(line, inner, `${inner}  `)),
    text !== undefined && wrap(`“${text}”`, inner, `${inner} `),
  );
}

/** A statement with what was said of it, as text. */
export function foundText(names: Names, found: Found): string {
  const beside = (label: string, list: readonly Recorded[]) =>
    list.map((recorded) => {
      const { statement } = recorded;
      const words = statement.text === undefined ? "" : `: “${statement.text}”`;
      const said = statement.kind === "position" ? `${spaced(statement.opinion)}${words}` : `${label}${words}`;
      return wrap(`${organizationShown(names, recorded.organization)} · ${said}`, "    ↳ ", "      ");
    });
  const standing = found.retracted
    ? "RETRACTED by its author"
    : found.counts
      ? undefined
      : "DOES NOT COUNT: trust in its author has ended";
  return lines(
    statementText(names, found.recorded),
    signedBySecond(found) === false &&
      wrap(bold("ONE MEMBER'S ALONE: a second one signs it by position, strongly-agree"), "    "),
    standing !== undefined && `    ${bold(standing)}`,
    ...beside("position", found.positions),
    ...beside("correction", found.corrections),
    ...beside("in the subject's own words", found.replies),
  );
}
