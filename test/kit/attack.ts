import { expect } from "vitest";
import { type BodyOf, type Commitment, type RosterBody, rosterBody, rotationDevices } from "../../src/core/circle/index.ts";
import {
  type Bytes,
  concat,
  type DeviceId,
  encode,
  type PublicKey,
  type SymbolonError,
  toHex,
  toId,
} from "../../src/core/codec/index.ts";
import { type Crypto, epochKeys, type SigningSeed, seal, sha256, wrapKey } from "../../src/core/crypto/index.ts";
import { accessMessage, entryMessage, type Entry, type EntryKind, inner } from "../../src/core/log/index.ts";
import { forCircle, type StatementBody, statementBody } from "../../src/core/statements/index.ts";
import {
  type Circle,
  foundCircle,
  type Founding,
  type Identity,
  memoryStorage,
  openCircle,
  type Platform,
} from "../../src/client/index.ts";
import { currentPlace, type HeaderExtras, type Place, sealedEntry } from "../../src/client/circle/write.ts";
import { withCircle } from "../../src/client/identity/identity.ts";
import { hourOf } from "../../src/client/platform.ts";
import { commitmentOf, type HeldEpoch, linkContext } from "../../src/client/sync/keyring.ts";
import { type EvilHost, evilHost } from "./evil-host.ts";
import { bringIn, newMember, type TestClock, testPlatform } from "./members.ts";

/** The implementations that attacks on cryptography run on. */
export const implementations = ["sodium", "noble"] as const satisfies readonly Crypto["name"][];

/** A circle at an evil host that has been honest so far: `a` founded it, the others were brought in, in this order. */
export type Scene = {
  readonly evil: EvilHost;
  readonly platform: Platform;
  readonly a: Circle;
  readonly others: readonly Circle[];
};

/** A platform that talks to an evil host, with pauses that take no time. */
export async function evilPlatform(evil: EvilHost, crypto?: Crypto["name"], clock?: TestClock): Promise<Platform> {
  return { ...(await testPlatform(clock, crypto)), fetch: evil.fetch, sleep: async () => {} };
}

/**
 * A circle to attack: founded by "Newsroom A", with as many further organizations as asked for.
 *
 * @example
 * const { evil, a, others: [b] } = await scene({ others: 1 });
 */
export async function scene(
  options: {
    readonly others?: number;
    readonly crypto?: Crypto["name"];
    readonly clock?: TestClock;
    readonly policy?: Founding["policy"];
  } = {},
): Promise<Scene> {
  const evil = await evilHost(
    options.clock === undefined ? {} : { now: () => Date.now() + (options.clock as TestClock).hours * 3_600_000 },
  );
  const platform = await evilPlatform(evil, options.crypto ?? "sodium", options.clock);
  const policy = { windowHours: 0, ...options.policy };
  const a = await foundCircle(await newMember("Newsroom A", platform), { address: evil.url, label: "circle", policy });
  const others: Circle[] = [];
  for (let i = 0; i < (options.others ?? 0); i++) {
    others.push(await bringIn(a, await newMember(`Newsroom ${"BCDEFGH"[i]}`, platform)));
  }
  await a.sync();
  await a.settle();
  return { evil, platform, a, others };
}

/** The same member's device as it was before it took any head: it reads the log from nothing, through another network. */
export async function newcomer(circle: Circle, fetch: typeof globalThis.fetch = circle.platform.fetch): Promise<Circle> {
  const { identity } = circle;
  let record = identity.read();
  const without: Identity = {
    ...identity,
    platform: { ...circle.platform, fetch },
    storage: memoryStorage(),
    read: () => record,
    update: async (change) => {
      record = change(record);
    },
  };
  await without.update((before) => withCircle(before, circle.id, ({ head: _, promised: __, ...rest }) => rest));
  return openCircle(without, circle.id);
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  return value instanceof Uint8Array ? toHex(value) : value;
}

/**
 * Everything a circle gave its reader but where the log ends: the roster, the keys held, the statements shown.
 * Two that are equal say that nothing came of what happened between them.
 */
export function fingerprint(circle: Circle): string {
  const { state } = circle.ledger;
  const { position: _, hours: __, logTime: ___, ...roster } = state ?? { position: 0, hours: 0, logTime: 0 };
  const statements = circle.statements().map((s) => [s.hash, s.organization, s.hour, s.audience]);
  return JSON.stringify([roster, [...circle.ledger.ring], statements], plain);
}

/** Asserts that `attack` fails with this code, and that nothing came out of the circle by it. */
export async function refused(circle: Circle, code: string, attack: () => Promise<unknown>): Promise<SymbolonError> {
  const before = fingerprint(circle);
  const head = circle.head();
  const error = await codeOf(attack);
  await circle.ledger.settle();
  expect(error?.code).toBe(code);
  expect(fingerprint(circle)).toBe(before);
  expect(circle.head()).toEqual(head);
  return error as SymbolonError;
}

/** The typed error of `act`, or `undefined` where it succeeds. */
export async function codeOf(act: () => unknown): Promise<SymbolonError | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (typeof (error as SymbolonError).code !== "string") throw error;
    return error as SymbolonError;
  }
}

/** Asserts that the entries which `attack` leads to are void for `reason`, one per reason, and change nothing. */
export async function voidFor(circle: Circle, reasons: readonly string[], attack: () => Promise<unknown>): Promise<void> {
  await circle.sync();
  await circle.settle();
  const before = fingerprint(circle);
  const known = circle.ledger.voids.length;
  await attack();
  await circle.sync();
  await circle.settle();
  expect(circle.ledger.voids.slice(known).map(({ reason }) => reason)).toEqual(reasons);
  expect(fingerprint(circle)).toBe(before);
}

/** What of an entry its forger chooses; the rest is as `by` would honestly have it. */
export type Forgery = {
  readonly place?: Partial<Place>;
  readonly author?: DeviceId;
  readonly signing?: SigningSeed;
  readonly seen?: Bytes;
  readonly hour?: number;
  /** The circle or epoch or kind that the signature is made for, where it is not the entry's. */
  readonly signedFor?: Partial<{ circle: Circle["id"]; epoch: number; kind: EntryKind }>;
  readonly header?: HeaderExtras;
};

function forgedInner(by: Circle, place: Place, kind: EntryKind, body: Bytes, forgery: Forgery): Bytes {
  const seen = forgery.seen ?? by.head()?.checkpoint ?? new Uint8Array(0);
  const hour = forgery.hour ?? hourOf(by.platform);
  const message = entryMessage({ circle: by.id, epoch: place.epoch, kind, ...forgery.signedFor }, { seen, hour, body });
  const signature = by.platform.crypto.sign(forgery.signing ?? by.secrets.signing, message);
  return encode(inner, { author: forgery.author ?? by.device, seen, hour, body, signature });
}

/** A roster entry as a member who breaks the rules would make it; no client of ours does. */
export function forgeRoster(by: Circle, body: RosterBody | Bytes, forgery: Forgery = {}): Entry {
  const place = { ...currentPlace(by, "roster"), ...forgery.place };
  const bytes = body instanceof Uint8Array ? body : encode(rosterBody, body);
  return sealedEntry(by, place, "roster", forgedInner(by, place, "roster", bytes, forgery), forgery.header);
}

/** A statement entry, the same way. */
export function forgeStatement(by: Circle, body: StatementBody | Bytes, forgery: Forgery = {}): Entry {
  const place = { ...currentPlace(by, "statement"), ...forgery.place };
  const bytes = body instanceof Uint8Array ? body : encode(statementBody, body);
  const plaintext = forCircle(forgedInner(by, place, "statement", bytes, forgery));
  return sealedEntry(by, place, "statement", plaintext, forgery.header);
}

/** Sends entries past all of one's own checks. Returns their positions. */
export async function post(by: Circle, ...entries: readonly Entry[]): Promise<readonly number[]> {
  const { positions } = await by.host.append(entries, by.access());
  return positions;
}

/** `bytes` with one bit turned. */
export function flipped(bytes: Uint8Array, bit: number): Bytes {
  const out = new Uint8Array(bytes);
  const at = Math.floor(bit / 8);
  out[at] = (out[at] as number) ^ (1 << (bit % 8));
  return out;
}

/** What of a rotation its forger changes; the rest is as it has to be. */
export type RotationForgery = {
  /** The wraps of `seed`, in the order of the devices' ids. */
  readonly wraps?: (wraps: readonly Bytes[], seed: Bytes) => readonly Bytes[];
  readonly commitment?: (commitment: Commitment) => Commitment;
  readonly link?: (link: BodyOf<"link">) => RosterBody;
  readonly rotate?: (body: BodyOf<"rotate">) => RosterBody;
};

/** Makes a rotation that breaks the rules and sends it, past all of one's own checks. Returns its position and seed. */
export async function postRotation(by: Circle, forgery: RotationForgery = {}): Promise<{ position: number; seed: Bytes }> {
  const { crypto, random } = by.platform;
  const state = by.state();
  const epoch = state.acl.epoch + 1;
  const seed = random(32);
  const keys = epochKeys(crypto, seed, state.nonce, epoch);
  const place = { circle: by.id, number: epoch };
  const devices = rotationDevices(state, state, undefined, by.head()?.size ?? 0);
  const honest = devices.map((d) => wrapKey(crypto, seed, d.keys.kem, { ...place, device: d.id }));
  const wraps = [await by.host.putBlob(concat(...(forgery.wraps?.(honest, seed) ?? honest)), by.access())];
  const trueCommitment = commitmentOf(crypto, keys);
  const commitment = forgery.commitment?.(trueCommitment) ?? trueCommitment;
  const body = { kind: "rotate", previous: state.epochs.at(-1)?.position ?? 0, commitment, wraps } as const;
  const { append: _, ...before } = state.acl;
  const acl = { ...before, epoch, accessVersion: state.acl.accessVersion + 1, access: commitment.access };
  const now = currentPlace(by, "roster");
  const plaintext = forgedInner(by, now, "roster", encode(rosterBody, forgery.rotate?.(body) ?? body), {});
  const rotate = sealedEntry(by, now, "roster", plaintext, (sealed) => {
    const key = toId<PublicKey>(crypto.signingKey(by.secrets.control));
    const signature = crypto.sign(by.secrets.control, accessMessage(by.id, acl, sha256(sealed)));
    return { acl, blobs: wraps, signatures: [{ key, signature }] };
  });
  const held = by.ledger.ring.get(now.epoch) as HeldEpoch;
  const records = seal(crypto, random, keys.records, linkContext(by.id, epoch), held.records as Bytes);
  const link = { kind: "link", roster: held.roster, records } as const;
  const second = forgeRoster(by, forgery.link?.(link) ?? link, { place: { epoch, key: keys.roster } });
  const { positions } = await by.host.append([rotate, second], { seed: by.secrets.control });
  return { position: positions[0] as number, seed };
}
