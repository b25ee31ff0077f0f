import { existsSync, readFileSync } from "node:fs";
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { beforeAll, describe, expect, it } from "vitest";
import { completed } from "../../src/client/circle/say.ts";
import { type Bytes, type Circle, loadCrypto } from "../../src/client/index.ts";
import { checkRequest } from "../../src/core/circle/index.ts";
import { concat, type DeviceId, encode, toId, utf8 } from "../../src/core/codec/index.ts";
import { verifyClaim, verifyStrict } from "../../src/core/crypto/index.ts";
import { encodeStatement, statementBody } from "../../src/core/statements/index.ts";
import {
  type Forgery,
  forgeRoster,
  forgeStatement,
  implementations,
  post,
  type Scene,
  scene,
  voidFor,
} from "../kit/attack.ts";
import { bytesOf } from "../kit/evil-host.ts";

type Vector = {
  readonly key: string;
  readonly sig: string;
  readonly msg: string;
  readonly flags: readonly string[] | null;
};
const subset = new URL("../vectors/crypto/ed25519-cctv-subset.json", import.meta.url);
const all = new URL("../../../shared/data/crypto/ed25519-cctv.json", import.meta.url);
const { vectors } = JSON.parse(readFileSync(subset, "utf8")) as {
  readonly vectors: readonly (Vector & { valid: boolean })[];
};

const { Point } = ed25519;
const order = Point.Fn.ORDER;
const torsion = ED25519_TORSION_SUBGROUP.map((hex) => Point.fromHex(hex));
const numberOf = (bytes: Uint8Array) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
const scalar = (value: bigint) => Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));

/** A signature by the scalar `a`, whose A and R carry parts of small order. */
function mixed(a: bigint, r: bigint, partOfA: number, partOfR: number, message: Uint8Array) {
  const A = Point.BASE.multiply(a)
    .add(torsion[partOfA] as typeof Point.ZERO)
    .toBytes();
  const R = Point.BASE.multiply(r)
    .add(torsion[partOfR] as typeof Point.ZERO)
    .toBytes();
  const k = numberOf(sha512(concat(R, A, message))) % order;
  return { A, signature: concat(R, scalar((r + k * a) % order)) };
}

/** What all verifiers that are shipped say of one signature. */
async function verdicts(key: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<readonly boolean[]> {
  const loaded = await Promise.all(implementations.map((name) => loadCrypto(name)));
  return [
    ...loaded.map((crypto) => crypto.verify(key, signature, message)),
    await verifyStrict(key, signature, message),
  ];
}

describe("attack 10: verifiers that disagree", () => {
  it("CCTV's vectors: each flag is in the subset, and every verifier gives libsodium's recorded answer", async () => {
    expect(new Set(vectors.flatMap(({ flags }) => flags ?? [])).size).toBeGreaterThanOrEqual(6);
    for (const { key, sig, msg, valid } of vectors) {
      expect(await verdicts(bytesOf(key), bytesOf(sig), utf8(msg))).toEqual([valid, valid, valid]);
    }
  });

  it.skipIf(!existsSync(all))("all 914 of them", async () => {
    for (const { key, sig, msg } of JSON.parse(readFileSync(all, "utf8")) as readonly Vector[]) {
      expect(new Set(await verdicts(bytesOf(key), bytesOf(sig), utf8(msg))).size).toBe(1);
    }
  });

  it("points of mixed order, made now: one answer, and not always the same", async () => {
    const seen = new Set<boolean>();
    for (let i = 0; i < 64; i++) {
      const message = globalThis.crypto.getRandomValues(new Uint8Array(20));
      const [a, r] = [0, 1].map(
        () => (numberOf(globalThis.crypto.getRandomValues(new Uint8Array(32))) % (order - 1n)) + 1n,
      );
      const { A, signature } = mixed(a as bigint, r as bigint, i % 8, Math.floor(i / 8), message);
      const said = await verdicts(A, signature, message);
      expect(new Set(said).size).toBe(1);
      seen.add(said[0] as boolean);
    }
    expect(seen).toEqual(new Set([true, false]));
  });
});

describe.each(implementations)("attack 10: points in the log (%s)", (name) => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  beforeAll(async () => {
    stage = await scene({ crypto: name, others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    await b.sync();
  });

  const plusOrder = (right: Bytes) => concat(right.subarray(0, 32), scalar(numberOf(right.subarray(32)) + order));
  const smallR = (right: Bytes) => concat((torsion[1] as typeof Point.ZERO).toBytes(), right.subarray(32));
  const cofactored = (right: Bytes) =>
    concat(
      Point.fromBytes(right.subarray(0, 32))
        .add(torsion[1] as typeof Point.ZERO)
        .toBytes(),
      right.subarray(32),
    );

  it.each([
    ["S + L", plusOrder],
    ["R of small order", smallR],
    ["R with a part of small order", cofactored],
  ] as const)("%s: void at its position, for roster entries and for statements", async (_, signature) => {
    const forgery: Forgery = { signature };
    const body = { statement: encodeStatement(completed(b, { kind: "check-in", tlp: "TLP:AMBER" })) };
    await voidFor(a, ["signature", "signature"], () =>
      post(b, forgeRoster(b, { kind: "tick" }, forgery), forgeStatement(b, encode(statementBody, body), forgery)),
    );
  });

  it("a device whose key is of small order, and so signs everything, proves nothing", () => {
    for (const point of torsion) {
      const small = point.toBytes();
      const id = toId<DeviceId>(small);
      const everything = concat(small, new Uint8Array(32));
      const verify = (claim: Parameters<typeof verifyClaim>[1]) => verifyClaim(stage.platform.crypto, claim);
      expect(verify({ key: id as never, message: utf8("anything"), signature: everything })).toBe(false);
      const forged = { request: new Uint8Array([0xa0]), inviteSignature: everything, deviceSignature: everything };
      expect(checkRequest(a.id, forged, verify)).toBeUndefined();
    }
  });
});
