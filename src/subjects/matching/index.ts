/** Matching: whether two subjects are one, members' judgments of it, and an index over all a circle holds. */
export { compareSubjects, type Match, type MatchReason, namesOf, type Verdict } from "./compare.ts";
export { compareWithJudgments, gatherJudgments, type Judgments, type PlacedJudgment } from "./judgments.ts";
export { makeNameIndex, type NameHit, type NameIndex } from "./name-index.ts";
export { makeSubjectIndex, type SubjectHit, type SubjectIndex } from "./subject-index.ts";
