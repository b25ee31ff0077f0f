import type { Context } from "hono";
import type { Bytes } from "../../core/codec/index.ts";
import { mediaType } from "../../core/log/index.ts";
import { Problem } from "../problem.ts";

/** A CBOR answer. It is for its reader alone: nothing on the way may keep it. */
export function answer(c: Context, bytes: Bytes, status: 200 | 201 = 200): Response {
  return c.body(bytes, status, { "content-type": mediaType, "cache-control": "no-store" });
}

/** Throws `Problem` `malformed` unless the body is of type `expected`. */
export function requireType(request: Request, expected: string): void {
  if (request.headers.get("content-type") !== expected) throw new Problem("malformed");
}

/** An unsigned integer of the query, in its one spelling. Throws `Problem` `malformed`. */
export function queryUint(c: Context, name: string, otherwise: number): number {
  const text = c.req.query(name);
  if (text === undefined) return otherwise;
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text)) throw new Problem("malformed");
  return Number(text);
}
