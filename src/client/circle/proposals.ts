import {
  type Change,
  carries,
  controlMessage,
  countsAtHost,
  keysAfterChange,
  type OpenProposal,
  type Proposal,
  proposalHash,
  proposal as proposalShape,
} from "../../core/circle/index.ts";
import { type Bytes, encode, fromHex, type PublicKey, toHex, toId, UsageError } from "../../core/codec/index.ts";
import { verifyClaim } from "../../core/crypto/index.ts";
import { type ControlSignature, checkMove, groupOf, type MoveOrder } from "../../core/log/index.ts";
import type { Circle } from "./circle.ts";
import { rotate } from "./rotate.ts";
import { act } from "./write.ts";

/** Changes that end or give somebody the right to read, and so begin a new epoch. */
const rotating: ReadonlySet<Change["kind"]> = new Set(["remove", "suspend", "reinstate", "admit", "keys"]);

/** Whether a proposal is carried out by a rotation, which a coordinator makes. */
export function needsRotation({ proposal: { change, keys } }: OpenProposal): boolean {
  return keys !== undefined || rotating.has(change.kind);
}

function controlSignature(circle: Circle, id: Bytes, proposal: Proposal): { readonly signature?: ControlSignature } {
  const { crypto } = circle.platform;
  const key = toId<PublicKey>(crypto.signingKey(circle.secrets.control));
  const message = controlMessage(circle.id, id, proposal);
  if (message === undefined || !countsAtHost(circle.state(), key)) return {};
  const signature = crypto.sign(circle.secrets.control, message);
  return { signature: { key, proposal: id, signature } };
}

/** Proposals that wait for approvals or their window. */
export function openProposals(circle: Circle): readonly OpenProposal[] {
  return [...circle.state().proposals.values()].filter((open) => !open.executed);
}

/** An open proposal by the beginning of its id. Throws `UsageError` `proposal.unknown`. */
export function findProposal(circle: Circle, name: string): OpenProposal {
  const found = openProposals(circle).filter((open) => open.id.startsWith(name));
  const [only] = found;
  if (only === undefined || found.length > 1 || name === "") {
    throw new UsageError("proposal.unknown", "no open proposal, or more than one, begins like this: see circle show");
  }
  return only;
}

/** Puts a change to the vote; the proposer approves by it. Returns the proposal's id. */
export async function propose(circle: Circle, change: Change): Promise<string> {
  const state = circle.state();
  const judge = { verify: (claim: Parameters<typeof verifyClaim>[1]) => verifyClaim(circle.platform.crypto, claim) };
  const device = state.devices.get(circle.device);
  if (device === undefined) throw new UsageError("circle.ended", "this device may no longer act in the circle");
  const after = keysAfterChange(state, change, { device, member: circle.me() }, judge);
  if (typeof after === "string")
    throw new UsageError(`circle.void.${after}`, "the circle's rules do not allow this change");
  const proposal: Proposal = { nonce: circle.platform.random(16), change, ...after };
  const bytes = encode(proposalShape, proposal);
  const id = proposalHash(circle.id, bytes);
  await act(circle, { kind: "propose", proposal: bytes, ...controlSignature(circle, id, proposal) });
  return toHex(id);
}

/** Approves an open proposal, with this device's control key where hosts have to know. */
export async function approve(circle: Circle, name: string): Promise<void> {
  const open = findProposal(circle, name);
  const id = fromHex(open.id) as Bytes;
  await act(circle, { kind: "approve", proposal: id, ...controlSignature(circle, id, open.proposal) });
}

/** Vetoes an open proposal: one more window, one more approval. */
export async function veto(circle: Circle, name: string): Promise<void> {
  await act(circle, { kind: "veto", proposal: fromHex(findProposal(circle, name).id) as Bytes });
}

/** What a proposal's approvals order hosts to do (§10): the host it names to take the circle, every other to let it go. */
export function orderOf(circle: Circle, open: OpenProposal, host: PublicKey): MoveOrder | undefined {
  const { acl } = circle.state();
  const order = { host, signatures: open.signatures.filter(({ key }) => groupOf(acl, key) !== undefined) };
  try {
    checkMove(acl, circle.id, order);
    return order;
  } catch {
    return undefined;
  }
}

/** Throws `UsageError` `move.signatures`: once it is carried out nobody can approve it any more. */
function requireOrder(circle: Circle, open: OpenProposal, host: PublicKey): void {
  if (orderOf(circle, open, host) !== undefined) return;
  throw new UsageError(
    "move.signatures",
    "too few control keys have signed this move: more coordinators or reserves must approve",
  );
}

/** Carries out a proposal that has what it needs; in a rotation where it ends or gives rights, or changes keys. */
export async function execute(circle: Circle, name: string): Promise<void> {
  const open = findProposal(circle, name);
  const { change } = open.proposal;
  // Asked before anything is sent: the host cannot judge a quorum, and a rotation that is void locks everybody out.
  if (!carries(circle.state(), open, circle.me().role === "coordinator")) {
    throw new UsageError(
      "circle.void.quorum",
      "this is not carried yet: others must approve, or the window has not passed",
    );
  }
  if (change.kind === "host") requireOrder(circle, open, change.host.key);
  if (needsRotation(open)) return rotate(circle, { proposal: open });
  const proposal = fromHex(open.id) as Bytes;
  switch (change.kind) {
    case "role":
    case "policy":
    case "host":
    case "mark":
    case "org-key":
      await act(circle, { kind: change.kind, proposal });
      return;
    default:
      throw new UsageError("proposal.kind", "this change is carried by a rotation");
  }
}

/**
 * Proposes a change and carries it out at once where the proposer's word is enough (until others could vote).
 * Returns the id of the proposal, and whether it is done.
 */
export async function decideOrPropose(
  circle: Circle,
  change: Change,
): Promise<{ readonly id: string; readonly done: boolean }> {
  const id = await propose(circle, change);
  try {
    await execute(circle, id);
    return { id, done: true };
  } catch (error) {
    const waiting =
      error instanceof UsageError && (error.code === "circle.void.quorum" || error.code === "rotate.signatures");
    if (!waiting) throw error;
    return { id, done: false };
  }
}
