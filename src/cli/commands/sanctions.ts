import type { Command } from "commander";
import { confirm, mark, marks, reinstate, remove, rotate, suspend } from "../../client/index.ts";
import { define, optionText, text } from "../command.ts";
import { memberNamed, targetNamed } from "../names.ts";
import { oneOf } from "../saying.ts";
import { sinceOption, sincePosition } from "../since.ts";
import { wrap } from "../text.ts";
import { doneAnswer } from "./votes.ts";

/** `suspend`, `confirm`, `reinstate`, `remove`, `rotate`, `mark`. */
export function addSanctions(program: Command): void {
  define(
    program,
    {
      usage: "suspend <member>",
      summary: "Suspend a member at once; reversible, a second coordinator confirms",
      example: 'suspend "Lan"',
    },
    async (run, [who]) => {
      const circle = await run.circle({ write: true });
      return doneAnswer(
        circle,
        await suspend(circle, memberNamed(circle, text(who))),
        "Suspended: they read nothing that comes from now on.",
      );
    },
  );
  define(
    program,
    {
      usage: "confirm <member>",
      summary: "Stand behind a suspension, as second coordinator",
      example: 'confirm "Lan"',
    },
    async (run, [who]) => {
      const circle = await run.circle({ write: true });
      await confirm(circle, memberNamed(circle, text(who)));
      return { json: { done: true }, text: "Confirmed." };
    },
  );
  define(
    program,
    { usage: "reinstate <member>", summary: "End a suspension", example: 'reinstate "Lan"' },
    async (run, [who]) => {
      const circle = await run.circle({ write: true });
      return doneAnswer(circle, await reinstate(circle, memberNamed(circle, text(who))), "Reinstated.");
    },
  );
  define(
    program,
    {
      usage: "remove <who>",
      summary: "Remove an organization or a member (org:… or member:…), by quorum",
      example: 'remove "Newsroom C"',
    },
    async (run, [who]) => {
      const circle = await run.circle({ write: true });
      const sentence = "Removed. Whoever could read may keep what they read; nothing new reaches them.";
      return doneAnswer(circle, await remove(circle, targetNamed(circle, text(who))), sentence);
    },
  );
  define(
    program,
    { usage: "rotate", summary: "Begin a new epoch, with new keys for everybody", example: "rotate" },
    async (run) => {
      const circle = await run.circle({ write: true });
      await rotate(circle);
      const { epoch } = circle.state().acl;
      return { json: { epoch }, text: `Epoch ${epoch} has begun.` };
    },
  );
  define(
    program,
    {
      usage: "mark <who> <as>",
      summary: `How trust ends: ${Object.keys(marks).join(", ")}; your own at once`,
      example: 'mark "Newsroom C" duress --since 2026-05-17',
      options: sinceOption,
    },
    async (run, [who, as], options) => {
      const kind = oneOf(marks, text(as), "mark");
      const circle = await run.circle({ write: true });
      const since = kind === "duress" ? sincePosition(circle, optionText(options.since)) : undefined;
      const done = await mark(
        circle,
        targetNamed(circle, text(who)),
        kind,
        since ?? (kind === "duress" ? circle.state().position : undefined),
      );
      return doneAnswer(circle, done, wrap("Marked: everybody's view of what they said follows from it."));
    },
  );
}
