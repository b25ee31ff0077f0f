/** What the host keeps: the contract, its one implementation in SQL, and the engines under it. */
export * from "./engine.ts";
export * from "./migrate.ts";
export * from "./sqlite.ts";
export * from "./sqlStore.ts";
export * from "./store.ts";
export * from "./verify.ts";
