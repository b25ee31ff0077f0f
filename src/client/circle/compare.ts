/* Heads that two members compare (§8), here by a code that one shows and the other scans. */
import { type Bytes, type CircleId, equal, fromHex, toHex } from "../../core/codec/index.ts";
import type { Circle } from "./circle.ts";

const marker = "symbolon-head/v1";

/** This device's head as text for a QR code: the circle, how many entries, their root. Nothing in it is secret. */
export function headCode(circle: Circle): string {
  const size = circle.state().position;
  return [marker, circle.id, size, toHex(circle.ledger.tree.rootAt(size))].join(" ");
}

/**
 * What two heads come to. `same`, and `fewer` and `more` of what the other was shown than here, are one history; of
 * `more` it is known only as far as this device reads. `differs`: the host shows two histories (attack 24).
 */
export type Compared = "same" | "fewer" | "more" | "differs" | "other-circle" | "no-head";

type OtherHead = { readonly circle: CircleId; readonly size: number; readonly root: Bytes };

function readHeadCode(code: string): OtherHead | undefined {
  const [mark, circle = "", size = "", root = ""] = code.trim().split(" ");
  const bytes = /^[0-9a-f]{64}$/.test(root) ? fromHex(root) : undefined;
  if (mark !== marker || !/^[0-9a-f]{64}$/.test(circle) || !/^[1-9]\d{0,9}$/.test(size) || bytes === undefined)
    return undefined;
  return { circle: circle as CircleId, size: Number(size), root: bytes as Bytes };
}

/** Compares another member's head, as their code says it, with what this device holds now. */
export function compareHead(circle: Circle, code: string): Compared {
  const other = readHeadCode(code);
  if (other === undefined) return "no-head";
  if (other.circle !== circle.id) return "other-circle";
  const size = circle.state().position;
  if (other.size > size) return "more";
  if (!equal(circle.ledger.tree.rootAt(other.size), other.root)) return "differs";
  return other.size === size ? "same" : "fewer";
}
