/* Who may have a statement's bytes dropped (§5 *Erasure*). Pure, like `acl.ts`. */
import { type Bytes, type CircleId, equal, idBytes, PeerFault, type PublicKey, utf8 } from "../codec/index.ts";
import { tupleBytes } from "../crypto/domain.ts";
import { sha256 } from "../crypto/sha256.ts";
import { countGroups, groupOf, isControl } from "./acl.ts";
import type { Acl, Header } from "./format.ts";
import type { SignatureClaim } from "./signed.ts";

/** Hours for which an erasure by one control key is held, unless the host is configured otherwise. */
export const holdHours = 7 * 24;

const refused = () => new PeerFault("log.erasure", "erasure breaks its rules or lacks signatures");

/** SHA-256 (32 bytes) of an erase token (32 bytes): what the statement's header holds. */
export function eraseHashOf(token: Uint8Array): Bytes {
  return sha256(utf8("symbolon/erase/v1"), token);
}

/** What control keys sign to drop the statements at `positions`, in the order in which the header lists them. */
export function eraseMessage(circle: CircleId, positions: readonly number[]): Bytes {
  return tupleBytes("erase", [idBytes(circle), [...positions]]);
}

/** What a key signs to stop the erase entries at `positions`, in the order in which the header lists them. */
export function cancelMessage(circle: CircleId, positions: readonly number[]): Bytes {
  return tupleBytes("cancel", [idBytes(circle), [...positions]]);
}

/** What an erase entry does: statements dropped at once, or held until `holdHours` have passed. */
export type ErasureJudgment = {
  readonly atOnce: readonly number[];
  readonly held: readonly number[];
  /** All must be valid. */
  readonly claims: readonly SignatureClaim[];
};

/**
 * Judges an entry with `erases`. `target` gives the header of an earlier entry. With the right token a
 * statement goes at once. The rest needs signatures over `eraseMessage` of their positions, at least one by
 * a control key (a reserve does nothing alone): from `need` groups they go at once, from fewer they are held.
 *
 * Throws `PeerFault` `log.erasure` where a target is missing, is a roster entry, or nothing entitles to it.
 */
export function checkErasure(
  acl: Acl,
  header: Header,
  target: (position: number) => Pick<Header, "kind" | "eraseHash"> | undefined,
): ErasureJudgment {
  const { erases = [], signatures = [], circle } = header;
  onlyOneOrder(header);
  const atOnce: number[] = [];
  const byKeys: number[] = [];
  for (const { position, token } of erases) {
    const aimed = target(position);
    if (aimed?.kind !== "statement") throw refused();
    if (token === undefined) {
      byKeys.push(position);
    } else {
      if (aimed.eraseHash === undefined || !equal(aimed.eraseHash, eraseHashOf(token))) throw refused();
      atOnce.push(position);
    }
  }
  if (new Set([...atOnce, ...byKeys]).size !== erases.length) throw refused();
  if (byKeys.length === 0) {
    if (signatures.length > 0) throw refused();
    return { atOnce, held: [], claims: [] };
  }
  const keys = signatures.map(({ key }) => key);
  if (!keys.some((key) => isControl(acl, key))) throw refused();
  const groups = countGroups(acl, keys);
  const message = eraseMessage(circle, byKeys);
  const claims = signatures.map(({ key, signature }) => ({ key, message, signature }));
  return groups >= acl.need ? { atOnce: [...atOnce, ...byKeys], held: [], claims } : { atOnce, held: byKeys, claims };
}

/**
 * Judges an entry with `cancels`: one signature over `cancelMessage` by a control or reserve key other than
 * those that signed the erasures it stops. `pending` gives the keys that signed the erase entry at a position,
 * `undefined` where none is held there. Returns the signatures that must be valid.
 *
 * Throws `PeerFault` `log.erasure`.
 */
export function checkCancel(
  acl: Acl,
  header: Header,
  pending: (position: number) => readonly PublicKey[] | undefined,
): readonly SignatureClaim[] {
  const { cancels = [], signatures = [], circle } = header;
  onlyOneOrder(header);
  const [only] = signatures;
  if (only === undefined || signatures.length !== 1 || groupOf(acl, only.key) === undefined) throw refused();
  if (new Set(cancels).size !== cancels.length) throw refused();
  for (const position of cancels) {
    const signers = pending(position);
    if (signers === undefined || signers.includes(only.key)) throw refused();
  }
  return [{ key: only.key, message: cancelMessage(circle, cancels), signature: only.signature }];
}

/** One entry, one order: otherwise it would not be clear which of them a signature is for. */
function onlyOneOrder(header: Header): void {
  const orders = [header.acl, header.erases, header.cancels].filter((order) => order !== undefined);
  if (orders.length !== 1 || header.kind !== "roster") throw refused();
  if (header.signatures?.some(({ proposal }) => proposal !== undefined) === true) throw refused();
}
