/* The log as others may check it: fetched anew and replayed from genesis, and written out whole. */
import { headHash, rosterDigest } from "../../core/circle/index.ts";
import { type Bytes, concat, encode } from "../../core/codec/index.ts";
import { type Crypto, loadCrypto, safetyWords } from "../../core/crypto/index.ts";
import { entry } from "../../core/log/index.ts";
import type { IdentityRecord } from "../identity/format.ts";
import type { Identity } from "../identity/identity.ts";
import { memoryStorage } from "../storage/storage.ts";
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
    words: safetyWords(headHash(size, root), language),
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
  let contents: IdentityRecord = identity.read();
  const apart: Identity = {
    ...identity,
    platform: { ...identity.platform, crypto: await loadCrypto(crypto) },
    storage: memoryStorage(),
    read: () => contents,
    update: async (change) => {
      contents = change(contents);
    },
  };
  const circle = await openCircle(apart, id);
  await circle.sync(sync);
  await circle.settle();
  return summaryOf(circle, language);
}

/** The log as it was received, entry by entry, as a CBOR sequence (RFC 8742): ciphertext that a new host can take (§10). */
export function exportLog(circle: Circle): Bytes {
  return concat(
    ...circle.ledger.raws.map(({ headerBytes, sealed, sealedHash }) =>
      encode(entry, sealed === undefined ? { header: headerBytes, sealedHash } : { header: headerBytes, sealed }),
    ),
  );
}
