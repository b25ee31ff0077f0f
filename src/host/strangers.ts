/*
 * Requests that no circle knows (threats, row 36). What they may cost is bounded by where they come from; no address
 * is stored for it. Members are let through first, so that nobody shuts them out from behind their own address.
 */
import type { CircleId, PublicKey } from "../core/codec/index.ts";
import { parseSignature } from "../core/log/index.ts";
import { rightOf } from "./access.ts";
import type { Host } from "./host.ts";
import type { Source } from "./options.ts";
import { Problem } from "./problem.ts";

/** Answers given before a request is known to be a member's: malformed, unauthorized, no such page, too large. */
const refusals: ReadonlySet<number> = new Set([400, 401, 404, 405, 413]);

const circleInPath = /^https?:\/\/[^/]*\/v1\/circles\/([0-9a-f]{64})\//;

/**
 * Looks no further at a request whose source has had too many refused, unless it names a circle together with a key
 * of it. Throws `Problem` `too-many`.
 */
export async function admit(host: Host, source: Source | undefined, request: Request): Promise<void> {
  if (source === undefined || host.rates.refusals.has(source.name)) return;
  if (!(await namesItsCircle(host, request))) throw new Problem("too-many", { "retry-after": "60" });
}

/** Counts an answer against its source, where it is a refusal. */
export function note(host: Host, source: Source | undefined, status: number): void {
  if (source !== undefined && refusals.has(status)) host.rates.refusals.take(source.name, 1);
}

/**
 * Whether a request names a circle and a key that has a right in it. Nobody outside can name both; the signature is
 * verified later as ever.
 */
async function namesItsCircle(host: Host, request: Request): Promise<boolean> {
  const circle = circleInPath.exec(request.url)?.[1] as CircleId | undefined;
  const key: PublicKey | undefined = parseSignature((name) => request.headers.get(name))?.key;
  if (circle === undefined || key === undefined) return false;
  try {
    await rightOf(host, await host.circles.recall(circle), key);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** Takes one founding from the host's rate, and from that of the address where it is known. Throws `Problem` `quota`. */
export function takeFounding(host: Host, source: Source | undefined): void {
  const { addressFoundings, foundings } = host.rates;
  const mayFound = source?.kind !== "address" || addressFoundings.take(source.name, 1);
  if (!mayFound || !foundings.take("all", 1)) throw new Problem("quota", { "retry-after": "600" });
}
