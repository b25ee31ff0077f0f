import { type Bytes, type Cbor, idBytes } from "../codec/index.ts";
import { encode } from "../codec/record.ts";
import { tupleBytes } from "../crypto/domain.ts";
import { sha256 } from "../crypto/sha256.ts";
import { acl } from "../log/format.ts";
import { roles } from "./format.ts";
import { policy } from "./policy.ts";
import type { CircleState } from "./state.ts";

const byId = <T extends { readonly id: string }>(values: Iterable<T>): readonly T[] =>
  [...values].sort((a, b) => (a.id < b.id ? -1 : 1));

const statuses = { active: 1, suspended: 2, removed: 3 } as const;

/**
 * SHA-256 (32 bytes) of what the roster says: who is in it, with which keys and rights, since when, and the
 * chain of epochs. A welcome carries it, and the joiner's own replay must come to the same (§8).
 */
export function rosterDigest(state: CircleState): Bytes {
  const organizations: Cbor = byId(state.organizations.values()).map((o) => [
    idBytes(o.id),
    idBytes(o.key),
    o.name,
    o.since,
  ]);
  const members: Cbor = byId(state.members.values()).map((m) => [
    idBytes(m.id),
    idBytes(m.organization),
    roles[m.role],
    statuses[m.status],
    m.since,
  ]);
  const devices: Cbor = byId(state.devices.values()).map((d) => [
    idBytes(d.id),
    idBytes(d.member),
    d.active.map((span): Cbor => (span.until === undefined ? [span.from] : [span.from, span.until])),
  ]);
  const epochs: Cbor = state.epochs.map((e) => [e.number, e.position, idBytes(e.commitment.access)]);
  return sha256(
    tupleBytes("roster-digest", [
      idBytes(state.circle),
      state.position,
      encode(policy, state.policy),
      encode(acl, state.acl),
      organizations,
      members,
      devices,
      epochs,
      state.logTime,
    ]),
  );
}
