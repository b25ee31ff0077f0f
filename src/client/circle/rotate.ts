import {
  activeDevice,
  applyChange,
  type Change,
  type CircleState,
  countsAtHost,
  currentEpoch,
  type OpenProposal,
  type RosterBody,
  rosterBody,
  rotationDevices,
} from "../../core/circle/index.ts";
import type { PublicKey } from "../../core/codec/index.ts";
import {
  type BlobHash,
  type Bytes,
  concat,
  encode,
  fromHex,
  Refused,
  toId,
  UsageError,
} from "../../core/codec/index.ts";
import { epochKeys, seal, sha256, verifyClaim, wrapKey } from "../../core/crypto/index.ts";
import { type Acl, accessMessage, type ControlSignature, countGroups, type Entry } from "../../core/log/index.ts";
import { commitmentOf, linkContext } from "../sync/keyring.ts";
import type { Circle } from "./circle.ts";
import { serve } from "./welcome.ts";
import {
  currentPlace,
  type Place,
  requireCounted,
  requireFresh,
  requireStored,
  rosterEntry,
  sealedEntry,
  signedInner,
} from "./write.ts";

/** What a rotation carries: a change that one may make alone, or a proposal that carries. */
export type Carried = { readonly change: Change } | { readonly proposal: OpenProposal } | undefined;

/** Devices in one blob of wraps (§6). */
const partSize = 512;
const attempts = 4;

type Plan = {
  readonly after: CircleState;
  readonly change?: Change;
  readonly acl: Acl;
  readonly approvals: readonly ControlSignature[];
};

function planOf(circle: Circle, carried: Carried, access: PublicKey): Plan {
  const state = circle.state();
  const enforced = circle.ledger.hostAcl ?? state.acl;
  const { append: _, ...before } = enforced;
  const next: Acl = { ...before, epoch: enforced.epoch + 1, accessVersion: enforced.accessVersion + 1, access };
  if (carried === undefined) return { after: state, acl: next, approvals: [] };
  const proposal = "proposal" in carried ? carried.proposal.proposal : undefined;
  const change = proposal?.change ?? ("change" in carried ? carried.change : undefined);
  if (change === undefined) throw new UsageError("rotate.change", "there is nothing to carry");
  const judge = { verify: (claim: Parameters<typeof verifyClaim>[1]) => verifyClaim(circle.platform.crypto, claim) };
  const context = { position: state.position, by: circle.me(), carried: proposal !== undefined, judge };
  const after = applyChange(state, change, context);
  if (typeof after === "string") throw new UsageError(`circle.void.${after}`, "the circle's rules do not allow this");
  const keys = proposal?.keys;
  if (keys === undefined) return { after, change, acl: next, approvals: [] };
  const { keysVersion, control, reserve, need } = keys;
  const signatures = "proposal" in carried ? carried.proposal.signatures : [];
  const held = signatures.filter(({ key }) =>
    [...state.acl.control, ...state.acl.reserve].some((group) => group.includes(key)),
  );
  if (
    countGroups(
      state.acl,
      held.map(({ key }) => key),
    ) < state.acl.need
  ) {
    throw new UsageError(
      "rotate.signatures",
      "too few control keys have signed this change: more coordinators or reserves must approve",
    );
  }
  return { after, change, acl: { ...next, keysVersion, control, reserve, need }, approvals: held };
}

/** The wraps as they are uploaded, by their hashes, which the rotation lists. */
function partsOf(wraps: readonly Bytes[]): ReadonlyMap<BlobHash, Bytes> {
  const parts = new Map<BlobHash, Bytes>();
  for (let at = 0; at < wraps.length; at += partSize) {
    const part = concat(...wraps.slice(at, at + partSize));
    parts.set(toId<BlobHash>(sha256(part)), part);
  }
  return parts;
}

async function putParts(circle: Circle, parts: ReadonlyMap<BlobHash, Bytes>): Promise<void> {
  // After a void rotation the host takes nothing under the access key that is held: a control key repairs (§2).
  const control = toId<PublicKey>(circle.platform.crypto.signingKey(circle.secrets.control));
  const key = countsAtHost(circle.state(), control) ? { seed: circle.secrets.control } : circle.access();
  for (const [hash, part] of parts) {
    await circle.host.putBlob(part, key);
    circle.ledger.blobs.set(hash, part);
  }
}

function linkBody(circle: Circle, epoch: number, records: Parameters<typeof seal>[2]): RosterBody {
  const { crypto, random } = circle.platform;
  const held = circle.ledger.ring.get(currentEpoch(circle.state()));
  if (held === undefined) throw new UsageError("circle.no-key", "this device holds no key of the circle");
  const full = circle.state().policy.history === "full";
  if (full && held.records === undefined)
    throw new UsageError("circle.no-key", "this device does not hold the records key");
  return {
    kind: "link",
    roster: held.roster,
    ...(full ? { records: seal(crypto, random, records, linkContext(circle.id, epoch), held.records as Bytes) } : {}),
  };
}

/**
 * Begins a new epoch (§6 Rotation), with the change it carries: a fresh seed, wrapped to every device that
 * stays; one request holds the rotation and its link. Made again where another was faster.
 *
 * Throws `UsageError` where the roster does not allow it.
 */
export async function rotate(circle: Circle, carried?: Carried): Promise<void> {
  requireFresh(circle, { kind: "rotate" });
  const { crypto, random } = circle.platform;
  for (let attempt = 0; ; attempt++) {
    const state = circle.state();
    const head = circle.head();
    if (head === undefined) throw new UsageError("circle.unread", "synchronize first");
    const epoch = (circle.ledger.hostAcl ?? state.acl).epoch + 1;
    const seed = random(32);
    const keys = epochKeys(crypto, seed, state.nonce, epoch);
    const commitment = commitmentOf(crypto, keys);
    const plan = planOf(circle, carried, commitment.access);
    const devices = rotationDevices(state, plan.after, plan.change, head.size);
    const made = new Map(
      devices.map(({ id, keys: { kem } }) => {
        return [id, wrapKey(crypto, seed, kem, { circle: circle.id, number: epoch, device: id })];
      }),
    );
    circle.ledger.made = { seed, wraps: made };
    const parts = partsOf([...made.values()]);
    // What lists them is made while they are on their way; it is sent when they are there.
    const uploaded = putParts(circle, parts);
    uploaded.catch(() => undefined);
    const wraps = [...parts.keys()];
    const body: RosterBody = {
      kind: "rotate",
      previous: state.epochs.at(-1)?.position ?? 0,
      commitment,
      wraps,
      ...(carried === undefined
        ? {}
        : "proposal" in carried
          ? { proposal: fromHex(carried.proposal.id) as Bytes }
          : { change: carried.change }),
    };
    const entries = [
      rotateEntry(circle, currentPlace(circle, "roster"), body, plan, wraps),
      rosterEntry(circle, { epoch, key: keys.roster }, linkBody(circle, epoch, keys.records)),
    ];
    await uploaded;
    try {
      const { positions } = await circle.host.append(entries, { seed: circle.secrets.control });
      await circle.sync({ access: { seed: keys.access } });
      requireStored(circle, entries, positions);
      requireCounted(circle, positions);
      // A reinstated device is wrapped to, but its past access key does not reach that far (§6): it is served, too.
      const reached = devices.filter(
        (d) => plan.change?.kind !== "reinstate" || activeDevice(state, d.id) !== undefined,
      );
      await serveUnserved(circle, new Set(reached.map((d) => d.id)));
      return;
    } catch (error) {
      const raced =
        error instanceof Refused && (error.code === "host.acl-conflict" || error.code === "host.stale-epoch");
      if (!raced || attempt >= attempts) throw error;
      await circle.sync();
    }
  }
}

/** The entry of a rotation: its acl is signed over what it seals, so that is sealed first. */
function rotateEntry(circle: Circle, place: Place, body: RosterBody, plan: Plan, blobs: readonly BlobHash[]): Entry {
  const { crypto } = circle.platform;
  const plaintext = signedInner(circle, place.epoch, "roster", encode(rosterBody, body));
  return sealedEntry(circle, place, "roster", plaintext, (sealed) => {
    const message = accessMessage(circle.id, plan.acl, sha256(sealed));
    const key = toId<PublicKey>(crypto.signingKey(circle.secrets.control));
    const executor = { key, signature: crypto.sign(circle.secrets.control, message) };
    return { acl: plan.acl, blobs, signatures: [executor, ...plan.approvals] };
  });
}

/** Devices that are active and that the last rotation did not wrap to get the seed by their mailbox. */
async function serveUnserved(circle: Circle, wrapped: ReadonlySet<string>): Promise<void> {
  const state = circle.state();
  for (const id of state.devices.keys()) {
    const device = activeDevice(state, id);
    if (device !== undefined && !wrapped.has(id)) await serve(circle, device);
  }
}
