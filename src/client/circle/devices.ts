import type { Bytes } from "../../core/codec/index.ts";
import type { KdfParameters } from "../../core/crypto/index.ts";
import { createIdentity, type Identity } from "../identity/identity.ts";
import { memoryStorage } from "../storage/storage.ts";
import type { Circle } from "./circle.ts";
import { requireOrganizationSeed } from "./found.ts";
import type { Arrived } from "./invite.ts";

/** Whether a join request asks for a further device of this member. */
export function isOwnDevice(circle: Circle, arrived: Arrived): boolean {
  return circle.state().invites.get(arrived.inviteKey)?.member !== undefined;
}

/**
 * The vault of an identity for the same organization and no circle yet: for a further device of the member, or
 * for a colleague, who then joins by an invitation.
 *
 * Throws `UsageError` `identity.no-organization-key` where this device cannot give it.
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
