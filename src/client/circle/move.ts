/*
 * Moving a circle to another host (§10): its organizations vote for it like for every quorum act; the log goes there as
 * it is, so that id, tree and history stay; and both hosts are told, by control keys, where the circle is now.
 */
import { type OpenProposal, voterOf } from "../../core/circle/index.ts";
import { type CircleId, HostFault, type PublicKey, Refused, toId, UsageError } from "../../core/codec/index.ts";
import type { MoveOrder } from "../../core/log/index.ts";
import type { Identity } from "../identity/identity.ts";
import { askHost, hostClient } from "../transport/host.ts";
import type { Endpoint } from "../transport/http.ts";
import { type Circle, openCircle } from "./circle.ts";
import { type Blobs, bringBlobs, bringLog } from "./moveLog.ts";
import { circleThere, goTo } from "./moveTo.ts";
import { approve, execute, orderOf, propose } from "./proposals.ts";
import { keyAt } from "./restore.ts";

/** Where a circle moves. */
export type Moving = {
  /** The new host, as `https://…`. */
  readonly address: string;
  /** Where the new host asks for one. */
  readonly foundingToken?: string;
  /** From an exported log, for a host that is lost. */
  readonly blobs?: Blobs;
};

/** The circle at its new host, or the proposal that others have to approve in the same way. */
export type Moved =
  | { readonly done: true; readonly circle: Circle }
  /** `circle` is where the vote is held. */
  | { readonly done: false; readonly circle: Circle; readonly proposal: string };

/** Whether a circle's host is lost to its members: it does not answer, or has lied. */
const isLost = (error: unknown) =>
  error instanceof HostFault || (error instanceof Refused && error.code === "host.unreachable");

/**
 * Votes for moving a circle to another host, and moves it once the vote carries: whoever runs this last does it. Where
 * the old host still answers, the vote is held there, and it is told to take nothing more; where it is lost, the log
 * goes to the new host first and the vote is held there.
 *
 * Throws `UsageError` where this member may not vote, `HostFault` `move.behind` or `move.differs`, `Refused`.
 *
 * @example
 * const moved = await moveCircle(identity, circle.id, { address: "https://new.example" });
 * if (!moved.done) console.log("approve", moved.proposal);
 */
export async function moveCircle(identity: Identity, id: CircleId, moving: Moving): Promise<Moved> {
  const { platform } = identity;
  const circle = await openCircle(identity, id);
  const lost = await circle.sync().then(
    () => false,
    (error: unknown) => {
      if (isLost(error)) return true;
      throw error;
    },
  );
  const { address, foundingToken, blobs = new Map() } = moving;
  const to: Endpoint = { address, key: toId<PublicKey>((await askHost(platform, address)).key) };
  // Somebody else has brought it there, and this device has followed.
  if (circle.host.endpoint.key === to.key) return { done: true, circle };
  const there = hostClient(platform, to, id);
  const bring = async () => {
    await bringLog(circle, there, foundingToken);
    await bringBlobs(circle, there, blobs);
  };
  if (lost) await bring();
  const voting = lost ? await circleThere(identity, id, to) : circle;
  const vote = await voteFor(voting, to);
  if (typeof vote === "string") return { done: false, circle: voting, proposal: vote };
  if (!lost) {
    await circle.host.restore({ from: circle.ledger.raws.length, entries: [], order: vote }, circle.access());
    // From here on nothing is added at the old host: what came until now goes along.
    await circle.sync();
    await bring();
  }
  const from = voting.ledger.raws.length;
  await there.restore({ from, entries: [], order: vote }, keyAt(voting, from) ?? voting.access());
  return { done: true, circle: await goTo(identity, id, address) };
}

/** Proposals to move to a host, oldest first. */
function movesTo(circle: Circle, { key }: Endpoint): readonly OpenProposal[] {
  return [...circle.state().proposals.values()].filter(({ proposal: { change } }) => {
    return change.kind === "host" && change.host.key === key;
  });
}

/** The order that a carried vote comes to, where the circle has chosen the host. */
function carriedTo(circle: Circle, to: Endpoint): MoveOrder | undefined {
  if (circle.state().host.key !== to.key) return undefined;
  const executed = movesTo(circle, to).filter((vote) => vote.executed);
  return executed.map((vote) => orderOf(circle, vote, to.key)).find((order) => order !== undefined);
}

/** The order that the vote comes to now; otherwise the id of the proposal, which this member has then approved. */
async function voteFor(circle: Circle, to: Endpoint): Promise<MoveOrder | string> {
  const before = carriedTo(circle, to);
  if (before !== undefined) return before;
  const open = movesTo(circle, to).find((vote) => !vote.executed);
  const id = open?.id ?? (await propose(circle, { kind: "host", host: to }));
  if (open?.approvals.includes(voterOf(circle.state(), circle.me())) === false) await approve(circle, id);
  try {
    await execute(circle, id);
  } catch (error) {
    const waits = error instanceof UsageError && ["circle.void.quorum", "move.signatures"].includes(error.code);
    if (!waits) throw error;
    return id;
  }
  return carriedTo(circle, to) ?? id;
}
