import type { CircleId, DeviceId, MemberId, OrganizationId, StatementHash } from "../codec/index.ts";
import type { Statement } from "./format.ts";

/**
 * A statement at its place in a circle's log: verified, allowed to its author at that position, and
 * not void. What `subjects` and `trust` work on.
 */
export type Placed<S extends Statement = Statement> = {
  readonly statement: S;
  readonly hash: StatementHash;
  readonly circle: CircleId;
  /** Place in the log, from 0. Of several statements of one organization about one thing the last counts. */
  readonly position: number;
  readonly organization: OrganizationId;
  readonly member: MemberId;
  readonly device: DeviceId;
  /** The hour its author stated, since 1970. */
  readonly hour: number;
};
