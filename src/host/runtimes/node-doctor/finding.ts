/** How a check went: `failure` is to be repaired before members rely on the host, `warning` to be decided upon. */
export type State = "ok" | "warning" | "failure";

/** What one check found, in one sentence, and what to do where it is not well. */
export type Finding = {
  readonly check: string;
  readonly state: State;
  readonly says: string;
  readonly todo?: string;
};

export const ok = (check: string, says: string): Finding => ({ check, state: "ok", says });
export const warning = (check: string, says: string, todo: string): Finding => ({
  check,
  state: "warning",
  says,
  todo,
});
export const failure = (check: string, says: string, todo: string): Finding => ({
  check,
  state: "failure",
  says,
  todo,
});
