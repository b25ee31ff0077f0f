import { beforeAll, describe, expect, it } from "vitest";
import { type Circle, rotate, say } from "../../src/client/index.ts";
import { type BlobHash, toHex, utf8 } from "../../src/core/codec/index.ts";
import {
  type Context,
  type Crypto,
  loadCrypto,
  open,
  type SymmetricKey,
  seal,
  sealFile,
  type WrapPlace,
  wrapKey,
  wrapSize,
} from "../../src/core/crypto/index.ts";
import { decodeHeader } from "../../src/core/log/index.ts";
import { implementations, type Scene, scene } from "../kit/attack.ts";

const xor = (a: Uint8Array, b: Uint8Array) => a.map((byte, i) => byte ^ (b[i] as number));
const body = (sealed: Uint8Array) => sealed.subarray(57, 57 + 256);

describe.each(implementations)("attack 17: nonce reuse (%s)", (name) => {
  let crypto: Crypto;
  beforeAll(async () => {
    crypto = await loadCrypto(name);
  });
  const random = (size: number) => globalThis.crypto.getRandomValues(new Uint8Array(size));
  const context: Context = { purpose: "entry", circle: new Uint8Array(32), epoch: 0, kind: 0 };

  it("nobody can pass a nonce: it is 24 bytes of the given randomness, drawn for each envelope", () => {
    const key = random(32) as SymmetricKey;
    const asked: number[] = [];
    const watched = (size: number) => {
      asked.push(size);
      return random(size);
    };
    const nonces = new Set<string>();
    for (let i = 0; i < 50; i++) nonces.add(toHex(seal(crypto, watched, key, context, utf8("same")).subarray(1, 25)));
    expect(nonces.size).toBe(50);
    expect(asked).toEqual(Array(50).fill(24));
    // @ts-expect-error there is no place for one
    expect(() => seal(crypto, new Uint8Array(24), key, context, utf8("same"))).toThrow(TypeError);
  });

  it("even where the randomness is stuck, another context or key has another stream", () => {
    const stuck = (size: number) => new Uint8Array(size).fill(1);
    const key = random(32) as SymmetricKey;
    const [one, two] = [utf8("a".repeat(250)), utf8("b".repeat(250))] as const;
    const sealed = seal(crypto, stuck, key, context, one);
    const others: [Context, SymmetricKey][] = [
      [{ ...context, epoch: 1 }, key],
      [{ ...context, kind: 1 }, key],
      [{ ...context, purpose: "content" }, key],
      [{ ...context, extra: 1 }, key],
      [context, random(32) as SymmetricKey],
    ];
    const told = toHex(xor(one, two));
    for (const [place, with_] of others) {
      const second = seal(crypto, stuck, with_, place, two);
      expect(second.subarray(0, 25)).toEqual(sealed.subarray(0, 25));
      expect(toHex(xor(body(sealed), body(second))).includes(told.slice(0, 64))).toBe(false);
    }
    // In one place, one key and one nonce it would show; that is what the random nonce is for.
    const same = seal(crypto, stuck, key, context, two);
    expect(toHex(xor(body(sealed), body(same))).includes(told.slice(0, 64))).toBe(true);
    expect(open(crypto, key, context, same)).toEqual(two);
  });

  it("chunks of one file have each a nonce of their own", () => {
    const file = new Uint8Array(2 ** 20 + 10);
    const chunks = sealFile(crypto, random, random(32) as SymmetricKey, { id: random(16), size: file.length }, file);
    expect(new Set(chunks.map((chunk) => toHex(chunk.subarray(1, 25)))).size).toBe(2);
  });

  it("wraps, whose nonce is constant, never share a key: device, number, circle and seed make each its own", () => {
    const [kem, seed] = [crypto.kemKey(random(32)), random(32)];
    const place = { circle: "11".repeat(32), number: 1, device: "22".repeat(32) } as WrapPlace;
    const wraps = [
      wrapKey(crypto, seed, kem, place),
      wrapKey(crypto, seed, kem, { ...place, number: 2 }),
      wrapKey(crypto, seed, kem, { ...place, device: place.circle as string as typeof place.device }),
      wrapKey(crypto, seed, kem, { ...place, circle: place.device as string as typeof place.circle }),
      wrapKey(crypto, seed, crypto.kemKey(random(32)), place),
      wrapKey(crypto, random(32), kem, place),
    ];
    const parts = (from: number, to: number) => new Set(wraps.map((wrap) => toHex(wrap.subarray(from, to)))).size;
    expect([parts(0, 1120), parts(1120, wrapSize)]).toEqual([6, 6]);
    expect(wrapKey(crypto, seed, kem, place)).toEqual(wraps[0]);
  });
});

describe("attack 17 in a circle's log", () => {
  let stage: Scene;
  let a: Circle;
  beforeAll(async () => {
    stage = await scene({ others: 1 });
    a = stage.a;
  });

  it("no nonce and no wrap in all that the host holds comes twice", async () => {
    await say(
      a,
      Array.from({ length: 20 }, () => ({ kind: "check-in", tlp: "TLP:AMBER", text: "same" }) as const),
    );
    await rotate(a);
    await rotate(a);
    const entries = await stage.evil.entries(a.id);
    const nonces = entries.map(({ sealed }) => toHex((sealed as Uint8Array).subarray(1, 25)));
    expect(new Set(nonces).size).toBe(entries.length);
    const blobs = entries.flatMap(({ header }) => decodeHeader(header).blobs as readonly BlobHash[]);
    const wraps: string[] = [];
    for (const hash of blobs) {
      const part = (await stage.evil.store.blob(a.id, hash)) as Uint8Array;
      for (let at = 0; at < part.length; at += wrapSize) wraps.push(toHex(part.subarray(at, at + 32)));
    }
    expect(new Set(wraps).size).toBe(4);
    expect(wraps.length).toBe(4);
  });
});
