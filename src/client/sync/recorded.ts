import type { VoidReason } from "../../core/circle/index.ts";
import type { EntryHash } from "../../core/codec/index.ts";
import type { Placed, RuleBreach, Statement, StatementBody } from "../../core/statements/index.ts";

/** A statement that this device could open, with what it knows of it. */
export type Recorded<S extends Statement = Statement> = Placed<S> & {
  readonly entry: EntryHash;
  readonly audience: "circle" | "named";
  /** As it was carried: what forwarding it needs. */
  readonly body: StatementBody;
  /** The organization that relayed it, where that is not its author's. */
  readonly relayedBy?: Placed["organization"];
};

/** An entry that does not count, and why. */
export type VoidEntry = { readonly position: number; readonly reason: VoidReason | RuleBreach };
