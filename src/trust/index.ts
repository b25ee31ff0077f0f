/**
 * Whom to believe, and why: a viewer's own assessment of what organizations say about a subject.
 * `createEngine` holds statements and answers; the rest explains its answers. See docs/trust.md.
 */
export { type Assessment, type Beside, type Reason, type Side, strengthOf } from "./assess/index.ts";
export { type Constants, product } from "./constants.ts";
export { type AssessQuestion, createEngine, type Engine, type EngineOptions, type Question } from "./engine.ts";
export * from "./explain/index.ts";
export { separateWays, type Ways } from "./independence/index.ts";
export * from "./opinion/index.ts";
export type { Mark, Organization } from "./organizations.ts";
export { type Burst, bursts, type Hanging, type Overview, overview, rootOf } from "./overview.ts";
export { type Path, type Voice, voiceOf } from "./voice/index.ts";
