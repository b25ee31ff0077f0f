/* What a member's client does unasked: it keeps time, shows that somebody is there, rotates, and forgets. */

import { hoursPerDay, proposalWindow, voterOf, windowHours } from "../../core/circle/index.ts";
import { type PublicKey, toId } from "../../core/codec/index.ts";
import { eraseMessage } from "../../core/log/index.ts";
import { hourOf } from "../platform.ts";
import { checkIn, checkInDue, rotateIfOwed, tick } from "./acts.ts";
import type { Circle } from "./circle.ts";
import { act } from "./write.ts";

/** Hours between two ticks of one member, at least. */
const tickEvery = 6;

/** Whether a window is open that log time has not closed yet. */
export function windowOpen(circle: Circle): boolean {
  const state = circle.state();
  for (const candidate of state.candidates.values()) {
    if (!candidate.admitted && state.logTime < candidate.logTime + windowHours(state)) return true;
  }
  for (const open of state.proposals.values()) {
    if (open.executed) continue;
    if (state.logTime < open.logTime + proposalWindow(state, open.proposal.change, open.vetoed)) return true;
  }
  return false;
}

/** Whether this member should state the hour: a window is open, and their last word on it is some hours old (§5). */
export function tickDue(circle: Circle): boolean {
  const state = circle.state();
  const stated = state.hours.get(voterOf(state, circle.me())) ?? 0;
  return windowOpen(circle) && hourOf(circle.platform) - stated >= tickEvery;
}

/** Statements past the circle's retention that are not erased yet, as positions, at most 64, profiles spared (§6). */
export function pastRetention(circle: Circle): readonly number[] {
  const state = circle.state();
  const { retentionDays } = state.policy;
  if (retentionDays === undefined) return [];
  const limit = state.logTime - retentionDays * hoursPerDay;
  return circle
    .statements()
    .filter((s) => s.hour < limit && s.statement.kind !== "profile" && !state.erased.has(s.position))
    .slice(0, 64)
    .map((s) => s.position);
}

/** Asks the host to drop what is past retention: one control key, held as long as every erasure by one is. */
export async function eraseExpired(circle: Circle): Promise<number> {
  const positions = circle.me().role === "coordinator" ? pastRetention(circle) : [];
  if (positions.length === 0) return 0;
  const { crypto } = circle.platform;
  const key = toId<PublicKey>(crypto.signingKey(circle.secrets.control));
  const signature = crypto.sign(circle.secrets.control, eraseMessage(circle.id, positions));
  const erases = positions.map((position) => ({ position }));
  await act(circle, { kind: "erase", positions }, { erases, signatures: [{ key, signature }] });
  return positions.length;
}

/** Does what is due now. Returns what was done. */
export async function doDuties(circle: Circle): Promise<readonly ("tick" | "check-in" | "rotation" | "retention")[]> {
  const done: ("tick" | "check-in" | "rotation" | "retention")[] = [];
  if (checkInDue(circle)) {
    await checkIn(circle);
    done.push("check-in");
  }
  if (tickDue(circle)) {
    await tick(circle);
    done.push("tick");
  }
  if (await rotateIfOwed(circle)) done.push("rotation");
  if ((await eraseExpired(circle)) > 0) done.push("retention");
  return done;
}
