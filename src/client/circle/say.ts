import { devicesAt } from "../../core/circle/index.ts";
import {
  type Bytes,
  encode,
  idBytes,
  type OrganizationId,
  type StatementHash,
  type StatementId,
  toId,
  UsageError,
} from "../../core/codec/index.ts";
import { derive, type SymmetricKey, sealFile } from "../../core/crypto/index.ts";
import { eraseHashOf } from "../../core/log/index.ts";
import {
  type Attachment,
  encodeStatement,
  forCircle,
  forNamed,
  mayBeForwarded,
  requireRules,
  type Statement,
  type StatementBody,
  statementBody,
  statementHash,
  statementMessage,
} from "../../core/statements/index.ts";
import { dayOf } from "../platform.ts";
import type { Circle } from "./circle.ts";
import { appendMade, currentPlace, type Place, sealedEntry, signedInner } from "./write.ts";

type Bare<S> = S extends Statement ? Omit<S, "id" | "organization" | "device"> : never;
/** A statement without what is filled in for its author. */
export type Draft = Bare<Statement>;

export type SayOptions = {
  /** Organizations that alone may read it; absent: everybody in the circle. */
  readonly to?: readonly OrganizationId[];
  /** Adds the signature with which others may forward it: evidence against its author, also outside the circle. */
  readonly forwardable?: boolean;
  readonly attachments?: readonly { readonly name: string; readonly mediaType: string; readonly bytes: Bytes }[];
};

/** Where a statement stands, once it is in the log. */
export type Said = { readonly hash: StatementHash; readonly position: number; readonly id: StatementId };

/** The token (32 bytes) with which this device may have its statement erased (§5). */
export function eraseToken(circle: Circle, id: StatementId): Bytes {
  const { deviceSeed } = circle.record();
  return derive<Bytes>(circle.platform.crypto, deviceSeed, "erase-token", idBytes(id), 0);
}

/** The whole statement of a draft by this device. */
export function completed(circle: Circle, draft: Draft, attachments: readonly Attachment[] = []): Statement {
  return {
    ...draft,
    id: toId<StatementId>(circle.platform.random(16)),
    organization: circle.me().organization,
    device: circle.device,
    ...(attachments.length === 0 ? {} : { attachments }),
  } as Statement;
}

/** How a statement of this device is carried; with the second signature where it may leave the circle. */
export function carried(circle: Circle, statement: Statement, forwardable: boolean): StatementBody {
  const bytes = encodeStatement(statement);
  if (!forwardable) return { statement: bytes };
  const signature = circle.platform.crypto.sign(circle.secrets.signing, statementMessage(bytes));
  return { statement: bytes, signature, certificate: circle.record().certificate };
}

async function upload(circle: Circle, given: NonNullable<SayOptions["attachments"]>[number]): Promise<Attachment> {
  const { crypto, random } = circle.platform;
  const id = random(16);
  const key = random(32) as SymmetricKey;
  const place = { circle: idBytes(circle.id), id, size: given.bytes.length };
  const chunks = [];
  for (const chunk of sealFile(crypto, random, key, place, given.bytes)) {
    chunks.push(await circle.host.putBlob(chunk, circle.access()));
  }
  return { id, key, name: given.name, mediaType: given.mediaType, size: given.bytes.length, chunks };
}

/**
 * Makes statements, up to 64 in one request, all or none.
 *
 * Throws `UsageError` `statement.<rule>` where one breaks a rule, before anything is sent.
 *
 * @example
 * await say(circle, [{ kind: "check-in", tlp: "TLP:GREEN" }]);
 */
export async function say(
  circle: Circle,
  drafts: readonly Draft[],
  options: SayOptions = {},
): Promise<readonly Said[]> {
  const state = circle.state();
  const setting = {
    day: dayOf(circle.platform),
    audience: options.to === undefined ? ("circle" as const) : ("named" as const),
    circleKind: state.policy.kind,
  };
  const forwardable = options.forwardable === true;
  for (const draft of drafts) {
    const whole = completed(circle, draft);
    requireRules(whole, setting);
    if (forwardable && !mayBeForwarded(whole)) {
      throw new UsageError(
        "statement.not-forwardable",
        "only TLP:GREEN and TLP:CLEAR, and nothing under the Chatham House Rule, may be forwarded",
      );
    }
  }
  const attachments: Attachment[] = [];
  for (const given of options.attachments ?? []) attachments.push(await upload(circle, given));
  const statements = drafts.map((draft) => completed(circle, draft, attachments));
  const bodies = statements.map((statement) => carried(circle, statement, forwardable));
  const positions = await appendBodies(circle, bodies, options.to, statements);
  return bodies.map((body, i) => ({
    hash: statementHash(body.statement),
    position: positions[i] as number,
    id: (statements[i] as Statement).id,
  }));
}

/** The devices of organizations, with one's own: who writes to named recipients must be able to read it, too. */
function readersOf(circle: Circle, organizations: readonly OrganizationId[]) {
  const state = circle.state();
  const wanted = new Set<string>([...organizations, circle.me().organization]);
  const devices = devicesAt(state, state.position).filter((device) => {
    const member = state.members.get(device.member);
    return member !== undefined && wanted.has(member.organization);
  });
  const reached = new Set(devices.map((d) => state.members.get(d.member)?.organization as string));
  if (organizations.some((organization) => !reached.has(organization))) {
    throw new UsageError("statement.recipients", "one of the named organizations has no device in this circle");
  }
  return devices;
}

/** Appends bodies of statements, own or relayed. */
export function appendBodies(
  circle: Circle,
  bodies: readonly StatementBody[],
  to?: readonly OrganizationId[],
  own?: readonly Statement[],
): Promise<readonly number[]> {
  const make = (place: Place) => (body: StatementBody, i: number) => {
    const { crypto, random } = circle.platform;
    const statement = own?.[i];
    const eraseHash = statement === undefined ? undefined : eraseHashOf(eraseToken(circle, statement.id));
    const inner = signedInner(circle, place.epoch, "statement", encode(statementBody, body), eraseHash);
    const where = { circle: circle.id, epoch: place.epoch };
    const plaintext =
      to === undefined ? forCircle(inner) : forNamed(crypto, random, where, readersOf(circle, to), inner);
    const blobs = statement?.attachments?.flatMap((a) => a.chunks) ?? [];
    return sealedEntry(circle, place, "statement", plaintext, {
      blobs,
      ...(eraseHash === undefined ? {} : { eraseHash }),
    });
  };
  return appendMade(circle, () => bodies.map(make(currentPlace(circle, "statement"))));
}
