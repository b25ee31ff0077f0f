import type { Command } from "commander";
import { type Blobs, blobsIn, goTo, moveCircle, namesIn, UsageError } from "../../client/index.ts";
import { define, optionText, text } from "../command.ts";
import { readInput } from "../files.ts";
import { circleJson, proposalJson, proposalText } from "../roster.ts";
import type { Run } from "../run.ts";
import { blocks, lines, wrap } from "../text.ts";

/** A host's address as typed. Throws `UsageError` `host.address`. */
export function hostAddress(given: string): string {
  if (!/^https?:\/\/\S+$/i.test(given))
    throw new UsageError("host.address", "a host's address is like https://host.example");
  return given.replace(/\/+$/, "");
}

/** The founding token in a file, or in the environment. */
export async function foundingToken(file: string | undefined): Promise<{ readonly foundingToken?: string }> {
  const given =
    file === undefined ? process.env.SYMBOLON_FOUNDING_TOKEN : new TextDecoder().decode(await readInput(file));
  return given === undefined || given.trim() === "" ? {} : { foundingToken: given.trim() };
}

async function theRecord(run: Run) {
  const [only, second] = await run.records();
  if (only === undefined || second !== undefined) {
    throw new UsageError("circle.choose", "name the circle: --circle NAME (see circle list)");
  }
  return only;
}

async function exported(file: string | undefined): Promise<{ readonly blobs?: Blobs }> {
  return file === undefined ? {} : { blobs: blobsIn(await readInput(file)) };
}

/** `circle move | at`: to another host, by vote, and after the circle. */
export function addMove(circle: Command): void {
  define(
    circle,
    {
      usage: "move <url>",
      summary: "Vote for moving the circle to another host; the last vote that it needs moves it",
      example: "circle move https://new.example --circle press",
      options: [
        ["--export <file>", "attachments from an exported log, where the old host is lost"],
        ["--founding-token-file <file>", "where the new host asks for a token"],
      ],
    },
    async (run, [url], options) => {
      const identity = await run.identity();
      const { circle: id } = await theRecord(run);
      const moved = await moveCircle(identity, id, {
        address: hostAddress(text(url)),
        ...(await foundingToken(optionText(options.foundingTokenFile))),
        ...(await exported(optionText(options.export))),
      });
      if (moved.done) {
        await moved.circle.settle();
        return {
          json: { done: true, ...circleJson(moved.circle) },
          text: blocks(
            wrap(`The circle is at ${moved.circle.record().address} now, with its whole log.`),
            wrap("Others follow by themselves while the old host answers. Where it does not, tell them to type:"),
            `  symbolon circle at ${moved.circle.record().address}`,
          ),
        };
      }
      const { circle: here } = moved;
      const open = here.state().proposals.get(moved.proposal);
      const names = namesIn(here);
      return {
        json: {
          done: false,
          proposal: open === undefined ? { id: moved.proposal } : proposalJson(here, names, open),
        },
        text: lines(
          wrap("Approved for your organization. Others have to, or its window has to pass, by the same command:"),
          `  symbolon circle move ${hostAddress(text(url))}`,
          open !== undefined && proposalText(here, names, open),
        ),
      };
    },
  );
  define(
    circle,
    {
      usage: "at <url>",
      summary: "Go where the circle has moved, if its log there goes on from what you have seen",
      example: "circle at https://new.example --circle press",
    },
    async (run, [url]) => {
      const identity = await run.identity();
      const { circle: id } = await theRecord(run);
      const there = await goTo(identity, id, hostAddress(text(url)));
      await there.settle();
      return {
        json: circleJson(there),
        text: wrap(
          `Verified: the log at ${there.record().address} goes on from what you had seen, and the circle has chosen this host.`,
        ),
      };
    },
  );
}
