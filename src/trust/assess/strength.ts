import type { EvidenceClass, Grade } from "../../core/statements/index.ts";

const byClass: Readonly<Record<EvidenceClass, number>> = { witnessed: 1, document: 0.9, told: 0.5, inferred: 0.3 };
const bySource: Readonly<Record<Grade["source"], number>> = { A: 1, B: 0.8, C: 0.6, D: 0.4, E: 0.2, F: 0 };
const byInformation: Readonly<Record<Grade["information"], number>> = {
  "1": 1,
  "2": 0.8,
  "3": 0.6,
  "4": 0.3,
  "5": 0.1,
  "6": 0,
};

/**
 * How much one statement weighs, 0 to 1, before its age: by evidence class (none given: as told) and
 * Admiralty grade, where F and 6 mean *cannot be judged*: no evidence, not half.
 */
export function strengthOf(evidence: EvidenceClass | undefined, grade: Grade | undefined): number {
  const known = byClass[evidence ?? "told"];
  return grade === undefined ? known : known * bySource[grade.source] * byInformation[grade.information];
}
