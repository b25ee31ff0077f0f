/**
 * What the host keeps: the contract, and its one implementation in SQL. The engines under it (`sqlite.ts`) are
 * imported by the runtime that has them.
 */
export * from "./engine.ts";
export * from "./hostKey.ts";
export * from "./migrate.ts";
export { createPlaces, type Places, placedBytes } from "./places.ts";
export * from "./sqlStore.ts";
export * from "./store.ts";
export * from "./verify.ts";
