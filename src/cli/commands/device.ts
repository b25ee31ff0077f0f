import type { Command } from "commander";
import { freshVault, invite, isActive, revokeDevice } from "../../client/index.ts";
import { define, group, optionText, text } from "../command.ts";
import { isoHour, showHour } from "../dates.ts";
import { writeNew } from "../files.ts";
import { ownDeviceNamed, short } from "../names.ts";
import { askPhrase } from "../phrase.ts";
import { blocks, columns, wrap } from "../text.ts";
import { invited } from "./admission.ts";

/** `device add | list | revoke`. */
export function addDevice(program: Command): void {
  const device = group(program, "device", "Your devices in a circle: add, list, revoke", "device list");
  define(
    device,
    {
      usage: "add",
      summary: "Invite a further device of your own",
      example: "device add --identity laptop.vault",
      options: [["--identity <file>", "also write the identity file that the new device begins with"]],
    },
    async (run, _, options) => {
      const circle = await run.circle({ write: true });
      const answer = invited(await invite(circle, { ownDevice: true }));
      const file = optionText(options.identity);
      if (file === undefined) return answer;
      // The same phrase, asked for again where it was typed: it is not kept in memory for this.
      const phrase = await askPhrase(run.phraseSources, "Phrase for the new device's identity: ");
      await writeNew(file, await freshVault(circle.identity, phrase, undefined, run.kdf));
      return {
        json: { ...(answer.json as object), identity: file },
        text: blocks(
          answer.text,
          wrap(`The new device begins with ${file}: symbolon init --from FILE, then symbolon join LINK.`),
        ),
      };
    },
  );
  define(device, { usage: "list", summary: "Your devices in the circle", example: "device list" }, async (run) => {
    const circle = await run.circle();
    const state = circle.state();
    const me = state.devices.get(circle.device)?.member;
    const devices = [...state.devices.values()].filter((d) => d.member === me);
    return {
      json: {
        devices: devices.map((d) => ({
          id: d.id,
          thisOne: d.id === circle.device,
          active: isActive(d),
          revoked: d.revoked,
          lastWritten: circle.ledger.lastWritten.has(d.id)
            ? isoHour(circle.ledger.lastWritten.get(d.id) as number)
            : null,
        })),
      },
      text: columns(
        devices.map((d) => {
          const last = circle.ledger.lastWritten.get(d.id);
          const standing = d.revoked ? "revoked" : isActive(d) ? "active" : "not active";
          return [
            short(d.id),
            `${standing}${d.id === circle.device ? ", this one" : ""}${last === undefined ? "" : `, last wrote ${showHour(last)}`}`,
          ];
        }),
      ),
    };
  });
  define(
    device,
    {
      usage: "revoke <device>",
      summary: "End the authority of another device of yours, lost or seized",
      example: "device revoke 91c0ffee",
    },
    async (run, [id]) => {
      const circle = await run.circle({ write: true });
      await revokeDevice(circle, ownDeviceNamed(circle, text(id)));
      const owed = circle.state().owed.length > 0;
      return {
        json: { revoked: true, rotationOwed: owed },
        text: wrap(
          owed
            ? "Revoked. A coordinator's client rotates next time it synchronizes; until then the device can still read."
            : "Revoked, and the keys are rotated: it reads nothing that comes from now on.",
        ),
      };
    },
  );
}
