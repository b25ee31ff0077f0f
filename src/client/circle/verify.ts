/* The log as others may check it: fetched anew and replayed from genesis. */
import { headHash, rosterDigest } from "../../core/circle/index.ts";
import { type Bytes, equal, HostFault, UsageError } from "../../core/codec/index.ts";
import { type Crypto, loadCrypto, safetyWords } from "../../core/crypto/index.ts";
import { type Identity, identityApart } from "../identity/identity.ts";
import type { SyncOptions } from "../sync/sync.ts";
import { type Circle, openCircle } from "./circle.ts";

/** What a log comes to: two members, or two implementations, that agree on it have the same history and roster. */
export type Verified = {
  readonly crypto: Crypto["name"];
  readonly size: number;
  /** 32 bytes. */
  readonly root: Bytes;
  /** 32 bytes. */
  readonly digest: Bytes;
  readonly statements: number;
  readonly voids: number;
  /** Head words, compared by voice: over size and root (§8). */
  readonly words: readonly string[];
};

/**
 * The head words of the first `size` entries as this device holds them: who was shown fewer entries than another has
 * the same words for that many. Throws `UsageError` `log.size` where this device holds fewer.
 */
export function headWords(circle: Circle, size: number, language?: string): readonly string[] {
  if (!Number.isInteger(size) || size < 1 || size > circle.state().position)
    throw new UsageError("log.size", "this device does not hold so many entries: synchronize, or compare fewer");
  return safetyWords(headHash(size, circle.ledger.tree.rootAt(size)), language);
}

/** What an open circle comes to now. */
export function summaryOf(circle: Circle, language?: string): Verified {
  const state = circle.state();
  const size = state.position;
  const root = circle.ledger.tree.rootAt(size);
  return {
    crypto: circle.platform.crypto.name,
    size,
    root,
    digest: rosterDigest(state),
    statements: circle.statements().length,
    voids: circle.ledger.voids.length,
    words: headWords(circle, size, language),
  };
}

/**
 * Fetches the log of a circle anew and verifies all of it from genesis, in memory, with the implementation named.
 * The head that this device took before must be in its history. Nothing on the device changes.
 *
 * Throws what a synchronization throws.
 */
export async function verifyFromGenesis(
  identity: Identity,
  id: Circle["id"],
  crypto: Crypto["name"],
  options: SyncOptions & { readonly language?: string } = {},
): Promise<Verified> {
  const { language, ...sync } = options;
  const circle = await openCircle(
    identityApart(identity, { ...identity.platform, crypto: await loadCrypto(crypto) }),
    id,
  );
  await circle.sync(sync);
  await circle.settle();
  return summaryOf(circle, language);
}

/**
 * The same, and what it comes to is what this device holds: its own copy and the host's whole log agree.
 *
 * Throws `HostFault` `log.differs` where they do not.
 */
export async function verifyAnew(
  circle: Circle,
  crypto: Crypto["name"],
  options: SyncOptions & { readonly language?: string } = {},
): Promise<Verified> {
  const anew = await verifyFromGenesis(circle.identity, circle.id, crypto, options);
  // Others may have appended meanwhile: what this device holds and what was fetched must begin alike.
  if (anew.size > circle.state().position) await circle.sync();
  const { size, digest } = summaryOf(circle);
  const sameRoot = size >= anew.size && equal(circle.ledger.tree.rootAt(anew.size), anew.root);
  if (!sameRoot || (size === anew.size && !equal(digest, anew.digest))) {
    throw new HostFault(
      "log.differs",
      "the log fetched anew is not the one this device holds: do not write, and compare heads with others",
    );
  }
  return anew;
}
