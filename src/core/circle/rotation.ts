import { equal } from "../codec/index.ts";
import { sameKeys } from "../log/acl.ts";
import { applyChange } from "./changes.ts";
import type { Act, Author, OpenedEntry, Outcome, VoidReason } from "./entry.ts";
import type { BodyOf, Change } from "./format.ts";
import { keysAreHeld } from "./keys.ts";
import { isActive, sortDevices, wasActive } from "./members.ts";
import { targeted } from "./quorum.ts";
import type { CircleState, Device, Verified } from "./state.ts";
import { carriedProposal } from "./votes.ts";

/** Changes that one coordinator may make in a rotation without a vote. */
const aloneKinds: ReadonlySet<Change["kind"]> = new Set(["suspend", "reinstate", "admit"]);

/**
 * The devices that a rotation must wrap its seed to: those active at `seenSize`, after the change. What
 * was added later is served by mailbox; what ended later leaves a rotation owed (§6).
 */
export function rotationDevices(
  state: CircleState,
  after: CircleState,
  change: Change | undefined,
  seenSize: number,
): readonly Verified<Device>[] {
  const out = new Set<string>();
  if (change?.kind === "remove") for (const member of targeted(state, change.target)) out.add(member.id);
  if (change?.kind === "suspend") out.add(change.member);
  const devices = [...state.devices.values()].filter((d) => wasActive(d, seenSize) && !out.has(d.member));
  const known = new Set(devices.map((d) => d.id));
  if (change?.kind === "reinstate" || change?.kind === "admit") {
    for (const device of after.devices.values()) {
      const before = state.devices.get(device.id);
      const gained = isActive(device) && (before === undefined || !isActive(before));
      if (gained && !known.has(device.id)) devices.push(device);
    }
  }
  return sortDevices(devices) as readonly Verified<Device>[];
}

/** The change that a rotation carries, and the state with it made. */
function carriedChange(
  state: CircleState,
  author: Author,
  body: BodyOf<"rotate">,
  entry: OpenedEntry,
  act: Pick<Act<unknown>, "judge" | "aclBefore">,
): { readonly after: CircleState; readonly change?: Change } | VoidReason {
  const { acl, signatures = [] } = entry.header;
  if (acl === undefined) return "acl";
  const keysKept = sameKeys(acl, act.aclBefore);
  const context = { position: entry.position, by: author.member, judge: act.judge };
  const { proposal: id } = body;
  if (id !== undefined) {
    if (body.change !== undefined) return "malformed";
    const carried = carriedProposal(state, author, id);
    if (typeof carried === "string") return carried;
    const { change, keys } = carried.proposal;
    if (keys === undefined ? !keysKept : !(sameKeys(acl, { ...keys }) && acl.keysVersion === keys.keysVersion))
      return "acl";
    if (signatures.some(({ proposal }) => proposal !== undefined && !equal(proposal, id))) return "acl";
    const after = applyChange(carried.state, change, { ...context, carried: true });
    if (typeof after === "string") return after;
    return keys === undefined || keysAreHeld(after, keys) ? { after, change } : "acl";
  }
  if (!keysKept) return "acl";
  if (body.change === undefined) return { after: state };
  if (!aloneKinds.has(body.change.kind)) return "quorum";
  const after = applyChange(state, body.change, { ...context, carried: false });
  return typeof after === "string" ? after : { after, change: body.change };
}

/** `rotate`: a coordinator's; begins the epoch that its acl names, with the change it carries. */
export function rotate(act: Act<BodyOf<"rotate">>): Outcome {
  const { state, author, body, entry, judge } = act;
  const { acl, blobs } = entry.header;
  const current = state.epochs.at(-1);
  if (author.member.role !== "coordinator") return "role";
  if (acl === undefined || current === undefined || state.acl !== acl) return "acl";
  if (acl.access !== body.commitment.access) return "acl";
  if (body.previous !== current.position || entry.seenSize <= current.position) return "rotation";
  if (blobs.length !== body.wraps.length || blobs.some((hash, i) => hash !== body.wraps[i])) return "rotation";
  const made = carriedChange(state, author, body, entry, act);
  if (typeof made === "string") return made;
  const devices = rotationDevices(state, made.after, made.change, entry.seenSize);
  if (!judge.rotation({ ...entry, body }, devices)) return "rotation";
  const wrapped = new Set(devices.map((d) => d.id));
  const owed = [...wrapped].filter((id) => {
    const device = made.after.devices.get(id);
    return device === undefined || !isActive(device);
  });
  return {
    ...made.after,
    epochs: [
      ...state.epochs,
      { number: acl.epoch, position: entry.position, from: current.number, commitment: body.commitment },
    ],
    linkDue: { author: author.device.id, position: entry.position + 1 },
    owed,
  };
}

/** `link`: right behind its rotation, by the same device. What it holds was judged with the rotation. */
export function link({ state, author, entry }: Act<BodyOf<"link">>): Outcome {
  const { linkDue, ...rest } = state;
  if (linkDue === undefined || linkDue.position !== entry.position || linkDue.author !== author.device.id)
    return "rotation";
  return rest;
}

/** `confirm`: a second coordinator of another organization stands behind a suspension. */
export function confirm({ state, author, body }: Act<BodyOf<"confirm">>): Outcome {
  const member = state.members.get(body.member);
  const suspension = member?.suspension;
  if (member === undefined || suspension === undefined || suspension.confirmed) return "unknown";
  if (author.member.role !== "coordinator") return "role";
  const by = state.members.get(suspension.by);
  const person = state.policy.kind === "organization";
  const same = (a: { id: string; organization: string } | undefined) =>
    a !== undefined && (person ? a.id === author.member.id : a.organization === author.member.organization);
  if (same(by) || same(member)) return "concerned";
  const members = new Map(state.members).set(member.id, { ...member, suspension: { ...suspension, confirmed: true } });
  return { ...state, members };
}

/** `reinstate`: ends a suspension outside a rotation; the devices get the seed by mailbox. */
export function reinstate({ state, author, body, entry, judge }: Act<BodyOf<"reinstate">>): Outcome {
  if (author.member.role !== "coordinator") return "role";
  const context = { position: entry.position, by: author.member, carried: false, judge };
  return applyChange(state, { kind: "reinstate", member: body.member }, context);
}
