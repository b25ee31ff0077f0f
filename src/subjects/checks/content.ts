import { type Finding, quoted } from "./finding.ts";
import { checkLink } from "./link.ts";

const mostHtml = 1_000_000;
const mostLinks = 100;

export type Link = { readonly href: string; readonly text: string | undefined };

/** Links of a page, in one pass without a parser that could be made to run long. */
export function linksOf(html: string): {
  readonly links: Link[];
  readonly remote: boolean;
  readonly form: boolean;
  readonly hidden: boolean;
} {
  const text = html.slice(0, mostHtml);
  const links: Link[] = [];
  for (let at = text.search(/<a[\s/]/i); at >= 0 && links.length < mostLinks; ) {
    const close = text.indexOf(">", at);
    if (close < 0) break;
    const tag = text.slice(at, Math.min(close, at + 8192));
    const href = attribute(tag, "href");
    const end = text.slice(close, close + 20_000).search(/<\/a/i);
    const inner = end < 0 ? "" : text.slice(close + 1, close + end);
    if (href)
      links.push({
        href: unescapeHtml(href),
        text: unescapeHtml(inner.slice(0, 4096).replace(/<[^<>]*>/g, "")).trim(),
      });
    const next = text.slice(close).search(/<a[\s/]/i);
    at = next < 0 ? -1 : close + next;
  }
  return {
    links,
    remote:
      /<(?:img|link|iframe|video|audio|source|input)\b[^<>]{0,2000}(?:src|href)\s*=\s*["']?https?:/i.test(text) ||
      /url\(\s*["']?https?:/i.test(text),
    form: /<form\b/i.test(text),
    hidden: /font-size\s*:\s*0(?:px|pt|em)?\s*[;"']|display\s*:\s*none|opacity\s*:\s*0\s*[;"']/i.test(text),
  };
}

function attribute(tag: string, name: string): string | undefined {
  const at = tag.search(new RegExp(`[\\s"'/]${name}\\s*=`, "i"));
  if (at < 0) return undefined;
  const rest = tag.slice(tag.indexOf("=", at) + 1).trimStart();
  const quote = rest[0];
  if (quote === '"' || quote === "'") return rest.slice(1).split(quote)[0];
  return rest.split(/[\s>]/)[0];
}

function unescapeHtml(text: string): string {
  return text
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (_, hex: string | undefined, dec: string | undefined) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(dec);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .replace(
      /&(amp|lt|gt|quot|apos|nbsp);/g,
      (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " })[name] as string,
    );
}

const pressure =
  /\b(?:urgent(?:ly)?|immediate(?:ly)? (?:action|attention)|within (?:24|48|12) hours|account (?:has been |will be |is )?(?:suspended|locked|limited|disabled|closed)|verify your (?:account|identity|email|mailbox)|confirm your (?:account|identity|password)|unusual (?:sign.?in|activity|login)|password (?:will )?expires?|mailbox (?:is )?(?:full|quota)|final (?:notice|warning|reminder)|gift cards?|wire transfer|you have won|beneficiary|inheritance|next of kin)\b|khẩn cấp|tài khoản (?:của bạn )?(?:sẽ )?bị (?:khóa|khoá)|xác (?:minh|nhận|thực) tài khoản|trúng thưởng|trong vòng (?:24|48) (?:giờ|tiếng)/iu;

/** What the readable part of a mail holds: links, forms, pictures from elsewhere, pressure. */
export function checkContent(
  html: string | undefined,
  text: string | undefined,
  subject: string,
  own: readonly string[],
): Finding[] {
  const out: Finding[] = [];
  const add = (code: string, weight: Finding["weight"], sentence: string, reason: string, about: string) =>
    out.push({ code, weight, sentence, reason, about });
  if (html) {
    const page = linksOf(html);
    for (const link of page.links)
      out.push(...checkLink(link.href, { domains: own, ...(link.text ? { shownAs: link.text } : {}) }));
    if (page.remote)
      add(
        "remote-pictures",
        "note",
        "The mail loads pictures or styles from elsewhere.",
        "Loading them shows the sender that, when and from where it was opened.",
        "HTML",
      );
    if (page.form)
      add("form-in-mail", "high", "The mail holds a form.", "Honest senders let you sign in on their site.", "HTML");
    if (page.hidden)
      add(
        "hidden-text",
        "note",
        "Parts of the mail are made invisible.",
        "Newsletters do this for previews; others to pass by filters.",
        "HTML",
      );
  }
  const plain = (text ?? "").slice(0, 200_000);
  for (const match of plain.matchAll(/\b(?:https?|hxxps?):\/\/[^\s<>"')\]]{3,2048}/gi)) {
    if (out.length > 400) break;
    out.push(...checkLink(match[0], { domains: own }));
  }
  const words = `${subject.slice(0, 1000)}\n${plain || (html ?? "").slice(0, 200_000)}`;
  const pressed = pressure.exec(words);
  if (pressed)
    add(
      "pressure",
      "low",
      `The text presses: “${quoted(pressed[0])}”.`,
      "Hurry and fear keep people from asking. Honest mail can be hurried, too.",
      "text",
    );
  return out;
}
