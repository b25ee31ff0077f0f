/**
 * The SDK: a member's side of Symbolon. An identity in a vault, circles that are verified as they are read, and
 * the acts and statements of their members.
 *
 * @example
 * import { createIdentity, foundCircle, memoryStorage, say, thisPlatform } from "symbolon";
 */

export type * from "../core/circle/index.ts";
export {
  admissible,
  admissionsLeft,
  approvalsNeeded,
  carries,
  concerned,
  currentEpoch,
  defaultPolicy,
  hoursPerDay,
  isActive,
  marks,
  marksItself,
  marksOn,
  mayVote,
  objections,
  proposalWindow,
  reserveOrganizations,
  roles,
  sponsorsNeeded,
  unconfirmedDays,
  voterOf,
  windowHours,
} from "../core/circle/index.ts";
export * from "../core/codec/bytes.ts";
export * from "../core/codec/errors.ts";
export * from "../core/codec/ids.ts";
export {
  type Crypto,
  generatePhrase,
  type KdfParameters,
  kdfFloors,
  loadCrypto,
  safetyWords,
} from "../core/crypto/index.ts";
export * from "../core/statements/format.ts";
export * from "../core/statements/vocabulary.ts";
export {
  checkFile,
  checkLink,
  checkMail,
  commonness,
  type Doubt,
  displayIdentifier,
  type Finding,
  fileHash,
  fold,
  makeNameIndex,
  makeSketchIndex,
  type NameIndex,
  type Note,
  parseField,
  parseIdentifiers,
  type Understood,
} from "../subjects/index.ts";
export {
  type Assessment,
  type Burst,
  bursts,
  type Engine,
  type Likelihood,
  likelihood,
  type Mark as TrustMark,
  overview,
  projected,
  type Reason,
  revocationImpact,
  type Sentence,
  sayLikelihood,
  sentenceOf,
  separateWays,
  simulate,
  voiceOf,
  whatWouldChange,
} from "../trust/index.ts";
export * from "./circle/acts.ts";
export { type Assessed, type AssessOptions, assess, engineOf } from "./circle/assess.ts";
export { readAttachment } from "./circle/attachments.ts";
export { type CandidateNames, candidateNames, openCandidates } from "./circle/candidates.ts";
export { forExport } from "./circle/chatham.ts";
export { type Circle, findCircle, openCircle } from "./circle/circle.ts";
export { type Compared, compareHead, headCode } from "./circle/compare.ts";
export { freshVault, isOwnDevice } from "./circle/devices.ts";
export { wholeDigest } from "./circle/digest.ts";
export { eraseExpired, pastRetention, tickDue } from "./circle/duties.ts";
export { forward, isForwardable } from "./circle/forward.ts";
export { type Founding, foundCircle } from "./circle/found.ts";
export { handOver, takeOver } from "./circle/handover.ts";
export { type Holdings, holdings } from "./circle/holdings.ts";
export {
  type Arrived,
  arrivals,
  candidateBytes,
  consider,
  type Given,
  type Invited,
  type InviteOptions,
  invitationsGiven,
  invite,
  resembling,
  withdraw,
} from "./circle/invite.ts";
export { type Asked, join } from "./circle/join.ts";
export { type Invitation, readInvitation } from "./circle/link.ts";
export { type Lookup, lookup } from "./circle/lookup.ts";
export { type Moved, type Moving, moveCircle } from "./circle/move.ts";
export { type Blobs, blobsIn, exportLog } from "./circle/moveLog.ts";
export { goTo } from "./circle/moveTo.ts";
export { called, type Names, namesIn } from "./circle/profiles.ts";
export {
  approve,
  decideOrPropose,
  execute,
  findProposal,
  needsRotation,
  openProposals,
  propose,
  veto,
} from "./circle/proposals.ts";
export { rotate } from "./circle/rotate.ts";
export { type Draft, type Said, type SayOptions, say } from "./circle/say.ts";
export { indexNames, similarNames } from "./circle/similar.ts";
export { sketcherOf } from "./circle/sketch.ts";
export {
  type Found,
  identifiersOf,
  indexStatements,
  type StatementIndex,
  signedBySecond,
} from "./circle/statement-index.ts";
export { keepUp, mayAct, openSynced, type Upkeep } from "./circle/upkeep.ts";
export {
  headWords,
  summaryOf,
  type Verified as VerifiedLog,
  verifyAnew,
  verifyFromGenesis,
} from "./circle/verify.ts";
export { accept, serve } from "./circle/welcome.ts";
export { isFresh } from "./circle/write.ts";
export type { CircleRecord, IdentityRecord } from "./identity/format.ts";
export {
  changePhrase,
  createIdentity,
  hasIdentity,
  type Identity,
  importIdentity,
  type NewIdentity,
  openIdentity,
} from "./identity/identity.ts";
export { type Platform, thisPlatform } from "./platform.ts";
export { memoryStorage, type Storage } from "./storage/storage.ts";
export { Contradiction } from "./sync/heads.ts";
export type { Recorded, VoidEntry } from "./sync/recorded.ts";
export type { Progress, SyncOptions } from "./sync/sync.ts";
