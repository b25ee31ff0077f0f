import type { VoidReason } from "../../core/circle/index.ts";
import type { StatementHash } from "../../core/codec/index.ts";
import {
  type Placed,
  type RuleBreach,
  type Statement,
  type StatementBody,
  statementHash,
} from "../../core/statements/index.ts";

/** A statement that this device could open, with what it knows of it. */
export type Recorded<S extends Statement = Statement> = Placed<S> & {
  readonly audience: "circle" | "named";
  /** As it was carried: what forwarding it needs. */
  readonly body: StatementBody;
  /** The organization that relayed it, where that is not its author's. */
  readonly relayedBy?: Placed["organization"];
};

type Known = Omit<Recorded, "hash" | "relayedBy"> & { readonly relayedBy: Recorded["relayedBy"] | undefined };

/** Statements come by the ten thousand, and few are referred to: each is hashed when its hash is asked for. */
class LateHashed implements Recorded {
  readonly statement: Statement;
  readonly circle: Placed["circle"];
  readonly position: number;
  readonly organization: Placed["organization"];
  readonly member: Placed["member"];
  readonly device: Placed["device"];
  readonly hour: number;
  readonly audience: Recorded["audience"];
  readonly body: StatementBody;
  declare readonly relayedBy?: Placed["organization"];
  #hash: StatementHash | undefined;

  constructor(made: Known) {
    this.statement = made.statement;
    this.circle = made.circle;
    this.position = made.position;
    this.organization = made.organization;
    this.member = made.member;
    this.device = made.device;
    this.hour = made.hour;
    this.audience = made.audience;
    this.body = made.body;
    if (made.relayedBy !== undefined) this.relayedBy = made.relayedBy;
  }

  get hash(): StatementHash {
    this.#hash ??= statementHash(this.body.statement);
    return this.#hash;
  }
}

/** What is known of a statement, with the hash that follows from its body. */
export function recorded(made: Known): Recorded {
  return new LateHashed(made);
}

/** An entry that does not count, and why. */
export type VoidEntry = { readonly position: number; readonly reason: VoidReason | RuleBreach };
