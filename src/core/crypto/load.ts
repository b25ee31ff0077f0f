import type { Crypto } from "./types.ts";

/**
 * An implementation of the primitives: the one named, or the fast one where WebAssembly runs. Neither is
 * loaded before it is asked for, so that a browser without WebAssembly never sees libsodium.
 *
 * @example
 * const crypto = await loadCrypto();
 * crypto.blake2b(new Uint8Array(3), 32).length; // 32
 */
export async function loadCrypto(name?: Crypto["name"]): Promise<Crypto> {
  if (name !== "noble") {
    try {
      const { loadSodium } = await import("./sodium.ts");
      return await loadSodium();
    } catch (error) {
      if (name === "sodium") throw error;
    }
  }
  const { noble } = await import("./noble.ts");
  return noble;
}
