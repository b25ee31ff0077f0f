import {
  type BlobHash,
  bytes,
  type DeviceId,
  flag,
  type Infer,
  id,
  list,
  type OrganizationId,
  oneOf,
  optional,
  record,
  type StatementHash,
  type StatementId,
  text,
  uint,
  union,
} from "../codec/index.ts";
import * as words from "./vocabulary.ts";

/** Days since 1970-01-01; the upper bound is the year 9999. */
export const day = uint(2_932_896);

/** An identifier in canonical form, as `src/subjects` makes it; never a name. */
export const identifier = record({
  kind: [1, oneOf(words.identifierKinds)],
  value: [2, text(2048)],
  /** The platform's stable number of an account whose handle may change hands. */
  stableId: [3, optional(text(128))],
  /** The name as it was seen beside the identifier. */
  nameSeen: [4, optional(text(256))],
  seenFrom: [5, optional(day)],
  seenUntil: [6, optional(day)],
});
export type Identifier = Infer<typeof identifier>;

/** Who or what a statement is about. There is always an identifier; names and qualifiers only help to find. */
export const subject = record({
  identifiers: [1, list(identifier, 32, 1)],
  names: [2, optional(list(text(256), 16))],
  birthYear: [3, optional(uint(9999))],
  place: [4, optional(text(256))],
  employer: [5, optional(text(256))],
});
export type Subject = Infer<typeof subject>;

/** A file in encrypted chunks; each chunk is a blob. */
export const attachment = record({
  id: [1, bytes(16)],
  key: [2, bytes(32)],
  name: [3, text(255)],
  mediaType: [4, text(127)],
  size: [5, uint(64 * (2 ** 20 - 4))],
  chunks: [6, list(id<BlobHash>(), 64, 1)],
});
export type Attachment = Infer<typeof attachment>;

export const grade = record({
  source: [1, oneOf(words.sourceGrades)],
  information: [2, oneOf(words.informationGrades)],
});
export type Grade = Infer<typeof grade>;

/** A similarity sketch of a text, keyed per circle, as `src/subjects` makes it. */
export const sketch = record({
  method: [1, uint(255)],
  values: [2, bytes(8, 4096)],
});
export type Sketch = Infer<typeof sketch>;

const common = {
  id: [1, id<StatementId>(16)],
  organization: [2, id<OrganizationId>()],
  device: [3, id<DeviceId>()],
  text: [4, optional(text())],
  evidence: [5, optional(oneOf(words.evidenceClasses))],
  grade: [6, optional(grade)],
  /** The date of the event, a day; how exact it is meant says `eventPrecision` (day, if absent). */
  eventDay: [7, optional(day)],
  eventPrecision: [8, optional(oneOf(words.precisions))],
  tlp: [9, oneOf(words.tlps)],
  pap: [10, optional(oneOf(words.paps))],
  chathamHouse: [11, optional(flag)],
  /** The last day on which the statement counts. */
  expires: [12, optional(day)],
  attachments: [13, optional(list(attachment, 16))],
  /** The language of the text, BCP 47. */
  language: [14, optional(text(35))],
} as const;

const about = { subject: [20, subject] } as const;
const target = { target: [21, id<StatementHash>()] } as const;

const account = record({ platform: [1, text(64)], handle: [2, text(256)] });

/** Fields 20 and up belong to the kind. Unknown fields are ignored, unknown kinds are void (§4). */
export const statement = union({
  profile: [
    1,
    record(
      {
        ...common,
        /** Absent: the organization's own profile. */
        member: [22, optional(id<DeviceId>())],
        name: [23, text(256)],
        salt: [24, bytes(32)],
        languages: [25, optional(list(text(35), 32))],
        contact: [26, optional(text(1024))],
        accounts: [27, optional(list(account, 32))],
      },
      "open",
    ),
  ],
  vouch: [
    2,
    record(
      {
        ...common,
        vouched: [22, id<OrganizationId>()],
        amount: [23, uint(120)],
        role: [24, oneOf(words.vouchRoles)],
        scopes: [25, optional(list(oneOf(words.scopes), 3))],
        basis: [26, optional(oneOf(words.vouchBases))],
        since: [27, optional(day)],
      },
      "open",
    ),
  ],
  attestation: [3, record({ ...common, ...about, attests: [22, oneOf(words.attestables)] }, "open")],
  "red-flag": [
    4,
    record(
      {
        ...common,
        ...about,
        category: [22, oneOf(words.redFlagCategories)],
        severity: [23, oneOf(words.severities)],
      },
      "open",
    ),
  ],
  tip: [
    5,
    record(
      {
        ...common,
        /** Where the tip came from. */
        sources: [22, list(identifier, 32)],
        sketch: [23, optional(sketch)],
        /** SHA-256 of the files or texts, exact. */
        fileHashes: [24, optional(list(bytes(32), 64))],
        /** Checks made, a sentence each. */
        checks: [25, optional(list(text(1024), 64))],
        verdict: [26, oneOf(words.tipVerdicts)],
        /** The tip's own text, only if the author chose to share it. */
        content: [27, optional(text(32_768))],
      },
      "open",
    ),
  ],
  position: [6, record({ ...common, ...target, opinion: [22, oneOf(words.stixOpinions)] }, "open")],
  correction: [7, record({ ...common, ...target }, "open")],
  retraction: [8, record({ ...common, ...target }, "open")],
  reply: [9, record({ ...common, ...target }, "open")],
  inquiry: [
    10,
    record({ ...common, ...about, questions: [22, list(text(1024), 32, 1)], deadline: [23, optional(day)] }, "open"),
  ],
  answer: [
    11,
    record(
      { ...common, ...target, ...about, answers: [22, list(text(4096), 32)], wouldVouch: [23, optional(uint(120))] },
      "open",
    ),
  ],
  decision: [
    12,
    record(
      {
        ...common,
        ...about,
        verdict: [22, oneOf(words.verdicts)],
        review: [23, optional(day)],
        limits: [24, optional(text(4096))],
        /** How the candidate may contest it. */
        contest: [25, optional(text(4096))],
        /** Why the candidate is not told (people.md, journey 1, step 8). */
        untold: [26, optional(text(4096))],
      },
      "open",
    ),
  ],
  case: [
    13,
    record(
      {
        ...common,
        ...about,
        purpose: [22, text(4096)],
        /** What the candidate will be able to touch. */
        access: [23, text(4096)],
        deadline: [24, optional(day)],
        groundwork: [
          25,
          optional(list(record({ item: [1, text(512)], done: [2, flag], note: [3, optional(text(2048))] }), 64)),
        ],
      },
      "open",
    ),
  ],
  guide: [
    14,
    record(
      {
        ...common,
        title: [22, text(256)],
        steps: [23, list(text(2048), 128)],
        replaces: [24, optional(id<StatementHash>())],
      },
      "open",
    ),
  ],
  "check-in": [15, record({ ...common }, "open")],
  /** Whether two subjects are one and the same, in a member's judgment. */
  judgment: [16, record({ ...common, ...about, other: [22, subject], judgment: [23, oneOf(words.judgments)] }, "open")],
});

/** What a member says. */
export type Statement = Infer<typeof statement>;
export type StatementKind = Statement["kind"];
export type StatementOf<K extends StatementKind> = Extract<Statement, { kind: K }>;
