/*
 * The state of a circle that every request needs. Kept in memory, and never trusted: a read compares the row's
 * size and version first, an append meets the primary key (circle, position) where somebody was faster. So
 * any number of processes may serve one database.
 */
import { type Bytes, type CircleId, decode, type Limits } from "../core/codec/index.ts";
import {
  type Acl,
  acl as aclShape,
  checkpointBody,
  checkpointOrigin,
  type Frontier,
  formatCheckpoint,
  mostEntryBytes,
  readFrontier,
  rootNodes,
  treeRoot,
} from "../core/log/index.ts";
import type { NoteSigner } from "./options.ts";
import { type Standing, standingOf } from "./standing.ts";
import type { CircleRow, Store } from "./store/index.ts";

export type CircleState = {
  readonly circle: CircleId;
  readonly frontier: Frontier;
  readonly acl: Acl;
  readonly erasures: number;
  readonly known: number;
  readonly bytes: number;
  readonly controlBytes: number;
  readonly standing: Standing;
};

export type Circles = {
  /** The state now; `undefined` where there is no such circle. */
  readonly read: (circle: CircleId) => Promise<CircleState | undefined>;
  /** The state as this process last knew it. */
  readonly recall: (circle: CircleId) => Promise<CircleState | undefined>;
  readonly remember: (state: CircleState) => void;
  readonly forget: (circle: CircleId) => void;
  /** The signed checkpoint of the head, or of an earlier `size`. */
  readonly checkpoint: (state: CircleState, size?: number) => Promise<Bytes>;
};

/** Circles kept in memory: a state is some kilobytes. */
const mostRemembered = 2000;

const aclLimits: Limits = { size: mostEntryBytes, depth: 6 };

/** The frontier of the tree of `size` leaves, from the store. */
export async function frontierAt(store: Store, circle: CircleId, size: number): Promise<Frontier> {
  return readFrontier(size, await store.nodes(circle, rootNodes(size)));
}

export function createCircles(store: Store, signer: NoteSigner): Circles {
  const remembered = new Map<CircleId, CircleState>();
  const heads = new Map<CircleId, { readonly size: number; readonly note: Promise<Bytes> }>();

  const remember = (state: CircleState) => {
    remembered.delete(state.circle);
    remembered.set(state.circle, state);
    if (remembered.size > mostRemembered) {
      const oldest = remembered.keys().next().value as CircleId;
      remembered.delete(oldest);
      heads.delete(oldest);
    }
  };

  const stateOf = async (circle: CircleId, row: CircleRow): Promise<CircleState> => {
    const known = remembered.get(circle);
    const { erasures, known: indexed, bytes, controlBytes } = row;
    return {
      circle,
      erasures,
      known: indexed,
      bytes,
      controlBytes,
      standing: standingOf(row),
      acl: known?.acl.accessVersion === row.accessVersion ? known.acl : decode(aclShape, row.acl, aclLimits),
      frontier: known?.frontier.size === row.size ? known.frontier : await frontierAt(store, circle, row.size),
    };
  };

  const read = async (circle: CircleId): Promise<CircleState | undefined> => {
    const row = await store.circle(circle);
    if (row === undefined) return undefined;
    const state = await stateOf(circle, row);
    // An append may have ended while this was read: what is newer stays.
    if ((remembered.get(circle)?.frontier.size ?? 0) <= state.frontier.size) remember(state);
    return state;
  };

  const sign = async (circle: CircleId, frontier: Frontier): Promise<Bytes> => {
    const origin = checkpointOrigin(circle);
    const body = checkpointBody(origin, frontier.size, treeRoot(frontier));
    return formatCheckpoint(body, origin, signer.publicKey, await signer.sign(body));
  };

  return {
    read,
    recall: async (circle) => remembered.get(circle) ?? read(circle),
    remember,
    forget: (circle) => {
      remembered.delete(circle);
    },
    checkpoint: async (state, size = state.frontier.size) => {
      const { circle, frontier } = state;
      if (size !== frontier.size) return sign(circle, await frontierAt(store, circle, size));
      const head = heads.get(circle);
      if (head?.size === size) return head.note;
      const note = sign(circle, frontier);
      heads.set(circle, { size, note });
      note.catch(() => heads.delete(circle));
      return note;
    },
  };
}
