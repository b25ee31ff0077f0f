import type { Identifier } from "../../core/statements/format.ts";
import type { IdentifierKind } from "../../core/statements/vocabulary.ts";

/** What was done to the text, or what to keep in mind; codes, so that every language can say it. */
export type Note =
  | "renumbered-2018" // a Vietnamese mobile number of 11 digits, shown with its present prefix
  | "extension-dropped"
  | "zalo"
  | "whatsapp"
  | "viber"
  | "mail-alias" // dots, tags or a second domain of the same mailbox were taken away
  | "idn"
  | "look-alike-letters"
  | "invisible-characters"
  | "defanged"
  | "redirect-unwrapped"
  | "tracking-removed"
  | "handle-may-change-hands"
  | "platform-not-named"
  | "checksum-verified"
  | "no-checksum";

/** One identifier found in a text. */
export type Understood = {
  /** Canonical form, as statements keep it. */
  readonly identifier: Identifier;
  /** For people. */
  readonly display: string;
  /** The piece of the text it was read from, without characters that print nothing. */
  readonly input: string;
  /** False: the text may mean this, among others; a person has to choose. */
  readonly sure: boolean;
  readonly notes: readonly Note[];
};

/** Something that looks like an identifier and is none, and why. */
export type Doubt = {
  readonly input: string;
  readonly code: "mistyped-wallet" | "mistyped-onion" | "short-key-id" | "not-a-phone-number" | "opaque-link";
};

export type Settings = {
  /** Country of phone numbers without one, ISO 3166-1 alpha-2. Default `VN`. */
  readonly region?: string;
};

/** An `Understood` made in one line; inside this folder only. */
export function understood(
  kind: IdentifierKind,
  value: string,
  input: string,
  display: string,
  notes: readonly Note[] = [],
  more: { readonly sure?: boolean; readonly stableId?: string } = {},
): Understood {
  const stable = more.stableId === undefined ? {} : { stableId: more.stableId };
  return { identifier: { kind, value, ...stable }, display, input, sure: more.sure ?? true, notes };
}
