/** One result of an Authentication-Results field (RFC 8601). */
export type AuthResult = {
  readonly method: string;
  readonly result: string;
  /** Properties such as `header.d`, lower case names. */
  readonly properties: ReadonlyMap<string, string>;
};

export type AuthResults = { readonly server: string; readonly results: readonly AuthResult[] };

/** Reads a field's value; `undefined` if it is malformed. Comments in parentheses are dropped. */
export function parseAuthResults(value: string): AuthResults | undefined {
  const parts = withoutComments(value.slice(0, 16_384)).split(";");
  const server = /^\s*"?([^\s"]+)"?/.exec(parts[0] ?? "")?.[1]?.toLowerCase();
  if (server === undefined || server.includes("=")) return undefined;
  const results: AuthResult[] = [];
  for (const part of parts.slice(1, 65)) {
    const words = part.trim().split(/\s+/);
    const head = /^([\w-]+)(?:\/\d+)?=([\w-]+)$/.exec((words[0] ?? "").toLowerCase());
    if (!head) continue;
    const properties = new Map<string, string>();
    for (const word of words.slice(1)) {
      const equals = word.indexOf("=");
      if (equals > 0) properties.set(word.slice(0, equals).toLowerCase(), word.slice(equals + 1).replace(/^"|"$/g, ""));
    }
    results.push({ method: head[1] as string, result: head[2] as string, properties });
  }
  return { server, results };
}

function withoutComments(text: string): string {
  let out = "";
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === "\\" && depth > 0) i++;
    else if (c === "(") depth++;
    else if (c === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) out += c;
  }
  return out;
}
