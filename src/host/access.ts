/* Who may do what (§2, §9): requests are signed by keys of the circle; the host knows no member. */
import { type Bytes, type CircleId, equal, fromHex, idBytes, type PublicKey } from "../core/codec/index.ts";
import { clockTolerance, groupOf, parseSignature, requestClaim } from "../core/log/index.ts";
import type { CircleState } from "./circles.ts";
import type { Host } from "./host.ts";
import { Problem } from "./problem.ts";

/** A request whose signature is valid. Nothing is said yet about what its key may do. */
export type Signed = {
  readonly key: PublicKey;
  /** SHA-256 that the body must have; absent where the request must have none. */
  readonly digest?: Bytes;
};

/**
 * What a key is to a circle. `past` keys read up to the entry that ended their epoch, and what repairs;
 * `control` stands for control and reserve keys.
 */
export type Right =
  | { readonly kind: "access" | "append" | "control" }
  | { readonly kind: "past"; readonly ended: number };

const unauthorized = () => new Problem("unauthorized");

/**
 * Checks the signature of a request, before its body is read: the body's digest is among what is signed.
 * Throws `Problem` `unauthorized` or `clock`.
 */
export async function authenticate(host: Host, request: Request): Promise<Signed> {
  const parsed = parseSignature((name) => request.headers.get(name));
  if (parsed === undefined || parsed.host !== host.key) throw unauthorized();
  // A digest is sent exactly where there is a body.
  if ((parsed.digest !== undefined) !== (request.method === "POST" || request.method === "PUT")) throw unauthorized();
  const seconds = host.now() / 1000;
  if (Math.abs(seconds - parsed.created) > clockTolerance) throw clock(host);
  const { pathname, search } = locate(request.url);
  const { key, message, signature } = requestClaim(parsed, {
    method: request.method,
    path: pathname,
    query: search,
  });
  if (!(await host.verify(idBytes(key), signature, message))) throw unauthorized();
  return parsed.digest === undefined ? { key } : { key, digest: parsed.digest };
}

function clock(host: Host): Problem {
  return new Problem("clock", { date: new Date(host.now()).toUTCString() });
}

/** Path and query of a URL as they were sent: `URL` would normalize them. */
function locate(url: string): { readonly pathname: string; readonly search: string } {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const mark = url.indexOf("?", start);
  return mark < 0
    ? { pathname: url.slice(start), search: "" }
    : { pathname: url.slice(start, mark), search: url.slice(mark + 1) };
}

/** What `key` is to the circle. Throws `Problem` `unauthorized`, the same as for a circle that does not exist. */
export async function rightOf(host: Host, state: CircleState | undefined, key: PublicKey): Promise<Right> {
  if (state === undefined) throw unauthorized();
  const { acl } = state;
  if (key === acl.access) return { kind: "access" };
  if (groupOf(acl, key) !== undefined) return { kind: "control" };
  if (acl.append?.includes(key) === true) return { kind: "append" };
  const row = await host.store.access(state.circle, key);
  if (row?.ended === null || row?.ended === undefined) throw unauthorized();
  return { kind: "past", ended: row.ended };
}

/** The circle and key that a path names. Throws `Problem` `unauthorized` where it is no id. */
export function idInPath<T extends CircleId | PublicKey>(text: string | undefined): T {
  if (text === undefined || fromHex(text)?.length !== 32) throw unauthorized();
  return text as T;
}

/** Whether a founding token is among the host's; the time taken tells nothing about how much of one was right. */
export function tokenIsKnown(tokens: readonly Uint8Array[], offered: Uint8Array): boolean {
  let known = false;
  for (const token of tokens) known = equal(token, offered) || known;
  return known;
}
