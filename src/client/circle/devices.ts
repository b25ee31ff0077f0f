import { activeDevice } from "../../core/circle/index.ts";
import { type Bytes, UsageError } from "../../core/codec/index.ts";
import type { KdfParameters } from "../../core/crypto/index.ts";
import { createIdentity, type Identity } from "../identity/identity.ts";
import { memoryStorage } from "../storage/storage.ts";
import { welcomeBy } from "./welcome.ts";
import type { Circle } from "./circle.ts";
import { requireOrganizationSeed } from "./found.ts";
import { type Arrived, consider } from "./invite.ts";

/** Whether a join request asks for a further device of this member. */
export function isOwnDevice(circle: Circle, arrived: Arrived): boolean {
  return circle.state().invites.get(arrived.inviteKey)?.member !== undefined;
}

/**
 * Adds a further device of one's own and leaves its welcome, with the earlier records keys. Only after the safety
 * words were compared.
 */
export async function addDevice(circle: Circle, arrived: Arrived): Promise<void> {
  await consider(circle, arrived);
  const device = activeDevice(circle.state(), arrived.checked.request.device.id);
  if (device === undefined) throw new UsageError("device.unknown", "the device was not added");
  await welcomeBy(circle, arrived.inviteKey, device);
}

/**
 * The vault of an identity for the same organization and no circle yet: for a further device of the member, or
 * for a colleague, who then joins by an invitation.
 */
export async function freshVault(
  identity: Identity,
  phrase: string,
  member: string = identity.read().member.name,
  parameters?: KdfParameters,
): Promise<Bytes> {
  const made = await createIdentity(identity.platform, memoryStorage(), {
    phrase,
    organization: identity.read().organization.name,
    member,
    organizationSeed: requireOrganizationSeed(identity),
    ...(parameters === undefined ? {} : { parameters }),
  });
  return made.export();
}
