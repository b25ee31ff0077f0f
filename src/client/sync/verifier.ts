import { idBytes } from "../../core/codec/index.ts";
import { type Crypto, hasEd25519, verifyClaim, verifyStrict } from "../../core/crypto/index.ts";
import type { SignatureClaim } from "../../core/log/index.ts";

const batchSize = 256;

/** Signatures checked behind the reading: nothing that waits here is shown or counted. */
export type Verifier = {
  /** Checks a claim some time soon; `done` hears whether it holds. */
  add(claim: SignatureClaim, done: (valid: boolean) => void): void;
  /** Resolves when everything added so far is checked. */
  settle(): Promise<void>;
  readonly waiting: number;
};

/** Verifies in batches: in parallel on WebCrypto where it has Ed25519, otherwise one by one, with pauses for the page. */
export function verifier(crypto: Crypto): Verifier {
  let batch: { claim: SignatureClaim; done: (valid: boolean) => void }[] = [];
  let waiting = 0;
  let running: Promise<void> = Promise.resolve();
  const native = hasEd25519();

  async function run(items: typeof batch): Promise<void> {
    if (await native) {
      await Promise.all(
        items.map(async ({ claim, done }) => {
          done(await verifyStrict(idBytes(claim.key), claim.signature, claim.message));
          waiting--;
        }),
      );
      return;
    }
    for (const { claim, done } of items) {
      done(verifyClaim(crypto, claim));
      waiting--;
      if (waiting % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  function flush(): void {
    if (batch.length === 0) return;
    const items = batch;
    batch = [];
    const started = run(items);
    running = Promise.all([running, started]).then(() => undefined);
  }

  return {
    add(claim, done) {
      batch.push({ claim, done });
      waiting++;
      if (batch.length >= batchSize) flush();
    },
    async settle() {
      flush();
      await running;
    },
    get waiting() {
      return waiting;
    },
  };
}
