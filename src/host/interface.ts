import type { ProblemCode } from "../core/log/index.ts";

/** One operation of the interface: what the document, the page and the 405 answers are made from. */
export type Operation = {
  readonly method: "get" | "post" | "put" | "delete";
  /** As OpenAPI spells it. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  /** Which keys may sign it; empty where nobody has to. */
  readonly signedWith: string;
  readonly query?: readonly { readonly name: string; readonly text: string; readonly required?: boolean }[];
  /** Names of CDDL rules in `schema/symbolon.cddl`, or a media type for bytes. */
  readonly body?: string;
  readonly answer: { readonly status: number; readonly body?: string };
  readonly problems: readonly ProblemCode[];
};

const signedProblems = ["unauthorized", "clock"] as const;
const bodyProblems = ["malformed", "too-large", "storage-full", "busy", "quota"] as const;
const octets = "application/octet-stream";

/** Every route of §9, in its order. */
export const operations: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/circles",
    id: "foundCircle",
    summary:
      "Found a circle with its first entry. Where the host asks for a founding token: Authorization: Bearer. Repeating it answers 200.",
    signedWith: "",
    body: "found-request",
    answer: { status: 201, body: "appended" },
    problems: ["founding-token", "circle-exists", "acl-refused", "unknown-version", ...bodyProblems],
  },
  {
    method: "get",
    path: "/v1/circles/{circle}/checkpoint",
    id: "getCheckpoint",
    summary: "The signed head, and the proof that the tree of `from` leaves begins it.",
    signedWith: "access, control or reserve key; a past access key up to the end of its epoch",
    query: [{ name: "from", text: "Size of the tree that the client knows; 0 without a proof." }],
    answer: { status: 200, body: "checkpoint-answer" },
    problems: ["malformed", "forbidden", ...signedProblems],
  },
  {
    method: "get",
    path: "/v1/circles/{circle}/entries",
    id: "getEntries",
    summary:
      "A page of entries from a position, with the head it belongs to. With `acl`: the entries that began that epoch and later ones, to past keys, too.",
    signedWith: "access, control or reserve key; a past access key up to the end of its epoch",
    query: [
      { name: "from", text: "Position of the first entry; 0 if absent." },
      { name: "limit", text: "The most entries; the host's own limit if absent." },
      { name: "wait", text: "Where there is nothing after `from` yet: seconds to wait for it." },
      { name: "acl", text: "Instead of `from`: entries whose acl begins this epoch or a later one; at most 16." },
    ],
    answer: { status: 200, body: "page" },
    problems: ["malformed", "forbidden", "busy", ...signedProblems],
  },
  {
    method: "post",
    path: "/v1/circles/{circle}/entries",
    id: "appendEntries",
    summary:
      "Append up to 64 entries and 1 MiB, all or nothing, durably. Repeating it answers with the same positions.",
    signedWith: "access key (append keys where the acl lists them); control or reserve key where an acl is carried",
    body: "append-request",
    answer: { status: 200, body: "appended" },
    problems: [
      ...signedProblems,
      "forbidden",
      "stale-epoch",
      "acl-conflict",
      "acl-refused",
      "erase-refused",
      "partly-stored",
      "blob-missing",
      "unknown-version",
      "read-only",
      "moved",
      ...bodyProblems,
    ],
  },
  {
    method: "post",
    path: "/v1/circles/{circle}/restore",
    id: "restoreCircle",
    summary:
      "Give a restored host back entries that it lost, under a checkpoint of its own that covers them; bring the log of a circle that moves here (for its genesis as for founding); or order where the circle is. Repeating it is harmless.",
    signedWith: "any key of the circle; a control key where the circle moves here, or is confirmed to be whole",
    body: "restore-request",
    answer: { status: 200, body: "restored" },
    problems: [
      ...signedProblems,
      "founding-token",
      "restore-refused",
      "move-refused",
      "acl-refused",
      "erase-refused",
      "unknown-version",
      ...bodyProblems,
    ],
  },
  {
    method: "get",
    path: "/v1/circles/{circle}/blobs/{hash}",
    id: "getBlob",
    summary: "A blob by the SHA-256 of its bytes.",
    signedWith: "access, control or reserve key; past access keys for wraps",
    answer: { status: 200, body: octets },
    problems: ["unknown-blob", ...signedProblems],
  },
  {
    method: "put",
    path: "/v1/circles/{circle}/blobs/{hash}",
    id: "putBlob",
    summary: "Upload a blob of at most 1 MiB + 1 KiB. What no entry lists after a day is dropped.",
    signedWith: "access, append or control key",
    body: octets,
    answer: { status: 204 },
    problems: ["forbidden", "stale-epoch", ...signedProblems, ...bodyProblems],
  },
  {
    method: "get",
    path: "/v1/circles/{circle}/mailboxes/{key}",
    id: "getMailbox",
    summary: "What is in a mailbox.",
    signedWith: "access or control key, or the key in the path",
    answer: { status: 200, body: "mailbox" },
    problems: ["forbidden", "unknown-mailbox", "mailbox-closed", ...signedProblems],
  },
  {
    method: "put",
    path: "/v1/circles/{circle}/mailboxes/{key}",
    id: "putMailbox",
    summary: "Open a mailbox, or write its request or welcome, each once.",
    signedWith: "access or control key; `slot=request`: the key in the path",
    query: [{ name: "slot", text: "`open`, `request` or `welcome`.", required: true }],
    body: "mailbox-opening / bytes",
    answer: { status: 204 },
    problems: ["forbidden", "unknown-mailbox", "mailbox-closed", "mailbox-written", ...signedProblems, ...bodyProblems],
  },
  {
    method: "delete",
    path: "/v1/circles/{circle}/mailboxes/{key}",
    id: "deleteMailbox",
    summary: "Drop a mailbox with what is in it.",
    signedWith: "access or control key",
    answer: { status: 204 },
    problems: ["forbidden", ...signedProblems],
  },
  {
    method: "get",
    path: "/v1/host",
    id: "getHost",
    summary: "The host's checkpoint key, its limits, and its time.",
    signedWith: "",
    answer: { status: 200, body: "host-info" },
    problems: [],
  },
  {
    method: "get",
    path: "/healthz",
    id: "health",
    summary: "Whether the host can reach its database.",
    signedWith: "",
    answer: { status: 200, body: "text/plain" },
    problems: ["busy", "not-ready"],
  },
  {
    method: "get",
    path: "/openapi.json",
    id: "openapi",
    summary: "This document.",
    signedWith: "",
    answer: { status: 200, body: "application/json" },
    problems: [],
  },
  {
    method: "get",
    path: "/api",
    id: "apiPage",
    summary: "This document, to be read.",
    signedWith: "",
    answer: { status: 200, body: "text/html" },
    problems: [],
  },
];
