import type { IdentifierKind } from "../../core/statements/vocabulary.ts";
import { type Note, type Understood, understood } from "./understood.ts";

type Platform = {
  /** Which handles the platform gives out, after folding. */
  readonly handle: RegExp;
  readonly fold: (handle: string) => string;
  readonly display: (value: string) => string;
};

const lower = (handle: string): string => handle.toLowerCase();
const at = (value: string): string => `@${value}`;

export type PlatformKind = Extract<
  IdentifierKind,
  "facebook" | "telegram" | "x" | "tiktok" | "youtube" | "instagram" | "signal" | "threema" | "session"
>;

const platforms: Readonly<Record<PlatformKind, Platform>> = {
  // Facebook ignores dots and case in user names.
  facebook: {
    handle: /^(?:\d{5,20}|[a-z0-9]{5,50}|(?:groups|events)\/[a-z0-9]{2,64})$/,
    fold: (h) => h.toLowerCase().replace(/\./g, ""),
    display: (v) => `facebook.com/${v}`,
  },
  telegram: { handle: /^(?:[a-z]\w{3,31}|\d{5,20})$/, fold: lower, display: (v) => (/^\d/.test(v) ? v : `@${v}`) },
  x: { handle: /^(?:\w{1,15}|id\/\d{1,20})$/, fold: lower, display: at },
  tiktok: { handle: /^(?=.*[a-z_\d])[\w.]{2,24}(?<!\.)$/, fold: lower, display: at },
  youtube: {
    handle: /^(?:UC[\w-]{22}|@[\p{L}\p{M}\p{N}_.·-]{2,30}|(?:c|user)\/[\p{L}\p{M}\p{N}_.-]{1,100})$/u,
    // Channel numbers are base64 and keep their case.
    fold: (h) => (/^UC[\w-]{22}$/.test(h) ? h : h.normalize("NFC").toLowerCase()),
    display: (v) => `youtube.com/${v.startsWith("UC") ? `channel/${v}` : v}`,
  },
  instagram: { handle: /^[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?$/, fold: lower, display: at },
  signal: { handle: /^[a-z_]\w{2,31}\.\d{2,9}$/, fold: lower, display: (v) => v },
  threema: { handle: /^[0-9A-Z*][0-9A-Z]{7}$/, fold: (h) => h.toUpperCase(), display: (v) => v },
  session: { handle: /^05[0-9a-f]{64}$/, fold: lower, display: (v) => v },
};

export const platformKinds = Object.keys(platforms) as readonly PlatformKind[];

/** A handle on a named platform, in canonical form; `undefined` if the platform gives out no such handle. */
export function parseHandle(
  kind: PlatformKind,
  text: string,
  input: string = text,
  notes: readonly Note[] = [],
  sure = true,
): Understood | undefined {
  const platform = platforms[kind];
  let handle = text.trim();
  if (handle.length > 128) return undefined;
  if (kind === "youtube") {
    if (!/^(?:UC[\w-]{22}$|@|c\/|user\/)/i.test(handle)) handle = `@${handle}`;
  } else handle = handle.replace(/^@/, "");
  const value = platform.fold(handle);
  if (!platform.handle.test(value)) return undefined;
  const numeric = /^(?:id\/)?(\d{5,20})$/.exec(value)?.[1] ?? (/^UC[\w-]{22}$/.test(value) ? value : undefined);
  const stable =
    kind !== "signal" && kind !== "threema" && kind !== "session" && kind !== "instagram" && kind !== "tiktok"
      ? numeric
      : undefined;
  const fixed = stable !== undefined || kind === "threema" || kind === "session";
  const all: readonly Note[] =
    fixed || notes.includes("handle-may-change-hands") ? notes : [...notes, "handle-may-change-hands"];
  return understood(kind, value, input, platform.display(value), all, {
    sure,
    ...(stable ? { stableId: stable } : {}),
  });
}

export function displayHandle(kind: PlatformKind, value: string): string {
  return platforms[kind].display(value);
}
