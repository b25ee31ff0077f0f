/** The one gate between values and bytes: deterministic CBOR, shapes, ids, errors. */
export * from "./bytes.ts";
export * from "./cbor.ts";
export * from "./errors.ts";
export * from "./ids.ts";
export * from "./record.ts";
