import { existsSync, readFileSync } from "node:fs";
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { concat, equal, utf8 } from "../../../src/core/codec/index.ts";
import { noteSigner, verifyStrict } from "../../../src/core/crypto/webcrypto.ts";
import { bytes, flipBit, hex, implementations, noble, signingSeed, sodium } from "./support.ts";

type Verifier = (publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array) => boolean | Promise<boolean>;
const verifiers: readonly (readonly [name: string, verify: Verifier])[] = [
  ["sodium", sodium.verify],
  ["noble", noble.verify],
  ["webcrypto", verifyStrict],
];

// RFC 8032 §7.1, tests 1 to 3.
const rfc8032 = [
  {
    seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
].map(({ seed, publicKey, message, signature }) => ({
  seed: hex(seed),
  publicKey: hex(publicKey),
  message: hex(message),
  signature: hex(signature),
}));

describe("signing", () => {
  it.each(implementations)("$name signs as RFC 8032 does", ({ crypto }) => {
    for (const { seed, publicKey, message, signature } of rfc8032) {
      expect(crypto.signingKey(seed)).toEqual(publicKey);
      expect(crypto.sign(seed, message)).toEqual(signature);
    }
  });

  it("the host's note signer signs as RFC 8032 does", async () => {
    for (const { seed, publicKey, message, signature } of rfc8032) {
      const signer = await noteSigner(seed);
      expect(signer.publicKey).toEqual(publicKey);
      expect(await signer.sign(message)).toEqual(signature);
    }
  });

  it("both implementations give the same keys and signatures", () => {
    fc.assert(
      fc.property(signingSeed, bytes(0, 300), (seed, message) => {
        expect(sodium.signingKey(seed)).toEqual(noble.signingKey(seed));
        expect(sodium.sign(seed, message)).toEqual(noble.sign(seed, message));
      }),
      { numRuns: 25 },
    );
  });

  it.each(implementations)("$name signs with what the seed holds now, not what it held before", ({ crypto }) => {
    const [first, second] = rfc8032;
    if (first === undefined || second === undefined) throw new Error("no vectors");
    const seed = first.seed.slice();
    crypto.sign(seed, first.message);
    seed.set(second.seed);
    expect(crypto.sign(seed, second.message)).toEqual(second.signature);
  });
});

type Vector = {
  readonly key: string;
  readonly sig: string;
  readonly msg: string;
  readonly flags: readonly string[] | null;
};
const refused = new Set(["low_order_A", "low_order_R", "low_order_residue", "non_canonical_A", "non_canonical_R"]);
const followsRule = ({ flags }: Vector) => !(flags ?? []).some((flag) => refused.has(flag));

async function disagreements(vectors: readonly Vector[], verify: Verifier): Promise<readonly Vector[]> {
  const verdicts = await Promise.all(vectors.map(({ key, sig, msg }) => verify(hex(key), hex(sig), utf8(msg))));
  return vectors.filter((vector, i) => verdicts[i] !== followsRule(vector));
}

describe.each(verifiers)("the strict rule in %s", (_name, verify) => {
  it("accepts RFC 8032's signatures, and none with a bit flipped", async () => {
    for (const { publicKey, message, signature } of rfc8032) {
      expect(await verify(publicKey, signature, message)).toBe(true);
      for (let bit = 0; bit < 512; bit += 7)
        expect(await verify(publicKey, flipBit(signature, bit), message)).toBe(false);
      for (let bit = 0; bit < 256; bit += 7)
        expect(await verify(flipBit(publicKey, bit), signature, message)).toBe(false);
      expect(await verify(publicKey, signature, concat(message, Uint8Array.of(0)))).toBe(false);
    }
  });

  it("refuses other lengths without throwing", async () => {
    for (const length of [0, 31, 33])
      expect(await verify(new Uint8Array(length), new Uint8Array(64), utf8(""))).toBe(false);
    for (const length of [0, 63, 65])
      expect(await verify(new Uint8Array(32), new Uint8Array(length), utf8(""))).toBe(false);
  });

  it("judges a subset of CCTV's vectors with every combination of flags", async () => {
    const file = new URL("../../vectors/crypto/ed25519-cctv-subset.json", import.meta.url);
    const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: readonly (Vector & { valid: boolean })[] };
    expect(vectors.filter(({ valid }) => valid).length).toBe(7);
    expect(vectors.every((vector) => vector.valid === followsRule(vector))).toBe(true);
    expect(await disagreements(vectors, verify)).toEqual([]);
  });

  const all = new URL("../../../../shared/data/crypto/ed25519-cctv.json", import.meta.url);
  it.skipIf(!existsSync(all))("judges all of CCTV's vectors", async () => {
    const vectors = JSON.parse(readFileSync(all, "utf8")) as readonly Vector[];
    expect(vectors.filter(followsRule).length).toBe(43);
    expect(await disagreements(vectors, verify)).toEqual([]);
  });
});

const { Point } = ed25519;
const order = Point.Fn.ORDER;
const torsion = ED25519_TORSION_SUBGROUP.map((point) => Point.fromHex(point));

function littleEndian(data: Uint8Array): bigint {
  return data.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function scalarBytes(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

/** A signature whose A and R carry the given parts of small order; whether it holds is worked out from the parts alone. */
function mixedOrder(a: bigint, r: bigint, partOfA: number, partOfR: number, message: Uint8Array) {
  const A = Point.BASE.multiply(a)
    .add(torsion[partOfA] as typeof Point.ZERO)
    .toBytes();
  const R = Point.BASE.multiply(r)
    .add(torsion[partOfR] as typeof Point.ZERO)
    .toBytes();
  const k = littleEndian(sha512(concat(R, A, message))) % order;
  const signature = concat(R, scalarBytes((r + k * a) % order));
  // S·B − k·A = r·B − k·T_A, which is R = r·B + T_R exactly where T_R + k·T_A = 0.
  let rest = torsion[partOfR] as typeof Point.ZERO;
  for (let i = 0n; i < k % 8n; i++) rest = rest.add(torsion[partOfA] as typeof Point.ZERO);
  return { publicKey: A, signature, holds: rest.is0() };
}

describe("points of mixed order, freshly made", () => {
  it("every verifier answers by the equation without cofactor", async () => {
    const scalar = fc.bigInt({ min: 1n, max: order - 1n });
    const counted = { true: 0, false: 0 };
    await fc.assert(
      fc.asyncProperty(scalar, scalar, fc.nat(7), fc.nat(7), bytes(0, 40), async (a, r, partOfA, partOfR, message) => {
        const { publicKey, signature, holds } = mixedOrder(a, r, partOfA, partOfR, message);
        counted[`${holds}`]++;
        for (const [, verify] of verifiers) expect(await verify(publicKey, signature, message)).toBe(holds);
      }),
      { numRuns: 80 },
    );
    expect(counted.true).toBeGreaterThan(0);
    expect(counted.false).toBeGreaterThan(0);
  });

  it("no verifier takes S + L, or a point of small order for A or R", async () => {
    const [vector] = rfc8032;
    if (vector === undefined) throw new Error("no vectors");
    const { publicKey, signature, message } = vector;
    const s = littleEndian(signature.subarray(32));
    const larger = concat(signature.subarray(0, 32), scalarBytes(s + order));
    for (const [, verify] of verifiers) {
      expect(await verify(publicKey, larger, message)).toBe(false);
      for (const point of torsion) {
        const small = point.toBytes();
        expect(await verify(small, concat(small, new Uint8Array(32)), message)).toBe(false);
        expect(await verify(small, signature, message)).toBe(false);
        expect(await verify(publicKey, concat(small, signature.subarray(32)), message)).toBe(false);
      }
    }
  });
});

describe("WebCrypto engines that are lax", () => {
  it("do not matter: the checks of bytes alone refuse low order, what is not canonical, and S ≥ L", async () => {
    const file = new URL("../../vectors/crypto/ed25519-cctv-subset.json", import.meta.url);
    const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: readonly Vector[] };
    const byBytes = new Set(["low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R"]);
    const bad = vectors.filter(({ flags }) => flags?.some((flag) => byBytes.has(flag)));
    const good = vectors.filter(followsRule);
    const lax = vi.spyOn(globalThis.crypto.subtle, "verify").mockResolvedValue(true);
    try {
      for (const { key, sig, msg } of bad) expect(await verifyStrict(hex(key), hex(sig), utf8(msg))).toBe(false);
      expect(lax).not.toHaveBeenCalled();
      for (const { key, sig, msg } of good) {
        expect(await verifyStrict(hex(key), hex(sig), utf8(msg))).toBe(true);
        const larger = concat(hex(sig).subarray(0, 32), scalarBytes(littleEndian(hex(sig).subarray(32)) + order));
        expect(await verifyStrict(hex(key), larger, utf8(msg))).toBe(false);
      }
    } finally {
      lax.mockRestore();
    }
  });
});

describe("verifying many", () => {
  it("answers for each, also when many are under way at once", async () => {
    const seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    const publicKey = sodium.signingKey(seed);
    const items = Array.from({ length: 600 }, (_, i) => {
      const message = utf8(`record ${i}`);
      const signature = sodium.sign(seed, message);
      return { publicKey, message, signature: i % 97 === 0 ? flipBit(signature, i) : signature };
    });
    const verdicts = items.map(({ publicKey, signature, message }) => verifyStrict(publicKey, signature, message));
    expect(await Promise.all(verdicts)).toEqual(items.map((_, i) => i % 97 !== 0));
  });

  it("two keys that differ are never taken for each other", async () => {
    const [first, second] = rfc8032;
    if (first === undefined || second === undefined) throw new Error("no vectors");
    expect(equal(first.publicKey, second.publicKey)).toBe(false);
    expect(await verifyStrict(second.publicKey, first.signature, first.message)).toBe(false);
    expect(await verifyStrict(first.publicKey, first.signature, first.message)).toBe(true);
  });
});
