import type { Command } from "commander";
import { foundCircle, type Policy } from "../../client/index.ts";
import { define, group, optionText, texts } from "../command.ts";
import { readPolicy } from "../policy.ts";
import { circleJson, circleText } from "../roster.ts";
import { blocks, columns, wrap } from "../text.ts";
import { addMove, foundingToken, hostAddress } from "./move.ts";

/** `circle found | list | show | move | at`. */
export function addCircle(program: Command): void {
  const circle = group(program, "circle", "Found a circle, list yours, show one, move it", "circle show");
  addMove(circle);
  define(
    circle,
    {
      usage: "found",
      summary: "Found a circle at a host, as its first coordinator",
      example: "circle found --host http://127.0.0.1:8787 --label press",
      required: [
        ["--host <url>", "the host's address"],
        ["--label <name>", "what you call the circle; stays on this device"],
      ],
      options: [
        ["--organization-circle", "for your organization alone: cases, drafts, persons vote"],
        ["--policy <setting...>", "what differs from the usual, like quorum=3 (see policy)"],
        ["--founding-token-file <file>", "where the host asks for a token"],
      ],
    },
    async (run, _, options) => {
      const identity = await run.identity();
      const kind: Partial<Policy> = options.organizationCircle === true ? { kind: "organization" } : {};
      const founded = await foundCircle(identity, {
        address: hostAddress(optionText(options.host) ?? ""),
        label: optionText(options.label) ?? "",
        policy: { ...kind, ...readPolicy(texts(options.policy)) },
        ...(await foundingToken(optionText(options.foundingTokenFile))),
      });
      await founded.settle();
      return {
        json: circleJson(founded),
        text: blocks(
          wrap(`The circle “${founded.record().label}” is founded, at ${founded.record().address}.`),
          columns([
            ["host key", founded.record().hostKey],
            ["next", "symbolon invite"],
          ]),
        ),
      };
    },
  );
  define(circle, { usage: "list", summary: "The circles of this identity", example: "circle list" }, async (run) => {
    const identity = await run.identity();
    const circles = identity.read().circles;
    const standing = (waiting: boolean, fault: boolean) =>
      fault ? "host contradicted itself: move it" : waiting ? "awaiting admission" : "member";
    const rows = circles.map((c) => ({
      circle: c.circle,
      label: c.label,
      address: c.address,
      standing: standing(c.seeds.length === 0, c.hostFault !== undefined),
      entries: c.head?.size ?? 0,
    }));
    return {
      json: { circles: rows },
      text:
        rows.length === 0
          ? "No circle yet: found one, or join one."
          : columns(
              rows.map((c) => [c.label, `${c.standing}, ${c.entries} entries, ${c.address} [${c.circle.slice(0, 8)}]`]),
            ),
    };
  });
  define(
    circle,
    {
      usage: "show",
      summary: "Who is in a circle, what is pending, what is due",
      example: "circle show --circle press",
      options: [
        ["--statements", "and every statement in it"],
        ["--offline", "from this device's copy, without asking the host"],
      ],
    },
    async (run, _, options) => {
      const shown = await run.circle({ offline: options.offline === true });
      const all = options.statements === true;
      return { json: circleJson(shown, all), text: circleText(shown, all) };
    },
  );
}
