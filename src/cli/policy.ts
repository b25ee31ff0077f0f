import { type Policy, UsageError } from "../client/index.ts";
import { columns } from "./text.ts";

const numbers = [
  "sponsors",
  "windowHours",
  "quorum",
  "admissionsPer30Days",
  "probationDays",
  "retentionDays",
  "checkInDays",
  "successionDays",
] as const satisfies readonly (keyof Policy)[];

const meanings: Readonly<Partial<Record<keyof Policy, string>>> = {
  kind: "network: organizations count; organization: persons of one organization",
  sponsors: "organizations that must sponsor a candidate",
  windowHours: "hours for objections and vetoes",
  quorum: "organizations that carry a decision",
  admissionsPer30Days: "admissions at most in 30 days",
  probationDays: "days during which a new organization's voice is capped",
  history: "what a joiner may read: full, or from-joining",
  retentionDays: "days after which statements are erased; none keeps them",
  checkInDays: "days within which every member shows that they are there",
  successionDays: "days of silence after which reserves act",
};

/** Settings like `quorum=3` as a change of policy. Throws `UsageError` that names what there is. */
export function readPolicy(settings: readonly string[]): Partial<Policy> {
  const changed: Record<string, unknown> = {};
  for (const setting of settings) {
    const [name = "", value = ""] = setting.split("=", 2);
    if ((numbers as readonly string[]).includes(name) && /^\d{1,6}$/.test(value)) changed[name] = Number(value);
    else if (name === "retentionDays" && value === "none") changed[name] = undefined;
    else if (name === "history" && (value === "full" || value === "from-joining")) changed[name] = value;
    else {
      throw new UsageError(
        "policy.setting",
        `a setting is written like quorum=3: ${numbers.join(", ")}, history=full or history=from-joining`,
      );
    }
  }
  return changed as Partial<Policy>;
}

/** A policy with settings changed; what is set to none is left out. */
export function withSettings(policy: Policy, settings: Partial<Policy>): Policy {
  const merged = { ...policy, ...settings };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as Policy;
}

/** A policy as text. */
export function policyText(policy: Policy): string {
  return columns(
    Object.entries(policy).map(([name, value]) => {
      const meaning = meanings[name as keyof Policy];
      return [`${name}=${Array.isArray(value) ? value.length : value}`, meaning ?? ""];
    }),
  );
}
