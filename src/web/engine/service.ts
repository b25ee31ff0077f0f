/* Everything that the page may ask of its worker, by group. */
import { identityMethods } from "./identity.ts";
import { lazily } from "./lazily.ts";
import type { rosterMethods } from "./roster/index.ts";
import { createSession } from "./session.ts";

type Coordinating = ReturnType<typeof rosterMethods>;

export function createService(emit: (event: string) => void) {
  const session = createSession(emit);
  let watching = false;
  const identity = identityMethods(session, {
    onUnlock: () => {
      if (watching) return;
      watching = true;
      import("./watch.ts").then(
        ({ watch }) => watch(session),
        () => {
          watching = false;
        },
      );
    },
    onLost: () => emit("lost"),
  });
  const coordinating = <N extends keyof Coordinating>(name: N): Coordinating[N] =>
    lazily<Coordinating[N]>(async () => (await import("./roster/index.ts")).rosterMethods(session)[name]);
  return {
    identity,
    devices: lazily(async () => (await import("./devices.ts")).deviceMethods(session)),
    circles: lazily(async () => (await import("./circles.ts")).circleMethods(session)),
    statements: lazily(async () => (await import("./statements.ts")).statementMethods(session)),
    safety: lazily(async () => (await import("./safety.ts")).safetyMethods(session)),
    tips: lazily(async () => (await import("./tips.ts")).tipMethods(session)),
    today: lazily(async () => (await import("./today.ts")).todayMethods(session)),
    codes: lazily(async () => (await import("./codes.ts")).codeMethods()),
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
