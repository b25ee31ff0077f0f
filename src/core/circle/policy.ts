import { type Infer, id, list, type OrganizationId, oneOf, optional, record, uint } from "../codec/index.ts";

/** `network`: organizations are counted. `organization`: one organization's own circle, where persons are. */
export const circleKinds = { network: 1, organization: 2 } as const;

/** What a joiner may read: everything kept, or only what comes after joining. */
export const histories = { full: 1, "from-joining": 2 } as const;

/** The rules of a circle, set at founding and changed by quorum (§6 Policy). */
export const policy = record({
  kind: [1, oneOf(circleKinds)],
  /** Organizations that must sponsor a candidate. */
  sponsors: [2, uint(16)],
  /** Hours of log time for objections, and for vetoes. */
  windowHours: [3, uint(24 * 60)],
  /** Organizations (or persons) that carry a quorum act. */
  quorum: [4, uint(16)],
  admissionsPer30Days: [5, uint(1000)],
  /** Days during which a new organization's voice is capped. */
  probationDays: [6, uint(366)],
  history: [7, oneOf(histories)],
  /** Days after which statements are erased; absent: kept. */
  retentionDays: [8, optional(uint(36_600))],
  checkInDays: [9, uint(90)],
  /** The reserve organizations; absent: the first three that are not coordinators'. */
  reserves: [10, optional(list(id<OrganizationId>(), 16))],
  successionDays: [11, uint(365)],
});
export type Policy = Infer<typeof policy>;

/** What a circle starts with unless its founder says otherwise. */
export const defaultPolicy: Policy = {
  kind: "network",
  sponsors: 2,
  windowHours: 72,
  quorum: 2,
  admissionsPer30Days: 20,
  probationDays: 30,
  history: "full",
  checkInDays: 7,
  successionDays: 14,
};
