import { isNameOf } from "../../core/circle/index.ts";
import { decode, encode, type MemberId, type OrganizationId, type StatementId, toId } from "../../core/codec/index.ts";
import { type SigningSeed, verifyClaim } from "../../core/crypto/index.ts";
import {
  decodeStatement,
  encodeStatement,
  forwardingClaims,
  type Statement,
  type StatementBody,
  statementBody,
  statementMessage,
} from "../../core/statements/index.ts";
import { deviceSecrets, publicKeys } from "../identity/device.ts";
import type { CircleRecord } from "../identity/format.ts";
import type { Identity } from "../identity/identity.ts";
import type { Circle } from "./circle.ts";
import { appendBodies } from "./say.ts";

/** The profiles of an identity in a circle, organization's and member's, each with the signature that lets others post it. */
export function profileBodies(
  identity: Identity,
  record: CircleRecord,
  withOrganization: boolean,
): readonly StatementBody[] {
  const { crypto, random } = identity.platform;
  const { organization, member } = identity.read();
  const secrets = deviceSecrets(crypto, record.deviceSeed);
  const { id: device } = publicKeys(crypto, secrets);
  const common = { kind: "profile", organization: organization.id, device, tlp: "TLP:AMBER" } as const;
  const own: Statement = {
    ...common,
    id: toId<StatementId>(random(16)),
    member: device,
    name: member.name,
    salt: record.memberSalt,
  };
  const theirs: Statement = {
    ...common,
    id: toId<StatementId>(random(16)),
    name: organization.name,
    salt: organization.salt,
  };
  return (withOrganization ? [theirs, own] : [own]).map((statement) => {
    const bytes = encodeStatement(statement);
    const signature = crypto.sign(secrets.signing as SigningSeed, statementMessage(bytes));
    return { statement: bytes, signature, certificate: record.certificate };
  });
}

/** Publishes the own names in a circle. */
export async function publishProfiles(circle: Circle): Promise<void> {
  await appendBodies(circle, profileBodies(circle.identity, circle.record(), true));
}

/** What organizations and members are called, from the profiles whose hash the roster holds. */
export type Names = {
  readonly organizations: ReadonlyMap<OrganizationId, string>;
  readonly members: ReadonlyMap<MemberId, string>;
};

/** The names in a circle. A profile whose name and salt are not those of the roster's hash is not listened to. */
export function namesIn(circle: Circle): Names {
  const state = circle.state();
  const organizations = new Map<OrganizationId, string>();
  const members = new Map<MemberId, string>();
  const verify = (claim: Parameters<typeof verifyClaim>[1]) => verifyClaim(circle.platform.crypto, claim);
  const given = decodeBodies(circle.record().profiles ?? []).flatMap((body) => {
    const statement = decodeStatement(body.statement);
    return forwardingClaims(body, statement, state.organizations.get(statement.organization)?.key)?.every(verify) ===
      true
      ? [statement]
      : [];
  });
  for (const statement of [...given, ...circle.statements().map((recorded) => recorded.statement)]) {
    if (statement.kind !== "profile") continue;
    const { name, salt } = statement;
    const organization = state.organizations.get(statement.organization);
    if (statement.member === undefined) {
      if (organization !== undefined && isNameOf(organization.name, salt, name))
        organizations.set(organization.id, name);
      continue;
    }
    const memberId = state.devices.get(statement.member)?.member ?? (statement.member as string as MemberId);
    const member = state.members.get(memberId);
    if (member !== undefined && member.organization === statement.organization && isNameOf(member.name, salt, name)) {
      members.set(member.id, name);
    }
  }
  return { organizations, members };
}

const folded = (text: string) => text.normalize("NFC").trim().toLowerCase();

/** So many digits of an id, at least, name it. */
const leastDigits = 4;

/** Those of `ids` that people mean by `text`: a name, or else the beginning of an id. */
export function called<Id extends string>(
  ids: Iterable<Id>,
  names: ReadonlyMap<Id, string>,
  text: string,
): readonly Id[] {
  const all = [...ids];
  const byName = all.filter((id) => folded(names.get(id) ?? "") === folded(text));
  if (byName.length > 0) return byName;
  const start = text.trim().toLowerCase();
  return start.length < leastDigits ? [] : all.filter((id) => id.startsWith(start));
}

/** Bodies of statements, as a join request or welcome carries them. */
export const encodeBodies = (bodies: readonly StatementBody[]) => bodies.map((body) => encode(statementBody, body));

/** The same, read back. Throws `PeerFault`. */
export const decodeBodies = (bodies: readonly Uint8Array[]) => bodies.map((body) => decode(statementBody, body));
