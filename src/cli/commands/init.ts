import type { Command } from "commander";
import { createIdentity, generatePhrase, hasIdentity, importIdentity, UsageError } from "../../client/index.ts";
import { define, optionText } from "../command.ts";
import { readInput } from "../files.ts";
import { askPhrase, givenPhrase } from "../phrase.ts";
import type { Answer, Run } from "../run.ts";
import { blocks, bold, columns, wrap } from "../text.ts";

/** A phrase shorter than this is guessed; the generated ones have 35 letters and more. */
const leastLetters = 16;

const exists = () => new UsageError("identity.exists", "there is an identity here already: name another --home");

/** `init`: an identity in `--home`, new or brought from a file. */
export function addInit(program: Command): void {
  define(
    program,
    {
      usage: "init",
      summary: "Make this device's identity, and its phrase, shown once",
      example: 'init --organization "Newsroom A" --member "Lan"',
      options: [
        ["--organization <name>", "the organization you act for"],
        ["--member <name>", "your name, as other members shall see it"],
        ["--from <file>", "bring an identity file (export identity), under its phrase"],
      ],
    },
    async (run, _, options) => {
      const from = optionText(options.from);
      return from === undefined
        ? fresh(run, optionText(options.organization), optionText(options.member))
        : brought(run, from);
    },
  );
}

async function fresh(run: Run, organization: string | undefined, member: string | undefined): Promise<Answer> {
  if (organization === undefined || member === undefined) {
    throw new UsageError("identity.names", "an identity needs --organization and --member");
  }
  await run.hold();
  if (await hasIdentity(run.storage)) throw exists();
  const platform = await run.platform();
  const given = await givenPhrase(run.phraseSources);
  if (given !== undefined && [...given].length < leastLetters) {
    throw new UsageError("vault.phrase-short", "this phrase is too short to protect anything: let init generate one");
  }
  const phrase = given ?? generatePhrase(platform.random);
  const identity = await createIdentity(platform, run.storage, {
    phrase,
    organization,
    member,
    ...(run.kdf === undefined ? {} : { parameters: run.kdf }),
  });
  const made = identity.read();
  return {
    json: {
      home: run.home,
      organization: { id: made.organization.id, name: made.organization.name },
      member: made.member.name,
      ...(given === undefined ? { phrase } : {}),
    },
    text: blocks(
      wrap(`${made.member.name} of ${made.organization.name}: the identity is in ${run.home}.`),
      given === undefined && wrap(bold(phrase), "    "),
      given === undefined &&
        wrap(
          "This phrase unlocks it and is shown only now: write it down and keep it apart from the device. Without it everything here is lost; nobody can reset it.",
        ),
      columns([
        ["next", "symbolon circle found --host URL --label NAME"],
        ["or", "symbolon join LINK"],
      ]),
    ),
  };
}

async function brought(run: Run, from: string): Promise<Answer> {
  await run.hold();
  if (await hasIdentity(run.storage)) throw exists();
  const file = await readInput(from);
  const phrase = await askPhrase(run.phraseSources, "Phrase of the identity file: ");
  const { organization, member, circles } = (
    await importIdentity(await run.platform(), run.storage, file, phrase)
  ).read();
  return {
    json: {
      home: run.home,
      organization: { id: organization.id, name: organization.name },
      member: member.name,
      circles: circles.map(({ circle, label }) => ({ circle, label })),
    },
    text: blocks(
      wrap(`${member.name} of ${organization.name}: the identity is in ${run.home} now.`),
      circles.length > 0 &&
        wrap(
          "It is the same device as where the file came from: do not go on using both. For a further device use device add.",
        ),
    ),
  };
}
