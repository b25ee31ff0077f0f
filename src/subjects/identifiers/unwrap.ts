/** Redirectors that carry their target in the open, and the parameters they carry it in. */
const redirectors: readonly (readonly [host: RegExp, path: RegExp, parameters: readonly string[]])[] = [
  [/^(?:l|lm)\.(?:facebook|instagram|messenger|workplace|threads)\.(?:com|net)$/, /^\//, ["u"]],
  [/^(?:www\.)?facebook\.com$/, /^\/(?:l\.php|sharer|share\.php|flx\/warn)/, ["u"]],
  [/^(?:www\.)?google\.[a-z.]{2,6}$/, /^\/(?:url|imgres)$/, ["q", "url", "imgurl"]],
  [/^(?:www\.)?youtube\.com$/, /^\/redirect$/, ["q"]],
  [/^(?:www\.)?linkedin\.com$/, /^\/(?:redir\/redirect|safety\/go)/, ["url"]],
  [/\.safelinks\.protection\.outlook\.com$/, /^\//, ["url"]],
  [/^t\.umblr\.com$/, /^\/redirect$/, ["z"]],
  [/^out\.reddit\.com$/, /^\//, ["url"]],
  [/^(?:www\.|m\.)?vk\.com$/, /^\/away\.php$/, ["to"]],
  [/^(?:www\.)?slack-redir\.net$/, /^\/link$/, ["url"]],
  [/^(?:html\.)?duckduckgo\.com$/, /^\/l\/$/, ["uddg"]],
  [/^steamcommunity\.com$/, /^\/linkfilter/, ["url", "u"]],
  [/^t\.me$/, /^\/iv$/, ["url"]],
  [/^(?:www\.)?exit\.sc$/, /^\//, ["url"]],
  [/^(?:www\.)?zalo\.me$/, /^\/(?:redirect|link)$/, ["url", "continue"]],
  [/^translate\.google\.[a-z.]{2,6}$/, /^\/translate$/, ["u"]],
  [/^(?:www\.)?tiktok\.com$/, /^\/link\/v2$/, ["target"]],
];

/** The target that a redirector's URL carries, without fetching; `undefined` if there is none. */
function target(url: URL): string | undefined {
  if (url.hostname === "urldefense.com") {
    const v3 = /^\/v3\/__(.+?)__;/.exec(url.pathname + url.search);
    return v3?.[1]?.replace(/^(https?:)\/(?!\/)/, "$1//");
  }
  if (url.hostname === "urldefense.proofpoint.com") {
    const encoded = url.searchParams.get("u");
    if (!encoded) return undefined;
    return safeDecode(url.pathname.startsWith("/v2") ? encoded.replace(/-/g, "%").replace(/_/g, "/") : encoded);
  }
  const amp = /^(?:www\.)?google\.[a-z.]{2,6}$/.test(url.hostname) && /^\/amp\/s?\/?(.+)$/.exec(url.pathname);
  if (amp) return `https://${amp[1]}`;
  const cdn = url.hostname.endsWith(".cdn.ampproject.org") && /^\/[cvi]\/(?:s\/)?(.+)$/.exec(url.pathname);
  if (cdn) return `https://${cdn[1]}`;
  if (url.hostname === "href.li") return url.search.slice(1);
  for (const [host, path, parameters] of redirectors) {
    if (!host.test(url.hostname) || !path.test(url.pathname)) continue;
    for (const parameter of parameters) {
      const value = url.searchParams.get(parameter);
      if (value && /^(?:https?:\/\/|www\.)/i.test(value)) return value;
    }
  }
  return undefined;
}

function safeDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The innermost target of `link` and how many redirectors were around it, at most 5; `undefined` if no URL. */
export function unwrap(link: string): { readonly url: URL; readonly steps: number } | undefined {
  let url = URL.parse(link);
  if (!url) return undefined;
  let steps = 0;
  while (steps < 5) {
    const inner = target(url);
    const next: URL | null = inner === undefined ? null : URL.parse(/^www\./i.test(inner) ? `https://${inner}` : inner);
    if (!next || !/^https?:$/.test(next.protocol)) break;
    url = next;
    steps++;
  }
  return { url, steps };
}
