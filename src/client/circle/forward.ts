/* Carrying a statement to another circle, as its author allowed (§7 Forwarding). */
import { type StatementHash, UsageError } from "../../core/codec/index.ts";
import { mayBeForwarded } from "../../core/statements/index.ts";
import type { Recorded } from "../sync/recorded.ts";
import type { Circle } from "./circle.ts";
import { appendBodies } from "./say.ts";
import { indexStatements } from "./statement-index.ts";

/** Whether a statement carries the signature and certificate with which others may take it along. */
export function isForwardable({ statement, body }: Recorded): boolean {
  return body.signature !== undefined && body.certificate !== undefined && mayBeForwarded(statement);
}

/**
 * Carries a statement of `from` into `to`, and with it those corrections and retractions of it that may go along.
 * Returns how many entries were written.
 *
 * Throws `UsageError` `statement.unknown` where `from` has none such, `statement.not-forwardable` where its author did
 * not allow it: then one can only write an own statement of class `told`.
 */
export async function forward(from: Circle, hash: StatementHash, to: Circle): Promise<number> {
  const found = indexStatements(from).byHash(hash);
  if (found === undefined) throw new UsageError("statement.unknown", "this device has no such statement");
  if (!isForwardable(found.recorded)) {
    throw new UsageError(
      "statement.not-forwardable",
      "only TLP:GREEN and TLP:CLEAR, and nothing under the Chatham House Rule, may be forwarded",
    );
  }
  const retractions = from
    .statements()
    .filter(
      ({ statement, organization }) =>
        statement.kind === "retraction" && statement.target === hash && organization === found.recorded.organization,
    );
  const along = [found.recorded, ...found.corrections, ...retractions].filter(isForwardable);
  await appendBodies(
    to,
    along.map(({ body }) => body),
  );
  return along.length;
}
