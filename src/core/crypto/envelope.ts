/* The envelope (§3): one per whole record, key-committing, bound to its whole context. */
import { type Brand, type Bytes, type Cbor, concat, encodeCbor, equal, PeerFault, utf8 } from "../codec/index.ts";
import { pad, unpad } from "./padding.ts";
import { sha256 } from "./sha256.ts";
import type { Crypto, Random, SymmetricKey } from "./types.ts";

/** An envelope: `suite ‖ nonce24 ‖ commitment32 ‖ ciphertext`. */
export type Sealed = Brand<Bytes, "Sealed">;

/** The suite of this code: X-Wing, Ed25519, XChaCha20-Poly1305 with BLAKE2b commitment. */
export const suite = 1;

/** What an envelope is for. All of it is authenticated; none of it is in the envelope. */
export type Context = {
  readonly purpose: "entry" | "content" | "vault" | "cache" | "mailbox" | "attachment" | "link" | "profile";
  /** 32 bytes, or empty where there is no circle. */
  readonly circle: Uint8Array;
  readonly epoch: number;
  readonly kind: number;
  /** Anything else that the record must not be moved from. */
  readonly extra?: Cbor;
};

const envelopeDomain = utf8("symbolon/envelope/v1");
const overhead = 1 + 24 + 32;

/** The one error for everything that does not open: what was wrong is nobody's business (attack 3). */
const unopened = () => new PeerFault("envelope.unopened", "the envelope does not open");

/** A context's bytes, and the message that an envelope's keys are derived from, in which only the nonce changes. */
type Framed = { readonly aad: Bytes; readonly message: Bytes };

// Thousands of entries share one context: it is encoded once for as long as its object lives. Contexts do not change.
const framed = new WeakMap<Context, Framed>();

function frame(context: Context): Framed {
  let made = framed.get(context);
  if (made === undefined) {
    const { purpose, circle, epoch, kind, extra } = context;
    const aad = encodeCbor([`symbolon/${purpose}/v1`, suite, circle as Bytes, epoch, kind, extra ?? false]);
    made = { aad, message: concat(envelopeDomain, new Uint8Array(24), sha256(aad)) };
    framed.set(context, made);
  }
  return made;
}

function keysOf(crypto: Crypto, key: SymmetricKey, nonce: Uint8Array, { message }: Framed) {
  message.set(nonce, envelopeDomain.length);
  const out = crypto.blake2b(message, 64, key);
  // Copies: arrays this short live on the heap, unless a view makes them move out.
  return { encryption: out.slice(0, 32), commitment: out.slice(32) };
}

/**
 * `plaintext` padded (PADMÉ, at least 256 bytes) and sealed under `key` (32 bytes) for `context`: `suite ‖ nonce24 ‖
 * commitment32 ‖ ciphertext`. The nonce comes from `random` and cannot be given (attack 17).
 */
export function seal(
  crypto: Crypto,
  random: Random,
  key: SymmetricKey,
  context: Context,
  plaintext: Uint8Array,
): Sealed {
  const nonce = random(24);
  const made = frame(context);
  const { encryption, commitment } = keysOf(crypto, key, nonce, made);
  const ciphertext = crypto.aeadSeal(encryption, nonce, made.aad, pad(plaintext));
  return concat(Uint8Array.of(suite), nonce, commitment, ciphertext) as Sealed;
}

/**
 * The plaintext of an envelope sealed under `key` for just this `context`. The commitment is compared, in
 * constant time, before anything is decrypted (attack 16).
 *
 * Throws `PeerFault` `envelope.unopened`, whatever is wrong.
 */
export function open(crypto: Crypto, key: SymmetricKey, context: Context, sealed: Uint8Array): Bytes {
  if (sealed.length < overhead + 16 || sealed[0] !== suite) throw unopened();
  const nonce = sealed.subarray(1, 25);
  const made = frame(context);
  const { encryption, commitment } = keysOf(crypto, key, nonce, made);
  if (!equal(commitment, sealed.subarray(25, overhead))) throw unopened();
  const padded = crypto.aeadOpen(encryption, nonce, made.aad, sealed.subarray(overhead));
  const plaintext = padded === undefined ? undefined : unpad(padded);
  if (plaintext === undefined) throw unopened();
  return plaintext;
}
