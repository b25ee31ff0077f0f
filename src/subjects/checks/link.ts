import { parseHost } from "../identifiers/host.ts";
import { unwrap } from "../identifiers/unwrap.ts";
import { refang } from "../identifiers/web.ts";
import { bidiControls } from "../text/clean.ts";
import { aligned, checkHost, organizational } from "./domains.ts";
import { type Finding, quoted, sortFindings } from "./finding.ts";
import { knownShort, openHosts, shorteners } from "./known.ts";

export type LinkOptions = {
  /** Domains of the reader's organization and circle. */
  readonly domains?: readonly string[];
  /** The text the link is shown as, if it is part of a page or mail. */
  readonly shownAs?: string;
};

const risky =
  /\.(?:exe|scr|msi|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|iso|img|vhdx?|apk|jar|dmg|pkg|app|xll|one|chm|cpl|reg|docm|xlsm|pptm|zip|rar|7z)$/i;

/** What is odd about a link; nothing is fetched. At most 8,192 characters are read. */
export function checkLink(link: string, options: LinkOptions = {}): Finding[] {
  const text = refang(link.slice(0, 8192).trim());
  const out: Finding[] = [];
  const own = options.domains ?? [];
  const about = quoted(text);
  const add = (code: string, weight: Finding["weight"], sentence: string, reason: string) =>
    out.push({ code, weight, sentence, reason, about });
  if (/^\s*(?:javascript|vbscript):/i.test(text)) {
    add("link-runs-code", "high", "The link runs a program in the reader's browser.", "Honest links lead to a place.");
    return out;
  }
  if (/^data:/i.test(text)) {
    const html = /^data:(?:text\/html|image\/svg|application\/)/i.test(text);
    add(
      "link-carries-page",
      html ? "high" : "note",
      "The link carries its own page instead of leading to one.",
      "Pages inside links pass by what blocks known bad sites.",
    );
    return out;
  }
  if (/^mailto:|^tel:|^#|^cid:/i.test(text)) return out;
  if (bidiControls.test(text))
    add(
      "link-reordered",
      "high",
      "The link holds characters that change the order in which it is read.",
      "It reads otherwise than it leads.",
    );
  const opened = unwrap(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!opened)
    return text === ""
      ? out
      : [
          ...out,
          {
            code: "link-broken",
            weight: "note",
            sentence: "The link cannot be read.",
            reason: "Where it leads is unknown.",
            about,
          },
        ];
  const { url, steps } = opened;
  if (!/^(?:https?|ftp):$/.test(url.protocol)) {
    add(
      "link-other-program",
      "low",
      `The link opens another program (${quoted(url.protocol)}).`,
      "Programs can be started with input of the sender's choice.",
    );
    return out;
  }
  const host = url.hostname;
  if (steps > 0)
    add(
      "link-redirects",
      "low",
      `The link goes through a redirector to ${quoted(host)}.`,
      "The place shown is not the place reached.",
    );
  const bare = host.replace(/^www\./, "");
  if (shorteners.has(bare) || shorteners.has(organizational(bare))) {
    add(
      "link-shortened",
      knownShort.has(bare) ? "note" : "low",
      `${quoted(bare)} is a link shortener.`,
      "Where it leads is not to be seen, can change, and whoever runs it learns who opens it.",
    );
  }
  const parsed = parseHost(host);
  if (parsed?.ip || /^\[|^\d+\.\d+\.\d+\.\d+$/.test(host))
    add(
      "link-to-number",
      "medium",
      `The link leads to the bare address ${quoted(host)}.`,
      "Sites of organizations have names.",
    );
  if (url.username !== "" || url.password !== "")
    add(
      "link-user-part",
      "high",
      `What stands before the @ is no part of the address; the link leads to ${quoted(host)}.`,
      "This is done so that the beginning looks like a known site.",
    );
  if (url.port !== "" && !/^(?:80|443|8080|8443)$/.test(url.port))
    add("link-port", "low", `The link leads to port ${url.port}.`, "Public sites use the standard ports.");
  if (risky.test(url.pathname))
    add(
      "link-to-program",
      "medium",
      `The link leads to a file “${quoted(url.pathname.split("/").at(-1) ?? "")}”.`,
      "Files of this type run or hide programs.",
    );
  if (url.protocol === "http:" && steps === 0 && /^http:/i.test(text))
    add(
      "link-not-encrypted",
      "note",
      "The link is not encrypted.",
      "Everyone on the way reads it and can change what comes back.",
    );
  for (const open of openHosts) {
    if (bare === open || bare.endsWith(`.${open}`)) {
      add(
        "link-open-host",
        "note",
        `Anybody can put pages under ${open}.`,
        "The known name says nothing about who made the page.",
      );
      break;
    }
  }
  out.push(...checkHost(host, own).map((f) => ({ ...f, about })));
  // The target's path naming another site than the host: an open redirect, or bait for the eye.
  const inside = /[=/](?:https?(?::|%3a)(?:\/|%2f){2})([a-z0-9.-]{4,200})/i.exec(url.pathname + url.search)?.[1];
  if (inside && parseHost(inside) && !aligned(inside, host)) {
    add(
      "link-inside-link",
      "low",
      `The link to ${quoted(host)} carries another one, to ${quoted(inside)}.`,
      "Open redirects on good sites are used to get past filters.",
    );
  }
  if (options.shownAs !== undefined) {
    const shown = shownHost(options.shownAs);
    if (shown && !aligned(shown, host)) {
      add(
        "link-shows-other",
        "high",
        `The text shows ${quoted(shown)}, the link leads to ${quoted(host)}.`,
        "Who reads the text goes where they did not mean to.",
      );
    }
  }
  return sortFindings(out);
}

/** The host that the text of a link shows, if the text is itself a link or a host name. */
function shownHost(text: string): string | undefined {
  const plain = text.trim().slice(0, 512);
  if (/\s/.test(plain) || plain.includes("@")) return undefined;
  const match = /^(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}-]{2,24})(?:[/:?#].*)?$/iu.exec(plain);
  return match ? parseHost(match[1] as string)?.ascii : undefined;
}
