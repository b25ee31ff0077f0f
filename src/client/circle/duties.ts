/* What a member's client does unasked beside checking in and rotating: it keeps time, and forgets. */

import { hoursPerDay, proposalWindow, voterOf, windowHours } from "../../core/circle/index.ts";
import { type PublicKey, toId } from "../../core/codec/index.ts";
import { eraseMessage } from "../../core/log/index.ts";
import { hourOf } from "../platform.ts";
import type { Circle } from "./circle.ts";
import { act } from "./write.ts";

/** Log times at which open windows end. */
function windowEnds(circle: Circle): readonly number[] {
  const state = circle.state();
  const candidates = [...state.candidates.values()]
    .filter((candidate) => !candidate.admitted)
    .map((candidate) => candidate.logTime + windowHours(state));
  const proposals = [...state.proposals.values()]
    .filter((open) => !open.executed)
    .map((open) => open.logTime + proposalWindow(state, open.proposal.change, open.vetoed));
  return [...candidates, ...proposals];
}

/**
 * Whether a window should have ended by this device's clock and still waits for this member's word on the time
 * (§5): one `tick` then moves it.
 */
export function tickDue(circle: Circle): boolean {
  const state = circle.state();
  const now = hourOf(circle.platform);
  const stated = state.hours.get(voterOf(state, circle.me())) ?? 0;
  return windowEnds(circle).some((end) => state.logTime < end && end <= now && stated < end);
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
