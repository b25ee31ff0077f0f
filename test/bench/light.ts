/* Identities without a vault: where hundreds are needed, deriving a key from each phrase would be what is measured. */
import { type Identity, memoryStorage, type OrganizationId, type Platform, toId } from "../../src/client/index.ts";
import type { SymmetricKey } from "../../src/core/crypto/index.ts";

/** An identity that lives in memory alone. */
export function lightIdentity(platform: Platform, name: string): Identity {
  const { crypto, random } = platform;
  const seed = random(32);
  let record: ReturnType<Identity["read"]> = {
    version: 1,
    organization: { id: toId<OrganizationId>(crypto.signingKey(seed)), name, salt: random(32), seed },
    member: { name: `Editor of ${name}` },
    circles: [],
  };
  return {
    platform,
    storage: memoryStorage(),
    read: () => record,
    update: async (change) => {
      record = change(record);
    },
    cacheKey: random(32) as SymmetricKey,
    export: async () => new Uint8Array(0),
  };
}
