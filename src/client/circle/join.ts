import { joinMessage, joinRequest, nameHash, type SignedRequest, safetyHash } from "../../core/circle/index.ts";
import { encode, equal, PeerFault, type PublicKey, toId, UsageError } from "../../core/codec/index.ts";
import { safetyWords } from "../../core/crypto/index.ts";
import { certify, deviceSecrets, publicKeys } from "../identity/device.ts";
import type { CircleRecord } from "../identity/format.ts";
import type { Identity } from "../identity/identity.ts";
import { hourOf } from "../platform.ts";
import { askHost, hostClient } from "../transport/host.ts";
import { certificateHours, requireOrganizationSeed } from "./found.ts";
import { invitationKeys, keyHash, readInvitation } from "./link.ts";
import { encodeBodies, profileBodies } from "./profiles.ts";
import { sealRequest } from "./request.ts";

/** What a joiner has after asking: the words to compare by voice. */
export type Asked = { readonly circle: CircleRecord["circle"]; readonly words: readonly string[] };

/**
 * Asks to join with an invitation: makes this device's keys for the circle, leaves the request in the mailbox,
 * and returns the safety words, which both sides compare by voice before anything else happens.
 *
 * Throws `PeerFault` `invitation.host` where the host is not the invitation's, `Refused` where the mailbox was used.
 */
export async function join(identity: Identity, link: string, label: string, language?: string): Promise<Asked> {
  const { platform } = identity;
  const { crypto, random } = platform;
  const given = readInvitation(link);
  const expires = new DataView(given.expires.buffer, given.expires.byteOffset).getUint32(0);
  if (hourOf(platform) > expires)
    throw new UsageError("invitation.expired", "the invitation has expired: ask for a new one");
  const clash = identity.read().circles.find((c) => c.circle === given.circle || c.label === label);
  if (clash !== undefined)
    throw new UsageError("circle.label", "this circle, or another with this label, is here already");
  const info = await askHost(platform, given.address);
  if (!equal(keyHash(info.key), given.hostHash)) {
    throw new PeerFault(
      "invitation.host",
      "this is not the host of the invitation: do not go on, and tell who invited you",
    );
  }
  const hostKey = toId<PublicKey>(info.key);
  const keys = invitationKeys(crypto, given.circle, given.secret);
  const inviteKey = toId<PublicKey>(crypto.signingKey(keys.seed));
  const { organization, member } = identity.read();
  const deviceSeed = random(32);
  const memberSalt = random(32);
  const secrets = deviceSecrets(crypto, deviceSeed);
  const device = publicKeys(crypto, secrets);
  const validUntil = hourOf(platform) + certificateHours;
  const certificate = certify(crypto, requireOrganizationSeed(identity), device.id, "contributor", validUntil);
  const request = encode(joinRequest, {
    inviteKey,
    expires,
    organization: organization.id,
    organizationName: nameHash(organization.salt, organization.name),
    memberName: nameHash(memberSalt, member.name),
    device,
    certificate,
  });
  const message = joinMessage(given.circle, request);
  const signed: SignedRequest = {
    request,
    inviteSignature: crypto.sign(keys.seed, message),
    deviceSignature: crypto.sign(secrets.signing, message),
  };
  const record: CircleRecord = {
    circle: given.circle,
    label,
    address: given.address,
    hostKey,
    deviceSeed,
    certificate,
    seeds: [],
    invites: [],
    joining: given.secret,
    memberSalt,
  };
  const profiles = encodeBodies(profileBodies(identity, record, true));
  const body = sealRequest(platform, keys.sealing, given.circle, { signed, profiles });
  await identity.update((before) => ({ ...before, circles: [...before.circles, record] }));
  try {
    const host = hostClient(platform, { address: given.address, key: hostKey }, given.circle);
    await host.putRequest(inviteKey, body, { seed: keys.seed });
  } catch (error) {
    await identity.update((before) => ({
      ...before,
      circles: before.circles.filter((c) => c.circle !== given.circle),
    }));
    throw error;
  }
  return { circle: given.circle, words: safetyWords(safetyHash(given.circle, inviteKey, request), language) };
}
