import {
  activeDevice,
  type Change,
  type MarkKind,
  marksItself,
  type Objection,
  orgKeyMessage,
  type Role,
  type Target,
} from "../../core/circle/index.ts";
import {
  type Bytes,
  type DeviceId,
  idBytes,
  type MemberId,
  type PublicKey,
  type StatementHash,
  toId,
  UsageError,
} from "../../core/codec/index.ts";
import type { SigningSeed } from "../../core/crypto/index.ts";
import { cancelMessage, eraseMessage } from "../../core/log/index.ts";
import { hourOf } from "../platform.ts";
import type { Circle } from "./circle.ts";
import { requireOrganizationSeed } from "./found.ts";
import { decideOrPropose } from "./proposals.ts";
import { rotate } from "./rotate.ts";
import { eraseToken, say } from "./say.ts";
import { serve, welcomeBy } from "./welcome.ts";
import { act } from "./write.ts";

/** Whether something was done at once, or now waits for others to approve it. */
export type Done = { readonly done: true } | { readonly done: false; readonly proposal: string };

async function carriedOrOpen(circle: Circle, change: Change): Promise<Done> {
  const { id, done } = await decideOrPropose(circle, change);
  return done ? { done } : { done, proposal: id };
}

/** Sponsors a candidate, for one's organization. */
export async function sponsor(circle: Circle, candidate: Bytes): Promise<void> {
  await act(circle, { kind: "sponsor", candidate });
}

/** Objects to a candidate; a statement may say more. */
export async function object(
  circle: Circle,
  candidate: Bytes,
  reason: Objection,
  statement?: StatementHash,
): Promise<void> {
  await act(circle, { kind: "object", candidate, reason, ...(statement === undefined ? {} : { statement }) });
}

/** Admits a candidate and leaves the welcome; with `history: from-joining` in a rotation. */
export async function admit(circle: Circle, candidate: Bytes): Promise<void> {
  const found = circle.state().candidates.get(toId<PublicKey>(candidate));
  if (found === undefined) throw new UsageError("candidate.unknown", "there is no such candidate");
  if (circle.state().policy.history === "from-joining") {
    await rotate(circle, { change: { kind: "admit", candidate } });
  } else {
    await act(circle, { kind: "admit", candidate });
  }
  const device = activeDevice(circle.state(), found.request.device.id);
  if (device === undefined) throw new UsageError("candidate.unknown", "the candidate was not admitted");
  await welcomeBy(circle, found.invite.key, device);
}

/** Suspends a member at once: alone where it is no coordinator, otherwise with another organization. */
export async function suspend(circle: Circle, member: MemberId): Promise<Done> {
  const change: Change = { kind: "suspend", member };
  if (circle.state().members.get(member)?.role === "coordinator") return carriedOrOpen(circle, change);
  await rotate(circle, { change });
  return { done: true };
}

/** A second coordinator stands behind a suspension. */
export async function confirm(circle: Circle, member: MemberId): Promise<void> {
  await act(circle, { kind: "confirm", member });
}

/** Ends a suspension, alone where that is allowed, and serves the member's devices the current seed. */
export async function reinstate(circle: Circle, member: MemberId): Promise<Done> {
  const suspension = circle.state().members.get(member)?.suspension;
  if (suspension?.confirmed === true) return carriedOrOpen(circle, { kind: "reinstate", member });
  await act(circle, { kind: "reinstate", member });
  const state = circle.state();
  for (const device of state.devices.values()) {
    const active = device.member === member ? activeDevice(state, device.id) : undefined;
    if (active !== undefined) await serve(circle, active);
  }
  return { done: true };
}

/** Removes a member or an organization: at once where one's word carries, otherwise a proposal. */
export function remove(circle: Circle, target: Target): Promise<Done> {
  return carriedOrOpen(circle, { kind: "remove", target });
}

/** Gives a member a role, by quorum. */
export function setRole(circle: Circle, member: MemberId, role: Role): Promise<Done> {
  return carriedOrOpen(circle, { kind: "role", member, role });
}

/** Changes the policy, by quorum. */
export function setPolicy(circle: Circle, policy: Extract<Change, { kind: "policy" }>["policy"]): Promise<Done> {
  return carriedOrOpen(circle, { kind: "policy", policy });
}

/** Says how trust in an organization or member ends; for one's own at once, for others by quorum. */
export async function mark(circle: Circle, target: Target, as: MarkKind, since?: number): Promise<Done> {
  const body = { target, as, ...(since === undefined ? {} : { since }) };
  if (!marksItself(circle.state(), circle.me(), target)) return carriedOrOpen(circle, { kind: "mark", mark: body });
  await act(circle, { kind: "mark", mark: body });
  return { done: true };
}

/** Ends the authority of another device of one's own member. A coordinator's client then rotates. */
export async function revokeDevice(circle: Circle, device: DeviceId): Promise<void> {
  await act(circle, { kind: "device-revoke", device });
  await rotateIfOwed(circle);
}

/** Makes the rotation that a revoked device leaves owed, if this device's member is a coordinator (§6). */
export async function rotateIfOwed(circle: Circle): Promise<boolean> {
  if (circle.state().owed.length === 0 || circle.me().role !== "coordinator") return false;
  await rotate(circle);
  return true;
}

/** Replaces the organization's key by another whose seed is given; the old one signs. */
export async function replaceOrganizationKey(circle: Circle, seed: Bytes): Promise<void> {
  const { crypto } = circle.platform;
  const { organization } = circle.me();
  const key = toId<PublicKey>(crypto.signingKey(seed));
  const message = orgKeyMessage(circle.id, idBytes(organization), idBytes(key));
  const old = requireOrganizationSeed(circle.identity) as SigningSeed;
  const orgKey = {
    organization,
    key,
    proof: crypto.sign(seed as SigningSeed, message),
    signature: crypto.sign(old, message),
  };
  await act(circle, { kind: "org-key", orgKey });
}

/** Moves log time: states this device's hour while others wait for a window (§5). */
export async function tick(circle: Circle): Promise<void> {
  await act(circle, { kind: "tick" });
}

/** Says that this member is there. */
export async function checkIn(circle: Circle): Promise<void> {
  await say(circle, [{ kind: "check-in", tlp: "TLP:AMBER" }]);
}

/** Whether a check-in is due: this device wrote nothing for six sevenths of the interval. */
export function checkInDue(circle: Circle): boolean {
  const last = circle.ledger.lastWritten.get(circle.device) ?? 0;
  const interval = 24 * circle.state().policy.checkInDays;
  return hourOf(circle.platform) - last >= Math.floor((interval * 6) / 7);
}

/** Members of whom nothing came for the check-in interval: perhaps detained. */
export function missedCheckIns(circle: Circle): readonly MemberId[] {
  const state = circle.state();
  const limit = hourOf(circle.platform) - 24 * state.policy.checkInDays;
  return [...state.members.values()]
    .filter((member) => member.status === "active")
    .filter((member) => {
      const devices = [...state.devices.values()].filter((d) => d.member === member.id);
      return Math.max(member.sinceLogTime, ...devices.map((d) => circle.ledger.lastWritten.get(d.id) ?? 0)) < limit;
    })
    .map((member) => member.id);
}

/**
 * Has a statement erased. One's own by its token, at once; another's by a control key, held for seven days
 * unless as many groups sign as the circle needs (§5).
 */
export async function erase(circle: Circle, position: number): Promise<"erased" | "held"> {
  const found = circle.ledger.record(position);
  if (found === undefined)
    throw new UsageError("statement.unknown", "there is no statement at this position that this device can read");
  if (found.device === circle.device && found.relayedBy === undefined) {
    const token = eraseToken(circle, found.statement.id);
    await act(circle, { kind: "erase", positions: [position] }, { erases: [{ position, token }] });
    return "erased";
  }
  const { crypto } = circle.platform;
  const key = toId<PublicKey>(crypto.signingKey(circle.secrets.control));
  const signature = crypto.sign(circle.secrets.control, eraseMessage(circle.id, [position]));
  await act(
    circle,
    { kind: "erase", positions: [position] },
    { erases: [{ position }], signatures: [{ key, signature }] },
  );
  return circle.state().erased.get(position)?.pendingSince === undefined ? "erased" : "held";
}

/** Stops an erasure on hold: another control key than the one that asked for it. */
export async function cancelErasure(circle: Circle, position: number): Promise<void> {
  const pending = circle.state().erased.get(position);
  if (pending?.pendingSince === undefined)
    throw new UsageError("erase.none", "no erasure is on hold for this statement");
  const { crypto } = circle.platform;
  const key = toId<PublicKey>(crypto.signingKey(circle.secrets.control));
  const cancels = [pending.by];
  const signature = crypto.sign(circle.secrets.control, cancelMessage(circle.id, cancels));
  await act(circle, { kind: "erase", positions: [], cancels }, { cancels, signatures: [{ key, signature }] });
}

/** The first position whose log time reaches an hour: what `under duress since` proposes (§6). */
export function positionSince(circle: Circle, hour: number): number {
  const found = circle.statements().find((s) => s.hour >= hour);
  return found?.position ?? circle.state().position;
}
