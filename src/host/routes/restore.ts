import type { Hono } from "hono";
import { type CircleId, decode, encode, equal, type PublicKey } from "../../core/codec/index.ts";
import {
  type Acl,
  appendLeaves,
  checkMove,
  checkpointClaim,
  decodeHeader,
  type ErasureWitness,
  entryLeaf,
  eraseHashOf,
  groupOf,
  type MoveOrder,
  mediaType,
  parseCheckpoint,
  type RestoreRequest,
  restored,
  restoreRequest,
  sealedHashOf,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from "../../core/log/index.ts";
import { authenticate, idInPath, type Right, rightOf } from "../access.ts";
import { readBody } from "../body.ts";
import type { CircleState } from "../circles.ts";
import { frontierAt } from "../circles.ts";
import { type Host, hourOf } from "../host.ts";
import { allValid, judgeGenesis, receive } from "../judge.ts";
import { Problem } from "../problem.ts";
import { receiveTaken, type Taken } from "../replay.ts";
import { standingRow } from "../standing.ts";
import { takeFounding } from "../strangers.ts";
import { openedIfDue, stand } from "../taking.ts";
import { answer, requireType } from "./answer.ts";
import { checkToken } from "./circles.ts";
import { takeRate } from "./entries.ts";

type Cover = NonNullable<RestoreRequest["cover"]>;

const refused = () => new Problem("restore-refused");

/**
 * `POST /v1/circles/:id/restore` (§10): gives a restored host back what it lost, under a checkpoint that it signed
 * itself; brings the log of a circle that moves here; and says where a circle has chosen to be.
 */
export function restore(app: Hono, host: Host): void {
  const { limits } = host;
  // The witnesses of erasures come on top.
  const mostBody = 2 * (limits.batchBytes + 64 * limits.batchEntries);

  app.post("/v1/circles/:id/restore", async (c) => {
    const { raw } = c.req;
    const signed = await authenticate(host, raw);
    const circle = idInPath<CircleId>(c.req.param("id"));
    if (signed.digest === undefined) throw new Problem("unauthorized");
    const known = await host.circles.read(circle);
    const right = known === undefined ? undefined : await restoreRight(host, known, signed.key);
    // A circle that is new here is founded by this, and needs what founding needs.
    if (known === undefined) checkToken(host, raw);
    requireType(raw, mediaType);
    const owner = known === undefined ? "foundings" : circle;
    const body = await readBody(host, owner, raw, mostBody, signed.digest);
    const request = decode(restoreRequest, body, { size: mostBody, depth: 8 });
    if (request.entries.length > limits.batchEntries) throw new Problem("too-large");

    let state =
      known ?? (await arrive(host, circle, signed.key, request, () => takeFounding(host, host.source(raw, c.env))));
    if (right !== undefined) takeRate(host, circle, signed.key, right, 1);
    const entries = request.entries.map((entry) => receiveTaken(entry, circle, limits));
    const fresh = entries.slice(Math.max(0, state.frontier.size - request.from));
    if (request.from > state.frontier.size) throw refused();
    if (fresh.length > 0) {
      if (state.standing.kind !== "arriving") await requireCovered(host, state, fresh, request);
      // What comes without a checkpoint of this host's is taken on the word of a control key alone.
      else if (right !== undefined && right.kind !== "control") throw new Problem("forbidden");
      state = await host.restorer.take(state, fresh);
    }
    if (request.cover !== undefined) state = await confirm(host, state, signed.key, request.cover);
    if (request.order !== undefined) state = await follow(host, state, request.order);
    state = await openedIfDue(host, state);
    return answer(c, encode(restored, { size: state.frontier.size, standing: state.standing.kind }));
  });
}

/** Any key of the circle; of who brings it here, as long as it arrives, what a control key may. Throws `Problem` `unauthorized`. */
async function restoreRight(host: Host, state: CircleState, key: PublicKey): Promise<Right> {
  if (state.standing.kind === "arriving" && state.standing.mover === key) return { kind: "control" };
  return rightOf(host, state, key);
}

/** Founds a circle that comes from elsewhere, with its genesis. */
async function arrive(
  host: Host,
  circle: CircleId,
  mover: PublicKey,
  { from, entries }: RestoreRequest,
  takeIn: () => void,
): Promise<CircleState> {
  const [first] = entries;
  if (from !== 0 || first === undefined) throw new Problem("unauthorized");
  const { state, change } = await judgeGenesis(host, circle, receive(first, circle, host.limits));
  takeIn();
  const standing = { kind: "arriving", hour: hourOf(host), mover } as const;
  await host.store.found(change, hourOf(host), standingRow(standing));
  const arrived: CircleState = { ...state, standing };
  host.circles.remember(arrived);
  return arrived;
}

/** A checkpoint that this host signed. Throws `Problem` or `PeerFault` where it did not. */
async function ownCheckpoint(host: Host, circle: CircleId, note: Uint8Array) {
  const checkpoint = parseCheckpoint(note);
  if (!(await allValid(host.verify, [checkpointClaim(checkpoint, circle, host.key)]))) throw refused();
  return checkpoint;
}

/** Throws `Problem` `restore-refused` unless the state with `fresh` behind it begins a log that this host signed. */
async function requireCovered(
  host: Host,
  state: CircleState,
  fresh: readonly Taken[],
  { cover, erased = [] }: RestoreRequest,
): Promise<void> {
  if (cover === undefined) throw refused();
  const head = await ownCheckpoint(host, state.circle, cover.checkpoint);
  const { frontier } = appendLeaves(
    state.frontier,
    fresh.map(({ hash }) => hash),
  );
  if (!verifyConsistency(frontier.size, treeRoot(frontier), head.size, head.root, cover.proof)) throw refused();
  for (const [i, entry] of fresh.entries()) {
    const position = state.frontier.size + i;
    if (entry.sealed !== null) continue;
    if (!erased.some((witness) => witnesses(witness, state.acl, position, entry, head))) throw refused();
  }
}

/**
 * Whether an erase entry that this host took, further on in the log, dropped the entry at `erasedAt` at once: otherwise
 * whoever is first to give a tail back could drop what nobody erased, or what was only on hold.
 */
function witnesses(
  { position, entry, proof }: ErasureWitness,
  acl: Acl,
  erasedAt: number,
  { header }: Taken,
  head: { readonly size: number; readonly root: Uint8Array },
): boolean {
  const leaf = entryLeaf(entry.header, sealedHashOf(entry));
  if (!verifyInclusion(leaf, position, head.size, proof, head.root)) return false;
  const { erases = [], signatures = [] } = decodeHeader(entry.header);
  const order = erases.find((one) => one.position === erasedAt);
  if (order === undefined) return false;
  const { token } = order;
  if (token !== undefined) return header.eraseHash !== undefined && equal(eraseHashOf(token), header.eraseHash);
  // Its signatures were checked when it was taken; how many groups they are from says whether it was held.
  const groups = new Set(signatures.map(({ key }) => groupOf(acl, key)).filter((group) => group !== undefined));
  return groups.size >= acl.need;
}

/** Notes that a control or reserve key has no more of a restored log than what the host holds. */
async function confirm(host: Host, state: CircleState, key: PublicKey, { checkpoint }: Cover): Promise<CircleState> {
  const { standing, frontier, acl, circle } = state;
  if (standing.kind !== "restored" || groupOf(acl, key) === undefined || standing.confirmed.includes(key)) return state;
  const head = await ownCheckpoint(host, circle, checkpoint);
  if (head.size > frontier.size) return state;
  if (!equal(treeRoot(await frontierAt(host.store, circle, head.size)), head.root)) throw refused();
  return stand(host, state, { ...standing, confirmed: [...standing.confirmed, key] });
}

/** Does what `need` groups of control keys have agreed on: opens a circle that has arrived, closes one that leaves. */
async function follow(host: Host, state: CircleState, order: MoveOrder): Promise<CircleState> {
  const claims = checkMove(state.acl, state.circle, order);
  if (!(await allValid(host.verify, claims))) throw new Problem("move-refused");
  if (order.host !== host.key) return stand(host, state, { kind: "left" });
  return state.standing.kind === "arriving" ? stand(host, state, { kind: "open" }) : state;
}
