import type { Statement } from "../../core/statements/index.ts";

/** What tells who said something, and where: none of it leaves with a statement under the Chatham House Rule. */
const telling: ReadonlySet<string> = new Set([
  "organization",
  "member",
  "device",
  "relayedBy",
  "circle",
  "position",
  "hash",
  "time",
  "hour",
]);

/** `fields` of a statement as they may be exported: without author, organization and circle where the rule holds (people.md). */
export function forExport<F extends Readonly<Record<string, unknown>>>(statement: Statement, fields: F): Partial<F> {
  if (statement.chathamHouse !== true) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !telling.has(name))) as Partial<F>;
}
