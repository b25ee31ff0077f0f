import { type PublicKey, toId, utf8 } from "../core/codec/index.ts";
import { type Appender, createAppender } from "./append.ts";
import { type Bodies, createBodies } from "./bodies.ts";
import { type Circles, createCircles } from "./circles.ts";
import { createHub, type Hub } from "./hub.ts";
import { createApartAppender, createPollingHub, runsOfIsolate } from "./isolate.ts";
import {
  defaultLimits,
  type HostOptions,
  type Limits,
  type NoteSigner,
  type Observer,
  type Source,
  type Verify,
} from "./options.ts";
import { createRate, type Rate } from "./quota.ts";
import { createRestorer, type Restorer } from "./restorer.ts";
import { createRuns, type Runs } from "./runs.ts";
import type { Store } from "./store/index.ts";

/** A host at work: what routes share. */
export type Host = {
  readonly store: Store;
  readonly signer: NoteSigner;
  /** The signer's public key, as requests name it. */
  readonly key: PublicKey;
  readonly verify: Verify;
  readonly limits: Limits;
  readonly foundingTokens: readonly Uint8Array[];
  readonly now: () => number;
  readonly software: string;
  readonly observer: Observer;
  readonly circles: Circles;
  readonly hub: Hub;
  readonly appender: Appender;
  readonly restorer: Restorer;
  readonly runs: Runs;
  readonly bodies: Bodies;
  readonly source: (request: Request, bindings: unknown) => Source | undefined;
  readonly rates: {
    readonly members: Rate;
    readonly control: Rate;
    readonly keys: Rate;
    readonly foundings: Rate;
    readonly addressFoundings: Rate;
    readonly refusals: Rate;
  };
};

const silent: Observer = { answered: () => {}, committed: () => {}, failed: () => {} };

/** Puts a host together over its store and key. It starts nothing by itself. */
export function createHost(options: HostOptions): Host {
  const { store, signer, verify, now = Date.now, observer = silent, isolated = false } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const circles = createCircles(store, signer);
  // The next append reads the circle anew: otherwise it would meet the primary key, and be judged twice.
  const hub = isolated ? createPollingHub(circles) : createHub(store.notify, circles.forget);
  const gather = options.gather ?? (() => Promise.resolve());
  const needs = { store, verify, limits, now, observer, circles, hub, gather };
  return {
    store,
    signer,
    key: toId<PublicKey>(signer.publicKey),
    verify,
    limits,
    now,
    observer,
    circles,
    hub,
    software: options.software ?? "symbolon",
    foundingTokens: (options.foundingTokens ?? []).map(utf8),
    appender: isolated ? createApartAppender(needs) : createAppender(needs),
    restorer: createRestorer(needs),
    runs: createRuns(store, isolated ? runsOfIsolate : undefined),
    bodies: createBodies(limits.bodyBytes),
    source: options.source ?? (() => undefined),
    rates: {
      members: createRate(limits.writesPerMinute, 60_000, now),
      control: createRate(limits.controlWritesPerMinute, 60_000, now),
      keys: createRate(limits.keyWritesPerMinute, 60_000, now),
      foundings: createRate(limits.foundingsPerHour, 3_600_000, now),
      addressFoundings: createRate(limits.addressFoundingsPerHour, 3_600_000, now),
      refusals: createRate(limits.refusalsPerMinute, 60_000, now),
    },
  };
}

/** Hours since 1970 by the host's clock: the finest time that is stored. */
export function hourOf(host: Pick<Host, "now">): number {
  return Math.floor(host.now() / 3_600_000);
}
