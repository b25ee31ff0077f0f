import type { Command } from "commander";
import { cancelErasure, erase, stixOpinions, UsageError } from "../../client/index.ts";
import { define, optionText, text } from "../command.ts";
import { statementNamed } from "../names.ts";
import { oneOf, sayOne, statementOptions, termsOf } from "../saying.ts";
import { wrap } from "../text.ts";

function requireText(value: string | undefined, what: string): void {
  if (value === undefined || value === "") throw new UsageError("cli.text", `${what} needs --text`);
}

/** `position`, `correct`, `retract`, `reply`, `erase`: what refers to a statement. */
export function addReferring(program: Command): void {
  define(
    program,
    {
      usage: "position <statement> <opinion>",
      summary: `Agree or disagree with a statement: ${Object.keys(stixOpinions).join(", ")}`,
      example: 'position 3a9f02c1 disagree --text "It was her namesake."',
      options: statementOptions,
    },
    async (run, [hash, opinion], options) => {
      const given = oneOf(stixOpinions, text(opinion), "opinion");
      const circle = await run.circle({ write: true });
      const target = statementNamed(circle, text(hash)).hash;
      return sayOne(circle, { kind: "position", ...(await termsOf(circle, options)), target, opinion: given }, options);
    },
  );
  const referring = (
    name: "correct" | "retract" | "reply",
    kind: "correction" | "retraction" | "reply",
    summary: string,
    example: string,
  ) =>
    define(
      program,
      { usage: `${name} <statement>`, summary, example, options: statementOptions },
      async (run, [hash], options) => {
        if (kind !== "retraction") requireText(optionText(options.text), name);
        const circle = await run.circle({ write: true });
        const target = statementNamed(circle, text(hash));
        if (kind === "retraction" && target.organization !== circle.me().organization) {
          throw new UsageError(
            "statement.not-yours",
            "only its author's organization retracts a statement: correct it, or take a position",
          );
        }
        return sayOne(circle, { kind, ...(await termsOf(circle, options)), target: target.hash }, options);
      },
    );
  referring(
    "correct",
    "correction",
    "Correct a statement; shown beside it",
    'correct 3a9f02c1 --text "The date was May."',
  );
  referring("retract", "retraction", "Take back a statement of your organization", "retract 3a9f02c1");
  referring("reply", "reply", "Relay the subject's own words", 'reply 3a9f02c1 --text "I was abroad then."');
  define(
    program,
    {
      usage: "erase <statement>",
      summary: "Have a statement's bytes erased: yours at once, another's after a hold",
      example: "erase 3a9f02c1",
      options: [["--cancel", "stop an erasure that is on hold"]],
    },
    async (run, [hash], options) => {
      const circle = await run.circle({ write: true });
      const { position } = statementNamed(circle, text(hash));
      if (options.cancel === true) {
        await cancelErasure(circle, position);
        return { json: { position, outcome: "canceled" }, text: "The erasure is stopped." };
      }
      const outcome = await erase(circle, position);
      return {
        json: { position, outcome },
        text: wrap(
          outcome === "erased"
            ? "Erased: at the host, and at every member who synchronizes. A dishonest host keeps ciphertext."
            : "On hold for seven days; another control key can stop it.",
        ),
      };
    },
  );
}
