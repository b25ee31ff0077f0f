import { CLOCK_SKEW_HOURS, type Constants, fade, HOURS_PER_DAY, product, STEPS } from "../constants.ts";
import { type Voice, voiceOf } from "../voice/index.ts";

export type Side = "for" | "against";

/** One organization's word on a subject, whatever kind of statement it was. */
export type Word = {
  /** The statement's hash; any unique name. */
  readonly key: string;
  readonly reporter: string;
  readonly side: Side;
  /** 0 to 1, before age. */
  readonly strength: number;
  /** Hours since 1970: of the event where it is known, else of the statement. */
  readonly hour: number;
  /** Live statements of this kind that the reporter has made, this one included. */
  readonly made: number;
  /** Words of one text under one inviter come from one source; absent: a source of its own. */
  readonly source?: string;
};

/** A word with what it adds to the evidence; 0 and `hiddenBy` where a dependent word says it already. */
export type Counted = {
  readonly word: Word;
  readonly voice: number;
  readonly amount: number;
  readonly hiddenBy?: string;
};

/** Amounts are multiples of 2^-32, so that sums of them are exact in any order. */
export const GRAIN = 2 ** -32;

/** Evidence per unit of voice. It may know the viewer's own live vouches (`own`), and nothing else of the graph. */
export function unitsFor({ own }: Pick<Voice, "own">, constants: Constants): number {
  return constants.units * Math.max(1, own) ** constants.viewerPower;
}

function amountOf(word: Word, voice: number, units: number, now: number, constants: Constants): number {
  if (!(word.strength > 0) || !(word.hour <= now + CLOCK_SKEW_HOURS)) return 0;
  const warning = word.side === "against";
  const age = Math.max(0, Math.floor((now - word.hour) / HOURS_PER_DAY));
  const faded = fade(age, warning ? constants.warningHalfLife : constants.praiseHalfLife);
  const prolific = Math.min(1, (constants.prolificFrom / Math.max(1, word.made)) ** constants.prolificPower);
  const weight = Math.min(1, word.strength) * faded * prolific * (warning ? constants.warningWeight : 1);
  return Math.floor((units * voice * weight) / GRAIN) * GRAIN;
}

const first = (a: Counted, b: Counted) => b.amount - a.amount || (a.word.key < b.word.key ? -1 : 1);

/** A word and the voice of its reporter. */
export type Heard = { readonly word: Word; readonly voice: number };

/**
 * Those of `words` whose reporters have voice. The viewer's own are as loud as anybody could be at most: a
 * part in four of its voice.
 */
export function heardOf(words: readonly Word[], voice: Voice): Heard[] {
  return words
    .map((word) => ({
      word,
      voice: word.reporter === voice.viewerId ? 1 / STEPS : voiceOf(voice, word.reporter),
    }))
    .filter((one) => one.voice > 0);
}

/**
 * What the words on a subject weigh for the viewer of `voice`. Words of organizations that voice does
 * not reach are left out before anything is compared (invariant 1); of one organization's words, and of
 * dependent ones, the largest counts (invariant 5). `now` in hours.
 */
export function count(words: readonly Word[], voice: Voice, now: number, constants: Constants = product): Counted[] {
  return weigh(heardOf(words, voice), unitsFor(voice, constants), now, constants);
}

/** The same for words that have been heard, at `units` of evidence per unit of voice. */
export function weigh(words: readonly Heard[], units: number, now: number, constants: Constants): Counted[] {
  const heard = words.map(
    ({ word, voice }): Counted => ({ word, voice, amount: amountOf(word, voice, units, now, constants) }),
  );
  heard.sort(first);
  const said = new Map<string, string>();
  return heard.map((one) => {
    const { reporter, side, source, key } = one.word;
    const names = [`organization ${side} ${reporter}`];
    if (source !== undefined) names.push(`source ${side} ${source}`);
    const hiddenBy = names.map((name) => said.get(name)).find((found) => found !== undefined);
    if (hiddenBy !== undefined) return { ...one, amount: 0, hiddenBy };
    for (const name of names) said.set(name, key);
    return one;
  });
}
