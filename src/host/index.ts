/** The server: an HTTP interface over a store, blind to everything that its circles say. */
export { createApp } from "./app.ts";
export { createHost, type Host } from "./host.ts";
export {
  defaultLimits,
  type HostOptions,
  type Limits,
  type NoteSigner,
  type Observer,
  type Verify,
} from "./options.ts";
export { markRestored, reopenAll } from "./standing.ts";
export { type Swept, sweep } from "./sweep.ts";
