import type { Command } from "commander";
import {
  attestables,
  redFlagCategories,
  scopes,
  severities,
  UsageError,
  vouchBases,
  vouchRoles,
} from "../../client/index.ts";
import { define, optionText, text, texts } from "../command.ts";
import { readDay } from "../dates.ts";
import { organizationNamed } from "../names.ts";
import { oneOf, sayOne, statementOptions, termsOf } from "../saying.ts";
import { subjectOf, subjectOptions } from "../subject.ts";

/** 120 units are one full vouch (§7). */
const amounts: Readonly<Record<string, number>> = { full: 120, partial: 40, none: 0 };

function readAmount(value: string): number {
  const amount = amounts[value] ?? (/^\d{1,3}$/.test(value) ? Number(value) : Number.NaN);
  if (!(amount <= 120))
    throw new UsageError("cli.amount", "an amount is full (120), partial (40), none (0), or a number up to 120");
  return amount;
}

/** `vouch`, `attest`, `flag`. */
export function addStatements(program: Command): void {
  define(
    program,
    {
      usage: "vouch <organization>",
      summary: "Vouch for an organization: its word reaches who trusts you",
      example: 'vouch "Newsroom B" --amount full --basis worked-together',
      options: [
        ["--amount <amount>", "full (default), partial, none, or a number up to 120"],
        ["--role <role>", "heard (default), or may-introduce others"],
        ["--scope <scope...>", `only for: ${Object.keys(scopes).join(", ")}`],
        ["--basis <basis>", `how you know them: ${Object.keys(vouchBases).join(", ")}`],
        ["--since <date>", "since when, like 2024-01-01"],
        ...statementOptions,
      ],
    },
    async (run, [who], options) => {
      const circle = await run.circle({ write: true });
      const about = texts(options.scope).map((scope) => oneOf(scopes, scope, "scope"));
      const basis = optionText(options.basis);
      const since = optionText(options.since);
      return sayOne(
        circle,
        {
          kind: "vouch",
          ...(await termsOf(circle, options)),
          vouched: organizationNamed(circle, text(who)),
          amount: readAmount(optionText(options.amount) ?? "full"),
          role: oneOf(vouchRoles, optionText(options.role) ?? "heard", "role"),
          ...(about.length === 0 ? {} : { scopes: about }),
          ...(basis === undefined ? {} : { basis: oneOf(vouchBases, basis, "basis") }),
          ...(since === undefined ? {} : { since: readDay(since, circle.platform.now()) }),
        },
        options,
      );
    },
  );
  define(
    program,
    {
      usage: "attest <identifier...>",
      summary: "Attest what you know of a subject",
      example: 'attest "0912 345 678" --as delivered-work --evidence witnessed',
      required: [["--as <what>", Object.keys(attestables).join(", ")]],
      options: [...subjectOptions, ...statementOptions],
    },
    async (run, [identifiers], options) => {
      const attests = oneOf(attestables, optionText(options.as) ?? "", "as");
      const circle = await run.circle({ write: true });
      const subject = subjectOf(circle, texts(identifiers), options);
      return sayOne(circle, { kind: "attestation", ...(await termsOf(circle, options)), subject, attests }, options);
    },
  );
  define(
    program,
    {
      usage: "flag <identifier...>",
      summary: "Raise a red flag on a subject: with evidence and an end",
      example:
        'flag "telegram: @so_and_so" --category impersonation --severity high --evidence document --expires 180d',
      required: [
        ["--category <category>", Object.keys(redFlagCategories).join(", ")],
        ["--severity <severity>", Object.keys(severities).join(", ")],
      ],
      options: [...subjectOptions, ...statementOptions],
    },
    async (run, [identifiers], options) => {
      const category = oneOf(redFlagCategories, optionText(options.category) ?? "", "category");
      const severity = oneOf(severities, optionText(options.severity) ?? "", "severity");
      const circle = await run.circle({ write: true });
      const subject = subjectOf(circle, texts(identifiers), options);
      return sayOne(
        circle,
        { kind: "red-flag", ...(await termsOf(circle, options)), subject, category, severity },
        options,
      );
    },
  );
}
