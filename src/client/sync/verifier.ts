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

/** Signatures on their way at once: enough to keep the platform's threads busy. */
const lanes = 32;

/** Without WebCrypto's threads: items checked before the page gets its turn. */
const atOnce = 8;

/** Milliseconds without anything new after which reading is held to be over; at once where there are few to check. */
const calm = (waiting: number) => (waiting > 256 ? 100 : 0);

/** What waits to be checked: nothing of it is shown or counted. */
export type Verifier<Item> = {
  readonly add: (item: Item) => void;
  /** Resolves when everything added so far is checked. */
  readonly settle: () => Promise<void>;
  readonly waiting: number;
};

/**
 * Checks signatures behind the reading, which goes first: it begins when somebody waits for it, or nothing more is
 * added for a while. An item holds where every one of its claims does; they are asked for when its turn has come, and
 * `done` hears once. In parallel on WebCrypto where that has Ed25519, otherwise one by one, with pauses for the page.
 */
export function verifier<Item>(
  crypto: Crypto,
  claimsOf: (item: Item) => readonly SignatureClaim[],
  done: (item: Item, valid: boolean) => void,
): Verifier<Item> {
  const native = hasEd25519();
  const keys = new Map<PublicKey, Promise<VerifyingKey | undefined>>();
  let queue: Item[] = [];
  let next = 0;
  let waiting = 0;
  let working: Promise<void> | undefined;
  let isAwaited = false;
  let begin: () => void = () => {};

  function keyOf(id: PublicKey): Promise<VerifyingKey | undefined> {
    const key = keys.get(id) ?? verifyingKey(idBytes(id));
    keys.set(id, key);
    return key;
  }

  function finish(item: Item, valid: boolean): void {
    waiting--;
    done(item, valid);
  }

  async function holds({ key: id, signature, message }: SignatureClaim): Promise<boolean> {
    const key = await keyOf(id);
    return key !== undefined && verifyWith(key, signature, message);
  }

  async function lane(): Promise<void> {
    for (let item = queue[next++]; item !== undefined; item = queue[next++]) {
      let valid = true;
      for (const claim of claimsOf(item)) valid &&= await holds(claim);
      finish(item, valid);
    }
    next--;
  }

  async function oneByOne(): Promise<void> {
    for (let item = queue[next++]; item !== undefined; item = queue[next++]) {
      finish(
        item,
        claimsOf(item).every((claim) => verifyClaim(crypto, claim)),
      );
      if (waiting % atOnce === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    next--;
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, calm(waiting));
      begin = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function work(): Promise<void> {
    for (let before = 0; !isAwaited && before !== queue.length; ) {
      before = queue.length;
      await pause();
    }
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
    add(item) {
      queue.push(item);
      waiting++;
      working ??= work();
    },
    async settle() {
      isAwaited = true;
      begin();
      while (working !== undefined) await working;
      isAwaited = false;
    },
    get waiting() {
      return waiting;
    },
  };
}
