import { UsageError } from "../codec/index.ts";
import type { Statement, StatementOf } from "./format.ts";
import type { Scope } from "./vocabulary.ts";

/** The longest that a red flag may stand, in days: 12 months. */
export const redFlagDays = 366;

/** Why a statement may not be made or does not count. */
export type RuleBreach =
  | "evidence-required"
  | "expiry-required"
  | "expiry-too-far"
  | "red-needs-recipients"
  | "strict-stays-home"
  | "case-stays-home"
  | "self-vouch";

/** Where a statement is made: what the rules look at beside the statement. */
export type Setting = {
  /** The day on which it is made, since 1970. */
  readonly day: number;
  readonly audience: "circle" | "named";
  readonly circleKind: "network" | "organization";
};

/**
 * The rule that a statement breaks, if any (§7, people.md *Words*). Both sides apply it: a client refuses to
 * write such a statement, and every client holds one that was written all the same to be void.
 */
export function breachOf(statement: Statement, setting: Setting): RuleBreach | undefined {
  if (statement.tlp === "TLP:RED" && setting.audience !== "named") return "red-needs-recipients";
  if (statement.tlp === "TLP:AMBER+STRICT" && setting.circleKind !== "organization") return "strict-stays-home";
  switch (statement.kind) {
    case "red-flag":
      if (statement.evidence === undefined) return "evidence-required";
      if (statement.expires === undefined) return "expiry-required";
      return statement.expires > setting.day + redFlagDays ? "expiry-too-far" : undefined;
    case "case":
      return setting.circleKind === "organization" ? undefined : "case-stays-home";
    case "vouch":
      return statement.vouched === statement.organization ? "self-vouch" : undefined;
    default:
      return undefined;
  }
}

const sentences: Readonly<Record<RuleBreach, string>> = {
  "evidence-required": "a red flag needs an evidence class: witnessed, document, told or inferred",
  "expiry-required": "a red flag needs a day on which it expires",
  "expiry-too-far": "a red flag expires after 12 months at the latest",
  "red-needs-recipients": "TLP:RED goes to named recipients only: name them",
  "strict-stays-home": "TLP:AMBER+STRICT belongs in the organization's own circle",
  "case-stays-home": "a case belongs in the organization's own circle",
  "self-vouch": "an organization cannot vouch for itself",
};

/** Throws `UsageError` with code `statement.<breach>` and a sentence that says what to do. */
export function requireRules(statement: Statement, setting: Setting): void {
  const breach = breachOf(statement, setting);
  if (breach !== undefined) throw new UsageError(`statement.${breach}`, sentences[breach]);
}

/** Whether the author lets a statement leave the circle: GREEN and CLEAR only, never under the Chatham House Rule (§7). */
export function mayBeForwarded(statement: Statement): boolean {
  return (statement.tlp === "TLP:GREEN" || statement.tlp === "TLP:CLEAR") && statement.chathamHouse !== true;
}

const attestationScopes: Readonly<Record<StatementOf<"attestation">["attests"], Scope>> = {
  identity: "people",
  affiliation: "people",
  "delivered-work": "people",
  "security-practice": "security",
  "editorial-reliability": "tips",
};

/** What part of a vouch a statement leans on: a vouch with other scopes gives it no voice. */
export function scopeOf(statement: Statement): Scope {
  switch (statement.kind) {
    case "attestation":
      return attestationScopes[statement.attests];
    case "red-flag":
      if (statement.category === "fake-tip") return "tips";
      return statement.category === "phishing" || statement.category === "account-compromised" ? "security" : "people";
    case "tip":
      return "tips";
    default:
      return "people";
  }
}
