import type { IdentifierKind } from "../../core/statements/vocabulary.ts";
import { parsePhone } from "./phone.ts";
import { type Note, type Settings, type Understood, understood } from "./understood.ts";

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

const reserved = {
  facebook:
    /^(?:share|sharer|watch|photo|photos|story|permalink|events|marketplace|help|login|reel|reels|hashtag|search|notes|gaming|privacy|policies|settings|pg|dialog|plugins|stories|ads|business|media|l|home|public|video|videos)(?:\.php)?$/i,
  telegram:
    /^(?:joinchat|addstickers|addemoji|addlist|share|proxy|socks|iv|login|setlanguage|bg|invoice|confirmphone|boost|c|\+.*)$/i,
  x: /^(?:home|search|hashtag|share|explore|settings|login|notifications|messages|tos|privacy|compose|i|intent)$/i,
  instagram: /^(?:p|reel|reels|tv|explore|accounts|direct|about|developer|share)$/i,
} as const;

/** The account a profile link leads to, if `url` is one; also phone numbers inside links of messengers. */
export function platformOf(
  url: URL,
  input: string,
  notes: readonly Note[],
  settings: Settings = {},
): Understood | undefined {
  const host = url.hostname.replace(/^(?:www|m|mobile|touch|web|mbasic|free|d|[a-z]{2}-[a-z]{2})\./, "");
  let path: string[];
  try {
    path = url.pathname.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const first = path[0] ?? "";
  const handle = (kind: PlatformKind, text: string) => parseHandle(kind, text, input, notes);
  const phone = (text: string, note: Note): Understood | undefined => {
    const found = parsePhone(text.replace(/^(?=[1-9]\d{9,})/, "+"), settings) ?? parsePhone(text, settings);
    return found && { ...found, input, notes: [...notes, ...found.notes, note] };
  };
  switch (host) {
    case "facebook.com":
    case "fb.com":
    case "fb.me":
    case "m.me":
    case "messenger.com": {
      const id = url.searchParams.get("id");
      if (/^profile\.php$/i.test(first)) return id ? handle("facebook", id) : undefined;
      if (first === "t" || first === "messages") return path[1] ? handle("facebook", path.at(-1) as string) : undefined;
      if (first === "people" || first === "pages")
        return path.length >= 3 ? handle("facebook", path.at(-1) as string) : undefined;
      if (first === "p" && path[1]) return handle("facebook", /(\d{8,20})$/.exec(path[1])?.[1] ?? path[1]);
      if (first === "groups" && path[1]) {
        return path.length <= 3 && path[2] !== "user"
          ? handle("facebook", `groups/${path[1]}`)
          : path[2] === "user" && path[3]
            ? handle("facebook", path[3])
            : undefined;
      }
      if (
        path.length > 2 ||
        (path.length === 2 && !/^(?:about|photos|videos|friends|reels?)(?:_|$)/.test(path[1] as string))
      )
        return undefined;
      return !first || reserved.facebook.test(first) ? undefined : handle("facebook", first);
    }
    case "t.me":
    case "telegram.me":
    case "telegram.dog": {
      if (/^\+\d{8,15}$/.test(first)) return phone(first, "handle-may-change-hands");
      const name = first === "s" ? (path[1] ?? "") : first;
      return name === "" || reserved.telegram.test(name) || path.length > (first === "s" ? 2 : 1)
        ? undefined
        : handle("telegram", name);
    }
    case "x.com":
    case "twitter.com": {
      if (first === "i" && path[1] === "user" && path[2]) return handle("x", `id/${path[2]}`);
      const id = url.searchParams.get("user_id");
      if (first === "intent" && id) return handle("x", `id/${id}`);
      const named = first === "intent" ? url.searchParams.get("screen_name") : null;
      if (named) return handle("x", named);
      return !first || reserved.x.test(first) || path.length > 1 ? undefined : handle("x", first);
    }
    case "tiktok.com":
      return first.startsWith("@") && path.length === 1 ? handle("tiktok", first) : undefined;
    case "instagram.com":
      return !first || reserved.instagram.test(first) || path.length > 1 ? undefined : handle("instagram", first);
    case "youtube.com": {
      if (first.startsWith("@") && path.length <= 2) return handle("youtube", first);
      if (first === "channel" && path[1]) return handle("youtube", path[1]);
      return (first === "c" || first === "user") && path[1] ? handle("youtube", `${first}/${path[1]}`) : undefined;
    }
    case "signal.me":
      return url.hash.startsWith("#p/") ? phone(url.hash.slice(3), "handle-may-change-hands") : undefined;
    case "threema.id":
      return path.length === 1 ? handle("threema", first) : undefined;
    case "wa.me":
      return first === "message" || first === "" ? undefined : phone(first, "whatsapp");
    case "api.whatsapp.com":
    case "whatsapp.com":
      return first === "send" ? phone(url.searchParams.get("phone") ?? "", "whatsapp") : undefined;
    case "zalo.me":
    case "chat.zalo.me":
      // An account of Zalo is a phone number; official accounts have numbers of 16 digits and more.
      return path.length === 1 && first.length <= 15 ? phone(first, "zalo") : undefined;
    default: {
      const vanity = /^([a-z]\w{3,31})\.t\.me$/.exec(host);
      return vanity ? handle("telegram", vanity[1] as string) : undefined;
    }
  }
}
