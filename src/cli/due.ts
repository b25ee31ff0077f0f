import { type Circle, proposalWindow, windowHours } from "../client/index.ts";

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
 * Whether a window should have ended by this device's clock and still waits for this organization's word on the
 * time (§5): one `tick` then moves it.
 */
export function windowsToMove(circle: Circle): boolean {
  const state = circle.state();
  const now = Math.floor(circle.platform.now() / 3_600_000);
  const me = circle.me();
  const stated = state.hours.get(state.policy.kind === "organization" ? me.id : me.organization) ?? 0;
  return windowEnds(circle).some((end) => state.logTime < end && end <= now && stated < end);
}
