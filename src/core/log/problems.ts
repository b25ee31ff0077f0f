/** Every problem a host answers with (RFC 9457): the status, and a sentence that says what to do. */
export const problems = {
  malformed: [400, "The request is not what the interface allows: check the client's version."],
  "too-large": [413, "The body passes this host's limits: send less at once."],
  "circle-exists": [409, "A circle with this id exists at this host: found another."],
  unauthorized: [
    401,
    "Nothing here is open to this request: check the circle, the host and the key it is signed with.",
  ],
  forbidden: [403, "This key may not do that: use a key that has the right."],
  clock: [401, "The request's time is too far from this host's: sign again with the time in the Date header."],
  "stale-epoch": [409, "The circle has moved to another epoch: synchronize, seal anew and send again."],
  "acl-conflict": [409, "The access list was changed meanwhile: synchronize and make the rotation again."],
  "acl-refused": [403, "The access list breaks its rules or lacks signatures: synchronize and check the proposal."],
  "erase-refused": [
    403,
    "The erasure breaks its rules or lacks signatures: check the token, the keys and the positions.",
  ],
  "read-only": [
    503,
    "The circle takes nothing new at this host until it has back what it lost, or has moved here: wait and send again.",
  ],
  moved: [410, "The circle has left this host: ask another member for its new address."],
  "restore-refused": [
    409,
    "These entries do not continue the log that this host holds, or nothing that it trusts covers them: compare heads.",
  ],
  "move-refused": [403, "The move lacks the signatures of enough control keys: others have to approve it."],
  "partly-stored": [409, "Some of these entries are stored already: synchronize and send only those that are not."],
  "blob-missing": [409, "An entry lists a blob that this host does not hold: upload its blobs first."],
  "unknown-blob": [404, "This host does not hold the blob: it was never sent, was dropped, or was erased."],
  "mailbox-closed": [410, "The mailbox has expired: ask for a new invitation."],
  "mailbox-written": [409, "Something else was written here first: somebody may hold the same invitation."],
  "unknown-mailbox": [404, "There is no such mailbox: ask for a new invitation."],
  quota: [429, "The circle has used up its quota at this host: wait, or ask who runs the host."],
  "too-many": [
    429,
    "Too many requests from here were refused: check circle, host and key, and wait for the time in Retry-After.",
  ],
  busy: [503, "The host is busy: wait for the time in Retry-After and send again."],
  "founding-token": [401, "This host founds circles only with a token: ask who runs it."],
  "unknown-version": [400, "This host does not know this version of entry: update the host or the client."],
  "storage-full": [507, "The host's storage is full and nothing was stored: tell who runs it and try again later."],
  "not-found": [404, "There is no such page: see /api for what there is."],
  method: [405, "This page does not take that method: see the Allow header."],
  "not-ready": [503, "The host is not set up yet: who runs it finds the reason in its log."],
  internal: [500, "The host failed and stored nothing: try again, and tell who runs it if this goes on."],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;

export type ProblemCode = keyof typeof problems;

/** Media type of a problem. */
export const problemMediaType = "application/problem+json";

const prefix = "urn:symbolon:problem:";

/** The `type` of a problem. */
export function problemType(code: ProblemCode): string {
  return prefix + code;
}

/** The code of a problem's `type`; `undefined` where it is none of ours. */
export function problemCode(type: unknown): ProblemCode | undefined {
  if (typeof type !== "string" || !type.startsWith(prefix)) return undefined;
  const code = type.slice(prefix.length);
  return Object.hasOwn(problems, code) ? (code as ProblemCode) : undefined;
}
