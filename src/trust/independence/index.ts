/** How many separate ways lead to a word, and on whom they hang. */
export { type Flow, flowPaths, maximumFlow, type Network } from "./flow.ts";
export { separateWays, type Ways } from "./ways.ts";
