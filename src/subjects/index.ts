/**
 * Who is meant, and is this tip real: identifiers, names, matching, tips, checks. Pure, on the device, the same in
 * Node and in browsers; nothing here asks a network or a clock.
 */
export * from "./checks/index.ts";
export { type Examined, examine } from "./examine.ts";
export * from "./identifiers/index.ts";
export * from "./matching/index.ts";
export * from "./names/index.ts";
export { skeleton } from "./text/confusables.ts";
export { fold } from "./text/fold.ts";
export * from "./tips/index.ts";
