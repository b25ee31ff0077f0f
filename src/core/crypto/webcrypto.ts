/* Ed25519 on WebCrypto, for the host (Node and Workers alike) and for a client's verification in parallel. */
import { type Brand, type Bytes, concat } from "../codec/index.ts";

const { subtle } = globalThis.crypto;

// 2^255 − 19 and the group's order, little endian.
const fieldPrime = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0xed : i === 31 ? 0x7f : 0xff));
const order = Uint8Array.of(
  ...[0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10],
);

/** Whether `a` < `b`, both 32 bytes little endian, of `a`'s last byte only the bits of `mask`. The values are public. */
function below(a: Uint8Array, b: Uint8Array, mask = 0xff): boolean {
  for (let i = 31; i >= 0; i--) {
    const byte = (a[i] as number) & (i === 31 ? mask : 0xff);
    if (byte !== b[i]) return byte < (b[i] as number);
  }
  return false;
}

/** The y coordinates of the eight points of small order (RFC 7748 §7, in Edwards form), in their canonical bytes. */
const smallOrder: readonly Uint8Array[] = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
].map((hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));

// The last bit of a point is the sign of its x.
const withoutSign = 0x7f;

/** Whether `y` is the point's. */
function hasY(point: Uint8Array, y: Uint8Array): boolean {
  for (let i = 0; i < 31; i++) if (point[i] !== y[i]) return false;
  return ((point[31] as number) & withoutSign) === y[31];
}

/** Whether the bytes are a canonical y of a point that is not of small order; that it is on the curve, WebCrypto says. */
function isSound(point: Uint8Array): boolean {
  return below(point, fieldPrime, withoutSign) && !smallOrder.some((bad) => hasY(point, bad));
}

// Importing a key costs as much as a third of a verification, and few keys sign many messages.
const imported = new Map<string, Promise<CryptoKey>>();
const mostImported = 4096;

function importKey(publicKey: Uint8Array): Promise<CryptoKey> {
  const name = String.fromCharCode(...publicKey);
  let key = imported.get(name);
  if (key === undefined) {
    if (imported.size >= mostImported) imported.clear();
    key = subtle.importKey("raw", publicKey.slice(), { name: "Ed25519" }, false, ["verify"]);
    imported.set(name, key);
  }
  return key;
}

/** A public key that signatures can be checked with: of the right form, and known to WebCrypto. */
export type VerifyingKey = Brand<CryptoKey, "VerifyingKey">;

/** The key of 32 bytes, for `verifyWith`; `undefined` where the strict rule lets no signature of it be valid. */
export async function verifyingKey(publicKey: Uint8Array): Promise<VerifyingKey | undefined> {
  if (publicKey.length !== 32 || !isSound(publicKey)) return undefined;
  try {
    return (await importKey(publicKey)) as VerifyingKey;
  } catch {
    return undefined;
  }
}

/** Whether `signature` (64 bytes) is the key's over `message`, by the strict rule. Never rejects. */
export async function verifyWith(key: VerifyingKey, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  if (signature.length !== 64 || !isSound(signature) || !below(signature.subarray(32), order)) return false;
  try {
    return await subtle.verify("Ed25519", key, signature as Bytes, message as Bytes);
  } catch {
    return false;
  }
}

/**
 * Whether `signature` (64 bytes) is `publicKey`'s (32 bytes) over `message`, by the one strict rule of §2. The
 * checks of bytes make WebCrypto, whose engines differ, answer as libsodium does (attack 10). Never rejects.
 */
export async function verifyStrict(
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  const key = await verifyingKey(publicKey);
  return key !== undefined && verifyWith(key, signature, message);
}

// y = 4/5 (RFC 8032 §5.1).
const basePoint = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x58 : 0x66));

/** Whether this platform's WebCrypto has Ed25519; where not, clients verify with their own implementation. */
export async function hasEd25519(): Promise<boolean> {
  try {
    await subtle.importKey("raw", basePoint, { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/** A host's key for checkpoints. */
export type NoteSigner = {
  /** 32 bytes. */
  readonly publicKey: Bytes;
  /** The Ed25519 signature (64 bytes) of `message`. */
  readonly sign: (message: Uint8Array) => Promise<Bytes>;
};

const pkcs8Head = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

/** The signer of a seed (32 bytes). Rejects where WebCrypto has no Ed25519. */
export async function noteSigner(seed: Uint8Array): Promise<NoteSigner> {
  // RFC 8410 §7: the private key travels as PKCS #8; WebCrypto gives the public one back as JWK.
  const key = await subtle.importKey("pkcs8", concat(pkcs8Head, seed), { name: "Ed25519" }, true, ["sign"]);
  const { x } = await subtle.exportKey("jwk", key);
  const publicKey = Uint8Array.from(atob((x ?? "").replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  return {
    publicKey,
    sign: async (message) => new Uint8Array(await subtle.sign("Ed25519", key, message as Bytes)),
  };
}
