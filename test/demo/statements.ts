import type { Draft, OrganizationId, StatementHash } from "../../src/client/index.ts";

/** The collaborator whom the demo is about; all of it invented. */
export const person = { phone: "+84912345678", phoneTyped: "0912 345 678", mail: "stringer.seven@example.org" };

const subject = {
  identifiers: [
    { kind: "phone", value: person.phone },
    { kind: "mail", value: person.mail },
  ],
  names: ["Stringer Seven"],
  place: "Harbor District",
} as const;

/** The day on which the demo's warnings expire, a month from `today`. */
export const soon = (today: number) => today + 30;

/** One draft of every kind that can stand alone in a network's circle. */
export function standing(today: number): readonly Draft[] {
  return [
    {
      kind: "attestation",
      tlp: "TLP:AMBER",
      evidence: "witnessed",
      grade: { source: "B", information: "2" },
      attests: "delivered-work",
      subject,
      text: "Delivered three investigations with us, on time and sound.",
    },
    {
      kind: "red-flag",
      tlp: "TLP:AMBER",
      evidence: "document",
      category: "account-compromised",
      severity: "medium",
      expires: soon(today),
      subject,
      text: "The mail account sent us a link that asks for the password.",
    },
    {
      kind: "tip",
      tlp: "TLP:GREEN",
      verdict: "fabricated",
      evidence: "document",
      sources: [{ kind: "mail", value: person.mail }],
      checks: ["The letterhead is of a ministry that was dissolved."],
      text: "Leaked decree, sent to several desks at once.",
    },
    {
      kind: "inquiry",
      tlp: "TLP:AMBER",
      subject,
      questions: ["How do you know them, and since when?"],
      deadline: soon(today),
    },
    {
      kind: "decision",
      tlp: "TLP:AMBER",
      subject,
      verdict: "yes-with-limits",
      limits: "No access to sources.",
      review: soon(today),
    },
    { kind: "guide", tlp: "TLP:GREEN", title: "Before you open an attachment", steps: ["Ask the sender by voice."] },
    {
      kind: "judgment",
      tlp: "TLP:AMBER",
      subject,
      other: { identifiers: [{ kind: "telegram", value: "stringer_seven" }] },
      judgment: "same",
    },
    { kind: "check-in", tlp: "TLP:AMBER" },
  ];
}

/** One draft of every kind that refers to another statement. */
export function referring(target: StatementHash, inquiry: StatementHash): readonly Draft[] {
  return [
    {
      kind: "position",
      tlp: "TLP:AMBER",
      target,
      opinion: "agree",
      evidence: "told",
      text: "We heard the same from our own desk.",
    },
    { kind: "correction", tlp: "TLP:AMBER", target, text: "It was two investigations, not three." },
    { kind: "reply", tlp: "TLP:AMBER", target, text: "In their own words: I have never worked under another name." },
    {
      kind: "answer",
      tlp: "TLP:AMBER",
      target: inquiry,
      subject,
      answers: ["Since last spring, in person."],
      wouldVouch: 40,
    },
  ];
}

/** A vouch for an organization. */
export function vouchFor(vouched: OrganizationId): Draft {
  return { kind: "vouch", tlp: "TLP:AMBER", vouched, amount: 120, role: "may-introduce", basis: "worked-together" };
}

/** A case, which stays in the organization's own circle. */
export function caseDraft(today: number): Draft {
  return {
    kind: "case",
    tlp: "TLP:AMBER+STRICT",
    subject,
    purpose: "Regular work in the harbor district.",
    access: "Drafts and the shared calendar.",
    deadline: soon(today),
    groundwork: [{ item: "Search the archive for the name", done: true, note: "Nothing that contradicts." }],
  };
}

/** Every text of the demo that the host must not hold. */
export function texts(drafts: readonly Draft[]): Set<string> {
  const found = new Set<string>(Object.values(person));
  const walk = (value: unknown) => {
    if (typeof value === "string" && /[ @+]/.test(value)) found.add(value);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (value !== null && typeof value === "object") Object.values(value).forEach(walk);
  };
  drafts.forEach(walk);
  return found;
}
