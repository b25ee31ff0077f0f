import type { Command } from "commander";
import {
  type Arrived,
  accept,
  admit,
  arrivals,
  type Circle,
  candidateBytes,
  consider,
  invite,
  isOwnDevice,
  join,
  namesIn,
  object,
  objections,
  openCandidates,
  readInvitation,
  roles,
  sponsor,
  UsageError,
} from "../../client/index.ts";
import { behave, define, group, optionText, text } from "../command.ts";
import { showHour } from "../dates.ts";
import { organizationNamed, short } from "../names.ts";
import { candidateJson, candidateText, circleJson } from "../roster.ts";
import type { Answer, Run } from "../run.ts";
import { oneOf } from "../saying.ts";
import { blocks, bold, columns, lines, wrap } from "../text.ts";

/** `invite`, `join`, `candidates`, `sponsor`, `object`, `admit`. */
export function addAdmission(program: Command): void {
  define(
    program,
    {
      usage: "invite",
      summary: "Invite one person: a link, used once, handed over outside",
      example: "invite --role contributor --hours 72",
      options: [
        ["--organization <name>", "for an organization that is in the circle already"],
        ["--role <role>", "contributor (default) or reader"],
        ["--hours <hours>", "how long it lasts (default 72)"],
      ],
    },
    async (run, _, options) => {
      const circle = await run.circle({ write: true });
      const role = oneOf({ contributor: 1, reader: 1 }, optionText(options.role) ?? "contributor", "role");
      const hours = optionText(options.hours) ?? "72";
      if (!/^[1-9]\d{0,2}$/.test(hours)) throw new UsageError("cli.hours", "an invitation lasts 1 to 999 hours");
      const organization = optionText(options.organization);
      return invited(
        await invite(circle, {
          role,
          hours: Number(hours),
          ...(organization === undefined ? {} : { organization: organizationNamed(circle, organization) }),
        }),
      );
    },
  );
  define(
    program,
    {
      usage: "join [link]",
      summary: "Ask to join with an invitation; the same again takes the welcome",
      example: "join 'https://host.example/#join=…' --label press",
      options: [
        ["--label <name>", "what you call the circle (default: circle)"],
        ["--finish", "take the welcome, once you were admitted"],
      ],
    },
    (run, [link], options) => joinOrFinish(run, text(link), optionText(options.label), options.finish === true),
  );
  addCandidates(program);
  define(
    program,
    {
      usage: "sponsor <candidate>",
      summary: "Sponsor a candidate, for your organization",
      example: "sponsor 3fa09c21",
    },
    async (run, [key]) => {
      const circle = await run.circle({ write: true });
      await sponsor(circle, candidateBytes(circle, text(key)));
      return standingOf(circle, text(key), "Sponsored.");
    },
  );
  define(
    program,
    {
      usage: "object <candidate>",
      summary: "Object to a candidate: one more sponsor is needed",
      example: "object 3fa09c21 --reason identity",
      required: [["--reason <reason>", Object.keys(objections).join(", ")]],
    },
    async (run, [key], options) => {
      const reason = oneOf(objections, optionText(options.reason) ?? "", "reason");
      const circle = await run.circle({ write: true });
      await object(circle, candidateBytes(circle, text(key)), reason);
      return standingOf(circle, text(key), "Objected.");
    },
  );
  define(
    program,
    { usage: "admit <candidate>", summary: "Admit a candidate, and leave the welcome", example: "admit 3fa09c21" },
    async (run, [key]) => {
      const circle = await run.circle({ write: true });
      const candidate = candidateBytes(circle, text(key));
      await admit(circle, candidate);
      return {
        json: { admitted: true, members: circleJson(circle).members },
        text: wrap("Admitted. The welcome waits for them: they type symbolon join --finish."),
      };
    },
  );
}

/** An invitation given out, as an answer. */
export function invited({ link, key, expires }: Awaited<ReturnType<typeof invite>>): Answer {
  return {
    json: { link, key, expires: new Date(expires * 3_600_000).toISOString() },
    text: blocks(
      wrap(`Hand this over outside, to one person. It is used once and lasts until ${showHour(expires)}:`),
      link,
      wrap("When they have asked: symbolon candidates. Compare the eight words by voice before anything else."),
    ),
  };
}

async function joinOrFinish(run: Run, link: string, label: string | undefined, finish: boolean): Promise<Answer> {
  const identity = await run.identity();
  const waiting = identity.read().circles.filter((c) => c.joining !== undefined && c.seeds.length === 0);
  if (link === "" || finish) {
    const named = run.options.circle === undefined ? waiting : waiting.filter((c) => c.label === run.options.circle);
    const [only, second] = link === "" ? named : waiting.filter((c) => c.circle === readInvitation(link).circle);
    if (only === undefined)
      throw new UsageError("invitation.none", "no circle waits to be joined: give the link of an invitation");
    if (second !== undefined) throw new UsageError("circle.choose", "name the circle: --circle NAME (see circle list)");
    return finished(run, only.circle);
  }
  const { circle: id } = readInvitation(link);
  if (waiting.some((c) => c.circle === id)) return finished(run, id);
  const asked = await join(identity, link, label ?? "circle");
  return {
    json: { circle: asked.circle, joined: false, words: asked.words },
    text: blocks(
      "Asked. Read these words to who invited you, by voice:",
      wrap(bold(asked.words.join(" ")), "    "),
      wrap("They must see the same eight. If not, do not go on. When you are admitted: symbolon join --finish."),
    ),
  };
}

async function finished(run: Run, id: ReturnType<typeof readInvitation>["circle"]): Promise<Answer> {
  const identity = await run.identity();
  if (!(await accept(identity, id))) {
    return {
      json: { circle: id, joined: false },
      text: wrap("Not admitted yet. Try again later, with symbolon join --finish."),
    };
  }
  const record = identity.read().circles.find((c) => c.circle === id);
  if (record === undefined) throw new UsageError("circle.unknown", "this identity has no such circle");
  // The first entry of a new member: it ends the keeping of their welcome (§6).
  const circle = await run.open(record, { write: true });
  return {
    json: { joined: true, ...circleJson(circle) },
    text: blocks(
      wrap(`You are in “${record.label}”, as ${circle.me().role}.`),
      columns([["next", "symbolon circle show"]]),
    ),
  };
}

function arrivedJson(circle: Circle, arrived: Arrived) {
  return {
    key: arrived.inviteKey,
    organization: arrived.organizationName,
    organizationId: arrived.checked.request.organization,
    member: arrived.memberName,
    ownDevice: isOwnDevice(circle, arrived),
    words: arrived.words,
  };
}

function arrivedText(circle: Circle, arrived: Arrived): string {
  const who = isOwnDevice(circle, arrived)
    ? "a further device of yours"
    : `${arrived.memberName} of ${arrived.organizationName}`;
  return lines(
    wrap(`${bold(who)}  [${short(arrived.inviteKey)}]`, "  ", "    "),
    wrap(arrived.words.join(" "), "    "),
  );
}

function addCandidates(program: Command): void {
  const candidates = group(
    program,
    "candidates",
    "Who has asked to join, and who is under consideration",
    "candidates",
  );
  behave(
    candidates,
    { options: [["--consider <key>", "the same as candidates consider"]] },
    async (run, _, options) => {
      const key = optionText(options.consider);
      if (key !== undefined) return considered(run, key);
      const circle = await run.circle();
      const names = namesIn(circle);
      const arrived = await arrivals(circle);
      const open = openCandidates(circle);
      return {
        json: {
          arrived: arrived.map((one) => arrivedJson(circle, one)),
          candidates: open.map((one) => candidateJson(circle, names, one)),
        },
        text:
          arrived.length + open.length === 0
            ? "Nobody has asked."
            : blocks(
                arrived.length > 0 &&
                  lines(bold("Asked: compare the words by voice"), ...arrived.map((one) => arrivedText(circle, one))),
                arrived.length > 0 && wrap("When they are the same: symbolon candidates consider KEY", "  "),
                open.length > 0 &&
                  lines(bold("Under consideration"), ...open.map((one) => candidateText(circle, names, one))),
              ),
      };
    },
  );
  define(
    candidates,
    {
      usage: "consider <key>",
      summary: "Put a request before the circle, after the words were compared",
      example: "candidates consider 8c21d0aa",
    },
    (run, [key]) => considered(run, text(key)),
  );
}

async function considered(run: Run, key: string): Promise<Answer> {
  const circle = await run.circle({ write: true });
  const found =
    key.length < 4 ? [] : (await arrivals(circle)).filter((one) => one.inviteKey.startsWith(key.toLowerCase()));
  const [arrived] = found;
  if (arrived === undefined || found.length > 1) {
    throw new UsageError("candidate.unknown", "no request, or more than one, begins like this: see candidates");
  }
  const own = isOwnDevice(circle, arrived);
  const id = await consider(circle, arrived);
  await circle.settle();
  if (own)
    return {
      json: { device: arrived.checked.request.device.id },
      text: "The device is added: there, type symbolon join --finish.",
    };
  return standingOf(circle, id, "Before the circle now.");
}

function standingOf(circle: Circle, key: string, said: string): Answer {
  const names = namesIn(circle);
  const found = openCandidates(circle).find((one) => one.id.startsWith(key));
  if (found === undefined) throw new UsageError("candidate.unknown", "no candidate begins like this: see candidates");
  return { json: candidateJson(circle, names, found), text: lines(said, candidateText(circle, names, found)) };
}

/** Roles as a person writes them. */
export const roleNames = Object.keys(roles).join(", ");
