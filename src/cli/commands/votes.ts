import type { Command } from "commander";
import {
  approve,
  type Change,
  type Circle,
  type Done,
  execute,
  findProposal,
  marks,
  namesIn,
  openProposals,
  propose,
  roles,
  setPolicy,
  setRole,
  UsageError,
  veto,
} from "../../client/index.ts";
import { define, optionText, text, texts } from "../command.ts";
import { memberNamed, short, targetNamed } from "../names.ts";
import { policyText, readPolicy, withSettings } from "../policy.ts";
import { changeShown, proposalJson, proposalText } from "../roster.ts";
import type { Answer } from "../run.ts";
import { oneOf } from "../saying.ts";
import { sinceOption, sincePosition } from "../since.ts";
import { lines, wrap } from "../text.ts";
import { roleNames } from "./admission.ts";

/** Something done at once, or open for others to approve, as an answer. */
export function doneAnswer(circle: Circle, done: Done, sentence: string): Answer {
  if (done.done) return { json: { done: true }, text: sentence };
  const open = openProposals(circle).find((one) => one.id === done.proposal);
  const names = namesIn(circle);
  return {
    json: { done: false, proposal: open === undefined ? { id: done.proposal } : proposalJson(circle, names, open) },
    text: lines(
      wrap("Proposed: others have to approve it, or its window has to pass. Then: symbolon execute ID"),
      open !== undefined && proposalText(circle, names, open),
    ),
  };
}

/** `role`, `policy`, `propose`, `approve`, `veto`, `execute`. */
export function addVotes(program: Command): void {
  define(
    program,
    {
      usage: "role <member> <role>",
      summary: `Give a member a role (${roleNames}), by quorum`,
      example: 'role "Lan" coordinator',
    },
    async (run, [who, role]) => {
      const given = oneOf(roles, text(role), "role");
      const circle = await run.circle({ write: true });
      return doneAnswer(circle, await setRole(circle, memberNamed(circle, text(who)), given), "The role is given.");
    },
  );
  define(
    program,
    {
      usage: "policy [setting...]",
      summary: "Show the circle's policy, or change it, by quorum",
      example: "policy windowHours=48 quorum=3",
    },
    async (run, [settings]) => {
      const changes = texts(settings);
      const circle = await run.circle({ write: changes.length > 0 });
      const { policy } = circle.state();
      if (changes.length === 0) return { json: { policy }, text: policyText(policy) };
      const next = withSettings(policy, readPolicy(changes));
      return doneAnswer(circle, await setPolicy(circle, next), "The policy is changed.");
    },
  );
  define(
    program,
    {
      usage: "propose [kind] [argument...]",
      summary: "Put a change to the vote without carrying it out; alone: list them",
      example: 'propose remove "Newsroom C"',
      options: [["--host-key <key>", "for host: the new host's key, 64 digits"], ...sinceOption],
    },
    async (run, [kind, args], options) => {
      const circle = await run.circle({ write: kind !== undefined });
      const names = namesIn(circle);
      if (kind === undefined) {
        const open = openProposals(circle);
        return {
          json: { proposals: open.map((one) => proposalJson(circle, names, one)) },
          text:
            open.length === 0 ? "No open proposals." : lines(...open.map((one) => proposalText(circle, names, one))),
        };
      }
      const since = sincePosition(circle, optionText(options.since));
      const change = changeOf(circle, text(kind), texts(args), optionText(options.hostKey), since);
      const id = await propose(circle, change);
      return doneAnswer(circle, { done: false, proposal: id }, "");
    },
  );
  const vote = (name: string, summary: string, said: string, cast: (circle: Circle, id: string) => Promise<void>) =>
    define(program, { usage: `${name} <proposal>`, summary, example: `${name} 5d20ab11` }, async (run, [id]) => {
      const circle = await run.circle({ write: true });
      const open = findProposal(circle, text(id));
      await cast(circle, open.id);
      const names = namesIn(circle);
      const now = openProposals(circle).find((one) => one.id === open.id);
      return {
        json: now === undefined ? { id: open.id, executed: true } : proposalJson(circle, names, now),
        text: lines(
          said,
          now === undefined
            ? `  ${changeShown(names, open.proposal.change)} [${short(open.id)}]`
            : proposalText(circle, names, now),
        ),
      };
    });
  vote("approve", "Approve a proposal, for your organization", "Approved.", approve);
  vote("veto", "Veto a proposal: one more window, one more approval", "Vetoed.", veto);
  vote("execute", "Carry out a proposal that has what it needs", "Carried out.", execute);
}

const kinds = "remove, suspend, reinstate, role, policy, mark, host, keys";

function changeOf(
  circle: Circle,
  kind: string,
  args: readonly string[],
  hostKey: string | undefined,
  since: number | undefined,
): Change {
  const first = () => {
    if (args[0] === undefined) throw new UsageError("propose.argument", `propose ${kind} needs to know whom or what`);
    return args[0];
  };
  switch (kind) {
    case "remove":
      return { kind, target: targetNamed(circle, first()) };
    case "suspend":
    case "reinstate":
      return { kind, member: memberNamed(circle, first()) };
    case "role":
      return { kind, member: memberNamed(circle, first()), role: oneOf(roles, args[1] ?? "", "role") };
    case "policy":
      return { kind, policy: withSettings(circle.state().policy, readPolicy(args)) };
    case "mark": {
      const as = oneOf(marks, args[1] ?? "", "mark");
      return { kind, mark: { target: targetNamed(circle, first()), as, ...(since === undefined ? {} : { since }) } };
    }
    case "host": {
      if (hostKey === undefined || !/^[0-9a-f]{64}$/.test(hostKey)) {
        throw new UsageError(
          "propose.host-key",
          "propose host URL needs --host-key, 64 digits, as the new host shows it",
        );
      }
      return { kind, host: { key: hostKey as never, address: first() } };
    }
    case "keys":
      return { kind };
    default:
      throw new UsageError("propose.kind", `a proposal is one of: ${kinds}`);
  }
}
