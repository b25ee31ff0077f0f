import { PeerFault, UsageError } from "../core/codec/index.ts";
import { type ProblemCode, problems, problemType } from "../core/log/index.ts";
import { StoreError } from "./store/index.ts";

/** A request refused, for a reason that the client is told. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = "Problem";
    this.code = code;
    this.headers = headers;
  }
}

const faults: Readonly<Record<string, ProblemCode>> = {
  "log.acl": "acl-refused",
  "log.erasure": "erase-refused",
  "log.move": "move-refused",
  "log.checkpoint": "restore-refused",
};

/**
 * What a client is told about `error`; what nobody foresaw is `internal`. A `UsageError` is its operator's, whose
 * host is not set up as it should be.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof PeerFault) return new Problem(faults[error.code] ?? "malformed");
  if (error instanceof StoreError) {
    if (error.reason === "full") return new Problem("storage-full");
    if (error.reason === "busy") return busy();
    if (error.reason === "missing") return new Problem("blob-missing");
    if (error.reason === "too-large") return new Problem("too-large");
  }
  if (error instanceof UsageError) return new Problem("not-ready", { "retry-after": "30" });
  return new Problem("internal");
}

/** The host cannot do it just now. */
export function busy(): Problem {
  return new Problem("busy", { "retry-after": "1" });
}

/** The RFC 9457 document of a problem. */
export function problemDocument(code: ProblemCode): string {
  const [status, title] = problems[code];
  return `${JSON.stringify({ type: problemType(code), title, status })}\n`;
}
