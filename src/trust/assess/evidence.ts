import { CLOCK_SKEW_HOURS, type Constants, fade, HOURS_PER_DAY, product } from "../constants.ts";
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

/** Evidence of one first-hand word at full voice. It may know the viewer's own vouches, and nothing else of the graph. */
export function unitsFor(voice: Voice, constants: Constants): number {
  return constants.units * Math.max(1, voice.own) ** constants.viewerPower;
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

/**
 * What the words on a subject weigh for the viewer of `voice`. Words of organizations that voice does
 * not reach are left out before anything is compared (invariant 1); of one organization's words, and of
 * dependent ones, the largest counts (invariant 5). `now` in hours.
 */
export function count(words: readonly Word[], voice: Voice, now: number, constants: Constants = product): Counted[] {
  const units = unitsFor(voice, constants);
  const heard: Counted[] = [];
  for (const word of words) {
    const loud = voiceOf(voice, word.reporter);
    if (loud > 0) heard.push({ word, voice: loud, amount: amountOf(word, loud, units, now, constants) });
  }
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
