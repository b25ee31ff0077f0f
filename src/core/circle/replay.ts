import { type Bytes, type CircleId, type PublicKey, toId, utf8 } from "../codec/index.ts";
import { suite } from "../crypto/envelope.ts";
import { isKemKey } from "../crypto/kem.ts";
import { sha256 } from "../crypto/sha256.ts";
import { checkAcl } from "../log/acl.ts";
import type { Acl, Header } from "../log/format.ts";
import * as admission from "./admission.ts";
import type { Act, Author, Judge, OpenedEntry, Outcome, VoidReason } from "./entry.ts";
import { erase } from "./erase.ts";
import type { Founder } from "./format.ts";
import { expectedKeys } from "./keys.ts";
import { advanceLogTime } from "./logtime.ts";
import { activeDevice } from "./members.ts";
import { certificateClaim } from "./proofs.ts";
import * as rotation from "./rotation.ts";
import type { CircleState, Device, Member, Organization } from "./state.ts";
import * as votes from "./votes.ts";

/** The state after one entry, and why the entry is void, if it is. */
export type Step = { readonly state: CircleState; readonly void?: VoidReason };

/** Id of the circle that a genesis body founds. */
export function circleIdOf(genesisBody: Uint8Array): CircleId {
  return toId<CircleId>(sha256(utf8("symbolon/circle/v1"), genesisBody));
}

/**
 * The state that entry 0 founds, or `undefined` where it founds nothing. `genesisBody` are the very bytes
 * that were sealed: the circle's id is their hash, so nothing but the true genesis can found it.
 */
export function found(entry: OpenedEntry, genesisBody: Bytes, judge: Pick<Judge, "verify">): CircleState | undefined {
  const { body, header, position } = entry;
  const { acl } = header;
  if (body.kind !== "genesis" || position !== 0 || entry.seenSize !== 0 || acl === undefined) return undefined;
  if (header.circle !== circleIdOf(genesisBody) || header.epoch !== 0) return undefined;
  // A suite that this code does not know was never agreed to: nothing is read under another (attack 8).
  if (body.suite !== suite) return undefined;
  if (!body.founders.some((f) => f.device.id === entry.author)) return undefined;
  if (!body.founders.every((f) => foundsRightly(f, judge, entry.hour))) return undefined;
  if (acl.access !== body.commitment.access || acl.append !== undefined) return undefined;
  if (aclAfter(undefined, header, entry.sealedHash, judge) === undefined) return undefined;

  const organizations = new Map<Organization["id"], Organization>();
  const members = new Map<Member["id"], Member>();
  const devices = new Map<Device["id"], Device>();
  for (const founder of body.founders) {
    const id = founder.device.id as string as Member["id"];
    if (devices.has(founder.device.id)) return undefined;
    organizations.set(founder.organization, {
      id: founder.organization,
      key: founder.organization as string as PublicKey,
      name: founder.organizationName,
      since: 0,
      sinceLogTime: entry.hour,
    });
    members.set(id, {
      id,
      organization: founder.organization,
      role: "coordinator",
      name: founder.memberName,
      status: "active",
      since: 0,
      sinceLogTime: entry.hour,
    });
    devices.set(founder.device.id, {
      id: founder.device.id,
      member: id,
      keys: founder.device,
      active: [{ from: 0 }],
      certifiedUntil: founder.certificate.validUntil,
      revoked: false,
    });
  }
  const person = body.policy.kind === "organization";
  if (person && organizations.size !== 1) return undefined;
  const units = person ? members.size : organizations.size;
  const voters: readonly string[] = person ? [...members.keys()] : [...organizations.keys()];
  const state: CircleState = {
    circle: header.circle,
    nonce: body.nonce,
    suite: body.suite,
    policy: body.policy,
    host: body.host,
    position: 1,
    organizations,
    members,
    devices,
    marks: [],
    invites: new Map(),
    candidates: new Map(),
    proposals: new Map(),
    epochs: [{ number: 0, position: 0, commitment: body.commitment }],
    acl,
    hours: new Map(voters.map((voter) => [voter, entry.hour])),
    logTime: entry.hour,
    grown: units >= 3,
    admissions: [],
    owed: [],
    erased: new Map(),
  };
  const expected = expectedKeys(state, 0);
  const same =
    JSON.stringify([expected.control, expected.reserve, expected.need]) ===
    JSON.stringify([acl.control, acl.reserve, acl.need]);
  return same && body.policy.quorum >= 1 ? state : undefined;
}

function foundsRightly(founder: Founder, judge: Pick<Judge, "verify">, hour: number): boolean {
  const { certificate, device, organization } = founder;
  return (
    (certificate.key as string) === organization &&
    certificate.device === device.id &&
    isKemKey(device.kem) &&
    certificate.validUntil >= hour &&
    judge.verify(certificateClaim(certificate))
  );
}

/** The acl that holds after an entry that carries one, `undefined` where it breaks the rule. */
function aclAfter(
  before: Acl | undefined,
  header: Header,
  sealedHash: Bytes,
  judge: Pick<Judge, "verify">,
): Acl | undefined {
  try {
    return checkAcl(before, header, sealedHash).every(judge.verify) ? header.acl : undefined;
  } catch {
    return undefined;
  }
}

/** The state after an entry that is void: one position further, and what the host now enforces. */
export function skip(
  state: CircleState,
  header: Header | undefined,
  sealedHash: Bytes,
  judge: Pick<Judge, "verify">,
): CircleState {
  const acl = header?.acl === undefined ? undefined : aclAfter(state.acl, header, sealedHash, judge);
  return { ...state, position: state.position + 1, acl: acl ?? state.acl };
}

/**
 * The state after one more roster entry. What is not allowed by the state before it is void at its
 * position: it changes nothing but the position, and what the host enforces where it carries an acl (§5).
 */
export function apply(state: CircleState, entry: OpenedEntry, judge: Judge): Step {
  const moved = skip(state, entry.header, entry.sealedHash, judge);
  const reject = (reason: VoidReason): Step => ({ state: moved, void: reason });
  const device = activeDevice(state, entry.author);
  const member = device === undefined ? undefined : state.members.get(device.member);
  if (device === undefined || member === undefined) return reject("author");
  if (entry.header.epoch !== currentEpoch(state)) return reject("epoch");
  if (entry.seenSize > entry.position) return reject("seen");
  if (entry.position !== state.position) return reject("malformed");
  if (entry.header.acl !== undefined && entry.body.kind !== "rotate") return reject("acl");
  const ordered = entry.header.erases !== undefined || entry.header.cancels !== undefined;
  if (ordered !== (entry.body.kind === "erase")) return reject("malformed");
  const timed = advanceLogTime(moved, member, entry.hour);
  const outcome = act(timed, { device, member }, entry, judge, state.acl);
  return typeof outcome === "string" ? reject(outcome) : { state: outcome };
}

/** The number of the epoch that is current by the roster; the host's may be further, by a void rotation. */
export function currentEpoch(state: CircleState): number {
  return state.epochs.at(-1)?.number ?? 0;
}

function act(state: CircleState, author: Author, entry: OpenedEntry, judge: Judge, aclBefore: Acl): Outcome {
  const { body } = entry;
  const with_ = <B>(b: B): Act<B> => ({ state, author, body: b, entry, judge, aclBefore });
  switch (body.kind) {
    case "genesis":
      return "duplicate";
    case "invite":
      return admission.invite(with_(body));
    case "candidate":
      return admission.candidate(with_(body));
    case "sponsor":
      return admission.sponsor(with_(body));
    case "object":
      return admission.object(with_(body));
    case "admit":
      return admission.admit(with_(body));
    case "device-add":
      return admission.deviceAdd(with_(body));
    case "device-revoke":
      return admission.deviceRevoke(with_(body));
    case "org-key":
      return votes.orgKey(with_(body));
    case "rotate":
      return rotation.rotate(with_(body));
    case "link":
      return rotation.link(with_(body));
    case "confirm":
      return rotation.confirm(with_(body));
    case "reinstate":
      return rotation.reinstate(with_(body));
    case "mark":
      return votes.mark(with_(body));
    case "role":
    case "policy":
    case "host":
      return votes.execute(with_(body));
    case "erase":
      return erase(with_(body));
    case "propose":
      return votes.propose(with_(body));
    case "approve":
      return votes.approve(with_(body));
    case "veto":
      return votes.veto(with_(body));
    case "tick":
      return state;
  }
}
