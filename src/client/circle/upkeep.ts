import { type CircleId, Refused, UsageError } from "../../core/codec/index.ts";
import type { Identity } from "../identity/identity.ts";
import type { SyncOptions } from "../sync/sync.ts";
import { checkIn, checkInDue, rotateIfOwed, tick } from "./acts.ts";
import { type Circle, openCircle } from "./circle.ts";
import { eraseExpired, tickDue } from "./duties.ts";
import { accept } from "./welcome.ts";
import { isFresh } from "./write.ts";

/** What a client did for its circle unasked, or what keeps it from that. */
export type Upkeep = {
  /** False: nothing new has come for longer than the check-in interval, and no roster acts are made. */
  readonly fresh: boolean;
  /** Whether this device may act in the circle. */
  readonly active: boolean;
  /** A rotation was owed and was made. */
  readonly rotated: boolean;
  /** A rotation is owed that a coordinator's client has to make. */
  readonly rotationOwed: boolean;
  /** A check-in is due that was not sent, since nothing was to be written. */
  readonly checkInDue: boolean;
  /** Something could not be sent; it is tried again next time. */
  readonly failed: boolean;
};

/** Whether this device may act in a circle: its authority has not ended, nor is it suspended. */
export function mayAct(circle: Circle): boolean {
  try {
    circle.me();
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/**
 * What a client owes to its circle: an owed rotation, unasked (§6 `device-revoke`); with `write` also the check-in
 * (§5 Freshness), the hour that an open window waits for (§5 log time), and erasures that retention asks for.
 * What was asked for by a person comes first: a refusal here is told, never thrown.
 */
export async function keepUp(circle: Circle, write: boolean): Promise<Upkeep> {
  const fresh = isFresh(circle);
  const active = mayAct(circle);
  const idle = { fresh, active, rotated: false, rotationOwed: false, checkInDue: false, failed: false };
  if (!fresh || !active) return idle;
  let rotated = false;
  let due = false;
  let failed = false;
  try {
    rotated = await rotateIfOwed(circle);
    due = checkInDue(circle);
    if (due && write) {
      await checkIn(circle);
      due = false;
    }
    if (write && tickDue(circle)) await tick(circle);
    if (write) await eraseExpired(circle);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof Refused)) throw error;
    failed = true;
  }
  return { fresh, active, rotated, rotationOwed: circle.state().owed.length > 0, checkInDue: due, failed };
}

/** Whether a welcome waited in the device's mailbox; there is none for most. */
async function takeWelcome(identity: Identity, id: CircleId): Promise<boolean> {
  try {
    return await accept(identity, id);
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/**
 * Opens a circle and brings it up to date, every signature checked. The past key of a device that was suspended
 * reads up to that and no further: whether it was reinstated meanwhile, its mailbox tells (§6).
 *
 * Throws what a synchronization throws.
 */
export async function openSynced(identity: Identity, id: CircleId, options: SyncOptions = {}): Promise<Circle> {
  const synced = async () => {
    const circle = await openCircle(identity, id);
    await circle.sync(options);
    await circle.settle();
    return circle;
  };
  let circle: Circle | undefined;
  let refused: Refused | undefined;
  try {
    circle = await synced();
    if (mayAct(circle)) return circle;
  } catch (error) {
    const isShutOut = error instanceof Refused && ["host.unauthorized", "host.forbidden"].includes(error.code);
    if (!isShutOut) throw error;
    refused = error;
  }
  if (await takeWelcome(identity, id)) return synced();
  if (circle === undefined) throw refused;
  return circle;
}
