import { expect } from "vitest";
import { withCircle } from "../../src/client/identity/identity.ts";
import {
  type Circle,
  type Founding,
  foundCircle,
  type Identity,
  memoryStorage,
  openCircle,
  type Platform,
} from "../../src/client/index.ts";
import { type Bytes, type SymbolonError, toHex } from "../../src/core/codec/index.ts";
import type { Crypto } from "../../src/core/crypto/index.ts";
import { type EvilHost, evilHost } from "./evil-host.ts";
import { bringIn, newMember, type TestClock, testPlatform } from "./members.ts";

export * from "./forge.ts";

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
export async function newcomer(
  circle: Circle,
  fetch: typeof globalThis.fetch = circle.platform.fetch,
): Promise<Circle> {
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
export async function voidFor(
  circle: Circle,
  reasons: readonly string[],
  attack: () => Promise<unknown>,
): Promise<void> {
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

/** `bytes` with one bit turned. */
export function flipped(bytes: Uint8Array, bit: number): Bytes {
  const out = new Uint8Array(bytes);
  const at = Math.floor(bit / 8);
  out[at] = (out[at] as number) ^ (1 << (bit % 8));
  return out;
}

/** The same circle opened anew with the same vault and storage, through another network if one is given. */
export function reopened(circle: Circle, fetch: typeof globalThis.fetch = circle.platform.fetch): Promise<Circle> {
  return openCircle({ ...circle.identity, platform: { ...circle.platform, fetch } }, circle.id);
}
