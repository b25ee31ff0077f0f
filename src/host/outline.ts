/** What of an error is logged: its name and code. Messages and stacks may quote what was sent. */
export function outline(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, cause } = error;
  const code = (error as { code?: unknown }).code ?? (cause as { code?: unknown } | undefined)?.code;
  const at = /at (?:async )?([\w.$<>]+) /.exec(error.stack ?? "")?.[1];
  return {
    name,
    ...(typeof code === "string" ? { code } : {}),
    ...("reason" in error && typeof error.reason === "string" ? { reason: error.reason } : {}),
    ...(at === undefined ? {} : { at }),
  };
}
