/* Whether a circle takes new entries as it stands, and what changes that (`standing.ts`). */
import type { CircleId } from "../core/codec/index.ts";
import type { CircleState } from "./circles.ts";
import { type Host, hourOf } from "./host.ts";
import type { Sent } from "./judge.ts";
import { Problem } from "./problem.ts";
import { mayOpen, type Standing, standingRow } from "./standing.ts";

/** Changes how a circle stands, and wakes whoever waits for it: what they read then is the new standing. */
export async function stand(host: Host, state: CircleState, standing: Standing): Promise<CircleState> {
  await host.store.setStanding(state.circle, standingRow(standing));
  const next = { ...state, standing };
  host.circles.remember(next);
  host.hub.wake(state.circle);
  return next;
}

/** The circle, opened where it was restored and may open now. */
export async function openedIfDue(host: Host, state: CircleState): Promise<CircleState> {
  if (!mayOpen(state.standing, state.acl, hourOf(host), host.limits)) return state;
  return stand(host, state, { kind: "open" });
}

const readOnly = () => new Problem("read-only", { "retry-after": "60" });

/**
 * Throws `Problem` `read-only` or `moved` where the circle takes none of these entries as it stands. An arriving one
 * takes roster entries: where the old host is lost, the move is voted on at the new one.
 */
export async function requireTaking(host: Host, circle: CircleId, entries: readonly Sent[]): Promise<void> {
  const recalled = await host.circles.recall(circle);
  if (recalled === undefined || recalled.standing.kind === "open") return;
  // Another process may have opened it.
  const read = await host.circles.read(circle);
  if (read === undefined) return;
  const { standing } = await openedIfDue(host, read);
  if (standing.kind === "left") throw new Problem("moved");
  if (standing.kind === "restored") throw readOnly();
  if (standing.kind === "arriving" && entries.some(({ header }) => header.kind !== "roster")) throw readOnly();
}
