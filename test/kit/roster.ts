/* A circle's roster in memory, without a host: who acts is named "anna@press", and every act is replayed at once. */
import { certify, type DeviceSecrets, deviceSecrets, publicKeys } from "../../src/client/identity/device.ts";
import {
  apply,
  type BodyOf,
  type Change,
  type CircleState,
  circleIdOf,
  currentEpoch,
  type DeviceKeys,
  decodeProposal,
  defaultPolicy,
  expectedKeys,
  type Founder,
  found,
  type Judge,
  joinMessage,
  joinRequest,
  keysAfterChange,
  type Member,
  nameHash,
  type OpenedEntry,
  type Policy,
  proposalHash,
  proposal as proposalShape,
  type Role,
  type RosterBody,
  requestHash,
  rosterBody,
  type SignedRequest,
  type Step,
  type VoidReason,
} from "../../src/core/circle/index.ts";
import {
  type BlobHash,
  type Bytes,
  encode,
  fromHex,
  type MemberId,
  type OrganizationId,
  type PublicKey,
  toHex,
  toId,
  utf8,
} from "../../src/core/codec/index.ts";
import { type Crypto, loadCrypto, type SigningSeed, sha256, verifyClaim } from "../../src/core/crypto/index.ts";
import { type Acl, accessMessage, type ControlSignature, type Header, keysMessage } from "../../src/core/log/index.ts";

/** 32 bytes that follow from a name. */
export const bytesFor = (name: string): Bytes => sha256(utf8(name));
/** A key, or hash, that nobody holds and nobody verifies. */
export const idFor = <T extends string>(name: string): T => toHex(bytesFor(name)) as T;

/** Somebody who may be in the circle: name, device keys, organization. */
export type Person = {
  readonly name: string;
  readonly secrets: DeviceSecrets;
  readonly keys: DeviceKeys;
  readonly member: MemberId;
  readonly organization: OrganizationId;
  readonly organizationSeed: Bytes;
};

export type EntryExtras = {
  readonly seenSize?: number;
  readonly hour?: number;
  readonly epoch?: number;
  readonly position?: number;
  readonly header?: Partial<Header>;
};

/** What a rotation of the kit can be told to do differently. */
export type RotationExtras = EntryExtras & {
  readonly change?: Change;
  readonly proposal?: Bytes;
  readonly previous?: number;
  readonly keys?: Pick<Acl, "keysVersion" | "control" | "reserve" | "need">;
  readonly signatures?: readonly ControlSignature[];
  /** Signs the acl with another key than the author's own control key. */
  readonly executor?: string;
  readonly commitment?: BodyOf<"rotate">["commitment"];
  readonly blobs?: readonly BlobHash[];
  readonly withLink?: false;
};

/** The hour at which circles of this kit are founded. */
export const firstHour = 500_000;

const people = new Map<string, Person>();

/** The person of this name, "member@organization"; "anna+2@press" is another device's keys of the same naming. */
function personOf(crypto: Crypto, name: string): Person {
  const known = people.get(name);
  if (known !== undefined) return known;
  const secrets = deviceSecrets(crypto, bytesFor(`device ${name}`));
  const keys = publicKeys(crypto, secrets);
  const organizationSeed = bytesFor(`organization ${name.split("@")[1]}`);
  const organization = toId<OrganizationId>(crypto.signingKey(organizationSeed));
  const made = { name, secrets, keys, member: keys.id as string as MemberId, organization, organizationSeed };
  people.set(name, made);
  return made;
}

export type RosterOptions = { readonly founders?: readonly string[]; readonly policy?: Partial<Policy> };

/**
 * A circle that is founded and replayed in memory.
 *
 * @example
 * const circle = await roster({ founders: ["anna@a", "ben@b"] });
 * circle.act("anna@a", { kind: "tick" }); // undefined: it counts
 */
export async function roster({ founders = ["anna@a"], policy = {} }: RosterOptions = {}) {
  const crypto = await loadCrypto("sodium");
  const clock = { hour: firstHour };
  const entries: OpenedEntry[] = [];
  let rotationHolds = true;
  let serial = 0;
  const fresh = (what: string) => `${what} ${serial++}`;
  const person = (name: string) => personOf(crypto, name);
  const judge: Judge = {
    verify: (claim) => verifyClaim(crypto, claim),
    rotation: () => rotationHolds,
    header: (position) => entries[position]?.header,
  };

  const certificateOf = (
    who: Person,
    validUntil = clock.hour + 1000,
    key = who.organizationSeed,
    role: Role = "contributor",
  ) => certify(crypto, key, who.keys.id, role, validUntil);

  const founderOf = (who: Person): Founder => ({
    organization: who.organization,
    organizationName: nameHash(bytesFor("salt"), who.name.split("@")[1] as string),
    memberName: nameHash(bytesFor("salt"), who.name),
    device: who.keys,
    certificate: certificateOf(who, firstHour + 1_000_000, undefined, "coordinator"),
  });

  /** Entry 0 and the bytes whose hash is the circle's id; `change` breaks it. */
  function genesisOf(change: Partial<BodyOf<"genesis">> = {}, names: readonly string[] = founders) {
    const who = names.map(person);
    const body: BodyOf<"genesis"> = {
      kind: "genesis",
      nonce: bytesFor("nonce"),
      suite: 1,
      policy: { ...defaultPolicy, ...policy },
      founders: who.map(founderOf),
      host: { key: idFor("host"), address: "http://host.test" },
      commitment: commitmentOf("genesis"),
      ...change,
    };
    const bytes = encode(rosterBody, body);
    const circle = circleIdOf(bytes);
    const groups = new Map<string, PublicKey[]>();
    for (const p of who) {
      const group = body.policy.kind === "organization" ? p.name : p.organization;
      groups.set(group, [...(groups.get(group) ?? []), p.keys.control].sort());
    }
    const control = [...groups.values()];
    if (body.policy.kind === "organization") control.sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1));
    const need = Math.max(1, Math.min(body.policy.quorum, control.length));
    const acl: Acl = {
      epoch: 0,
      keysVersion: 0,
      accessVersion: 0,
      access: body.commitment.access,
      control,
      reserve: [],
      need,
    };
    const sealedHash = bytesFor("sealed genesis");
    const first = who[0] as Person;
    const signature = crypto.sign(first.secrets.control, accessMessage(circle, acl, sealedHash));
    const header: Header = {
      version: 1,
      circle,
      epoch: 0,
      kind: "roster",
      blobs: [],
      acl,
      signatures: [{ key: first.keys.control, signature }],
    };
    const entry: OpenedEntry = {
      position: 0,
      header,
      sealedHash,
      author: first.keys.id,
      seenSize: 0,
      hour: clock.hour,
      body,
    };
    return { entry, bytes };
  }

  function commitmentOf(name: string): BodyOf<"rotate">["commitment"] {
    return {
      roster: bytesFor(`roster ${name}`),
      records: bytesFor(`records ${name}`),
      access: idFor(`access ${name}`),
    };
  }

  const genesis = genesisOf();
  const start = found(genesis.entry, genesis.bytes, judge);
  if (start === undefined) throw new Error("the kit's genesis founds nothing");
  let state: CircleState = start;
  entries.push(genesis.entry);

  function entryOf(author: string, body: RosterBody, extras: EntryExtras = {}): OpenedEntry {
    return {
      position: extras.position ?? state.position,
      header: {
        version: 1,
        circle: state.circle,
        epoch: extras.epoch ?? currentEpoch(state),
        kind: "roster",
        blobs: [],
        ...extras.header,
      },
      sealedHash: bytesFor(fresh("sealed")),
      author: person(author).keys.id,
      seenSize: extras.seenSize ?? state.position,
      hour: extras.hour ?? clock.hour,
      body,
    };
  }

  /** Replays one more entry; its reason where it is void. */
  function put(entry: OpenedEntry): VoidReason | undefined {
    const step: Step = apply(state, entry, judge);
    entries.push(entry);
    state = step.state;
    return step.void;
  }

  const act = (author: string, body: RosterBody, extras?: EntryExtras) => put(entryOf(author, body, extras));

  /** An act that has to count. */
  function must(author: string, body: RosterBody, extras?: EntryExtras): void {
    const reason = act(author, body, extras);
    if (reason !== undefined) throw new Error(`${body.kind} of ${author} is void: ${reason}`);
  }

  const memberOf = (name: string): Member => {
    const device = state.devices.get(person(name).keys.id);
    const member = state.members.get(device?.member ?? person(name).member);
    if (member === undefined) throw new Error(`${name} is no member`);
    return member;
  };

  /** A join request by a person, signed with the keys that it needs; `change` and `sign` break it. */
  function requestOf(
    name: string,
    inviteSeed: Bytes,
    expires: number,
    change: Partial<Parameters<typeof joinRequest.toCbor>[0]> = {},
    circle = state.circle,
  ): SignedRequest {
    const who = person(name);
    const request = encode(joinRequest, {
      inviteKey: toId<PublicKey>(crypto.signingKey(inviteSeed)),
      expires,
      organization: who.organization,
      organizationName: nameHash(bytesFor("salt"), name.split("@")[1] as string),
      memberName: nameHash(bytesFor("salt"), name),
      device: who.keys,
      certificate: certificateOf(who),
      ...change,
    });
    const message = joinMessage(circle, request);
    return {
      request,
      inviteSignature: crypto.sign(inviteSeed as SigningSeed, message),
      deviceSignature: crypto.sign(who.secrets.signing, message),
    };
  }

  /** Invites and puts a candidate before the circle. Returns the candidate's id. */
  function propose(name: string, by: string, role: Exclude<Role, "coordinator"> = "contributor"): Bytes {
    const inviteSeed = bytesFor(fresh(`invite ${name}`));
    const expires = clock.hour + 100;
    const { organization } = person(name);
    const known = state.organizations.has(organization);
    must(by, {
      kind: "invite",
      inviteKey: toId<PublicKey>(crypto.signingKey(inviteSeed)),
      role,
      expires,
      ...(known ? { organization } : {}),
    });
    const request = requestOf(name, inviteSeed, expires);
    must(by, { kind: "candidate", request });
    return requestHash(request.request);
  }

  /** One member of every active organization (or person) states the hour. */
  function ticks(): void {
    const spoken = new Set<string>();
    for (const device of [...state.devices.values()]) {
      const member = state.members.get(device.member) as Member;
      const voter = state.policy.kind === "organization" ? member.id : member.organization;
      if (member.status !== "active" || spoken.has(voter) || device.active.at(-1)?.until !== undefined) continue;
      spoken.add(voter);
      const entry = { ...entryOf(founders[0] as string, { kind: "tick" }), author: device.id };
      if (put(entry) !== undefined) throw new Error("a tick is void");
    }
  }

  /** Lets hours pass, for everybody. */
  function pass(hours: number): void {
    clock.hour += hours;
    ticks();
  }

  /** Brings a member in, with sponsors, through the whole window. */
  function bringIn(
    name: string,
    by: string,
    sponsors: readonly string[] = [],
    role?: Exclude<Role, "coordinator">,
  ): void {
    const candidate = propose(name, by, role);
    for (const sponsor of sponsors) must(sponsor, { kind: "sponsor", candidate });
    if (state.grown) pass(state.policy.windowHours);
    if (state.policy.history === "from-joining") rotated(by, { change: { kind: "admit", candidate } });
    else must(by, { kind: "admit", candidate });
  }

  /** A further device of a member, admitted by an older one of theirs. */
  function addDevice(name: string, by: string): VoidReason | undefined {
    const inviteSeed = bytesFor(fresh(`device ${name}`));
    const expires = clock.hour + 100;
    const member = memberOf(by).id;
    must(by, {
      kind: "invite",
      inviteKey: toId<PublicKey>(crypto.signingKey(inviteSeed)),
      role: "reader",
      expires,
      member,
    });
    return act(by, { kind: "device-add", request: requestOf(name, inviteSeed, expires) });
  }

  /** A control key's signature on the keys that a proposal leaves; none where the host does not know the key. */
  function approvalOf(
    name: string,
    id: Bytes,
    keys: Parameters<typeof keysMessage>[2] | undefined,
  ): ControlSignature | undefined {
    const { secrets, keys: own } = person(name);
    const held = [...state.acl.control, ...state.acl.reserve].some((group) => group.includes(own.control));
    if (keys === undefined || !held) return undefined;
    return {
      key: own.control,
      proposal: id,
      signature: crypto.sign(secrets.control, keysMessage(state.circle, id, keys)),
    };
  }

  /** The bytes of a proposal of a change, with the keys that it would leave. */
  function proposalOf(change: Change, by: string): Bytes {
    const device = state.devices.get(person(by).keys.id);
    if (device === undefined) throw new Error(`${by} has no device`);
    const after = keysAfterChange(state, change, { device, member: memberOf(by) }, judge);
    if (typeof after === "string") throw new Error(`the change cannot be made: ${after}`);
    return encode(proposalShape, { nonce: bytesFor(fresh("proposal")).slice(0, 16), change, ...after });
  }

  /** Puts a change to the vote. Returns its id. */
  function vote(change: Change, by: string, approvers: readonly string[] = []): Bytes {
    const bytes = proposalOf(change, by);
    const id = proposalHash(state.circle, bytes);
    const own = approvalOf(by, id, decodeProposal(bytes).keys);
    must(by, { kind: "propose", proposal: bytes, ...(own === undefined ? {} : { signature: own }) });
    for (const approver of approvers) approve(approver, id);
    return id;
  }

  function approve(name: string, id: Bytes): void {
    const signature = approvalOf(name, id, state.proposals.get(toHex(id))?.proposal.keys);
    must(name, { kind: "approve", proposal: id, ...(signature === undefined ? {} : { signature }) });
  }

  /** A rotation by `author`, with its link unless told otherwise. */
  function rotateEntry(author: string, extras: RotationExtras = {}): OpenedEntry {
    const who = person(author);
    const {
      change,
      proposal,
      previous,
      keys,
      signatures,
      commitment: given,
      blobs,
      executor = author,
      ...rest
    } = extras;
    const name = fresh("epoch");
    const commitment = given ?? commitmentOf(name);
    const open = proposal === undefined ? undefined : state.proposals.get(toHex(proposal));
    const left = keys ?? open?.proposal.keys;
    const { append: _, ...before } = state.acl;
    const acl: Acl = {
      ...before,
      ...(left === undefined
        ? {}
        : { keysVersion: left.keysVersion, control: left.control, reserve: left.reserve, need: left.need }),
      epoch: state.acl.epoch + 1,
      accessVersion: state.acl.accessVersion + 1,
      access: commitment.access,
    };
    const wraps = blobs ?? [idFor<BlobHash>(`wraps ${name}`)];
    const body: BodyOf<"rotate"> = {
      kind: "rotate",
      previous: previous ?? state.epochs.at(-1)?.position ?? 0,
      commitment,
      wraps: [idFor<BlobHash>(`wraps ${name}`)],
      ...(change === undefined ? {} : { change }),
      ...(proposal === undefined ? {} : { proposal }),
    };
    const entry = entryOf(author, body, rest);
    const message = accessMessage(state.circle, acl, entry.sealedHash);
    const key = person(executor);
    const executed = { key: key.keys.control, signature: crypto.sign(key.secrets.control, message) };
    const approvals = signatures ?? (left === undefined ? [] : (open?.signatures ?? []));
    const header: Header = { ...entry.header, acl, blobs: wraps, signatures: [executed, ...approvals], ...rest.header };
    return { ...entry, author: who.keys.id, header };
  }

  function rotate(author: string, extras: RotationExtras = {}): VoidReason | undefined {
    const reason = put(rotateEntry(author, extras));
    if (reason !== undefined || extras.withLink === false) return reason;
    put(entryOf(author, { kind: "link", roster: bytesFor("R") }));
    return undefined;
  }

  function rotated(author: string, extras: RotationExtras = {}): void {
    const reason = rotate(author, extras);
    if (reason !== undefined) throw new Error(`rotation of ${author} is void: ${reason}`);
  }

  /** Puts to the vote, lets the window pass, and carries out by `by`. */
  function decide(change: Change, by: string, approvers: readonly string[]): VoidReason | undefined {
    const id = vote(change, by, approvers);
    if (state.grown) pass(state.policy.windowHours);
    return carryOut(id, by);
  }

  function carryOut(id: Bytes, by: string): VoidReason | undefined {
    const { change, keys } = (state.proposals.get(toHex(id)) as NonNullable<ReturnType<typeof state.proposals.get>>)
      .proposal;
    const plain = ["role", "policy", "host", "mark", "org-key"] as const;
    const kind = plain.find((k) => k === change.kind);
    if (kind === undefined || keys !== undefined) return rotate(by, { proposal: id });
    return act(by, { kind, proposal: id } as RosterBody);
  }

  return {
    crypto,
    clock,
    judge,
    entries,
    genesis,
    get state() {
      return state;
    },
    set state(next: CircleState) {
      state = next;
    },
    /** What the judge says of the wraps and links of rotations. */
    set rotationHolds(holds: boolean) {
      rotationHolds = holds;
    },
    person,
    memberOf,
    genesisOf,
    certificateOf,
    founderOf,
    entryOf,
    put,
    act,
    must,
    requestOf,
    propose,
    pass,
    ticks,
    bringIn,
    addDevice,
    proposalOf,
    approvalOf,
    vote,
    approve,
    decide,
    carryOut,
    rotateEntry,
    rotate,
    rotated,
    commitmentOf,
    expected: () => expectedKeys(state, state.acl.keysVersion),
    status: (name: string) => memberOf(name).status,
    role: (name: string) => memberOf(name).role,
  };
}

export type Roster = Awaited<ReturnType<typeof roster>>;

/** Everything in a state as text: equal texts are equal states. */
export function textOf(state: unknown): string {
  return JSON.stringify(state, (_, value: unknown) =>
    value instanceof Map ? [...value] : value instanceof Uint8Array ? toHex(value) : value,
  );
}

/** What of a state a void entry must leave alone: everything but the position and what the host enforces. */
export function untouched(state: CircleState): string {
  const { position: _, acl: __, ...rest } = state;
  return textOf(rest);
}

/** `hex` as bytes. */
export const unhex = (hex: string): Bytes => fromHex(hex) as Bytes;
