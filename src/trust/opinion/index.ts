/** Opinions of subjective logic, and the ways of joining them. */
export * from "./opinion.ts";
