import {
  circleIdOf,
  defaultPolicy,
  nameHash,
  type Policy,
  type RosterBody,
  rosterBody,
} from "../../core/circle/index.ts";
import { type Bytes, encode, type PublicKey, toId, UsageError } from "../../core/codec/index.ts";
import { epochKeys, seal, sha256, suite } from "../../core/crypto/index.ts";
import { type Acl, accessMessage, entryMessage, entryVersion, inner, makeEntry } from "../../core/log/index.ts";
import { certify, deviceSecrets, publicKeys } from "../identity/device.ts";
import type { CircleRecord } from "../identity/format.ts";
import type { Identity } from "../identity/identity.ts";
import { hourOf } from "../platform.ts";
import { commitmentOf, entryContext } from "../sync/keyring.ts";
import { askHost, hostClient } from "../transport/host.ts";
import type { Circle } from "./circle.ts";
import { openCircle } from "./circle.ts";
import { publishProfiles } from "./profiles.ts";

/** How a circle is founded. */
export type Founding = {
  /** The host, as `https://…`. */
  readonly address: string;
  /** What this device calls the circle. */
  readonly label: string;
  /** What differs from the default policy. */
  readonly policy?: Partial<Policy>;
  /** Where the host asks for one. */
  readonly foundingToken?: string;
};

/** Hours for which a certificate of one's own device is made: two years. */
export const certificateHours = 2 * 366 * 24;

/** The seed of the organization's key, where this device holds it. Throws `UsageError` `identity.no-organization-key`. */
export function requireOrganizationSeed(identity: Identity): Bytes {
  const { seed } = identity.read().organization;
  if (seed === undefined) {
    throw new UsageError(
      "identity.no-organization-key",
      "this device does not hold the organization's key: use one that does",
    );
  }
  return seed;
}

/**
 * Founds a circle at a host, alone, as its first coordinator, and publishes the organization's and the
 * member's names in it.
 *
 * Throws `UsageError` for a policy that cannot be, `Refused` where the host will not.
 *
 * @example
 * const circle = await foundCircle(identity, { address: "http://127.0.0.1:8787", label: "press" });
 */
export async function foundCircle(identity: Identity, founding: Founding): Promise<Circle> {
  const { platform } = identity;
  const { crypto, random } = platform;
  const policy: Policy = { ...defaultPolicy, ...founding.policy };
  if (policy.quorum < 1) throw new UsageError("policy.quorum", "a quorum is at least 1");
  if (identity.read().circles.some((c) => c.label === founding.label)) {
    throw new UsageError("circle.label", "a circle with this label is here already");
  }
  const hostKey = toId<PublicKey>((await askHost(platform, founding.address)).key);
  const { organization, member } = identity.read();
  const hour = hourOf(platform);
  const deviceSeed = random(32);
  const memberSalt = random(32);
  const secrets = deviceSecrets(crypto, deviceSeed);
  const device = publicKeys(crypto, secrets);
  const certificate = certify(
    crypto,
    requireOrganizationSeed(identity),
    device.id,
    "coordinator",
    hour + certificateHours,
  );
  const nonce = random(32);
  const seed = random(32);
  const keys = epochKeys(crypto, seed, nonce, 0);
  const genesis: RosterBody = {
    kind: "genesis",
    nonce,
    suite,
    policy,
    founders: [
      {
        organization: organization.id,
        organizationName: nameHash(organization.salt, organization.name),
        memberName: nameHash(memberSalt, member.name),
        device,
        certificate,
      },
    ],
    host: { key: hostKey, address: founding.address },
    commitment: commitmentOf(crypto, keys),
  };
  const body = encode(rosterBody, genesis);
  const circle = circleIdOf(body);
  const seen = new Uint8Array(0);
  const signature = crypto.sign(
    secrets.signing,
    entryMessage({ circle, epoch: 0, kind: "roster" }, { seen, hour, body }),
  );
  const plaintext = encode(inner, { author: device.id, seen, hour, body, signature });
  const sealed = seal(crypto, random, keys.roster, entryContext(circle, 0, 0), plaintext);
  const access = toId<PublicKey>(crypto.signingKey(keys.access));
  const acl: Acl = {
    epoch: 0,
    keysVersion: 0,
    accessVersion: 0,
    access,
    control: [[device.control]],
    reserve: [],
    need: 1,
  };
  const message = accessMessage(circle, acl, sha256(sealed));
  const signatures = [{ key: device.control, signature: crypto.sign(secrets.control, message) }];
  const entry = makeEntry(
    { version: entryVersion, circle, epoch: 0, kind: "roster", blobs: [], acl, signatures },
    sealed,
  );

  const record: CircleRecord = {
    circle,
    label: founding.label,
    address: founding.address,
    hostKey,
    deviceSeed,
    certificate,
    nonce,
    seeds: [{ epoch: 0, seed }],
    invites: [],
    memberSalt,
  };
  // Written first: a circle whose keys were lost in a crash could be opened by nobody.
  await identity.update((before) => ({ ...before, circles: [...before.circles, record] }));
  try {
    await hostClient(platform, { address: founding.address, key: hostKey }, circle).found(
      entry,
      { seed: keys.access },
      founding.foundingToken,
    );
  } catch (error) {
    await identity.update((before) => ({ ...before, circles: before.circles.filter((c) => c.circle !== circle) }));
    throw error;
  }
  const opened = await openCircle(identity, circle);
  await opened.sync();
  await publishProfiles(opened);
  return opened;
}
