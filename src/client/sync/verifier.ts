import { idBytes, type PublicKey } from "../../core/codec/index.ts";
import {
  type Crypto,
  hasEd25519,
  type VerifyingKey,
  verifyClaim,
  verifyingKey,
  verifyWith,
} from "../../core/crypto/index.ts";
import type { SignatureClaim } from "../../core/log/index.ts";

/**
 * Signatures on their way at once: enough to keep the platform's threads busy, few enough that reading, which goes
 * first, has a processor to itself for most of its time.
 */
const lanes = 32;

/** Without WebCrypto's threads: signatures checked before the page gets its turn. */
const atOnce = 8;

type Item = { readonly claim: () => SignatureClaim; readonly done: (valid: boolean) => void };

/** Signatures checked behind the reading: nothing that waits here is shown or counted. */
export type Verifier = {
  /** Checks a claim some time soon; it is asked for when its turn has come. `done` hears whether it holds. */
  add(claim: Item["claim"], done: Item["done"]): void;
  /** Resolves when everything added so far is checked. */
  settle(): Promise<void>;
  readonly waiting: number;
};

/** Verifies in parallel on WebCrypto where it has Ed25519, otherwise one by one, with pauses for the page. */
export function verifier(crypto: Crypto): Verifier {
  const native = hasEd25519();
  const keys = new Map<PublicKey, Promise<VerifyingKey | undefined>>();
  let queue: Item[] = [];
  let next = 0;
  let waiting = 0;
  let working: Promise<void> | undefined;

  function keyOf(id: PublicKey): Promise<VerifyingKey | undefined> {
    const key = keys.get(id) ?? verifyingKey(idBytes(id));
    keys.set(id, key);
    return key;
  }

  function finish(item: Item, valid: boolean): void {
    waiting--;
    item.done(valid);
  }

  async function lane(): Promise<void> {
    for (let item = queue[next++]; item !== undefined; item = queue[next++]) {
      const { key: id, signature, message } = item.claim();
      const key = await keyOf(id);
      finish(item, key !== undefined && (await verifyWith(key, signature, message)));
    }
    next--;
  }

  async function oneByOne(): Promise<void> {
    for (let item = queue[next++]; item !== undefined; item = queue[next++]) {
      finish(item, verifyClaim(crypto, item.claim()));
      if (waiting % atOnce === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    next--;
  }

  async function work(): Promise<void> {
    const isNative = await native;
    while (next < queue.length) {
      if (isNative) await Promise.all(Array.from({ length: lanes }, lane));
      else await oneByOne();
    }
    queue = [];
    next = 0;
    working = undefined;
  }

  return {
    add(claim, done) {
      queue.push({ claim, done });
      waiting++;
      working ??= work();
    },
    async settle() {
      while (working !== undefined) await working;
    },
    get waiting() {
      return waiting;
    },
  };
}
