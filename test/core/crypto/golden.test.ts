import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CircleId, type DeviceId, toHex, toId, utf8 } from "../../../src/core/codec/index.ts";
import {
  type Crypto,
  type DerivePurpose,
  derive,
  epochKeys,
  type KemSeed,
  kdfFloors,
  newVaultHead,
  open,
  openVault,
  readVault,
  type SigningSeed,
  type SymmetricKey,
  safetyWords,
  seal,
  sealFile,
  sealVault,
  sha256,
  signTuple,
  tupleBytes,
  unwrapKey,
  wrapKey,
} from "../../../src/core/crypto/index.ts";
import { hex, implementations, steadyRandom } from "./support.ts";

const key = Uint8Array.from({ length: 32 }, (_, i) => i) as SymmetricKey;
const nonce = new Uint8Array(32).fill(0x55);
const circle = new Uint8Array(32).fill(0xc1);
const kem = new Uint8Array(32).fill(0x77) as KemSeed;
const place = { circle: toId<CircleId>(circle), number: 4, device: toId<DeviceId>(new Uint8Array(32).fill(0xd1)) };
const context = { purpose: "entry", circle, epoch: 3, kind: 1, extra: [7, "x"] } as const;
const file = new Uint8Array(300).fill(0x66);
const purposes: readonly DerivePurpose[] = ["roster", "records", "access", "signing", "kem", "erase-token", "cache"];

/** Everything of this folder whose bytes others store or sign; long ones by their hash. */
function made(crypto: Crypto) {
  const publicKey = crypto.kemKey(kem);
  const keys = epochKeys(crypto, key, nonce, 2);
  const head = newVaultHead(steadyRandom("salt"), kdfFloors.argon2id);
  const wrap = wrapKey(crypto, key, publicKey, place);
  const [chunk = new Uint8Array(0)] = sealFile(
    crypto,
    steadyRandom("file"),
    key,
    { id: new Uint8Array(16).fill(0x88), size: file.length },
    file,
  );
  return {
    derived: Object.fromEntries(purposes.map((purpose) => [purpose, toHex(derive(crypto, key, purpose, nonce, 9))])),
    epoch: { roster: toHex(keys.roster), records: toHex(keys.records), access: toHex(keys.access) },
    tuple: toHex(tupleBytes("acl", [circle, 1, [true, "text"]])),
    signature: toHex(signTuple(crypto, key as Uint8Array as SigningSeed, "acl", [circle, 1, [true, "text"]])),
    envelope: toHex(seal(crypto, steadyRandom("envelope"), key, context, utf8("what was said"))),
    wrapHead: toHex(wrap.subarray(0, 32)),
    wrapEnd: toHex(wrap.subarray(1120)),
    wrapHash: toHex(sha256(wrap)),
    vault: toHex(sealVault(crypto, steadyRandom("vault"), key, head, utf8("secrets"))),
    chunkHash: toHex(sha256(chunk)),
    safety: safetyWords(sha256(utf8("safety"))).join(" "),
    digits: safetyWords(sha256(utf8("safety")), "be").join(" "),
  };
}

const golden = JSON.parse(
  readFileSync(new URL("../../vectors/crypto/golden.json", import.meta.url), "utf8"),
) as ReturnType<typeof made>;

describe.each(implementations)("golden bytes, $name", ({ crypto }) => {
  it("are what this code makes", () => {
    expect(made(crypto)).toEqual(golden);
  });

  it("are what this code reads", () => {
    expect(open(crypto, key, context, hex(golden.envelope))).toEqual(utf8("what was said"));
    const { head, envelope } = readVault(hex(golden.vault));
    expect(head.parameters).toEqual(kdfFloors.argon2id);
    expect(openVault(crypto, key, head, envelope)).toEqual(utf8("secrets"));
    const wrap = wrapKey(crypto, key, crypto.kemKey(kem), place);
    expect(toHex(wrap.subarray(1120))).toBe(golden.wrapEnd);
    expect(unwrapKey(crypto, wrap, kem)).toEqual(key);
  });
});
