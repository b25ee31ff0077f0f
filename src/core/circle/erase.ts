import type { PublicKey } from "../codec/index.ts";
import { checkCancel, checkErasure, holdHours } from "../log/erasure.ts";
import type { Act, Outcome } from "./entry.ts";
import type { BodyOf } from "./format.ts";
import type { CircleState, Erased } from "./state.ts";

/**
 * `erase`: an author's token, or control keys, drop statements; another key stops what is on hold. The
 * host enforces the same rule from the header; here it says which missing bytes are lawful (§5).
 */
export function erase({ state, entry, body, judge }: Act<BodyOf<"erase">>): Outcome {
  const { header } = entry;
  const erased = new Map<number, Erased>(state.erased);
  try {
    if (header.erases !== undefined) {
      const order = header.erases.map(({ position }) => position);
      if (order.length !== body.positions.length || order.some((p, i) => p !== body.positions[i])) return "malformed";
      const judged = checkErasure(state.acl, header, (position) =>
        // What comes later is not there for everybody who reads this.
        position < entry.position ? judge.header(position) : undefined,
      );
      if (!judged.claims.every(judge.verify)) return "signature";
      const signers: readonly PublicKey[] = judged.claims.map((claim) => claim.key);
      for (const position of judged.atOnce) erased.set(position, { by: entry.position, signers });
      for (const position of judged.held) {
        if (!erased.has(position)) {
          erased.set(position, { by: entry.position, pendingSince: state.logTime, signers });
        }
      }
    } else {
      const claims = checkCancel(state.acl, header, (by) => pendingSigners(state, by));
      if (!claims.every(judge.verify)) return "signature";
      for (const [position, held] of state.erased) {
        if (!isFinal(state, held) && header.cancels?.includes(held.by) === true) erased.delete(position);
      }
    }
  } catch {
    return "erased";
  }
  return { ...state, erased };
}

/** Whether a statement is erased for good: at once, or because its hold has run out in log time. */
export function isFinal(state: CircleState, { pendingSince }: Erased): boolean {
  return pendingSince === undefined || state.logTime >= pendingSince + holdHours;
}

function pendingSigners(state: CircleState, by: number): readonly PublicKey[] | undefined {
  for (const found of state.erased.values()) if (found.by === by && !isFinal(state, found)) return found.signers;
  return undefined;
}
