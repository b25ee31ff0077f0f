import { type Crypto, loadCrypto, type Random } from "../core/crypto/index.ts";

/** What a client takes from the machine it runs on; tests pass their own clock, randomness and network. */
export type Platform = {
  readonly crypto: Crypto;
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
};

const msPerHour = 3_600_000;

/** The machine as it is, with the fast cryptography where WebAssembly runs, or the one named. */
export async function thisPlatform(crypto?: Crypto["name"]): Promise<Platform> {
  return {
    crypto: await loadCrypto(crypto),
    random: (size) => globalThis.crypto.getRandomValues(new Uint8Array(size)),
    now: () => Date.now(),
    fetch: (...call) => globalThis.fetch(...call),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Hours since 1970. */
export function hourOf(platform: Pick<Platform, "now">): number {
  return Math.floor(platform.now() / msPerHour);
}

/** Days since 1970. */
export function dayOf(platform: Pick<Platform, "now">): number {
  return Math.floor(hourOf(platform) / 24);
}
