/** The log that the host keeps and clients verify: entries, tree, checkpoints, and what the host enforces. */
export * from "./acl.ts";
export * from "./api.ts";
export * from "./checkpoint.ts";
export * from "./entry.ts";
export * from "./erasure.ts";
export * from "./format.ts";
export * from "./inner.ts";
export * from "./merkle.ts";
export * from "./move.ts";
export * from "./problems.ts";
export * from "./request.ts";
export * from "./signed.ts";
