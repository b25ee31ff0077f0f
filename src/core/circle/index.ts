/** The roster: who is in a circle and may do what, replayed from its log. */
export { admissible, admissionsLeft, mostDevices, sponsorsNeeded } from "./admission.ts";
export { applyChange, unconfirmedDays } from "./changes.ts";
export { rosterDigest } from "./digest.ts";
export * from "./entry.ts";
export { isFinal } from "./erase.ts";
export * from "./format.ts";
export { expectedKeys, keysAreHeld } from "./keys.ts";
export { advanceLogTime, hoursPerDay, voterOf, windowHours } from "./logtime.ts";
export * from "./members.ts";
export * from "./policy.ts";
export * from "./proofs.ts";
export { againstCoordinator, approvalsNeeded, carries, concerned, mayVote, proposalWindow } from "./quorum.ts";
export { apply, circleIdOf, currentEpoch, found, type Step, skip } from "./replay.ts";
export { rotationDevices } from "./rotation.ts";
export { counts, marksOn, speaker } from "./standing.ts";
export * from "./state.ts";
export { controlMessage, countsAtHost, keysAfterChange, marksItself } from "./votes.ts";
