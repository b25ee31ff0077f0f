/** Who is meant, and is this tip real: identifiers, names, matching, tips, checks. Pure, on the device. */
export * from "./identifiers/index.ts";
export * from "./names/index.ts";
export { fold } from "./text/fold.ts";
export * from "./tips/index.ts";
export * from "./checks/index.ts";
export * from "./matching/index.ts";
