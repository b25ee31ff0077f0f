import { givenNames, middleNames, sampleSize, surnames } from "./frequency.ts";
import { nameOf } from "./name.ts";

/** How common a name is. */
export type Commonness = {
  /** About one in this many people bears it, in a Vietnamese population. */
  readonly oneIn: number;
  /** For people, such as "about 1 in 400 people share this name". */
  readonly sentence: string;
  /** Whether all words were in the table; otherwise the number is a lower bound of how rare it is. */
  readonly complete: boolean;
};

/** A sample of thousands says nothing of names rarer than this. */
const rarest = 1_000_000;

/**
 * "About 1 in N": the share of people with this name, from counts of family, middle and given names taken as
 * independent, with Laplace smoothing. Words left out make the name more common. `undefined` for names that are
 * not Vietnamese, of which nothing is known here.
 */
export function commonness(name: string): Commonness | undefined {
  const parsed = nameOf(name);
  const words = parsed.words.filter((w) => w.role !== "baptismal").map((w) => w.folded);
  if (parsed.vietnamese === "no" || words.length === 0) return undefined;
  const share = (table: ReadonlyMap<string, number>, word: string) =>
    ((table.get(word) ?? 0) + 0.5) / (sampleSize + 200);
  const known: boolean[] = [];
  let probability = 1;
  const last = words.length - 1;
  const western = last > 0 && (surnames.get(words[last] as string) ?? 0) > (surnames.get(words[0] as string) ?? 0);
  const family = western ? last : 0;
  const given = western ? 0 : last;
  if (last === 0 && parsed.vietnamese !== "yes" && !givenNames.has(words[0] as string)) return undefined;
  for (const [i, word] of words.entries()) {
    const table = last === 0 ? givenNames : i === family ? surnames : i === given ? givenNames : middleNames;
    known.push(table.has(word));
    // A second middle word is half of a pair more often than chance, so it narrows less.
    const middle = table === middleNames;
    if (last === 0) probability = share(givenNames, word) + share(surnames, word);
    else probability *= middle && words.length > 3 ? Math.sqrt(share(table, word)) : share(table, word);
  }
  const oneIn = Math.min(rarest, Math.max(1, roundTo2(1 / probability)));
  const text = oneIn.toLocaleString("en-US");
  const sentence =
    oneIn >= rarest ? `Fewer than 1 in ${text} people share this name.` : `About 1 in ${text} people share this name.`;
  return { oneIn, sentence, complete: known.every(Boolean) };
}

function roundTo2(n: number): number {
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1);
  return Math.round(n / digits) * digits;
}
