import { type Bytes, type CircleId, equal, type PublicKey, toHex } from "../codec/index.ts";
import { groupOf, keysMessage, sameKeys } from "../log/acl.ts";
import type { ControlSignature } from "../log/format.ts";
import { moveMessage } from "../log/move.ts";
import { applyChange, replaceOrgKey, setMark } from "./changes.ts";
import type { Act, Author, Judge, Outcome } from "./entry.ts";
import type { BodyOf, Change, KeysAfter, Proposal, Target } from "./format.ts";
import { expectedKeys } from "./keys.ts";
import { voterOf } from "./logtime.ts";
import { withEntry } from "./members.ts";
import { decodeProposal, proposalHash } from "./proofs.ts";
import { carries, concerned, mayVote } from "./quorum.ts";
import type { CircleState, Member, OpenProposal } from "./state.ts";

/** Changes that are put to the vote; admission has sponsors instead. */
const votable = (change: Change): boolean => change.kind !== "admit";

/**
 * The keys that a change would leave for the host to enforce; `undefined` where it leaves them as they
 * are, a reason where the change itself cannot be made.
 */
export function keysAfterChange(
  state: CircleState,
  change: Change,
  author: Author,
  judge: Pick<Judge, "verify">,
): { readonly keys?: KeysAfter } | string {
  const context = { position: state.position, by: author.member, carried: true, judge };
  const after = applyChange(state, change, context);
  if (typeof after === "string") return after;
  // Where the circle is says nothing of whose keys count: its approvals are for the hosts (§10).
  if (change.kind === "host") return {};
  const keys = expectedKeys(after, state.acl.keysVersion + 1);
  return sameKeys({ ...keys }, state.acl) ? {} : { keys };
}

/** What a control key signs with an approval, for hosts to see: the keys that a change leaves, or the host that it names. */
export function controlMessage(circle: CircleId, id: Uint8Array, { change, keys }: Proposal): Bytes | undefined {
  if (keys !== undefined) return keysMessage(circle, id, keys);
  return change.kind === "host" ? moveMessage(circle, id, change.host.key) : undefined;
}

function approvalHolds(
  state: CircleState,
  author: Author,
  id: Uint8Array,
  proposal: Proposal,
  signature: ControlSignature | undefined,
  judge: Judge,
): boolean {
  if (signature === undefined) return true;
  const message = controlMessage(state.circle, id, proposal);
  if (message === undefined || signature.key !== author.device.keys.control) return false;
  if (signature.proposal === undefined || !equal(signature.proposal, id)) return false;
  return judge.verify({ key: signature.key, message, signature: signature.signature });
}

/** `propose`: a coordinator's or a reserve's; counts as the proposer's approval. */
export function propose({ state, author, body, entry, judge }: Act<BodyOf<"propose">>): Outcome {
  if (!mayVote(state, author.member)) return "role";
  let proposal: Proposal;
  try {
    proposal = decodeProposal(body.proposal);
  } catch {
    return "malformed";
  }
  const hash = proposalHash(state.circle, body.proposal);
  const id = toHex(hash);
  if (state.proposals.has(id)) return "duplicate";
  if (!votable(proposal.change)) return "malformed";
  const after = keysAfterChange(state, proposal.change, author, judge);
  if (typeof after === "string") return "unknown";
  if (!sameProposedKeys(after.keys, proposal.keys)) return "acl";
  if (!approvalHolds(state, author, hash, proposal, body.signature, judge)) return "signature";
  const made: OpenProposal = {
    id,
    proposal,
    by: author.member.id,
    position: entry.position,
    logTime: state.logTime,
    approvals: [voterOf(state, author.member)],
    signatures: body.signature === undefined ? [] : [body.signature],
    vetoed: false,
    executed: false,
  };
  return { ...state, proposals: withEntry(state.proposals, id, made) };
}

function sameProposedKeys(a: KeysAfter | undefined, b: KeysAfter | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.keysVersion === b.keysVersion && sameKeys(a, b);
}

function openProposal(state: CircleState, id: Uint8Array): OpenProposal | undefined {
  const open = state.proposals.get(toHex(id));
  return open?.executed === false ? open : undefined;
}

/** `approve`: once per organization, by nobody whom the change concerns. */
export function approve({ state, author, body, judge }: Act<BodyOf<"approve">>): Outcome {
  const open = openProposal(state, body.proposal);
  if (open === undefined) return "unknown";
  if (!mayVote(state, author.member)) return "role";
  const voter = voterOf(state, author.member);
  if (concerned(state, open.proposal.change).has(voter)) return "concerned";
  if (open.approvals.includes(voter)) return "duplicate";
  if (!approvalHolds(state, author, body.proposal, open.proposal, body.signature, judge)) return "signature";
  const approvals = [...open.approvals, voter];
  const signatures = body.signature === undefined ? open.signatures : [...open.signatures, body.signature];
  return { ...state, proposals: withEntry(state.proposals, open.id, { ...open, approvals, signatures }) };
}

/** `veto`: adds one window; after it one more approval is needed. Takes back an own approval. */
export function veto({ state, author, body }: Act<BodyOf<"veto">>): Outcome {
  const open = openProposal(state, body.proposal);
  if (open === undefined) return "unknown";
  if (!mayVote(state, author.member)) return "role";
  const voter = voterOf(state, author.member);
  if (concerned(state, open.proposal.change).has(voter)) return "concerned";
  if (open.vetoed && !open.approvals.includes(voter)) return "duplicate";
  const approvals = open.approvals.filter((a) => a !== voter);
  return { ...state, proposals: withEntry(state.proposals, open.id, { ...open, approvals, vetoed: true }) };
}

/** A proposal that carries now, marked as executed, or why it may not be. */
export function carriedProposal(
  state: CircleState,
  author: Author,
  id: Uint8Array,
): { readonly state: CircleState; readonly proposal: Proposal } | "unknown" | "role" | "quorum" {
  const open = openProposal(state, id);
  if (open === undefined) return "unknown";
  if (!mayVote(state, author.member)) return "role";
  if (!carries(state, open, author.member.role === "coordinator")) return "quorum";
  const proposals = withEntry(state.proposals, open.id, { ...open, executed: true });
  return { state: { ...state, proposals }, proposal: open.proposal };
}

/** `role`, `policy`, `host`, `mark`, `org-key` by quorum: a carried proposal of that kind that leaves the keys as they are. */
export function execute({
  state,
  author,
  body,
  entry,
  judge,
}: Act<{ kind: Change["kind"]; proposal: Uint8Array }>): Outcome {
  const carried = carriedProposal(state, author, body.proposal);
  if (typeof carried === "string") return carried;
  const { change, keys } = carried.proposal;
  // A change of keys needs the host's consent, which only a rotation asks for.
  if (change.kind !== body.kind || keys !== undefined) return "acl";
  return applyChange(carried.state, change, { position: entry.position, by: author.member, carried: true, judge });
}

/** Whether a mark on `target` is an organization's, or where persons are counted a person's, word on itself. */
export function marksItself(state: CircleState, member: Member, target: Target): boolean {
  if (state.policy.kind === "organization") return target.kind === "member" && target.member === member.id;
  const marked = target.kind === "member" ? state.members.get(target.member)?.organization : target.organization;
  return marked === member.organization;
}

/** `mark`: an organization marks itself or its member at once; others need the quorum. */
export function mark(act: Act<BodyOf<"mark">>): Outcome {
  const { state, author, body, entry, judge } = act;
  if (body.proposal !== undefined) {
    return body.mark === undefined ? execute({ ...act, body: { kind: "mark", proposal: body.proposal } }) : "malformed";
  }
  if (body.mark === undefined) return "malformed";
  const { target } = body.mark;
  if (!marksItself(state, author.member, target) || author.member.role === "reader") return "role";
  return setMark(state, body.mark, { position: entry.position, by: author.member, carried: false, judge });
}

/** `org-key`: signed by the old key, at once; otherwise by quorum. */
export function orgKey(act: Act<BodyOf<"org-key">>): Outcome {
  const { state, author, body, entry, judge } = act;
  if (body.proposal !== undefined) {
    return body.orgKey === undefined
      ? execute({ ...act, body: { kind: "org-key", proposal: body.proposal } })
      : "malformed";
  }
  if (body.orgKey === undefined) return "malformed";
  if (body.orgKey.organization !== author.member.organization) return "role";
  return replaceOrgKey(state, body.orgKey, { position: entry.position, by: author.member, carried: false, judge });
}

/** Whether a control key counts at the host now; a new coordinator's does from the next change of keys on. */
export function countsAtHost(state: CircleState, key: PublicKey): boolean {
  return groupOf(state.acl, key) !== undefined;
}
