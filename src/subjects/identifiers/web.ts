import { parseHost } from "./host.ts";
import { onionOf } from "./onion.ts";
import { platformOf } from "./profiles.ts";
import { type Note, type Settings, type Understood, understood } from "./understood.ts";
import { unwrap } from "./unwrap.ts";

/** Undoes what people write so that a link is not clicked: `hxxp`, `[.]`, `(dot)`, `[at]`, `[:]`. */
export function refang(text: string): string {
  return text
    .replace(/\bh(?:xx|\*\*|tt)p(s?)\s?(?:\[:\/\/\]|\[:\]\/\/|:\/\/|:\\\\)/gi, "http$1://")
    .replace(/\bfxp:\/\//gi, "ftp://")
    .replace(/\s?[[({]\s?(?:\.|dot|,)\s?[\])}]\s?/gi, ".")
    .replace(/\s?[[({]\s?(?:@|at)\s?[\])}]\s?/gi, "@")
    .replace(/\[:\]/g, ":")
    .replace(/\[\/\]/g, "/")
    .replace(/(?<=\w)\s(?:dot|DOT)\s(?=\w{2,})/g, ".")
    .replace(/(?<=\w)\s(?:at|AT)\s(?=[\w-]{1,63}\.\w{2})/g, "@");
}

const tracking =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|ttclid|twclid|igshid|igsh|mibextid|mc_[ce]id|_ga|_gl|zarsrc|ref_src|ref_url|spm|si|feature|rdid|share_url|__tn__|__cft__.*|_rdr|_rdc|eid|refsrc|hc_ref|fref|sfnsn|s_cid|vero_id|oly_\w+)$/i;

/**
 * A link or host name: a platform's handle if it is a profile, an onion address, a domain if there is nothing
 * behind the host, otherwise a URL in canonical form: https, no `www.`, no default port, no credentials, no
 * tracking, parameters sorted, redirectors unwrapped. Nothing is fetched.
 */
export function parseWeb(text: string, settings: Settings = {}): Understood | undefined {
  const input = text.trim();
  if (input.length > 4096 || /[\s<>"]/.test(input)) return undefined;
  const plain = refang(input);
  const notes: Note[] = plain === input ? [] : ["defanged"];
  const hasScheme = /^(?:https?|ftp|gemini|gopher):\/\//i.test(plain);
  if (!hasScheme && /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(plain)) return undefined;
  if (!hasScheme && !/^[\p{L}\p{N}][^/?#@]*\.[^/?#@.]{2,}/u.test(plain)) return undefined;
  const opened = unwrap(hasScheme ? plain : `https://${plain}`);
  if (!opened) return undefined;
  if (opened.steps > 0) notes.push("redirect-unwrapped");
  const { url } = opened;
  const host = parseHost(url.hostname);
  if (!host) return undefined;
  if (host.idn) notes.push("idn");
  const profile = platformOf(url, input, notes, settings);
  if (profile) return profile;
  const video = host.ascii === "youtu.be" ? /^\/([\w-]{11})$/.exec(url.pathname)?.[1] : undefined;
  if (video)
    return understood("url", `https://youtube.com/watch?v=${video}`, input, `youtube.com/watch?v=${video}`, notes);
  const onion = onionOf(url.hostname);
  const name = host.ascii.replace(/^www\d?\.(?=.+\.)/, "");
  const kept = [...url.searchParams].filter(([key]) => !tracking.test(key));
  if (kept.length < url.searchParams.size) notes.push("tracking-removed");
  kept.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  const query = kept.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join("&");
  const path = url.pathname.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  const fragment = /^#(?:!|\/)/.test(url.hash) ? url.hash : "";
  if (path === "/" && query === "" && fragment === "" && (url.port === "" || !hasScheme) && url.protocol !== "ftp:") {
    if (onion === "mistyped") return undefined;
    if (onion) return understood("onion", onion, input, `${onion}.onion`, [...notes, "checksum-verified"]);
    if (host.ip) return hasScheme ? understood("url", `https://${name}/`, input, name, notes) : undefined;
    return understood("domain", name, input, host.shown.replace(/^www\d?\.(?=.+\.)/, ""), notes);
  }
  const scheme = url.protocol === "http:" || url.protocol === "https:" ? "https:" : url.protocol;
  const value = `${scheme}//${name}${url.port ? `:${url.port}` : ""}${path}${query ? `?${query}` : ""}${fragment}`;
  if (value.length > 2048) return undefined;
  return understood("url", value, input, value.replace(name, host.shown.replace(/^www\d?\.(?=.+\.)/, "")), notes);
}
