import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex, utf8 } from "../../../src/core/codec/index.ts";
import { isKemKey, sha256 } from "../../../src/core/crypto/index.ts";
import { bytes, flipBit, hex, implementations, kemSeed, noble, sodium } from "./support.ts";

// draft-connolly-cfrg-xwing-kem-08, appendix C. A part of the long values is enough: the secret follows from the whole.
const xwing = [
  {
    seed: "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
    randomness:
      "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2",
    keyBegins: "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5b19cfc3d",
    ciphertextEnds: "7f31ed6f7cb1600de56f17576740ce2a32fc5145030145cfb97e63e0e41d354274a079d3e6fb2e15",
    secret: "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384",
  },
  {
    seed: "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea",
    randomness:
      "17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdefaee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d",
    keyBegins: "0333285fa253661508c9fb444852caa4061636cb060e69943b431400134ae1fbc0228724",
    ciphertextEnds: "00342d123f618aa8c91bdf6e0e03200693c9651e469aee6f91c98bea4127ae66312f4ae3ea155b67",
    secret: "f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150",
  },
  {
    seed: "ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9",
    randomness:
      "22a96188d032675c8ac850933c7aff1533b94c834adbb69c6115bad4692d8619f90b0cdf8a7b9c264029ac185b70b83f2801f2f4b3f70c593ea3aeeb613a7f1b",
    keyBegins: "36244278824f77c621c660892c1c3886a9560caa52a97c461fd3958a598e749bbc8c7798",
    ciphertextEnds: "ca934f541d4cc520fa64de6b6e1c3c8e03db5971a445992227c825590688d203523f527161137334",
    secret: "953f7f4e8c5b5049bdc771d1dffada0dd961477d1a2ae0988baa7ea6898d893f",
  },
] as const;

describe.each(implementations)("$name", ({ crypto }) => {
  it("is X-Wing as in the draft", () => {
    for (const vector of xwing) {
      const publicKey = crypto.kemKey(hex(vector.seed));
      const { ciphertext, secret } = crypto.encapsulate(publicKey, hex(vector.randomness));
      expect([publicKey.length, ciphertext.length]).toEqual([1216, 1120]);
      expect(toHex(publicKey.subarray(0, 36))).toBe(vector.keyBegins);
      expect(toHex(ciphertext.subarray(-40))).toBe(vector.ciphertextEnds);
      expect(toHex(secret)).toBe(vector.secret);
      expect(toHex(crypto.decapsulate(hex(vector.seed), ciphertext))).toBe(vector.secret);
    }
  });

  it("is XChaCha20-Poly1305 as in draft-irtf-cfrg-xchacha A.3.1", () => {
    const plaintext = utf8(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
    );
    const aad = hex("50515253c0c1c2c3c4c5c6c7");
    const key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657");
    const sealed = hex(
      "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e" +
        "c0875924c1c7987947deafd8780acf49",
    );
    expect(crypto.aeadSeal(key, nonce, aad, plaintext)).toEqual(sealed);
    expect(crypto.aeadOpen(key, nonce, aad, sealed)).toEqual(plaintext);
    for (let bit = 0; bit < sealed.length * 8; bit += 11) {
      expect(crypto.aeadOpen(key, nonce, aad, flipBit(sealed, bit))).toBeUndefined();
    }
    expect(crypto.aeadOpen(key, nonce, flipBit(aad, 3), sealed)).toBeUndefined();
    expect(crypto.aeadOpen(key, nonce, aad, sealed.subarray(0, 15))).toBeUndefined();
  });

  it("is BLAKE2b as in RFC 7693 appendix A and the keyed reference vectors", () => {
    expect(toHex(crypto.blake2b(utf8("abc"), 64))).toBe(
      "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
    );
    const key = Uint8Array.from({ length: 64 }, (_, i) => i);
    expect(toHex(crypto.blake2b(new Uint8Array(0), 64, key))).toBe(
      "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568",
    );
  });

  it("is Argon2id as in the reference implementation's tests", async () => {
    // 256 KiB, two passes, one lane: phc-winner-argon2, test.c. (RFC 9106 §5.3 has four lanes, a secret and data.)
    expect(toHex(await crypto.argon2id(utf8("password"), utf8("somesalt"), 256, 2))).toBe(
      "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    );
  });

  it("refuses wrong sizes and empty keys", () => {
    const short = new Uint8Array(31);
    const key = new Uint8Array(32);
    const nonce = new Uint8Array(24);
    expect(() => crypto.signingKey(short)).toThrow();
    expect(() => crypto.sign(short, key)).toThrow();
    expect(() => crypto.kemKey(short)).toThrow();
    expect(() => crypto.encapsulate(crypto.kemKey(key), new Uint8Array(63))).toThrow();
    expect(() => crypto.aeadSeal(short, nonce, key, key)).toThrow();
    expect(() => crypto.aeadSeal(key, nonce.subarray(1), key, key)).toThrow();
    expect(() => crypto.blake2b(key, 32, new Uint8Array(0))).toThrow();
  });
});

describe("both implementations", () => {
  it("give the same X-Wing bytes and open each other's", () => {
    fc.assert(
      fc.property(kemSeed, bytes(64), (seed, randomness) => {
        const publicKey = sodium.kemKey(seed);
        expect(noble.kemKey(seed)).toEqual(publicKey);
        const made = sodium.encapsulate(publicKey, randomness);
        expect(noble.encapsulate(publicKey, randomness)).toEqual(made);
        expect(noble.decapsulate(seed, made.ciphertext)).toEqual(made.secret);
        expect(sodium.decapsulate(seed, made.ciphertext)).toEqual(made.secret);
        const changed = flipBit(made.ciphertext, randomness[0] as number);
        expect(noble.decapsulate(seed, changed)).toEqual(sodium.decapsulate(seed, changed));
        expect(sodium.decapsulate(seed, changed)).not.toEqual(made.secret);
      }),
      { numRuns: 20 },
    );
  });

  it("give the same ciphertexts, plaintexts and hashes", () => {
    fc.assert(
      fc.property(bytes(32), bytes(24), bytes(0, 60), bytes(0, 600), (key, nonce, aad, plaintext) => {
        const sealed = sodium.aeadSeal(key, nonce, aad, plaintext);
        expect(noble.aeadSeal(key, nonce, aad, plaintext)).toEqual(sealed);
        expect(noble.aeadOpen(key, nonce, aad, sealed)).toEqual(plaintext);
        expect(sodium.aeadOpen(key, nonce, aad, sealed)).toEqual(plaintext);
        expect(noble.blake2b(plaintext, 64, key)).toEqual(sodium.blake2b(plaintext, 64, key));
        expect(noble.blake2b(plaintext, 32)).toEqual(sodium.blake2b(plaintext, 32));
      }),
      { numRuns: 60 },
    );
  });
});

const smallShares = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

describe.each(implementations)("an X-Wing key that is none, with $name", ({ crypto }) => {
  const seed = new Uint8Array(32).fill(7);
  const randomness = new Uint8Array(64).fill(9);

  it("is refused alike: a share of small order, a coefficient that is not reduced, another length", () => {
    const good = crypto.kemKey(seed);
    expect(isKemKey(good)).toBe(true);
    const bad = smallShares.map((share) => {
      const key = good.slice();
      key.set(hex(share), 1184);
      return key;
    });
    for (const at of [0, 1, 600, 1150]) {
      const key = good.slice();
      key.set([0xff, 0xff, 0xff], at - (at % 3));
      bad.push(key);
    }
    bad.push(good.slice(1));
    for (const key of bad) {
      expect(isKemKey(key)).toBe(false);
      expect(() => crypto.encapsulate(key, randomness)).toThrow(expect.objectContaining({ code: "crypto.kem-key" }));
    }
  });

  it("so are ciphertexts with a share of small order", () => {
    const { ciphertext } = crypto.encapsulate(crypto.kemKey(seed), randomness);
    for (const share of smallShares) {
      const changed = ciphertext.slice();
      changed.set(hex(share), 1088);
      const refusal = expect.objectContaining({ code: "crypto.kem-ciphertext" });
      expect(() => crypto.decapsulate(seed, changed)).toThrow(refusal);
    }
  });

  it("whatever else stands for a key is encapsulated to alike", () => {
    fc.assert(
      fc.property(kemSeed, fc.nat(1216 * 8 - 1), (other, bit) => {
        const key = flipBit(sodium.kemKey(other), bit);
        if (!isKemKey(key)) return;
        expect(noble.encapsulate(key, randomness)).toEqual(sodium.encapsulate(key, randomness));
      }),
      { numRuns: 15 },
    );
  });
});

describe("SHA-256", () => {
  it("is FIPS 180's, and of parts what it is of the whole", () => {
    expect(toHex(sha256(utf8("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    fc.assert(
      fc.property(bytes(0, 200), fc.nat(200), (whole, cut) => {
        expect(sha256(whole.subarray(0, cut), whole.subarray(cut))).toEqual(sha256(whole));
        expect(sha256(new Uint8Array(0), whole)).toEqual(sha256(whole));
      }),
    );
  });
});
