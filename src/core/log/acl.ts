/*
 * Who may change who may write: the one rule of §2 *Control keys*, enforced by the host, by whoever takes a
 * moved log, and by every client's replay. Pure: it says which signatures have to be valid and leaves the
 * verifying to the caller.
 */
import {
  type Bytes,
  type Cbor,
  type CircleId,
  encode,
  equal,
  idBytes,
  PeerFault,
  type PublicKey,
} from "../codec/index.ts";
import { tupleBytes } from "../crypto/domain.ts";
import { type Acl, acl as aclShape, type ControlSignature, type Header } from "./format.ts";
import type { SignatureClaim } from "./signed.ts";

/** The keys of an acl that only `need` groups may change. */
export type AclKeys = Pick<Acl, "keysVersion" | "control" | "reserve" | "need">;

const refused = () => new PeerFault("log.acl", "access list breaks its rules or lacks signatures");

const groupsCbor = (groups: Acl["control"]): Cbor => groups.map((group) => group.map((key) => idBytes(key)));

/** What the executor of an acl signs: the circle, the whole acl and SHA-256 (32 bytes) of what the entry seals. */
export function accessMessage(circle: CircleId, acl: Acl, sealedHash: Uint8Array): Bytes {
  return tupleBytes("access", [idBytes(circle), encode(aclShape, acl), sealedHash as Bytes]);
}

/** What each approval of a change of keys signs: the circle, the proposal's hash (32 bytes) and the keys it leaves. */
export function keysMessage(circle: CircleId, proposal: Uint8Array, keys: AclKeys): Bytes {
  const { keysVersion, control, reserve, need } = keys;
  return tupleBytes("acl", [
    idBytes(circle),
    proposal as Bytes,
    keysVersion,
    groupsCbor(control),
    groupsCbor(reserve),
    need,
  ]);
}

/** The number, control first, of the group that holds `key`; `undefined` where none does. */
export function groupOf(acl: Pick<Acl, "control" | "reserve">, key: PublicKey): number | undefined {
  const index = [...acl.control, ...acl.reserve].findIndex((group) => group.includes(key));
  return index < 0 ? undefined : index;
}

/** Whether `key` is a control key. */
export function isControl(acl: Pick<Acl, "control">, key: PublicKey): boolean {
  return acl.control.some((group) => group.includes(key));
}

/** How many different groups hold the `keys`. Throws `PeerFault` `log.acl` where a key is in none, or twice in `keys`. */
export function countGroups(acl: Pick<Acl, "control" | "reserve">, keys: readonly PublicKey[]): number {
  const groups = new Set<number>();
  for (const key of keys) {
    const group = groupOf(acl, key);
    if (group === undefined) throw refused();
    groups.add(group);
  }
  if (new Set(keys).size !== keys.length) throw refused();
  return groups.size;
}

/** Whether the keys that `need` groups guard are the same in both. */
export function sameKeys(a: AclKeys, b: AclKeys): boolean {
  const plain = ({ control, reserve, need }: AclKeys) => JSON.stringify([control, reserve, need]);
  return plain(a) === plain(b);
}

function checkForm(acl: Acl): void {
  const groups = [...acl.control, ...acl.reserve];
  const keys = groups.flat();
  const append = acl.append ?? [];
  if (
    acl.control.length === 0 ||
    acl.need < 1 ||
    acl.need > groups.length ||
    new Set(keys).size !== keys.length ||
    new Set(append).size !== append.length
  ) {
    throw refused();
  }
}

function claimOf({ key, signature }: ControlSignature, message: Bytes): SignatureClaim {
  return { key, message, signature };
}

/**
 * Judges the acl that `header` carries against the one before it (`undefined` for genesis). `sealedHash` is
 * SHA-256 (32 bytes) of what the entry seals. Returns the signatures that must all be valid for it to hold.
 *
 * - The epoch and `accessVersion` are one more than before; genesis has epoch, `keysVersion`, `accessVersion` 0.
 * - Exactly one signature without `proposal`, over `accessMessage`, by a control key of the acl before (of its own, for genesis).
 * - Where `control`, `reserve` or `need` differ: `keysVersion` one more, and approvals of one proposal, over
 *   `keysMessage`, from at least `need` groups of the acl before. Otherwise `keysVersion` stays and there are none.
 *
 * Throws `PeerFault` `log.acl` where any of this fails.
 */
export function checkAcl(previous: Acl | undefined, header: Header, sealedHash: Uint8Array): readonly SignatureClaim[] {
  const { acl, circle, signatures = [] } = header;
  if (acl === undefined || header.kind !== "roster") throw refused();
  checkForm(acl);
  const executors = signatures.filter((signature) => signature.proposal === undefined);
  const approvals = signatures.filter((signature) => signature.proposal !== undefined);
  const [executor] = executors;
  if (executor === undefined || executors.length !== 1 || !isControl(previous ?? acl, executor.key)) throw refused();
  const claims = [claimOf(executor, accessMessage(circle, acl, sealedHash))];

  if (previous === undefined) {
    const first = acl.epoch === 0 && acl.keysVersion === 0 && acl.accessVersion === 0 && header.epoch === 0;
    if (!first || approvals.length > 0) throw refused();
    return claims;
  }
  // An entry with an acl may be sealed under any epoch so far: that is how a void rotation is repaired (§2).
  if (acl.epoch !== previous.epoch + 1 || header.epoch > previous.epoch) throw refused();
  if (acl.accessVersion !== previous.accessVersion + 1) throw refused();
  if (sameKeys(previous, acl)) {
    if (acl.keysVersion !== previous.keysVersion || approvals.length > 0) throw refused();
    return claims;
  }
  if (acl.keysVersion !== previous.keysVersion + 1) throw refused();
  const proposal = approvals[0]?.proposal;
  if (proposal === undefined) throw refused();
  if (!approvals.every((approval) => equal(approval.proposal as Bytes, proposal))) throw refused();
  const keys = approvals.map(({ key }) => key);
  if (countGroups(previous, keys) < previous.need) throw refused();
  const message = keysMessage(circle, proposal, acl);
  return [...claims, ...approvals.map((approval) => claimOf(approval, message))];
}
