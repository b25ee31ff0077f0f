/* Everything that the page may ask of its worker, by group. */
import { circleMethods } from "./circles.ts";
import { identityMethods } from "./identity.ts";
import { createSession } from "./session.ts";
import { statementMethods } from "./statements.ts";
import { watch } from "./watch.ts";

export function createService(emit: (event: string) => void) {
  const session = createSession(emit);
  let watching = false;
  return {
    identity: identityMethods(session, () => {
      if (!watching) void watch(session);
      watching = true;
    }),
    circles: circleMethods(session),
    statements: statementMethods(session),
  };
}

/** The service as a type: the page imports nothing else of it. */
export type EngineService = ReturnType<typeof createService>;
