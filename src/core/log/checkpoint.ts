/* Checkpoints: C2SP tlog-checkpoint, which is a C2SP signed-note with three lines of text. */
import {
  type Bytes,
  type CircleId,
  concat,
  equal,
  fromBase64,
  fromUtf8,
  idBytes,
  PeerFault,
  type PublicKey,
  toBase64,
  utf8,
} from "../codec/index.ts";
import { sha256 } from "../crypto/sha256.ts";
import type { SignatureClaim } from "./signed.ts";

/** What a host states about a log, and its signature on it. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Bytes;
  /** The signed text: everything up to and including the newline after the root. */
  readonly body: Bytes;
  /** First 4 bytes of SHA-256(name ‖ LF ‖ type ‖ key). */
  readonly keyHash: Bytes;
  /** 64 bytes. */
  readonly signature: Bytes;
};

/** signed-note §Signatures: the type of an Ed25519 signature. */
const ed25519Type = 0x01;

/** Far more than three lines and one signature need. */
const mostBytes = 1024;

const malformed = () => new PeerFault("log.checkpoint", "bytes are not a checkpoint of this log");

/** The origin line, and the name of the key, of a circle's log. */
export function checkpointOrigin(circle: CircleId): string {
  return `symbolon/${circle}`;
}

/** The text that a host signs: origin, size, root (32 bytes). */
export function checkpointBody(origin: string, size: number, root: Uint8Array): Bytes {
  return utf8(`${origin}\n${size}\n${toBase64(root)}\n`);
}

function keyHashOf(name: string, key: Uint8Array): Bytes {
  return sha256(utf8(`${name}\n`), Uint8Array.of(ed25519Type), key).slice(0, 4);
}

/**
 * The signed note: `body` of `checkpointBody`, with the signature (64 bytes) by the Ed25519 key `key`
 * (32 bytes) under the name `origin`.
 */
export function formatCheckpoint(body: Uint8Array, origin: string, key: Uint8Array, signature: Uint8Array): Bytes {
  return concat(body, utf8(`\n— ${origin} ${toBase64(concat(keyHashOf(origin, key), signature))}\n`));
}

const note = /^(symbolon\/[0-9a-f]{64})\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n\n— (\S+) ([A-Za-z0-9+/=]+)\n$/;

/**
 * Reads a checkpoint with exactly one signature line, whose key's name is the origin. The signature is
 * not verified: see `checkpointClaim`. Throws `PeerFault` `log.checkpoint`.
 */
export function parseCheckpoint(bytes: Uint8Array): Checkpoint {
  if (bytes.length > mostBytes) throw malformed();
  let text: string;
  try {
    text = fromUtf8(bytes);
  } catch {
    throw malformed();
  }
  const match = note.exec(text);
  if (match === null) throw malformed();
  const [, origin, digits, rootText, name, signatureText] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const size = Number(digits);
  const root = fromBase64(rootText);
  const signed = fromBase64(signatureText);
  if (!Number.isSafeInteger(size) || root?.length !== 32 || signed?.length !== 68 || name !== origin) throw malformed();
  return {
    origin,
    size,
    root,
    body: checkpointBody(origin, size, root),
    keyHash: signed.slice(0, 4),
    signature: signed.slice(4),
  };
}

/**
 * The signature to verify, where `checkpoint` is of `circle` and names `key` as its signer; anything else
 * throws `PeerFault` `log.checkpoint`.
 */
export function checkpointClaim(checkpoint: Checkpoint, circle: CircleId, key: PublicKey): SignatureClaim {
  const origin = checkpointOrigin(circle);
  if (checkpoint.origin !== origin || !equal(checkpoint.keyHash, keyHashOf(origin, idBytes(key)))) throw malformed();
  return { key, message: checkpoint.body, signature: checkpoint.signature };
}
