import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { invitation, readInvitation } from "../../src/client/circle/link.ts";
import { arrivals, type Circle, invite, join, openCircle } from "../../src/client/index.ts";
import { safetyHash } from "../../src/core/circle/index.ts";
import { type CircleId, encode, type PublicKey, toBase64Url, toHex } from "../../src/core/codec/index.ts";
import { safetyLists, safetyWords } from "../../src/core/crypto/index.ts";
import { codeOf, fingerprint, flipped, type Scene, scene } from "../kit/attack.ts";
import { bytesOf } from "../kit/evil-host.ts";
import { newMember } from "../kit/members.ts";

let stage: Scene;
let a: Circle;
beforeAll(async () => {
  stage = await scene();
  a = stage.a;
});

describe("attack 12: a guessable invitation", () => {
  it("the secret is 16 bytes of the platform's randomness, new for each invitation", async () => {
    const drawn: string[] = [];
    const random: typeof a.platform.random = (size) => {
      const bytes = a.platform.random(size);
      if (size === 16) drawn.push(toHex(bytes));
      return bytes;
    };
    const watched = await openCircle({ ...a.identity, platform: { ...a.platform, random } }, a.id);
    await watched.sync();
    const secrets: string[] = [];
    for (let i = 0; i < 4; i++) secrets.push(toHex(readInvitation((await invite(watched)).link).secret));
    expect(secrets.every((secret) => drawn.includes(secret) && secret.length === 32)).toBe(true);
    expect(new Set(secrets).size).toBe(4);
    await a.sync();
  });

  it("with one bit of it wrong the host opens no mailbox, and nothing of the attempt stays", async () => {
    const { link } = await invite(a);
    const given = readInvitation(link);
    const before = fingerprint(a);
    for (const bit of [0, 63, 127]) {
      const guess = encode(invitation, { ...given, secret: flipped(given.secret, bit) });
      const guesser = await newMember("Guesser", stage.platform);
      const error = await codeOf(() => join(guesser, `#join=${toBase64Url(guess)}`, "circle"));
      expect(error?.code).toBe("host.unauthorized");
      expect(guesser.read().circles).toEqual([]);
    }
    expect(await arrivals(a)).toEqual([]);
    expect(fingerprint(a)).toBe(before);
  });

  it("on top of it, eight words of 2,048 depend on circle, invitation and every bit of the request", () => {
    expect(new Set(safetyLists.en).size).toBe(2048);
    const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
    fc.assert(
      fc.property(hex, hex, fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), (circle, key, request, at) => {
        const words = (c: string, k: string, r: Uint8Array) =>
          safetyWords(safetyHash(c as CircleId, k as PublicKey, r)).join(" ");
        const shown = words(circle, key, request);
        expect(shown.split(" ").length).toBe(8);
        expect(words(circle, key, flipped(request, at % (8 * request.length)))).not.toBe(shown);
        const other = (id: string) => toHex(flipped(bytesOf(id), at % 256));
        expect(words(other(circle), key, request)).not.toBe(shown);
        expect(words(circle, other(key), request)).not.toBe(shown);
      }),
    );
  });

  it("no bit of the 88 is lost between hash and words, in any language", () => {
    for (const language of ["en", "vi"]) {
      const base = new Uint8Array(32).fill(0x5a);
      const spoken = new Set([safetyWords(base, language).join(" ")]);
      for (let bit = 0; bit < 88; bit++) spoken.add(safetyWords(flipped(base, bit), language).join(" "));
      expect(spoken.size).toBe(89);
    }
  });
});
