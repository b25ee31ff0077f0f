/** What members say: kinds, words, rules, signatures, audience. */
export * from "./audience.ts";
export * from "./body.ts";
export * from "./format.ts";
export * from "./placed.ts";
export * from "./rules.ts";
export * from "./vocabulary.ts";
