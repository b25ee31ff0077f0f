import {
  activeDevice,
  type CheckedRequest,
  checkRequest,
  type Invite,
  isNameOf,
  type Role,
  type SignedRequest,
  safetyHash,
} from "../../core/circle/index.ts";
import {
  type Bytes,
  idBytes,
  type OrganizationId,
  PeerFault,
  type PublicKey,
  Refused,
  toId,
  UsageError,
  u32be,
} from "../../core/codec/index.ts";
import { safetyWords, verifyClaim } from "../../core/crypto/index.ts";
import {
  decodeStatement,
  forwardingClaims,
  type StatementBody,
  type StatementOf,
} from "../../core/statements/index.ts";
import { fold, skeleton } from "../../subjects/index.ts";
import { hourOf } from "../platform.ts";
import type { Mailbox } from "../transport/host.ts";
import type { Circle } from "./circle.ts";
import { invitationKeys, invitationLink, keyHash } from "./link.ts";
import { decodeBodies, namesIn } from "./profiles.ts";
import { openRequest } from "./request.ts";
import { appendBodies } from "./say.ts";
import { welcomeBy } from "./welcome.ts";
import { act } from "./write.ts";

/** How long an invitation lasts unless told, in hours. */
export const invitationHours = 72;

export type InviteOptions = {
  /** An organization that is in the circle already; absent: a new one. */
  readonly organization?: OrganizationId;
  readonly role?: Exclude<Role, "coordinator">;
  readonly hours?: number;
  /** For a further device of one's own. */
  readonly ownDevice?: boolean;
};

/** An invitation given out. The link is handed over outside, to one person. */
export type Invited = { readonly link: string; readonly key: PublicKey; readonly expires: number };

/** Opens a mailbox, appends the `invite`, and keeps the secret until the candidate is admitted (§8). */
export async function invite(circle: Circle, options: InviteOptions = {}): Promise<Invited> {
  const { crypto, random } = circle.platform;
  const secret = random(16);
  const keys = invitationKeys(crypto, circle.id, secret);
  const key = toId<PublicKey>(crypto.signingKey(keys.seed));
  const me = circle.me();
  const expires = Math.max(hourOf(circle.platform), circle.state().logTime) + (options.hours ?? invitationHours);
  const ownKind = circle.state().policy.kind === "organization";
  const organization = options.organization ?? (ownKind || options.ownDevice === true ? me.organization : undefined);
  await circle.host.openMailbox(key, expires * 3600, circle.access());
  await circle.keep((before) => ({ ...before, invites: [...before.invites, { secret, key, expires }] }));
  await act(circle, {
    kind: "invite",
    inviteKey: key,
    role: options.role ?? "contributor",
    expires,
    ...(organization === undefined ? {} : { organization }),
    ...(options.ownDevice === true ? { member: me.id } : {}),
  });
  const { address, hostKey } = circle.record();
  const link = invitationLink({
    address,
    hostHash: keyHash(hostKey),
    circle: circle.id,
    secret,
    inviter: keyHash(circle.device),
    expires: u32be(expires),
  });
  return { link, key, expires };
}

/** A join request found in the mailbox of an invitation that this device gave out. */
export type Arrived = {
  readonly inviteKey: PublicKey;
  readonly checked: CheckedRequest;
  readonly signed: SignedRequest;
  readonly profiles: readonly StatementBody[];
  readonly organizationName: string;
  readonly memberName: string;
  /** An organization of the circle whose name looks or sounds the same though it is another (attack 34). */
  readonly resembles?: OrganizationId;
  readonly words: readonly string[];
};

/** How an invitation that this device gave out stands. */
export type Given = {
  readonly key: PublicKey;
  readonly invite: Invite;
  /** `intercepted`: two devices answered, so somebody else had the link. `broken`: what was answered does not hold. */
  readonly standing: "open" | "asked" | "expired" | "intercepted" | "broken";
  readonly arrived?: Arrived;
};

/** Mailboxes that are there no more: their time is over, or they were withdrawn. */
const goneMailbox: ReadonlySet<string> = new Set(["host.mailbox-closed", "host.unknown-mailbox"]);

const intercepted = () =>
  new PeerFault(
    "invitation.intercepted",
    "two devices answered this invitation: somebody else had the link; invite anew",
  );

const unsound = () => new PeerFault("invitation.request", "the join request does not hold: invite anew");

/** Looks into the mailboxes of the invitations given out that led to nobody yet, and tells how each stands. */
export async function invitationsGiven(circle: Circle, language?: string): Promise<readonly Given[]> {
  const given: Given[] = [];
  for (const held of circle.record().invites) {
    const opened = circle.state().invites.get(held.key);
    if (opened?.used !== false) continue;
    const stands = (standing: Given["standing"], arrived?: Arrived) =>
      given.push({ key: held.key, invite: opened, standing, ...(arrived === undefined ? {} : { arrived }) });
    let box: Mailbox;
    try {
      box = await circle.host.mailbox(held.key, circle.access());
    } catch (error) {
      if (!(error instanceof Refused) || !goneMailbox.has(error.code)) throw error;
      stands("expired");
      continue;
    }
    if (box.contested) stands("intercepted");
    else if (box.request === undefined) stands(hourOf(circle.platform) > held.expires ? "expired" : "open");
    else {
      try {
        stands("asked", readRequest(circle, held, box.request, language));
      } catch (error) {
        if (!(error instanceof PeerFault)) throw error;
        stands("broken");
      }
    }
  }
  return given;
}

/** The requests in them. Throws `PeerFault` where one was intercepted, or does not hold. */
export async function arrivals(circle: Circle, language?: string): Promise<readonly Arrived[]> {
  const given = await invitationsGiven(circle, language);
  if (given.some(({ standing }) => standing === "intercepted")) throw intercepted();
  if (given.some(({ standing }) => standing === "broken")) throw unsound();
  return given.flatMap(({ arrived }) => arrived ?? []);
}

/** Takes an invitation back: its mailbox is closed and its secret forgotten, so that nobody comes in by it. */
export async function withdraw(circle: Circle, key: PublicKey): Promise<void> {
  await circle.host.closeMailbox(key, circle.access()).catch((error: unknown) => {
    if (!(error instanceof Refused) || !goneMailbox.has(error.code)) throw error;
  });
  await circle.keep((before) => ({ ...before, invites: before.invites.filter((held) => held.key !== key) }));
}

function readRequest(
  circle: Circle,
  held: { key: PublicKey; secret: Bytes },
  sealed: Bytes,
  language?: string,
): Arrived {
  const { crypto } = circle.platform;
  const { sealing } = invitationKeys(crypto, circle.id, held.secret);
  const { signed, profiles } = openRequest(crypto, sealing, circle.id, sealed);
  const verify = (claim: Parameters<typeof verifyClaim>[1]) => verifyClaim(crypto, claim);
  const checked = checkRequest(circle.id, signed, verify);
  if (checked === undefined || checked.request.inviteKey !== held.key) throw unsound();
  const bodies = decodeBodies(profiles);
  const names = { organizationName: "", memberName: "" };
  for (const body of bodies) {
    const statement = decodeStatement(body.statement);
    const known = circle.state().organizations.get(statement.organization);
    const claims = forwardingClaims(body, statement, known?.key);
    if (statement.kind !== "profile" || claims?.every(verify) !== true) throw unsound();
    if (statement.device !== checked.request.device.id) throw unsound();
    const hash = statement.member === undefined ? checked.request.organizationName : checked.request.memberName;
    if (!isNameOf(hash, (statement as StatementOf<"profile">).salt, statement.name)) throw unsound();
    names[statement.member === undefined ? "organizationName" : "memberName"] = statement.name;
  }
  if (names.organizationName === "" || names.memberName === "") throw unsound();
  const words = safetyWords(safetyHash(circle.id, held.key, signed.request), language);
  const resembles = resembling(circle, checked.request.organization, names.organizationName);
  return {
    inviteKey: held.key,
    checked,
    signed,
    profiles: bodies,
    ...names,
    words,
    ...(resembles === undefined ? {} : { resembles }),
  };
}

/** Another organization whose name is the same once marks, case, spaces and look-alike letters are folded away (attack 34). */
export function resembling(circle: Circle, own: OrganizationId, name: string): OrganizationId | undefined {
  const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, "");
  // The skeleton, too: a word wholly in look-alike letters, as in ВВС for BBC, is its own word to `fold`.
  const alike = (known: string) =>
    letters(fold(known)) === letters(fold(name)) || letters(skeleton(known)) === letters(skeleton(name));
  for (const [id, known] of namesIn(circle).organizations) if (id !== own && alike(known)) return id;
  return undefined;
}

/**
 * Puts a request before the circle as a candidate, with the names that it came with; for a further device of
 * one's own, adds the device at once. Only after the safety words were compared. Returns the candidate's id.
 */
export async function consider(circle: Circle, arrived: Arrived): Promise<string> {
  const own = circle.state().invites.get(arrived.inviteKey)?.member !== undefined;
  if (own) {
    await act(circle, { kind: "device-add", request: arrived.signed });
    const device = activeDevice(circle.state(), arrived.checked.request.device.id);
    if (device === undefined) throw new PeerFault("invitation.request", "the device was not added");
    await welcomeBy(circle, arrived.inviteKey, device);
  } else {
    await act(circle, { kind: "candidate", request: arrived.signed });
    const known = circle.state().organizations.has(arrived.checked.request.organization);
    const bodies = arrived.profiles.filter((body) => {
      const statement = decodeStatement(body.statement);
      return statement.kind === "profile" && (statement.member !== undefined || !known);
    });
    await appendBodies(circle, bodies);
  }
  return arrived.checked.id;
}

/** The id of a candidate as bytes. Throws `UsageError`. */
export function candidateBytes(circle: Circle, name: string): Bytes {
  const matches = [...circle.state().candidates.keys()].filter((id) => id.startsWith(name));
  const [only] = matches;
  if (only === undefined || matches.length > 1 || name === "") {
    throw new UsageError("candidate.unknown", "no candidate, or more than one, begins like this: see candidates");
  }
  return idBytes(only as PublicKey);
}
