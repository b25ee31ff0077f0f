/* Hashes that subjects are recognized by: checksums of onion and wallet addresses, keyed sketches. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as noble } from "@noble/hashes/sha2.js";
import { keccak_256, sha3_256 } from "@noble/hashes/sha3.js";
import type { Bytes } from "../codec/index.ts";

/** HMAC-SHA-256 (RFC 2104; 32 bytes) under one key, for many messages: the key is taken in once. */
export function hmacSha256(key: Uint8Array): (message: Uint8Array) => Bytes {
  const keyed = hmac.create(noble, key);
  return (message) => keyed.clone().update(message).digest() as Bytes;
}

/** SHA3-256 (FIPS 202; 32 bytes). */
export function sha3(data: Uint8Array): Bytes {
  return sha3_256(data) as Bytes;
}

/** Keccak-256 as it was before FIPS 202 (32 bytes): the checksum of some wallet addresses. */
export function keccak(data: Uint8Array): Bytes {
  return keccak_256(data) as Bytes;
}
