import type { Identifier } from "../../core/statements/format.ts";
import type { IdentifierKind } from "../../core/statements/vocabulary.ts";
import { displayHandle, type PlatformKind, platformKinds } from "./platforms.ts";
import { toUnicode } from "./punycode.ts";
import { renumberVietnam } from "./renumber.ts";

/**
 * The key of the exact index: two identifiers are the same if and only if their keys are. Vietnamese numbers of
 * before 2018 get the key of their present spelling, so a statement made with the old one is found too.
 */
export function identifierKey(identifier: Pick<Identifier, "kind" | "value">): string {
  const value = identifier.kind === "phone" ? renumberVietnam(identifier.value) : identifier.value;
  return `${identifier.kind}:${value}`;
}

/** All keys an identifier is found by: its own, and its platform's stable number, which survives a new name. */
export function identifierKeys(identifier: Identifier): readonly string[] {
  const own = identifierKey(identifier);
  if (identifier.stableId === undefined) return [own];
  const stable = `${identifier.kind}#${identifier.stableId}`;
  return [own, stable];
}

/** Whether two identifiers mean the same account: the same stable number, or else the same value at times that meet. */
export function sameIdentifier(a: Identifier, b: Identifier): boolean {
  if (a.kind !== b.kind) return false;
  if (a.stableId !== undefined && b.stableId !== undefined) return a.stableId === b.stableId;
  return identifierKey(a) === identifierKey(b) && timesMeet(a, b);
}

/** Whether the days on which two identifiers were seen leave room for them to be one holder's. */
function timesMeet(a: Identifier, b: Identifier): boolean {
  const handOver = 365; // a handle not seen for a year may be somebody else's
  const gap = Math.max((a.seenFrom ?? 0) - (b.seenUntil ?? 2_932_896), (b.seenFrom ?? 0) - (a.seenUntil ?? 2_932_896));
  return gap <= handOver;
}

/** `identifier` with the days (since 1970) it was seen from and until, widened if it had some. */
export function seen(identifier: Identifier, from: number, until: number = from): Identifier {
  return {
    ...identifier,
    seenFrom: Math.min(from, identifier.seenFrom ?? from),
    seenUntil: Math.max(until, identifier.seenUntil ?? until),
  };
}

/** An identifier for people to read. */
export function displayIdentifier(identifier: Identifier): string {
  const { kind, value } = identifier;
  if ((platformKinds as readonly IdentifierKind[]).includes(kind)) return displayHandle(kind as PlatformKind, value);
  if (kind === "domain") return toUnicode(value);
  if (kind === "onion") return `${value}.onion`;
  if (kind === "pgp") return (value.match(/.{4}/g) ?? []).join(" ");
  if (kind === "phone") return value.replace(/^(\+84)(\d{2})(\d{3})(\d{4})$/, "$1 $2 $3 $4");
  if (kind === "wallet" || kind === "document" || kind === "registration") return value.replace(":", " ");
  return value;
}
