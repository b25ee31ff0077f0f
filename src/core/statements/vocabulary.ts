/*
 * The words of the standards, with their numbers on the wire. Values as the standards name them;
 * what each means to a person, `src/web/i18n` says.
 */

/** How the author knows. */
export const evidenceClasses = { witnessed: 1, document: 2, told: 3, inferred: 4 } as const;
export type EvidenceClass = keyof typeof evidenceClasses;

/** Admiralty grade of a source: A completely reliable … E unreliable, F cannot be judged. */
export const sourceGrades = { A: 1, B: 2, C: 3, D: 4, E: 5, F: 6 } as const;
export type SourceGrade = keyof typeof sourceGrades;

/** Admiralty grade of a piece of information: 1 confirmed … 5 improbable, 6 cannot be judged. */
export const informationGrades = { "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6 } as const;
export type InformationGrade = keyof typeof informationGrades;

/** Traffic Light Protocol 2.0 (FIRST). Never translated. */
export const tlps = { "TLP:RED": 1, "TLP:AMBER+STRICT": 2, "TLP:AMBER": 3, "TLP:GREEN": 4, "TLP:CLEAR": 5 } as const;
export type Tlp = keyof typeof tlps;

/** Permissible Actions Protocol. */
export const paps = { "PAP:RED": 1, "PAP:AMBER": 2, "PAP:GREEN": 3, "PAP:CLEAR": 4 } as const;
export type Pap = keyof typeof paps;

/** Opinion of STIX 2.1. */
export const stixOpinions = {
  "strongly-disagree": 1,
  disagree: 2,
  neutral: 3,
  agree: 4,
  "strongly-agree": 5,
} as const;
export type StixOpinion = keyof typeof stixOpinions;

/** What a vouch lets its issuer's voice do: end at the vouched, or be passed on by them. */
export const vouchRoles = { heard: 1, "may-introduce": 2 } as const;
export type VouchRole = keyof typeof vouchRoles;

/** How the voucher and the vouched know each other. */
export const vouchBases = { "worked-together": 1, "met-in-person": 2, "online-only": 3 } as const;
export type VouchBasis = keyof typeof vouchBases;

/** What a vouch is about; a vouch without scopes covers all of them. */
export const scopes = { people: 1, tips: 2, security: 3 } as const;
export type Scope = keyof typeof scopes;

/** What an attestation attests. */
export const attestables = {
  identity: 1,
  affiliation: 2,
  "delivered-work": 3,
  "security-practice": 4,
  "editorial-reliability": 5,
} as const;
export type Attestable = keyof typeof attestables;

/** What a red flag warns of. */
export const redFlagCategories = {
  impersonation: 1,
  infiltration: 2,
  "state-linked": 3,
  phishing: 4,
  "fake-tip": 5,
  harassment: 6,
  "financial-misconduct": 7,
  "account-compromised": 8,
} as const;
export type RedFlagCategory = keyof typeof redFlagCategories;

export const severities = { low: 1, medium: 2, high: 3, critical: 4 } as const;
export type Severity = keyof typeof severities;

/** What a tip was found to be. `unverified` is no verdict against it. */
export const tipVerdicts = { unverified: 1, authentic: 2, misleading: 3, fabricated: 4, bait: 5 } as const;
export type TipVerdict = keyof typeof tipVerdicts;

/** Whether two subjects are one. */
export const judgments = { same: 1, different: 2, unsure: 3 } as const;
export type Judgment = keyof typeof judgments;

/** The four decisions on a candidate. */
export const verdicts = { yes: 1, "yes-with-limits": 2, "not-now": 3, no: 4 } as const;
export type Verdict = keyof typeof verdicts;

/** How exact the date of an event is: never finer than a day. */
export const precisions = { day: 1, month: 2, year: 3 } as const;
export type Precision = keyof typeof precisions;

/** Kinds of identifier. What each canonical value looks like is defined in `src/subjects`. */
export const identifierKinds = {
  phone: 1,
  mail: 2,
  facebook: 3,
  telegram: 4,
  x: 5,
  tiktok: 6,
  youtube: 7,
  instagram: 8,
  signal: 9,
  session: 10,
  threema: 11,
  domain: 12,
  url: 13,
  pgp: 14,
  onion: 15,
  document: 16,
  wallet: 17,
  registration: 18,
  organization: 19,
} as const;
export type IdentifierKind = keyof typeof identifierKinds;
