/** From what was said about a subject to an opinion with its reasons. */
export * from "./assess.ts";
export { type Counted, count, type Heard, heardOf, type Side, unitsFor, type Word, weigh } from "./evidence.ts";
export { strengthOf } from "./strength.ts";
export { type Beside, isLive, last, leaning, type Statements, textKey, type WordsOn, wordsOn } from "./words.ts";
