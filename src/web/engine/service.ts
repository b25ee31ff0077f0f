/* Everything that the page may ask of its worker, by group. */
import { circleMethods } from "./circles.ts";
import { codeMethods } from "./codes.ts";
import { deviceMethods } from "./devices.ts";
import { identityMethods } from "./identity.ts";
import { lazily } from "./lazily.ts";
import type { rosterMethods } from "./roster/index.ts";
import { createSession } from "./session.ts";
import { statementMethods } from "./statements.ts";
import { todayMethods } from "./today.ts";
import { watch } from "./watch.ts";

type Coordinating = ReturnType<typeof rosterMethods>;

export function createService(emit: (event: string) => void) {
  const session = createSession(emit);
  let watching = false;
  const identity = identityMethods(session, {
    onUnlock: () => {
      if (!watching) void watch(session);
      watching = true;
    },
    onLost: () => emit("lost"),
  });
  const coordinating = <N extends keyof Coordinating>(name: N): Coordinating[N] =>
    lazily<Coordinating[N]>(async () => (await import("./roster/index.ts")).rosterMethods(session)[name]);
  return {
    identity,
    devices: deviceMethods(session),
    circles: circleMethods(session),
    statements: statementMethods(session),
    safety: lazily(async () => (await import("./safety.ts")).safetyMethods(session)),
    tips: lazily(async () => (await import("./tips.ts")).tipMethods(session)),
    today: todayMethods(session),
    codes: codeMethods(),
    roster: coordinating("roster"),
    invitations: coordinating("invitations"),
    candidates: coordinating("candidates"),
    members: coordinating("members"),
    marks: coordinating("marks"),
    proposals: coordinating("proposals"),
    trust: coordinating("trust"),
    log: coordinating("log"),
    subjects: lazily(async () => (await import("./vetting/index.ts")).subjectMethods(session)),
    cases: lazily(async () => (await import("./vetting/index.ts")).caseMethods(session)),
    inquiries: lazily(async () => (await import("./vetting/index.ts")).inquiryMethods(session)),
    reports: lazily(async () => (await import("./vetting/index.ts")).reportMethods(session)),
  };
}

/** The service as a type: the page imports nothing else of it. */
export type EngineService = ReturnType<typeof createService>;
