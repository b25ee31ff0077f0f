/** The result in words, its reasons, and what would change it. */
export { type Decision, leansOn, revocationImpact, type Simulated, simulate, whatWouldChange } from "./change.ts";
export { type Likelihood, likelihood, type Sentence, sentenceOf } from "./sentence.ts";
export { type Language, say, sayLikelihood } from "./words.ts";
