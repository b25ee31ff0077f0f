import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Bytes,
  type CircleId,
  fromBase64,
  fromUtf8,
  PeerFault,
  type PublicKey,
  toHex,
  utf8,
} from "../../../src/core/codec/index.ts";
import {
  checkpointBody,
  checkpointClaim,
  checkpointOrigin,
  formatCheckpoint,
  parseCheckpoint,
} from "../../../src/core/log/checkpoint.ts";

const circle = "ab".repeat(32) as CircleId;
const seed = new Uint8Array(32).fill(9);
const key = ed25519.getPublicKey(seed);
const hostKey = toHex(key) as PublicKey;
const root = new Uint8Array(32).fill(5);

function signed(size: number): Bytes {
  const origin = checkpointOrigin(circle);
  const body = checkpointBody(origin, size, root);
  return formatCheckpoint(body, origin, key, ed25519.sign(body, seed));
}

test("a checkpoint is a C2SP signed note: three lines, an empty one, one signature", () => {
  const lines = fromUtf8(signed(1234)).split("\n");
  expect(lines.slice(0, 4)).toEqual([`symbolon/${circle}`, "1234", "BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU=", ""]);
  expect(lines[4]).toMatch(new RegExp(`^— symbolon/${circle} [A-Za-z0-9+/]{91}=$`));
  expect(lines.slice(5)).toEqual([""]);
});

test("key hash and signature are those of the example of golang.org/x/mod/sumdb/note", () => {
  const text = utf8(
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  );
  const line =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  const peter = (fromBase64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW") as Bytes).slice(1);
  const signature = (fromBase64(line.split(" ")[2]?.trim() ?? "") as Bytes).slice(4);
  expect(ed25519.verify(signature, text, peter)).toBe(true);
  expect(fromUtf8(formatCheckpoint(text, "PeterNeumann", peter, signature))).toBe(`${fromUtf8(text)}\n${line}`);
});

test("what was written is read again, and its signature is the host's", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (size) => {
      const checkpoint = parseCheckpoint(signed(size));
      const claim = checkpointClaim(checkpoint, circle, hostKey);
      expect([checkpoint.size, toHex(checkpoint.root)]).toEqual([size, toHex(root)]);
      expect(ed25519.verify(claim.signature, claim.message, key)).toBe(true);
    }),
    { numRuns: 10 },
  );
});

test("a checkpoint of another circle or by another key has no claim", () => {
  const checkpoint = parseCheckpoint(signed(3));
  expect(() => checkpointClaim(checkpoint, "cd".repeat(32) as CircleId, hostKey)).toThrow(PeerFault);
  expect(() => checkpointClaim(checkpoint, circle, "cd".repeat(32) as PublicKey)).toThrow(PeerFault);
});

describe("there is one spelling", () => {
  const good = fromUtf8(signed(12));
  test.each([
    ["a leading zero", good.replace("\n12\n", "\n012\n")],
    ["a sign", good.replace("\n12\n", "\n+12\n")],
    ["a size beyond 2^53", good.replace("\n12\n", "\n9007199254740993\n")],
    ["an extension line", good.replace("=\n\n", "=\nextension\n\n")],
    ["a second signature", `${good}${good.split("\n\n")[1]}`],
    ["no last newline", good.slice(0, -1)],
    ["a carriage return", good.replace("\n12\n", "\r\n12\n")],
    ["base64 without padding", good.replace("U=\n", "U\n")],
    ["base64 with stray bits", good.replace("QU=\n", "QV=\n")],
    ["a hyphen for the dash", good.replace("—", "-")],
    ["another name", good.replace("— symbolon/a", "— symbolon/b")],
    ["a byte order mark", `\uFEFF${good}`],
    ["nothing", ""],
  ])("%s is refused", (_, text) => {
    expect(text).not.toBe(good);
    expect(() => parseCheckpoint(utf8(text))).toThrow(PeerFault);
  });
  test("malformed UTF-8 and endless bytes are refused", () => {
    expect(() => parseCheckpoint(Uint8Array.of(0xff, 0xfe))).toThrow(PeerFault);
    expect(() => parseCheckpoint(new Uint8Array(2000))).toThrow(PeerFault);
  });
});

test("any changed bit leaves no valid checkpoint", () => {
  const bytes = signed(77);
  fc.assert(
    fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      const accepted = () => {
        const claim = checkpointClaim(parseCheckpoint(changed), circle, hostKey);
        if (!ed25519.verify(claim.signature, claim.message, key)) throw new PeerFault("test.signature", "not valid");
      };
      expect(accepted).toThrow(PeerFault);
    }),
    { numRuns: 60 },
  );
});
