import { parse } from "tldts";
import { type Host, parseHost } from "../identifiers/host.ts";
import { toUnicode } from "../identifiers/punycode.ts";
import { edits } from "../names/distance.ts";
import { skeleton } from "../text/confusables.ts";
import { scriptsOf } from "../text/script.ts";
import { type Finding, quoted } from "./finding.ts";
import { ambiguousBrands, brands } from "./known.ts";

/** The registrable domain of a host, ASCII; the host itself if it has none. */
export function organizational(host: string): string {
  return parse(host, { allowPrivateDomains: false }).domain ?? host;
}

/** Whether two hosts belong to one registrable domain (DMARC's relaxed alignment, RFC 7489 §3.1). */
export function aligned(a: string, b: string): boolean {
  return a !== "" && organizational(a.toLowerCase()) === organizational(b.toLowerCase());
}

const owned: ReadonlySet<string> = new Set([...brands.values()].flat());

/** Whether a registrable domain is one of a known service or of `own`. */
export function isKnown(domain: string, own: readonly string[]): boolean {
  return owned.has(domain) || own.some((o) => organizational(o.toLowerCase()) === domain);
}

/**
 * What is odd about a host name: mixed scripts, letters that look like others, likeness to one's own domains (`own`)
 * or to a known service, a known name used as a part of another domain.
 */
export function checkHost(text: string, own: readonly string[] = []): Finding[] {
  const host = parseHost(text);
  if (!host || host.ip) return [];
  const about = quoted(host.shown === host.ascii ? host.ascii : `${host.shown} (${host.ascii})`);
  const out: Finding[] = [];
  const add = (code: string, weight: Finding["weight"], sentence: string, reason: string) =>
    out.push({ code, weight, sentence, reason, about });
  if (host.idn) checkScripts(host, add);
  const domain = host.domain ?? host.ascii;
  if (isKnown(domain, own)) return out;
  const shown = toUnicode(domain);
  const name = shown.split(".")[0] as string;
  const candidates: [string, boolean][] = [
    ...own.map((o) => [organizational(o.toLowerCase()), true] as [string, boolean]),
    ...[...owned].map((o) => [o, false] as [string, boolean]),
  ];
  let alike: [string, boolean] | undefined;
  for (const candidate of candidates) {
    if (likeness(shown, name, candidate[0])) {
      alike = candidate;
      break;
    }
  }
  if (alike) {
    add(
      "domain-look-alike",
      "high",
      `The domain ${about} looks like ${alike[0]} and is another.`,
      alike[1]
        ? "It imitates a domain of your circle; who reads quickly takes it for that one."
        : "Domains like this are registered to be taken for the known one.",
    );
  } else {
    const brand = brandIn(host, domain);
    if (brand) {
      const [word, where] = brand;
      add(
        "domain-borrows-name",
        where === "subdomain" ? "high" : "medium",
        `The name “${word}” stands in ${about}, which does not belong to ${(brands.get(word) as readonly string[])[0]}.`,
        "What counts is the end of a host name; everything before it can be chosen freely.",
      );
    }
    for (const o of own) {
      const mine = organizational(o.toLowerCase());
      if (host.ascii.slice(0, -domain.length).includes(mine)) {
        add(
          "domain-borrows-name",
          "high",
          `${mine} stands in front of another domain in ${about}.`,
          "What counts is the end of a host name; everything before it can be chosen freely.",
        );
      }
    }
  }
  if ((host.ascii.match(/\./g) ?? []).length >= 5) {
    add(
      "domain-deep",
      "low",
      `The host name ${about} has many parts.`,
      "Long names push the part that counts out of sight on small screens.",
    );
  }
  return out;
}

function checkScripts(
  host: Host,
  add: (code: string, weight: Finding["weight"], sentence: string, reason: string) => void,
): void {
  for (const label of host.shown.split(".")) {
    const scripts = scriptsOf(label).filter((script) => script !== "other");
    const japanese = scripts.every((s) => s === "Han" || s === "Kana" || s === "Latin");
    if (scripts.length > 1 && !japanese) {
      add(
        "domain-mixed-script",
        "high",
        `“${quoted(label)}” mixes letters of ${scripts.join(" and ")} script.`,
        "Letters of two scripts in one word are there to look like a name that they are not.",
      );
      return;
    }
    if (
      scripts.length === 1 &&
      scripts[0] !== "Latin" &&
      /^[a-z0-9.-]+$/.test(skeleton(label)) &&
      (scripts[0] === "Cyrillic" || scripts[0] === "Greek" || scripts[0] === "Armenian")
    ) {
      add(
        "domain-whole-look-alike",
        "high",
        `“${quoted(label)}” is written in ${scripts[0]} letters that all look like Latin ones.`,
        "It can be taken for the Latin name.",
      );
      return;
    }
  }
  add(
    "domain-international",
    "note",
    `The domain ${quoted(host.shown)} holds letters beyond a–z; its technical form is ${host.ascii}.`,
    "Such letters are right in many languages, and some look like others.",
  );
}

/** Whether `shown` can be taken for `known`: equal at a glance, or one typing error away in a long enough name. */
function likeness(shown: string, name: string, known: string): boolean {
  if (shown === known) return false;
  const dot = known.indexOf(".");
  const knownName = known.slice(0, dot);
  const end = shown.slice(name.length);
  if (knownName.length < 4) return skeleton(shown) === skeleton(known) && knownName.length >= 3;
  const look = skeleton(name);
  const knownLook = skeleton(knownName);
  if (look === knownLook) return name !== knownName || !ambiguousBrands.has(knownName);
  const distance = edits(look, knownLook, 1);
  if (knownName.length >= 6 && distance <= 1) return true;
  return knownName.length === 5 && distance <= 1 && end === known.slice(dot) && name[0] === knownName[0];
}

/** A known name inside a host that is not its owner's, and where. */
function brandIn(host: Host, domain: string): readonly [string, "subdomain" | "domain"] | undefined {
  const before = host.ascii.slice(0, Math.max(0, host.ascii.length - domain.length - 1));
  const label = domain.split(".")[0] as string;
  const parts = (text: string) => new Set(text.split(/[.-]/));
  for (const brand of brands.keys()) {
    if (brand.length < 4) continue;
    const alone = ambiguousBrands.has(brand) || brand.length < 6;
    if (parts(before).has(brand) || (!alone && before.includes(brand))) return [brand, "subdomain"];
    if (label !== brand && (parts(label).has(brand) || (!alone && brand.length >= 7 && label.includes(brand))))
      return [brand, "domain"];
  }
  return undefined;
}
