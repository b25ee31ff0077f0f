/** What members say: kinds, words, signatures, audience. */
export * from "./format.ts";
export * from "./placed.ts";
export * from "./vocabulary.ts";
