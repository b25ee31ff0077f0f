/** Who is heard, how loudly, and by which ways. */
export { drop, emptyGraph, type Graph, put, type Vouch } from "./graph.ts";
export { apportion, type Path, type Paths, paths } from "./paths.ts";
export { grainsOf, passes, reached, type Voice, voiceOf, type WalkOptions, walk } from "./walk.ts";
