import { chacha20, hchacha } from "@noble/ciphers/chacha.js";
import { type Bytes, concat, utf8 } from "../../src/core/codec/index.ts";

/* Two keys, one ciphertext, both tags valid: Poly1305 is linear, so two free blocks solve it (Dodis et al., CRYPTO 2018). */
const p = 2n ** 130n - 5n;
const two128 = 2n ** 128n;
const number = (bytes: Uint8Array) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
const block = (value: bigint) => Uint8Array.from({ length: 16 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
const mod = (value: bigint) => ((value % p) + p) % p;
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b)) if (e & 1n) result = mod(result * b);
  return result;
}

/** The stream of XChaCha20 under a key: Poly1305's key first, then what encrypts. */
function stream(key: Uint8Array, nonce: Uint8Array, length: number) {
  const words = (bytes: Uint8Array) => new Uint32Array(bytes.slice().buffer);
  const sub = new Uint32Array(8);
  const sigma = words(utf8("expand 32-byte k"));
  hchacha(sigma, words(key), words(nonce.subarray(0, 16)), sub);
  const bytes = chacha20(
    new Uint8Array(sub.buffer),
    concat(new Uint8Array(4), nonce.subarray(16)),
    new Uint8Array(64 + length),
  );
  const r = number(bytes.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  return { r, s: number(bytes.subarray(16, 32)), pad: bytes.subarray(64) };
}

/** A ciphertext with tag that opens under both keys; under the second one as `plaintext`, but for its last two blocks. */
export function forBothKeys(
  keys: readonly [Uint8Array, Uint8Array],
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Bytes {
  const [one, other] = keys.map((key) => stream(key, nonce, plaintext.length)) as [
    ReturnType<typeof stream>,
    ReturnType<typeof stream>,
  ];
  const ciphertext = plaintext.map((byte, i) => byte ^ (other.pad[i] as number));
  const padded = concat(aad, new Uint8Array((16 - (aad.length % 16)) % 16));
  const lengths = block(BigInt(aad.length) + (BigInt(plaintext.length) << 64n));
  const blocks = (data: Uint8Array) =>
    Array.from({ length: data.length / 16 }, (_, i) => number(data.subarray(16 * i, 16 * i + 16)) + two128);
  for (let tag = 0n; ; tag++) {
    const fixed = [...blocks(padded), ...blocks(ciphertext.subarray(0, -32)), two128, two128, ...blocks(lengths)];
    // For each key: u·r³ + v·r² = what is missing to the tag; the two free blocks are u and v.
    const rows = [one, other].map(({ r, s }) => {
      const sum = fixed.reduce((acc, value) => mod((acc + value) * r), 0n);
      return { a: power(r, 3n), b: power(r, 2n), c: mod(((((tag - s) % two128) + two128) % two128) - sum) };
    }) as [Row, Row];
    const [x, y] = rows;
    const inverse = power(x.a * y.b - y.a * x.b, p - 2n);
    const u = mod((x.c * y.b - y.c * x.b) * inverse);
    const v = mod((x.a * y.c - y.a * x.c) * inverse);
    if (u < two128 && v < two128) return concat(ciphertext.subarray(0, -32), block(u), block(v), block(tag));
  }
}
type Row = { readonly a: bigint; readonly b: bigint; readonly c: bigint };
