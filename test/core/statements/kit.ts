import type { DeviceId, OrganizationId, StatementHash, StatementId } from "../../../src/core/codec/index.ts";
import type { Statement } from "../../../src/core/statements/index.ts";
import { bytesFor, idFor } from "../../kit/roster.ts";

const common = {
  id: "11".repeat(16) as StatementId,
  organization: idFor<OrganizationId>("organization"),
  device: idFor<DeviceId>("device"),
  tlp: "TLP:AMBER",
} as const;
const about = { subject: { identifiers: [{ kind: "phone", value: "+84912345678" }] } } as const;
const target = { target: idFor<StatementHash>("target") } as const;

/** One statement of every kind. */
export const samples = {
  profile: { ...common, kind: "profile", name: "Tòa soạn", salt: bytesFor("salt") },
  vouch: { ...common, kind: "vouch", vouched: idFor<OrganizationId>("other"), amount: 120, role: "heard" },
  attestation: { ...common, ...about, kind: "attestation", attests: "identity" },
  "red-flag": {
    ...common,
    ...about,
    kind: "red-flag",
    category: "phishing",
    severity: "high",
    evidence: "witnessed",
    expires: 20_100,
  },
  tip: { ...common, kind: "tip", sources: [], verdict: "unverified" },
  position: { ...common, ...target, kind: "position", opinion: "agree" },
  correction: { ...common, ...target, kind: "correction" },
  retraction: { ...common, ...target, kind: "retraction" },
  reply: { ...common, ...target, kind: "reply" },
  inquiry: { ...common, ...about, kind: "inquiry", questions: ["Who?"] },
  answer: { ...common, ...about, ...target, kind: "answer", answers: ["We know them."] },
  decision: { ...common, ...about, kind: "decision", verdict: "yes", contest: "Write to the editor." },
  case: { ...common, ...about, kind: "case", purpose: "A source", access: "The tip line" },
  guide: { ...common, kind: "guide", title: "Calls", steps: ["Call back."] },
  "check-in": { ...common, kind: "check-in" },
  judgment: { ...common, ...about, kind: "judgment", other: about.subject, judgment: "same" },
} as unknown as { readonly [K in Statement["kind"]]: Extract<Statement, { kind: K }> };
