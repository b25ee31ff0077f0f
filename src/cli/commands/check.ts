import type { Command } from "commander";
import {
  type Assessed,
  assess,
  type Circle,
  displayIdentifier,
  engineOf,
  type Found,
  type Holdings,
  holdings,
  type Identifier,
  indexNames,
  indexStatements,
  type Names,
  namesIn,
  type OrganizationId,
  parseField,
  scopes,
  similarNames,
  type Understood,
  UsageError,
} from "../../client/index.ts";
import { assessmentJson, assessmentText } from "../assessment.ts";
import { define, optionText, text, texts } from "../command.ts";
import { organizationNamed, organizationShown, short } from "../names.ts";
import type { Answer, Run } from "../run.ts";
import { oneOf } from "../saying.ts";
import { foundJson, foundText } from "../statement.ts";
import { blocks, bold, columns, lines, many, wrap } from "../text.ts";

/** What one circle holds about what was asked. */
type Held = Holdings & {
  readonly circle: Circle;
  readonly names: Names;
  /** Subjects of a similar name: to compare, never to conclude from. */
  readonly similar: readonly Found[];
};

/** `check`: look a subject up. */
export function addCheck(program: Command): void {
  define(
    program,
    {
      usage: "check <text>",
      summary: "Look up a phone, mail, handle, link, key, organization, or any text",
      example: 'check "0912 345 678"',
      options: [
        ["--numbers", "show the numbers behind the sentence"],
        ["--without <organization...>", "as if these (at most three) were not there"],
        ["--scope <scope>", `trust in: ${Object.keys(scopes).join(", ")} (default all)`],
        ["--offline", "from this device's copies, without asking hosts"],
      ],
    },
    async (run, [given], options) =>
      check(run, text(given), {
        numbers: options.numbers === true,
        offline: options.offline === true,
        without: texts(options.without),
        scope: optionText(options.scope),
      }),
  );
}

type Asked = {
  readonly numbers: boolean;
  readonly offline: boolean;
  readonly without: readonly string[];
  readonly scope: string | undefined;
};

async function check(run: Run, given: string, asked: Asked): Promise<Answer> {
  if (given.trim() === "") throw new UsageError("cli.text", "there is nothing to look up");
  const scope = asked.scope === undefined ? undefined : oneOf(scopes, asked.scope, "scope");
  const circles = await openAll(run, asked.offline);
  const { understood, doubts } = parseField(given);
  const organization = organizationMeant(circles, given);
  const identifiers: Identifier[] = understood.map((one) => one.identifier);
  if (organization !== undefined) identifiers.push({ kind: "organization", value: organization });
  const held = circles.map((circle) => heldIn(circle, identifiers, identifiers.length === 0 ? given : undefined));
  const about = [...new Set(held.flatMap((one) => one.found.map((found) => found.recorded.hash)))];
  const without = asked.without.map((name) => inAny(circles, name));
  const names = joined(held.map((one) => one.names));
  const assessed = assess(await run.identity(), engineOf(circles), about, {
    ...(scope === undefined ? {} : { scope }),
    ...(without.length === 0 ? {} : { without }),
    ...(organization === undefined ? {} : { subject: organization }),
  });
  return {
    json: {
      understood: understood.map(understoodJson),
      doubts,
      organization:
        organization === undefined ? null : { id: organization, name: names.organizations.get(organization) ?? null },
      without,
      assessment: assessmentJson(names, assessed),
      circles: held.map((one) => ({
        circle: one.circle.id,
        label: one.circle.record().label,
        found: one.found.map((found) => foundJson(one.names, found)),
        vouches: one.vouches.map((found) => foundJson(one.names, found)),
        similarNames: one.similar.map((found) => foundJson(one.names, found)),
      })),
    },
    text: answerText({ given, understood, doubts, organization, held, names, assessed, asked, without }),
  };
}

async function openAll(run: Run, offline: boolean): Promise<readonly Circle[]> {
  const circles: Circle[] = [];
  for (const record of await run.records()) {
    if (record.seeds.length > 0) circles.push(await run.open(record, { offline }));
    else run.warn(`“${record.label}” still awaits your admission: symbolon join --finish`);
  }
  if (circles.length === 0)
    throw new UsageError("circle.none", "this identity is in no circle: found one, or join one");
  return circles;
}

/** An organization of a circle that the whole text names. */
function organizationMeant(circles: readonly Circle[], given: string): OrganizationId | undefined {
  for (const circle of circles) {
    try {
      return organizationNamed(circle, given);
    } catch (error) {
      if (!(error instanceof UsageError) || error.code === "organization.ambiguous") throw error;
    }
  }
  return undefined;
}

function inAny(circles: readonly Circle[], name: string): OrganizationId {
  const found = organizationMeant(circles, name);
  if (found === undefined)
    throw new UsageError("organization.unknown", "no organization has this name: see circle show");
  return found;
}

function heldIn(circle: Circle, identifiers: readonly Identifier[], name: string | undefined): Held {
  const index = indexStatements(circle);
  const similar = name === undefined ? [] : similarNames(indexNames(circle), name);
  return {
    circle,
    names: namesIn(circle),
    ...holdings(circle, identifiers, index),
    similar: similar.flatMap((hash) => index.byHash(hash) ?? []),
  };
}

function joined(all: readonly Names[]): Names {
  return {
    organizations: new Map(all.flatMap((names) => [...names.organizations])),
    members: new Map(all.flatMap((names) => [...names.members])),
  };
}

function understoodJson(one: Understood) {
  const { kind, value } = one.identifier;
  return {
    kind,
    value,
    display: displayIdentifier(one.identifier),
    input: one.input,
    sure: one.sure,
    notes: one.notes,
  };
}

type Shown = {
  readonly given: string;
  readonly understood: readonly Understood[];
  readonly doubts: readonly { readonly input: string; readonly code: string }[];
  readonly organization: OrganizationId | undefined;
  readonly held: readonly Held[];
  readonly names: Names;
  readonly assessed: Assessed;
  readonly asked: Asked;
  readonly without: readonly OrganizationId[];
};

function answerText(shown: Shown): string {
  const { understood, doubts, organization, held, names, assessed, asked, without } = shown;
  const nothing = understood.length === 0 && organization === undefined;
  const rows = understood.map(({ identifier, sure, notes }): [string, string] => {
    const said = [...(sure ? [] : ["perhaps"]), ...notes.map((note) => note.replaceAll("-", " "))];
    return [identifier.kind, `${displayIdentifier(identifier)}${said.length === 0 ? "" : ` (${said.join(", ")})`}`];
  });
  if (organization !== undefined)
    rows.push(["organization", `${organizationShown(names, organization)} [${short(organization)}]`]);
  const taken = without.map((id) => organizationShown(names, id)).join(", ");
  return blocks(
    nothing
      ? wrap("No identifier was understood. A name alone never says who is meant.")
      : lines(bold("Understood"), columns(rows)),
    doubts.length > 0 &&
      lines(
        ...doubts.map(({ input, code }) =>
          wrap(`“${input}” looks like an identifier and is none: ${code.replaceAll("-", " ")}`, "  "),
        ),
      ),
    taken !== "" && wrap(`As if these were not there: ${taken}`),
    !nothing && assessmentText(names, assessed, asked.numbers),
    ...held.map(({ circle, names: own, found, vouches, similar }) =>
      lines(
        nothing
          ? bold(circle.record().label)
          : bold(`${circle.record().label}: ${found.length === 0 ? "nothing" : many(found.length, "statement")}`),
        ...found.map((one) => foundText(own, one)),
        vouches.length > 0 && wrap("Vouches for it:", "  "),
        ...vouches.map((one) => foundText(own, one)),
        similar.length > 0 && wrap("Of a similar name; compare identifiers, it may be a namesake:", "  "),
        ...similar.map((one) => foundText(own, one)),
        nothing && similar.length === 0 && "  nothing of a similar name",
      ),
    ),
  );
}
