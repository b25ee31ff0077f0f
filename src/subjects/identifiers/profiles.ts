import { parsePhone } from "./phone.ts";
import { type PlatformKind, parseHandle } from "./platforms.ts";
import type { Note, Settings, Understood } from "./understood.ts";

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
