/**
 * How much a finding should weigh with the reader: `note` for what is worth knowing and proves nothing, up to `high`
 * for what honest mail and files hardly ever show.
 */
export type Weight = "note" | "low" | "medium" | "high";

/** One thing found, for a person to judge. No finding says that something is safe. */
export type Finding = {
  /** Stable; sentences in other languages are made from it and `about`. */
  readonly code: string;
  readonly weight: Weight;
  /** What was found. */
  readonly sentence: string;
  /** Why it matters. */
  readonly reason: string;
  /** What it was found in or on: an address, a domain, a file name. */
  readonly about: string;
};

const order: readonly Weight[] = ["high", "medium", "low", "note"];

/** Findings without repetition, the weightiest first, at most `most`. */
export function sortFindings(findings: readonly Finding[], most = 200): Finding[] {
  const seen = new Set<string>();
  const out = findings.filter(({ code, about }) => {
    const key = `${code} ${about}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return out.sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight)).slice(0, most);
}

/** Text from outside, made fit for a sentence: one line, short, characters that reorder or hide shown as □. */
export function quoted(text: string): string {
  const plain = text
    .slice(0, 400)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the controls are what is replaced
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "□")
    .toWellFormed();
  const points = [...plain];
  return points.length > 120 ? `${points.slice(0, 120).join("")}…` : plain;
}
