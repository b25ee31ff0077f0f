/** Names: taken apart, compared, and how common they are. */
export { type Commonness, commonness } from "./commonness.ts";
export { compareNames, compatible, type NameComparison, type NameOptions } from "./compare.ts";
export { edits } from "./distance.ts";
export { type Name, nameOf } from "./name.ts";
export type { Reason } from "./reasons.ts";
export { fromTelex, fromVni } from "./vietnamese.ts";
