/**
 * The cryptography: primitives in two implementations, and what the protocol builds of them. The host
 * imports the verifying half alone: `sha256.ts`, `domain.ts`, `webcrypto.ts`.
 */
export * from "./attachment.ts";
export * from "./derive.ts";
export * from "./domain.ts";
export * from "./envelope.ts";
export * from "./kdf.ts";
export * from "./kem.ts";
export * from "./load.ts";
export * from "./padding.ts";
export * from "./phrase.ts";
export * from "./safety-words.ts";
export * from "./sha256.ts";
export * from "./types.ts";
export * from "./vault.ts";
export * from "./webcrypto.ts";
export * from "./wraps.ts";
