import type { Command } from "commander";
import { namesIn, type Recorded, type StatementOf, UsageError, verdicts } from "../../client/index.ts";
import { define, optionText, text, texts } from "../command.ts";
import { readDay } from "../dates.ts";
import { statementNamed } from "../names.ts";
import { oneOf, sayOne, statementOptions, termsOf } from "../saying.ts";
import { statementJson, statementText } from "../statement.ts";
import { subjectOf, subjectOptions } from "../subject.ts";
import { blocks } from "../text.ts";

/** `inquire`, `answer`, `case`, `decide`, `guide`. */
export function addVetting(program: Command): void {
  define(
    program,
    {
      usage: "inquire <identifier...>",
      summary: "Ask the circle, or some of it, about a subject",
      example: 'inquire "0912 345 678" --question "How do you know them?" --deadline 14d',
      required: [["--question <question...>", "what you want to know"]],
      options: [["--deadline <when>", "until when, like 14d"], ...subjectOptions, ...statementOptions],
    },
    async (run, [identifiers], options) => {
      const circle = await run.circle({ write: true });
      const deadline = optionText(options.deadline);
      return sayOne(
        circle,
        {
          kind: "inquiry",
          ...(await termsOf(circle, options)),
          subject: subjectOf(circle, texts(identifiers), options),
          questions: texts(options.question).map((question) => question.normalize("NFC")),
          ...(deadline === undefined ? {} : { deadline: readDay(deadline, circle.platform.now()) }),
        },
        options,
      );
    },
  );
  define(
    program,
    {
      usage: "answer <inquiry>",
      summary: "Answer an inquiry; only who asked can read it",
      example: 'answer 77e1aa04 --answer "Worked with her since 2022, in person."',
      required: [["--answer <answer...>", "one for each question, in order"]],
      options: [["--would-vouch <amount>", "0 to 120"], ...statementOptions],
    },
    async (run, [hash], options) => {
      const circle = await run.circle({ write: true });
      const inquiry = statementNamed(circle, text(hash));
      if (inquiry.statement.kind !== "inquiry")
        throw new UsageError("statement.kind", "this statement is no inquiry: see check");
      const wouldVouch = optionText(options.wouldVouch);
      if (wouldVouch !== undefined && !/^(?:\d{1,2}|1[01]\d|120)$/.test(wouldVouch)) {
        throw new UsageError("cli.amount", "--would-vouch takes a number from 0 to 120");
      }
      return sayOne(
        circle,
        {
          kind: "answer",
          ...(await termsOf(circle, options)),
          target: inquiry.hash,
          subject: inquiry.statement.subject,
          answers: texts(options.answer).map((answer) => answer.normalize("NFC")),
          ...(wouldVouch === undefined ? {} : { wouldVouch: Number(wouldVouch) }),
        },
        options,
        { to: [inquiry.organization] },
      );
    },
  );
  define(
    program,
    {
      usage: "case <identifier...>",
      summary: "Open a case on a candidate, in your organization's own circle",
      example: 'case "0912 345 678" --purpose "Desk editor" --access "Source files" --step "Call her last employer"',
      required: [
        ["--purpose <purpose>", "what for"],
        ["--access <access>", "what they will be able to touch"],
      ],
      options: [
        ["--deadline <when>", "until when, like 30d"],
        ["--step <step...>", "groundwork to do"],
        ["--done <step...>", "groundwork that is done"],
        ...subjectOptions,
        ...statementOptions,
      ],
    },
    async (run, [identifiers], options) => {
      const circle = await run.circle({ write: true });
      const deadline = optionText(options.deadline);
      const item = (done: boolean) => (step: string) => ({ item: step.normalize("NFC"), done });
      const groundwork = [...texts(options.done).map(item(true)), ...texts(options.step).map(item(false))];
      return sayOne(
        circle,
        {
          kind: "case",
          ...(await termsOf(circle, options)),
          subject: subjectOf(circle, texts(identifiers), options),
          purpose: (optionText(options.purpose) ?? "").normalize("NFC"),
          access: (optionText(options.access) ?? "").normalize("NFC"),
          ...(deadline === undefined ? {} : { deadline: readDay(deadline, circle.platform.now()) }),
          ...(groundwork.length === 0 ? {} : { groundwork }),
        },
        options,
      );
    },
  );
  define(
    program,
    {
      usage: "decide <verdict> <identifier...>",
      summary: `Decide on a subject: ${Object.keys(verdicts).join(", ")}`,
      example: 'decide yes-with-limits "0912 345 678" --limits "No source files" --review 180d',
      options: [
        ["--limits <limits>", "which limits"],
        ["--review <when>", "when to look again, like 180d"],
        ...subjectOptions,
        ...statementOptions,
      ],
    },
    async (run, [given, identifiers], options) => {
      const verdict = oneOf(verdicts, text(given), "verdict");
      const circle = await run.circle({ write: true });
      const limits = optionText(options.limits);
      const review = optionText(options.review);
      return sayOne(
        circle,
        {
          kind: "decision",
          ...(await termsOf(circle, options)),
          subject: subjectOf(circle, texts(identifiers), options),
          verdict,
          ...(limits === undefined ? {} : { limits: limits.normalize("NFC") }),
          ...(review === undefined ? {} : { review: readDay(review, circle.platform.now()) }),
        },
        options,
      );
    },
  );
  define(
    program,
    {
      usage: "guide [title]",
      summary: "Show the circle's guides, or write one",
      example: 'guide "Checking a tip" --step "Never open it on a work device."',
      options: [
        ["--step <step...>", "what to do, in order"],
        ["--replaces <statement>", "the guide that this one replaces"],
        ...statementOptions,
      ],
    },
    async (run, [title], options) => {
      const circle = await run.circle({ write: title !== undefined });
      if (title === undefined) {
        const names = namesIn(circle);
        const guides = currentGuides(circle.statements());
        return {
          json: { guides: guides.map((guide) => statementJson(names, guide)) },
          text:
            guides.length === 0 ? "No guides yet." : blocks(...guides.map((guide) => statementText(names, guide, ""))),
        };
      }
      const steps = texts(options.step);
      if (steps.length === 0) throw new UsageError("cli.step", "a guide needs at least one --step");
      const replaces = optionText(options.replaces);
      return sayOne(
        circle,
        {
          kind: "guide",
          ...(await termsOf(circle, options)),
          title: text(title).normalize("NFC"),
          steps: steps.map((step) => step.normalize("NFC")),
          ...(replaces === undefined ? {} : { replaces: statementNamed(circle, replaces).hash }),
        },
        options,
      );
    },
  );
}

/** Guides that no later one replaces. */
function currentGuides(statements: readonly Recorded[]): readonly Recorded[] {
  const guides = statements.filter((recorded) => recorded.statement.kind === "guide");
  const replaced = new Set(guides.map((guide) => (guide.statement as StatementOf<"guide">).replaces));
  return guides.filter((guide) => !replaced.has(guide.hash));
}
